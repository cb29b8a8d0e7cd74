// The keys topic in memory: a fold of its records in the order of their positions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "events/seal.h"

namespace ledger::log::kafka {

// "<subject>/<id in hex>"
std::string key_name(std::string_view subject, Id128 id);

class KeyTable {
public:
    // A key was put. Again with the same name: its place stays where it first stood.
    void put(std::string_view subject, const KeyStore::WrappedKey& key, std::uint64_t position);
    void destroy(std::string_view subject, Id128 id);

    // A record of the topic; a name that is none of ours is passed over. No value: a tombstone.
    void apply(std::string_view name, std::optional<BytesView> value, std::uint64_t position);

    // Of several the one that stands first.
    std::optional<KeyStore::WrappedKey> find(std::string_view subject) const;
    std::optional<KeyStore::WrappedKey> find(Id128 id) const;
    std::vector<Id128> ids_of(std::string_view subject) const;
    // By subject, each subject's in the order in which they stand.
    std::vector<std::pair<std::string, KeyStore::WrappedKey>> all() const;

private:
    struct Key {
        std::string subject;
        std::uint64_t position = 0;
        Bytes wrapped;
    };

    std::unordered_map<Id128, Key> keys_;
    std::map<std::string, std::map<std::uint64_t, Id128>, std::less<>> by_subject_;
};

}  // namespace ledger::log::kafka
