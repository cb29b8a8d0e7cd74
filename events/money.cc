#include "events/money.h"

#include "events/currency.h"

namespace ledger {

int decimals_of(std::string_view currency) {
    const Currency* found = find_currency(currency);
    return found ? found->decimals : Currency{}.decimals;
}

std::string money(std::int64_t minor_units, std::string_view currency) {
    std::string digits = std::to_string(minor_units);
    const auto decimals = static_cast<std::size_t>(decimals_of(currency));
    if (decimals > 0) {
        if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
        digits.insert(digits.size() - decimals, ".");
    }
    return digits + " " + std::string(currency);
}

}  // namespace ledger
