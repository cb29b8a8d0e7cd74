#include "tools/benefits/cli/money_text.h"

#include <algorithm>
#include <charconv>

#include "events/money.h"

namespace ledger::tools {
namespace {

// More are beyond any amount that a command may have.
constexpr std::size_t kDigitsMax = 17;

bool are_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "USD has 2 decimals: write it like 475.00"
Error how_to_write(std::string_view currency) {
    const auto decimals = static_cast<std::size_t>(decimals_of(currency));
    const std::string example = decimals == 0 ? "475000" : "475." + std::string(decimals, '0');
    const std::string has = decimals == 0 ? "no decimals" : std::to_string(decimals) + " decimals";
    return error("expected an amount like " + example +
                 ", in digits with at most one point: " + std::string(currency) + " has " + has);
}

}  // namespace

bool is_currency(std::string_view text) {
    return text.size() == 3 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Result<std::int64_t> minor_units(std::string_view typed, std::string_view currency,
                                 const json::Bounds& bounds) {
    const auto decimals = static_cast<std::size_t>(decimals_of(currency));
    const std::size_t point = typed.find('.');
    const std::string_view whole = typed.substr(0, point);
    const std::string_view part =
        point == std::string_view::npos ? std::string_view{} : typed.substr(point + 1);
    if (whole.empty() || !are_digits(whole) || !are_digits(part) || part.size() > decimals ||
        (point != std::string_view::npos && part.empty()))
        return how_to_write(currency);
    std::string digits = std::string(whole) + std::string(part);
    digits.append(decimals - part.size(), '0');
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    std::int64_t amount = 0;
    if (digits.size() <= kDigitsMax)
        std::from_chars(digits.data(), digits.data() + digits.size(), amount);
    if (digits.size() > kDigitsMax || amount < bounds.least || bounds.most < amount)
        return error("expected an amount from " + money(bounds.least, currency) + " to " +
                     money(bounds.most, currency));
    return amount;
}

}  // namespace ledger::tools
