#include "consumers/views_identity.h"

namespace ledger {
namespace {

// Grows when rows change their meaning; views of another format are made again.
constexpr std::string_view kViewsFormat = "2";

}  // namespace

Result<Identity> identity_of(const views::Rows& rows, Id128 ledger) {
    const auto id = rows.get(views::Family::meta, views::kLedgerKey);
    if (!id) return id.error();
    if (!*id) return Identity::none_yet;
    if (**id != to_hex(ledger)) return Identity::of_another_ledger;
    const auto format = rows.get(views::Family::meta, views::kFormatKey);
    if (!format) return format.error();
    return *format && **format == kViewsFormat ? Identity::ours : Identity::of_another_format;
}

views::RowBatch identity_rows(Id128 ledger) {
    return {{views::Family::meta, views::kLedgerKey, to_hex(ledger)},
            {views::Family::meta, views::kFormatKey, kViewsFormat}};
}

Result<void> check_views(views::Rows& rows, const std::string& directory, Id128 ledger) {
    const auto identity = identity_of(rows, ledger);
    if (!identity) return identity.error();
    switch (*identity) {
        case Identity::ours:
            return {};
        case Identity::none_yet:
            return rows.write(identity_rows(ledger));
        case Identity::of_another_ledger:
            return error("the views in " + directory + "/views belong to another ledger than " +
                         to_hex(ledger) + ", which the log is of; give this ledger a --ledger " +
                         "folder of its own, or delete those views");
        case Identity::of_another_format:
            return error("the views in " + directory +
                         "/views have another format; run 'benefits rebuild': they are made "
                         "again from the log");
    }
    return {};
}

}  // namespace ledger
