// The files of policy and catalogue versions that a ledger begins with or is given later. The first
// byte says which. What is taken says the same when it is written and read again, fits a genesis
// record or is refused for its size alone, and answers for every day.
#include "aggregates/catalogue/catalogue.h"

#include "aggregates/ledger_state.h"
#include "aggregates/row_size.h"
#include "events/json/decode.h"
#include "events/json/encode.h"
#include "events/limits.h"
#include "events/record.h"
#include "tests/fuzz/checked_json.h"

namespace ledger::fuzz {
namespace {

template <typename Version>
void check_round_trip(std::string_view text) {
    const char* const name = Version::GetFullyQualifiedName();
    const auto tables = json::tables_from_json(name, text);
    LEDGER_CHECK(tables.ok());
    std::string list;
    for (const Bytes& table : *tables) {
        const std::string written = valid_json(json::to_json(name, table));
        const auto again = json::table_from_json(name, written);
        LEDGER_CHECK(again.ok() && *again == table);
        list += (list.empty() ? "" : ",") + written;
    }
    const auto again = json::tables_from_json(name, "[" + list + "]");
    LEDGER_CHECK(again.ok() && *again == *tables);
}

void check_days(const LedgerState& ledger) {
    for (const char* day : {"1970-01-02", "2000-01-01", "2021-02-01", "9999-12-31"}) {
        const Date date = *parse_date(day);
        const auto& policy = policy_on(ledger, date);
        LEDGER_CHECK(ledger.policies.empty() || policy.effective <= date.days ||
                     policy == ledger.policies.front());
        for (const fb::OfferT& offer : catalogue_on(ledger, date).offers) {
            LEDGER_CHECK(catalogue::find_offer(catalogue_on(ledger, date), offer.id) != nullptr);
            static_cast<void>(order_max_bytes(offer.grants));
        }
    }
}

void check_genesis(fb::GenesisT genesis) {
    genesis.ledger = std::make_unique<fb::Id128>(1, 2);
    genesis.key_check = std::make_unique<fb::Id128>(3, 4);
    genesis.partitions = 1;
    const Bytes bytes = encode_genesis(genesis);
    if (bytes.size() > limits::kRecordMaxBytes) return;
    const RecordView record = decode_record(bytes);
    LEDGER_CHECK(record.genesis != nullptr);
    const LedgerState ledger = from_genesis(*record.genesis);
    LEDGER_CHECK(ledger.policies == genesis.policies && ledger.catalogues == genesis.catalogues);
    check_days(ledger);
}

template <typename Version>
void file(std::string_view text,
          std::vector<typename Version::NativeTableType> fb::GenesisT::*versions) {
    auto natives = json::natives_from_json<Version>(text);
    if (!natives) return check_sentence(natives.error());
    check_round_trip<Version>(text);
    fb::GenesisT genesis;
    genesis.*versions = std::move(*natives);
    check_genesis(std::move(genesis));
}

}  // namespace
}  // namespace ledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ledger;
    if (size == 0) return 0;
    const std::vector<char> text(reinterpret_cast<const char*>(data) + 1,
                                 reinterpret_cast<const char*>(data) + size);
    const std::string_view view(text.data(), text.size());
    if (*data == 'p') fuzz::file<fb::PolicyVersion>(view, &fb::GenesisT::policies);
    if (*data == 'c') fuzz::file<fb::CatalogueVersion>(view, &fb::GenesisT::catalogues);
    return 0;
}
