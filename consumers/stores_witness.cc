#include "consumers/stores_witness.h"

namespace ledger {
namespace {

// "d" or "p", key id (16), number (8), big-endian.
constexpr std::size_t kRowBytes = 25;
constexpr char kWasDestroyed = 'd';
constexpr char kWasPut = 'p';

std::string keys_row(const KeyChange& change) {
    std::string row(1, change.destroyed ? kWasDestroyed : kWasPut);
    put_big_endian(row, change.key);
    put_big_endian(row, change.number);
    return row;
}

std::optional<KeyChange> parse_keys_row(std::string_view row) {
    if (row.size() != kRowBytes) return std::nullopt;
    return KeyChange{get_id(row.substr(1)), row[0] == kWasDestroyed,
                     get_big_endian<std::uint64_t>(row.substr(17))};
}

}  // namespace

void StoresWitness::put_news(views::Fold& fold) {
    if (const auto newest = keys_ ? keys_->newest() : std::nullopt; newest != keys_seen_) {
        keys_seen_ = newest;
        fold.put_beside(views::Family::meta, views::kKeysKey, keys_row(*newest));
    }
    if (const std::uint64_t newest = refusals_ ? refusals_->newest() : 0;
        newest != refusals_seen_) {
        refusals_seen_ = newest;
        std::string row;
        put_big_endian(row, newest);
        fold.put_beside(views::Family::meta, views::kRefusalsKey, row);
    }
}

Result<void> compare_keys(views::Rows& rows, const std::string& directory, KeyList& keys) {
    const auto row = rows.snapshot()->get(views::Family::meta, views::kKeysKey);
    if (!row) return row.error();
    const auto seen = *row ? parse_keys_row(**row) : std::nullopt;
    if (seen) {
        const auto has = keys.has(*seen);
        if (!has) return has.error();
        if (!*has) {
            keys.cast_doubt(error(
                kKeysOlderThanViews,
                "the key store lacks a change that the views of " + directory + " have seen, " +
                    (seen->destroyed ? "the destruction" : "the storing") + " of key " +
                    to_hex(seen->key) +
                    ": it is an older copy, was made anew, or keys were lost; what is sealed may "
                    "not "
                    "open, and nothing is written: put the newest copy of this ledger's key store "
                    "back, or delete the views folder to go on without what it lacks"));
            return {};
        }
    }
    const auto newest = keys.newest();
    if (!newest || newest == seen) return {};
    return rows.write({{views::Family::meta, views::kKeysKey, keys_row(*newest)}});
}

Result<std::optional<std::string>> compare_refusals(const views::Snapshot& rows,
                                                    const std::string& directory,
                                                    const views::Refusals& refusals) {
    const auto row = rows.get(views::Family::meta, views::kRefusalsKey);
    if (!row) return row.error();
    if (!*row || (*row)->size() != sizeof(std::uint64_t) ||
        refusals.newest() >= get_big_endian<std::uint64_t>(**row))
        return std::optional<std::string>();
    return std::optional<std::string>(
        "the refusals in " + directory +
        "/refusals end before the newest that was kept there: an older copy was put back, a power "
        "cut took them, or they were removed; nothing else is lost");
}

Result<void> copy_witness(const views::Snapshot& old, views::RowBatch& fresh) {
    for (const std::string_view key : {views::kKeysKey, views::kRefusalsKey}) {
        const auto row = old.get(views::Family::meta, key);
        if (!row) return row.error();
        if (*row) fresh.put(views::Family::meta, key, **row);
    }
    return {};
}

}  // namespace ledger
