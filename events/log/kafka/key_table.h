// The keys topic in memory: a fold of its records in the order of their positions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "events/key_list.h"
#include "events/seal.h"

namespace ledger::log::kafka {

// "<subject>/<id in hex>"
std::string key_name(std::string_view subject, Id128 id);
// "ledger:<id in hex>": the name of the record that says whose topic it is.
std::string whose_name(Id128 ledger);
// What stands in the place of a key that was destroyed; compaction then drops the key itself.
inline constexpr std::string_view kDestroyedValue = "destroyed";

class KeyTable {
public:
    // A key was put. Again with the same name: its place stays where it first stood.
    void put(std::string_view subject, const KeyStore::WrappedKey& key, std::uint64_t position);
    // A key was destroyed: it is never taken again.
    void destroy(Id128 id, std::uint64_t position);

    // A record of the topic; a name that is none of ours is passed over. A record without a value
    // is nobody's here: the key is gone, and was not destroyed.
    void apply(std::string_view name, std::optional<BytesView> value, std::uint64_t position);

    // Of several keys of one subject the one that stands first.
    std::optional<KeyStore::WrappedKey> find(std::string_view subject) const;
    std::optional<KeyStore::WrappedKey> find(Id128 id) const;
    std::vector<Id128> ids_of(std::string_view subject) const;
    bool was_destroyed(Id128 id) const { return destroyed_.contains(id); }
    const std::unordered_set<Id128>& destroyed() const { return destroyed_; }
    // The newest by position.
    const std::optional<KeyChange>& newest() const { return newest_; }
    bool is_of(Id128 ledger) const { return ledgers_.contains(ledger); }
    bool empty() const { return keys_.empty() && destroyed_.empty(); }
    // By subject, each subject's in the order in which they stand.
    std::vector<std::pair<std::string, KeyStore::WrappedKey>> all() const;

private:
    struct Key {
        std::string subject;
        std::uint64_t position = 0;
        Bytes wrapped;
    };

    void forget(std::string_view subject, Id128 id);
    void note(Id128 id, bool destroyed, std::uint64_t position);

    std::unordered_map<Id128, Key> keys_;
    std::unordered_set<Id128> destroyed_;
    std::unordered_set<Id128> ledgers_;
    std::optional<KeyChange> newest_;
    std::map<std::string, std::map<std::uint64_t, Id128>, std::less<>> by_subject_;
};

}  // namespace ledger::log::kafka
