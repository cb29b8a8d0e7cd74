// Commands made up by the schema: for one seed always the same. The JSON is written as the encoder
// would write it, so that what comes back can be compared as text.
#pragma once

#include <random>
#include <string>

#include "events/json/schema.h"

namespace ledger::json {

class RandomJson {
public:
    explicit RandomJson(std::uint32_t seed) : random_(seed) {}

    // A command whose body is of this type.
    std::string command(const Choice& type);

    // A table that has no union.
    std::string of(const Table& plain) { return table(plain, nullptr); }

private:
    std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
    std::string table(const Table& table, const Choice* type);
    bool stands(const Field& field);
    std::string list(const Field& field);
    std::string value(const Field& field);
    std::string number(const Field& field);
    std::string text(const Field& field);
    std::string flags(const Field& field);

    std::mt19937_64 random_;
};

}  // namespace ledger::json
