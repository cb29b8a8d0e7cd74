// Which policy version is in force on a day.
#include "aggregates/policy/policies.h"
#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

fb::PolicyVersionT version(std::uint32_t number, const char* effective) {
    fb::PolicyVersionT policy;
    policy.version = number;
    policy.effective = day(effective).days;
    return policy;
}

}  // namespace

TEST_CASE("A period is measured by the policy of the day on which it opened, whatever came later",
          "[LED-03]") {
    const std::vector<fb::PolicyVersionT> versions{
        version(1, "2019-01-01"), version(2, "2020-12-15"), version(3, "2020-12-15")};
    const Policies policies(versions);
    CHECK(policies.on(day("2018-12-31")).version == 1);
    CHECK(policies.on(day("2020-12-14")).version == 1);
    CHECK(policies.on(day("2020-12-15")).version == 3);
    CHECK(policies.on(day("2031-01-01")).version == 3);
    CHECK(policies.all().size() == 3);
}

TEST_CASE("Without any policy version nothing is allowed", "[LED-03]") {
    const std::vector<fb::PolicyVersionT> none;
    CHECK(Policies(none).on(day("2021-01-01")) == fb::PolicyVersionT{});
}
