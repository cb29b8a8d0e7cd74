#include "events/log/kafka/key_table.h"

#include <charconv>

namespace ledger::log::kafka {
namespace {

constexpr std::size_t kIdDigits = 32;

bool parse_hex(std::string_view digits, std::uint64_t& value) {
    const auto [end, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return failure == std::errc{} && end == digits.data() + digits.size();
}

constexpr std::string_view kWhose = "ledger:";

std::optional<Id128> parse_id(std::string_view digits) {
    Id128 id;
    if (digits.size() != kIdDigits || !parse_hex(digits.substr(0, kIdDigits / 2), id.high) ||
        !parse_hex(digits.substr(kIdDigits / 2), id.low))
        return {};
    return id;
}

struct KeyName {
    std::string_view subject;
    Id128 id;
};

// The id is the last part: a subject may have slashes of its own.
std::optional<KeyName> parse_name(std::string_view name) {
    if (name.size() < kIdDigits + 1 || name[name.size() - kIdDigits - 1] != '/') return {};
    const auto digits = name.substr(name.size() - kIdDigits);
    const auto id = parse_id(digits);
    if (!id) return {};
    return KeyName{name.substr(0, name.size() - kIdDigits - 1), *id};
}

}  // namespace

std::string key_name(std::string_view subject, Id128 id) {
    return std::string(subject) + "/" + to_hex(id);
}

std::string whose_name(Id128 ledger) { return std::string(kWhose) + to_hex(ledger); }

void KeyTable::note(Id128 id, bool destroyed, std::uint64_t position) {
    if (!newest_ || newest_->number <= position) newest_ = KeyChange{id, destroyed, position};
}

void KeyTable::put(std::string_view subject, const KeyStore::WrappedKey& key,
                   std::uint64_t position) {
    note(key.id, false, position);
    if (keys_.contains(key.id) || destroyed_.contains(key.id)) return;
    keys_[key.id] = Key{std::string(subject), position, key.wrapped};
    by_subject_[std::string(subject)][position] = key.id;
}

void KeyTable::forget(std::string_view subject, Id128 id) {
    const auto key = keys_.find(id);
    if (key == keys_.end() || key->second.subject != subject) return;
    const auto positions = by_subject_.find(subject);
    positions->second.erase(key->second.position);
    if (positions->second.empty()) by_subject_.erase(positions);
    keys_.erase(key);
}

void KeyTable::destroy(Id128 id, std::uint64_t position) {
    note(id, true, position);
    destroyed_.insert(id);
    if (const auto key = keys_.find(id); key != keys_.end())
        forget(std::string(key->second.subject), id);
}

void KeyTable::apply(std::string_view name, std::optional<BytesView> value,
                     std::uint64_t position) {
    if (name.starts_with(kWhose)) {
        const auto ledger = parse_id(name.substr(kWhose.size()));
        if (ledger && value) ledgers_.insert(*ledger);
        return;
    }
    const auto parsed = parse_name(name);
    if (!parsed) return;
    if (!value)
        forget(parsed->subject, parsed->id);
    else if (text_of(*value) == kDestroyedValue)
        destroy(parsed->id, position);
    else
        put(parsed->subject, {parsed->id, Bytes(value->begin(), value->end())}, position);
}

std::optional<KeyStore::WrappedKey> KeyTable::find(std::string_view subject) const {
    const auto positions = by_subject_.find(subject);
    if (positions == by_subject_.end()) return {};
    return find(positions->second.begin()->second);
}

std::optional<KeyStore::WrappedKey> KeyTable::find(Id128 id) const {
    const auto key = keys_.find(id);
    if (key == keys_.end()) return {};
    return KeyStore::WrappedKey{id, key->second.wrapped};
}

std::vector<Id128> KeyTable::ids_of(std::string_view subject) const {
    std::vector<Id128> ids;
    if (const auto positions = by_subject_.find(subject); positions != by_subject_.end())
        for (const auto& [position, id] : positions->second) ids.push_back(id);
    return ids;
}

std::vector<std::pair<std::string, KeyStore::WrappedKey>> KeyTable::all() const {
    std::vector<std::pair<std::string, KeyStore::WrappedKey>> keys;
    for (const auto& [subject, positions] : by_subject_)
        for (const auto& [position, id] : positions) keys.emplace_back(subject, *find(id));
    return keys;
}

}  // namespace ledger::log::kafka
