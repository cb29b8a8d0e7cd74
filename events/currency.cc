#include "events/currency.h"

#include <algorithm>
#include <iterator>

namespace ledger {
namespace {

// ISO 4217, list one of 2026-01, and of list three what was withdrawn since 2020. Sorted by code.
// clang-format off
constexpr Currency kCurrencies[] = {
    {"AED"}, {"AFN"}, {"ALL"}, {"AMD"}, {"ANG", 2, "", "2025-06-30"}, {"AOA"}, {"ARS"}, {"AUD"},
    {"AWG"}, {"AZN"}, {"BAM"}, {"BBD"}, {"BDT"}, {"BGN", 2, "", "2025-12-31"}, {"BHD", 3},
    {"BIF", 0}, {"BMD"}, {"BND"}, {"BOB"}, {"BRL"}, {"BSD"}, {"BTN"}, {"BWP"}, {"BYN"}, {"BZD"},
    {"CAD"}, {"CDF"}, {"CHF"}, {"CLP", 0}, {"CNY"}, {"COP"}, {"CRC"}, {"CUC", 2, "", "2021-06-30"},
    {"CUP"}, {"CVE"}, {"CZK"}, {"DJF", 0}, {"DKK"}, {"DOP"}, {"DZD"}, {"EGP"}, {"ERN"}, {"ETB"},
    {"EUR"}, {"FJD"}, {"FKP"}, {"GBP"}, {"GEL"}, {"GHS"}, {"GIP"}, {"GMD"}, {"GNF", 0}, {"GTQ"},
    {"GYD"}, {"HKD"}, {"HNL"}, {"HRK", 2, "", "2022-12-31"}, {"HTG"}, {"HUF"}, {"IDR"}, {"ILS"},
    {"INR"}, {"IQD", 3}, {"IRR"}, {"ISK", 0}, {"JMD"}, {"JOD", 3}, {"JPY", 0}, {"KES"}, {"KGS"},
    {"KHR"}, {"KMF", 0}, {"KPW"}, {"KRW", 0}, {"KWD", 3}, {"KYD"}, {"KZT"}, {"LAK"}, {"LBP"},
    {"LKR"}, {"LRD"}, {"LSL"}, {"LYD", 3}, {"MAD"}, {"MDL"}, {"MGA"}, {"MKD"}, {"MMK"}, {"MNT"},
    {"MOP"}, {"MRU"}, {"MUR"}, {"MVR"}, {"MWK"}, {"MXN"}, {"MYR"}, {"MZN"}, {"NAD"}, {"NGN"},
    {"NIO"}, {"NOK"}, {"NPR"}, {"NZD"}, {"OMR", 3}, {"PAB"}, {"PEN"}, {"PGK"}, {"PHP"}, {"PKR"},
    {"PLN"}, {"PYG", 0}, {"QAR"}, {"RON"}, {"RSD"}, {"RUB"}, {"RWF", 0}, {"SAR"}, {"SBD"}, {"SCR"},
    {"SDG"}, {"SEK"}, {"SGD"}, {"SHP"}, {"SLE", 2, "2022-04-01"}, {"SLL", 2, "", "2023-12-31"},
    {"SOS"}, {"SRD"}, {"SSP"}, {"STN"}, {"SVC"}, {"SYP"}, {"SZL"}, {"THB"}, {"TJS"}, {"TMT"},
    {"TND", 3}, {"TOP"}, {"TRY"}, {"TTD"}, {"TWD"}, {"TZS"}, {"UAH"}, {"UGX", 0}, {"USD"}, {"UYU"},
    {"UZS"}, {"VED", 2, "2021-10-01"}, {"VES"}, {"VND", 0}, {"VUV", 0}, {"WST"}, {"XAF", 0},
    {"XCD"}, {"XCG", 2, "2025-03-31"}, {"XOF", 0}, {"XPF", 0}, {"YER"}, {"ZAR"}, {"ZMW"},
    {"ZWG", 2, "2024-06-25"}, {"ZWL", 2, "", "2024-08-31"},
};
// clang-format on

constexpr bool by_code(const Currency& a, const Currency& b) { return a.code < b.code; }
static_assert(std::is_sorted(std::begin(kCurrencies), std::end(kCurrencies), by_code));

}  // namespace

const Currency* find_currency(std::string_view code) {
    const Currency* found =
        std::lower_bound(std::begin(kCurrencies), std::end(kCurrencies), Currency{code}, by_code);
    return found != std::end(kCurrencies) && found->code == code ? found : nullptr;
}

bool is_in_use(std::string_view code, Date on) {
    const Currency* currency = find_currency(code);
    if (!currency) return false;
    const std::string day = to_string(on);  // texts of dates sort as the dates do
    return currency->first <= day && (currency->last.empty() || day <= currency->last);
}

}  // namespace ledger
