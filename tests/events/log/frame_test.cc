#include "events/log/embedded/frame.h"

#include "tests/support/catch.h"

namespace ledger::log {
namespace {

Chunk chunk_of(const std::vector<std::size_t>& sizes) {
    Chunk chunk(PartitionId{0});
    for (std::size_t i = 0; i < sizes.size(); ++i)
        chunk.add(Bytes(sizes[i], static_cast<std::uint8_t>(i + 1)));
    chunk.place(Position{100});
    return chunk;
}

std::string frame_of(const Chunk& chunk, std::size_t from, std::size_t to) {
    return frame_header(chunk, from, to) + std::string(text_of(chunk.records(from, to)));
}

TEST_CASE("A frame gives its records back, each at an aligned address") {
    const Chunk chunk = chunk_of({1, 8, 0, 17});
    const auto read = read_frame(PartitionId{0}, Position{101}, frame_of(chunk, 1, 4));
    REQUIRE(read);
    REQUIRE(read->size() == 3);
    CHECK(read->first() == 101);
    CHECK(read->end() == 104);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(text_of(read->record(i)) == text_of(chunk.record(i + 1)));
        CHECK(is_aligned(read->record(i)));
    }
    CHECK(frame_size(frame_of(chunk, 1, 4)) == 3);
}

TEST_CASE("A frame ends before it is too large, and holds one record at least") {
    const Chunk chunk =
        chunk_of({kFrameMaxBytes / 2, kFrameMaxBytes / 2, 8, 3 * kFrameMaxBytes, 8});
    CHECK(frame_end(chunk, 0) == 2);
    CHECK(frame_end(chunk, 2) == 3);
    CHECK(frame_end(chunk, 3) == 4);
    CHECK(frame_end(chunk, 4) == 5);
}

TEST_CASE("Of a frame that was cut, or is longer, nothing is taken") {
    const Chunk chunk = chunk_of({5, 20, 9});
    const std::string frame = frame_of(chunk, 0, 3);
    for (std::size_t bytes = 0; bytes < frame.size(); ++bytes)
        CHECK_FALSE(read_frame(PartitionId{0}, Position{0}, frame.substr(0, bytes)));
    CHECK_FALSE(read_frame(PartitionId{0}, Position{0}, frame + std::string(8, '\0')));
    CHECK_FALSE(read_frame(PartitionId{0}, Position{0}, std::string(16, '\xff')));
    CHECK(frame_size("") == 0);
    CHECK(frame_size(std::string(8, '\xff')) == 0);
}

}  // namespace
}  // namespace ledger::log
