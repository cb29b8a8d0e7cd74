#include "consumers/views_identity.h"

#include "events/record.h"
#include "state_format_generated.h"

namespace ledger {
namespace {

// Grows when rows change their meaning though the state's schema stays as it is.
constexpr int kFoldNumber = 7;

// Views of another format are made again.
std::string views_format() { return std::string(kStateFormat) + "." + std::to_string(kFoldNumber); }

}  // namespace

Result<Identity> identity_of(const views::Snapshot& rows, Id128 ledger) {
    const auto id = rows.get(views::Family::meta, views::kLedgerKey);
    if (!id) return id.error();
    if (!*id) return Identity::none_yet;
    if (**id != to_hex(ledger)) return Identity::of_another_ledger;
    const auto format = rows.get(views::Family::meta, views::kFormatKey);
    if (!format) return format.error();
    return *format && **format == views_format() ? Identity::ours : Identity::of_another_format;
}

views::RowBatch identity_rows(Id128 ledger, const std::vector<Bytes>& genesis) {
    views::RowBatch rows{{views::Family::meta, views::kLedgerKey, to_hex(ledger)},
                         {views::Family::meta, views::kFormatKey, views_format()}};
    for (std::size_t i = 0; i < genesis.size(); ++i) {
        std::string key(views::kGenesisKey);
        put_big_endian(key, static_cast<std::uint16_t>(i));
        rows.put(views::Family::meta, key, text_of(genesis[i]));
    }
    return rows;
}

Result<std::vector<Bytes>> genesis_of(const views::Snapshot& rows) {
    std::vector<Bytes> genesis;
    const auto scanned = rows.scan(views::Family::meta, views::kGenesisKey,
                                   [&](std::string_view, std::string_view record) {
                                       genesis.emplace_back(record.begin(), record.end());
                                       return true;
                                   });
    if (!scanned) return scanned.error();
    for (const Bytes& record : genesis)
        if (!decode_record(record).genesis) return error("the views' genesis record is damaged");
    if (genesis.empty()) return error("the views don't hold the genesis record");
    return genesis;
}

Result<void> check_views(views::Rows& rows, const std::string& directory, Id128 ledger,
                         const std::vector<Bytes>& genesis) {
    const auto identity = identity_of(*rows.snapshot(), ledger);
    if (!identity) return identity.error();
    switch (*identity) {
        case Identity::ours:
            return {};
        case Identity::none_yet:
            return rows.write(identity_rows(ledger, genesis));
        case Identity::of_another_ledger:
            return error(kViewsOfAnotherLedger,
                         "the views in " + directory + "/views belong to another ledger than " +
                             to_hex(ledger) +
                             ", which the log is of; give this ledger a --ledger " +
                             "folder of its own, or delete those views");
        case Identity::of_another_format:
            return error(kViewsOfAnotherFormat,
                         "the views in " + directory +
                             "/views have another format; run 'benefits rebuild': they are made "
                             "again from the log");
    }
    return {};
}

}  // namespace ledger
