#include "projections/rows.h"

namespace ledger::views {
namespace {

constexpr std::size_t kPartitionBytes = 2;
// A partner, a command id and what is between them: spares most of the growing.
constexpr std::size_t kKeyGuessBytes = 80;

void put_partner_prefix(std::string& out, PartitionId partition, std::string_view partner) {
    out.clear();
    put_big_endian(out, static_cast<std::uint16_t>(number(partition)));
    out.append(partner);
    out.push_back('\0');
}

}  // namespace

void RowBatch::put(Family family, std::string_view key, std::string_view head,
                   std::string_view tail) {
    places_.push_back({family, bytes_.size(), key.size(), head.size() + tail.size(), false});
    bytes_.append(key).append(head).append(tail);
}

void RowBatch::erase(Family family, std::string_view key) {
    places_.push_back({family, bytes_.size(), key.size(), 0, true});
    bytes_.append(key);
}

void RowBatch::add(const Row& row) {
    if (row.erased)
        erase(row.family, row.key);
    else
        put(row.family, row.key, row.value);
}

Row RowBatch::row(std::size_t index) const {
    const Place& place = places_[index];
    const std::string_view bytes(bytes_);
    return {place.family, bytes.substr(place.at, place.key_size),
            bytes.substr(place.at + place.key_size, place.value_size), place.erased};
}

void RowBatch::clear() {
    bytes_.clear();
    places_.clear();
}

PartnerKey parse_partner_key(std::string_view key) {
    const std::size_t end = key.find('\0', kPartitionBytes);
    LEDGER_CHECK(end != std::string_view::npos);
    return {PartitionId{get_big_endian<std::uint16_t>(key.substr(0, kPartitionBytes))},
            key.substr(kPartitionBytes, end - kPartitionBytes), key.substr(end + 1)};
}

std::string history_prefix(PartitionId partition, std::string_view partner) {
    std::string key;
    put_partner_prefix(key, partition, partner);
    return key;
}

void put_history_key(std::string& out, PartitionId partition, std::string_view partner,
                     std::uint64_t version) {
    put_partner_prefix(out, partition, partner);
    put_big_endian(out, version);
}

void put_receipt_key(std::string& out, PartitionId partition, std::string_view partner,
                     std::string_view command_id) {
    put_partner_prefix(out, partition, partner);
    out.append(command_id);
}

std::string history_key(PartitionId partition, std::string_view partner, std::uint64_t version) {
    std::string key;
    key.reserve(kKeyGuessBytes);
    put_history_key(key, partition, partner, version);
    return key;
}

std::string receipt_key(PartitionId partition, std::string_view partner,
                        std::string_view command_id) {
    std::string key;
    key.reserve(kKeyGuessBytes);
    put_receipt_key(key, partition, partner, command_id);
    return key;
}

std::string end_of_prefix(std::string_view prefix) {
    std::string end(prefix);
    while (!end.empty() && end.back() == '\xFF') end.pop_back();
    if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
    return end;
}

std::string ledger_key(PartitionId partition) {
    std::string key;
    put_big_endian(key, static_cast<std::uint16_t>(number(partition)));
    return key;
}

std::string meta_key(PartitionId partition) {
    std::string key = "p";
    put_big_endian(key, static_cast<std::uint16_t>(number(partition)));
    return key;
}

}  // namespace ledger::views
