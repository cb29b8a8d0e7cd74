#include "projections/rows.h"

namespace ledger::views {
namespace {

std::string partner_prefix(PartitionId partition, std::string_view partner) {
    std::string key;
    key.reserve(partner.size() + 80);
    put_big_endian(key, static_cast<std::uint16_t>(number(partition)));
    key.append(partner);
    key.push_back('\0');
    return key;
}

}  // namespace

std::string history_prefix(PartitionId partition, std::string_view partner) {
    return partner_prefix(partition, partner);
}

std::string history_key(PartitionId partition, std::string_view partner, std::uint64_t version) {
    std::string key = partner_prefix(partition, partner);
    put_big_endian(key, version);
    return key;
}

std::string receipt_key(PartitionId partition, std::string_view partner,
                        std::string_view command_id) {
    std::string key = partner_prefix(partition, partner);
    key.append(command_id);
    return key;
}

std::string meta_key(PartitionId partition) {
    std::string key = "p";
    put_big_endian(key, static_cast<std::uint16_t>(number(partition)));
    return key;
}

}  // namespace ledger::views
