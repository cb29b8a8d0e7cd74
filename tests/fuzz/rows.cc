// Rows of the views as a damaged disk might give them: each is found damaged, or taken and then
// whole. The first byte says which family; the rest is the value, or a key and a value.
#include "projections/rows.h"

#include "aggregates/ledger_row.h"
#include "aggregates/row_size.h"
#include "events/bytes.h"
#include "events/json/encode.h"
#include "projections/anchors.h"
#include "projections/answers/partner_sheet.h"
#include "projections/lookups.h"
#include "projections/map_rows.h"
#include "projections/past.h"
#include "projections/position.h"
#include "projections/queries.h"
#include "projections/refusals.h"
#include "projections/search.h"
#include "tests/fuzz/asked.h"
#include "tests/fuzz/checked_json.h"
#include "tests/fuzz/decided.h"
#include "tests/fuzz/records.h"
#include "tests/fuzz/row_letters.h"

namespace ledger::fuzz {
namespace {

using views::Family;
using views::MapRows;

constexpr PartitionId kPartition{0};
const PartnerId kPartner{"contoso"};

MapRows one_row(Family family, std::string_view key, std::string_view value) {
    MapRows rows;
    LEDGER_CHECK(rows.write({{family, key, value}}).ok());
    return rows;
}

void partner_row(std::string_view value) {
    const auto state = unpack(view_of(value));
    if (!state) return check_sentence(state.error());
    const Bytes packed = pack(*state);
    const auto again = unpack(packed);
    LEDGER_CHECK(again.ok() && pack(*again) == packed);
    valid_json(json::to_json("PartnerState", packed));
    static_cast<void>(row_max_bytes(*state));
    check_asked(*state);
    const auto none = MapRows().snapshot();
    const answers::Snapshot snapshot{*none, kPartition, {}, sandbox(), sandbox().clock};
    const answers::PartnerThen then{*state, sandbox().clock, sandbox(), state->version};
    valid_json(json::to_json(json::Packed(answers::partner_sheet(snapshot, then)).view()));
    const MapRows rows = one_row(Family::partners, kPartner.text(), value);
    LEDGER_CHECK(views::search_partners(*rows.snapshot(), "a", 10).ok());
    LEDGER_CHECK(views::count_everything(*rows.snapshot(), 4).ok());
}

void meta_row(std::string_view value) {
    const auto stored = views::unpack_reading(value);
    if (!stored) return check_sentence(stored.error());
    const auto again = views::unpack_reading(
        views::pack_reading(kPartition, stored->reading, stored->ledger_version));
    LEDGER_CHECK(again.ok() && again->reading == stored->reading);
    LEDGER_CHECK(stored->reading.judge.frontier.size() == stored->reading.judge.seq);
}

void ledger_row(std::string_view value) {
    const MapRows rows = one_row(Family::ledger, views::ledger_key(kPartition), value);
    const auto found = views::find_ledger(*rows.snapshot(), kPartition);
    if (!found) return check_sentence(found.error());
    const Bytes packed = pack(**found);
    const auto again = unpack_ledger(packed);
    LEDGER_CHECK(again.ok() && pack(*again) == packed);
    static_cast<void>(policy_on(**found, (*found)->clock));
    static_cast<void>(catalogue_on(**found, (*found)->clock));
}

void receipt_row(std::string_view value) {
    const MapRows rows =
        one_row(Family::receipts, views::receipt_key(kPartition, kPartner.text(), "c1"), value);
    const auto receipt =
        views::find_receipt(*rows.snapshot(), kPartition, kPartner, CommandId{"c1"});
    if (!receipt) return check_sentence(receipt.error());
    LEDGER_CHECK(receipt->has_value() && value.size() == sizeof(fb::Receipt));
}

// A row that begins as that of order "o1" does.
void lookup_row(std::string_view key, std::string_view value) {
    const MapRows rows =
        one_row(Family::lookups, std::string("oo1") + '\0' + std::string(key), value);
    const auto hits =
        views::look_up(*rows.snapshot(), views::LookupKind::order, views::lookup_id("o1"), 10);
    if (!hits) return check_sentence(hits.error());
    LEDGER_CHECK(hits->size() == 1);
    views::Sought sought;
    sought.id = "o1";
    LEDGER_CHECK(views::find_exactly(*rows.snapshot(), sought, 10).ok());
}

void refusal_row(std::string_view value) {
    Bytes scratch;
    const auto refusal = views::read_refusal(value, scratch);
    if (!refusal) return check_sentence(refusal.error());
    fb::RefusalRowT row;
    (*refusal)->UnPackTo(&row);
    flatbuffers::FlatBufferBuilder builder;
    builder.Finish(fb::CreateRefusalRow(builder, &row));
    LEDGER_CHECK(
        views::read_refusal(text_of({builder.GetBufferPointer(), builder.GetSize()}), scratch)
            .ok());
}

// Rows of one partner, one version after another.
void history_rows(BytesView values) {
    MapRows rows;
    std::uint64_t version = 0;
    for (const Bytes& value : divided(values))
        LEDGER_CHECK(rows.write({{Family::history,
                                  views::history_key(kPartition, kPartner.text(), ++version),
                                  text_of(value)}})
                         .ok());
    const auto past = views::partner_at(*rows.snapshot(), kPartition, kPartner, {});
    if (!past) return check_sentence(past.error());
    const auto state = unpack(pack(past->state));
    LEDGER_CHECK(state.ok() && state->version == version);
    check_asked(*state);
}

void key_of(Family family, std::string_view key) {
    const auto counted = views::count_everything(*one_row(family, key, {}).snapshot(), 4);
    if (!counted) check_sentence(counted.error());
}

// What is taken for a key of the index is one, byte for byte.
void anchor_key(std::string_view key) {
    const auto anchor = views::parse_anchor_key(key);
    if (!anchor) return;
    std::string again;
    put_big_endian(again, static_cast<std::uint32_t>(anchor->on.days));
    again.append(anchor->partner).push_back('\0');
    again.append(anchor->order);
    LEDGER_CHECK(again == key);
}

void row(char letter, std::string_view rest) {
    const std::size_t key_bytes =
        rest.empty() ? 0
                     : std::min<std::size_t>(static_cast<std::uint8_t>(rest[0]), rest.size() - 1);
    switch (letter) {
        case kPartnerRow:
            return partner_row(rest);
        case kMetaRow:
            return meta_row(rest);
        case kLedgerRow:
            return ledger_row(rest);
        case kReceiptRow:
            return receipt_row(rest);
        case kLookupRow:
            if (rest.empty()) return;
            return lookup_row(rest.substr(1, key_bytes), rest.substr(1 + key_bytes));
        case kRefusalRow:
            return refusal_row(rest);
        case kHistoryRows:
            return history_rows(view_of(rest));
        case kHistoryKey:
            return key_of(Family::history, rest);
        case kReceiptKey:
            return key_of(Family::receipts, rest);
        case kAnchorKey:
            return anchor_key(rest);
        default:
            return;
    }
}

}  // namespace
}  // namespace ledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // A copy that ends where it ends, and stands at an odd address, as RocksDB's values may.
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    if (!bytes.empty()) ledger::fuzz::row(bytes.front(), std::string_view(bytes).substr(1));
    return 0;
}
