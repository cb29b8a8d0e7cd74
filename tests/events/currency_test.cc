#include "events/currency.h"

#include "tests/support/catch.h"

namespace ledger {
namespace {

Date on(const char* day) { return *parse_date(day); }

}  // namespace

TEST_CASE("The currencies of ISO 4217 have the decimals of their minor unit") {
    for (const auto& [code, decimals] : {std::pair{"USD", 2},
                                         {"EUR", 2},
                                         {"XOF", 0},
                                         {"JPY", 0},
                                         {"KRW", 0},
                                         {"ISK", 0},
                                         {"UGX", 0},
                                         {"KWD", 3},
                                         {"TND", 3},
                                         {"MGA", 2}}) {
        INFO(code);
        REQUIRE(find_currency(code));
        CHECK(find_currency(code)->decimals == decimals);
        CHECK(is_in_use(code, on("2021-03-01")));
    }
}

TEST_CASE("What nobody pays with is no currency: metals, funds, units of account, tests, none") {
    for (const char* code : {"QQQ", "XXX", "XTS", "XAU", "XAG", "XPT", "XPD", "XDR", "XSU",
                             "XUA", "XBA", "XBB", "XBC", "XBD", "BOV", "CHE", "CHW", "CLF",
                             "COU", "MXV", "USN", "UYI", "UYW", "usd", "",    "US",  "USDX"}) {
        INFO(code);
        CHECK_FALSE(find_currency(code));
        CHECK_FALSE(is_in_use(code, on("2021-03-01")));
    }
}

TEST_CASE("A currency is in use from its first day to its last") {
    CHECK(is_in_use("HRK", on("2022-12-31")));
    CHECK_FALSE(is_in_use("HRK", on("2023-01-01")));
    CHECK_FALSE(is_in_use("XCG", on("2025-03-30")));
    CHECK(is_in_use("XCG", on("2025-03-31")));
    CHECK(is_in_use("ANG", on("2025-03-31")));
}

}  // namespace ledger
