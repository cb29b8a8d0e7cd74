#include "events/money.h"

#include <algorithm>
#include <array>

namespace ledger {

int decimals_of(std::string_view currency) {
    // ISO 4217: the currencies that don't have two.
    constexpr std::array<std::string_view, 16> kNone{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                     "KMF", "KRW", "PYG", "RWF", "UGX", "VND",
                                                     "VUV", "XAF", "XOF", "XPF"};
    constexpr std::array<std::string_view, 7> kThree{"BHD", "IQD", "JOD", "KWD",
                                                     "LYD", "OMR", "TND"};
    if (std::find(kNone.begin(), kNone.end(), currency) != kNone.end()) return 0;
    return std::find(kThree.begin(), kThree.end(), currency) != kThree.end() ? 3 : 2;
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
