#include "aggregates/ledger_row.h"

#include "views_generated.h"

namespace ledger {

Bytes pack(const LedgerState& state) {
    fb::LedgerRowT row;
    row.sandbox = state.sandbox;
    row.clock = state.clock.days;
    row.policies = state.policies;
    row.catalogues = state.catalogues;
    row.version = state.version;
    flatbuffers::FlatBufferBuilder builder(4096);
    builder.Finish(fb::CreateLedgerRow(builder, &row));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

Result<LedgerState> unpack_ledger(BytesView row) {
    Bytes scratch;
    const BytesView bytes = aligned(row, scratch);
    flatbuffers::Verifier verifier(bytes.data(), bytes.size());
    if (!verifier.VerifyBuffer<fb::LedgerRow>(nullptr))
        return error(
            "a row of the ledger's own state is damaged; run 'benefits rebuild': the views are "
            "made again from the log");
    fb::LedgerRowT held;
    flatbuffers::GetRoot<fb::LedgerRow>(bytes.data())->UnPackTo(&held);
    LedgerState state;
    state.sandbox = held.sandbox;
    state.clock = Date{held.clock};
    state.policies = std::move(held.policies);
    state.catalogues = std::move(held.catalogues);
    state.version = held.version;
    return state;
}

}  // namespace ledger
