#include "aggregates/refusal.h"

#include <set>

#include "tests/support/catch.h"

using namespace ledger;

TEST_CASE("Every refusal has a code of its own, a rule and one sentence", "[LED-05]") {
    std::set<std::string_view> texts;
    for (const RefusalKind& kind : kRefusalKinds) {
        INFO(kind.text);
        CHECK(texts.insert(kind.text).second);
        CHECK(kind.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-.") ==
              std::string_view::npos);
        CHECK(kind.text.find('.') != std::string_view::npos);
        CHECK(kind.rule.size() == 6);
        CHECK(kind.rule[3] == '-');
        CHECK(kind.sentence.back() == '.');
        CHECK(&kind_of(kind.code) == &kind);
        CHECK(find_refusal_code(kind.text) == kind.code);
    }
    CHECK_FALSE(find_refusal_code("seat.reassign").has_value());
}

TEST_CASE("A refusal takes its rule and sentence from the table unless it knows closer ones",
          "[LED-05]") {
    const Refusal plain = refuse(RefusalCode::seat_none_left);
    CHECK(plain.rule == "BEN-04");
    CHECK(plain.reason == kind_of(RefusalCode::seat_none_left).sentence);
    CHECK(plain.text() == "seat.none-left");
    const Refusal closer =
        refuse(RefusalCode::role_missing, "ACC-06", "Assigning takes another role.");
    CHECK(closer.rule == "ACC-06");
    CHECK(closer.reason == "Assigning takes another role.");
}
