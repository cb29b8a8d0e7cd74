// All that a ledger's folder holds, as whoever has the disk would read it: each key and value of
// every column family of every RocksDB below it, and each file as it is. Nothing may be open.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace ledger::tests {

// `where` names it for people: "views/partners, value".
using SeeBytes = std::function<void(const std::string& where, std::string_view bytes)>;

// Gives the number of rows by "<store>/<column family>": "views/partners".
std::map<std::string, std::uint64_t> for_each_stored(const std::string& folder,
                                                     const SeeBytes& see);

}  // namespace ledger::tests
