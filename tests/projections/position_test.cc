// A view's position as a row that may be damaged.
#include "projections/position.h"

#include "state_generated.h"
#include "tests/support/catch.h"

namespace ledger::views {
namespace {

TEST_CASE("A position row whose hashes are not aligned is damaged") {
    for (const bool shifted : {false, true}) {
        flatbuffers::FlatBufferBuilder builder;
        if (shifted) builder.PushElement(std::uint32_t{0});
        const auto hashes = builder.CreateVector(Bytes(sizeof(fb::Hash256)));
        const fb::Id128 writer;
        const fb::Hash256 digest;
        fb::PartitionMetaBuilder meta(builder);
        meta.add_next(1);
        meta.add_seq(1);
        meta.add_writer(&writer);
        meta.add_last_digest(&digest);
        meta.add_frontier(hashes.o);
        builder.Finish(meta.Finish());
        // The bytes of one hash, as a list of one hash.
        auto* list = flatbuffers::GetMutableRoot<fb::PartitionMeta>(builder.GetBufferPointer());
        flatbuffers::WriteScalar(
            const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(list->frontier())),
            flatbuffers::uoffset_t{1});
        const BytesView row{builder.GetBufferPointer(), builder.GetSize()};
        CHECK(unpack_reading(text_of(row)).ok() == !shifted);
    }
}

}  // namespace
}  // namespace ledger::views
