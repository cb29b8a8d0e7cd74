// A kind of benefit as its area describes it: how it is counted, what it may come to take in a
// partner's row, and its rules in words. Each area that owns kinds has them in a file
// benefit_kinds.h of its own; that every kind of the schema is described once is checked at compile
// time. Constant; any thread may read it.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "aggregates/sentence.h"
#include "policy_generated.h"

namespace ledger {

// How what is delivered to a stock is told, where the kind has one.
struct StockWords {
    InLanguages one;    // "token"
    InLanguages title;  // "Tokens"
    InLanguages taken;  // "handed out": how it left the stock
    bool is_activated;  // unit by unit, on machines; otherwise it is redeemed whole
};

struct KindOfBenefit {
    fb::BenefitKind kind{};
    // Its used units are its seats, which are listed one by one.
    bool has_seats = false;
    // Null: nothing is delivered.
    const StockWords* stock = nullptr;
    // What so many units may come to take in a row, beside the benefit's own line, once they were
    // granted. Null: nothing.
    std::size_t (*granted_max_bytes)(std::size_t quantity) = nullptr;
    // The same for a delivered key or token, beside its own texts, that is good for so many units
    // and has so many machines already. Null where there is no stock.
    std::size_t (*delivered_max_bytes)(std::size_t units, std::size_t machines) = nullptr;
    // The rules that concern this kind and no other, each in a sentence with the numbers of the
    // policy. The rule reference has them in full.
    std::vector<Said> (*rules)(const fb::PolicyVersionT& policy) = nullptr;
};

// A kind that this program doesn't know, as bytes may have it, has nothing of its own.
const KindOfBenefit& kind_of(fb::BenefitKind kind);

}  // namespace ledger
