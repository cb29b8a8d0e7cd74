#include "aggregates/refusal.h"

#include <algorithm>
#include <set>

#include "events/date.h"
#include "tests/support/catch.h"

using namespace ledger;

namespace {

constexpr Language kLanguages[] = {Language::english, Language::korean};

// The names in braces.
std::set<std::string_view> names_in(std::string_view sentence) {
    std::set<std::string_view> names;
    for (std::size_t at = 0; (at = sentence.find('{', at)) != std::string_view::npos; ++at)
        names.insert(sentence.substr(at + 1, sentence.find('}', at) - at - 1));
    return names;
}

bool has_hangul(std::string_view text) {
    for (std::size_t i = 0; i + 2 < text.size(); ++i)
        if (text[i] >= '\xEA' && text[i] <= '\xED') return true;
    return false;
}

}  // namespace

TEST_CASE("Every refusal has a code of its own, a rule and a sentence", "[LED-05]") {
    std::set<std::string_view> texts;
    for (const RefusalKind& kind : kRefusalKinds) {
        INFO(kind.text);
        CHECK(texts.insert(kind.text).second);
        CHECK(kind.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-.") ==
              std::string_view::npos);
        CHECK(kind.text.find('.') != std::string_view::npos);
        CHECK(kind.rule.size() == 6);
        CHECK(kind.rule[3] == '-');
        CHECK(row_of(kind.sentence).code == kind.text);
        CHECK(&kind_of(kind.code) == &kind);
        CHECK(find_refusal_code(kind.text) == kind.code);
    }
    CHECK_FALSE(find_refusal_code("seat.reassign").has_value());
}

TEST_CASE("Every sentence stands in both languages, and names the same values in each",
          "[LED-05]") {
    for (const SentenceRow& row : sentence_rows()) {
        INFO(row.key);
        CHECK(find_sentence(row.key) == &row);
        CHECK(row.key.starts_with(row.code));
        std::set<std::string_view> values;
        for (const ValueName& value : row.values) CHECK(values.insert(value.name).second);
        for (const Language language : kLanguages)
            CHECK(names_in(said_in(row.said, language)) == values);
        // A day that comes is told in a cell of a table.
        CHECK(said_in(row.said, Language::english).ends_with('.') !=
              row.key.starts_with("coming."));
        CHECK(has_hangul(said_in(row.said, Language::korean)));
        CHECK_FALSE(has_hangul(said_in(row.said, Language::english)));
    }
}

TEST_CASE("Every role has a word in both languages", "[LED-05]") {
    for (const fb::Role role : fb::EnumValuesRole()) {
        const std::string key = std::string("role.") + fb::EnumNameRole(role);
        INFO(key);
        CHECK(std::any_of(word_rows().begin(), word_rows().end(), [&](const WordRow& word) {
            return word.key == key && !said_in(word.said, Language::english).empty() &&
                   has_hangul(said_in(word.said, Language::korean));
        }));
    }
}

TEST_CASE("A refusal takes its rule from the table unless it knows a closer one", "[LED-05]") {
    const Refusal plain = refuse(say::SeatNoneLeft{});
    CHECK(plain.rule == "BEN-04");
    CHECK(plain.text() == "seat.none-left");
    CHECK(plain.said == Said{Sentence::seat_none_left, {}});
    CHECK(refuse(say::ReasonMissing{}).rule == "LED-07");
    CHECK(refuse(say::ReasonMissing{}, "OFF-07").rule == "OFF-07");
    CHECK(refuse(say::KeyUsedUpGrant{}).rule == "BEN-04");
    CHECK(refuse(say::KeyUsedUpGrant{}).code == RefusalCode::key_used_up);
}

TEST_CASE("A sentence is made of values, in the language of whoever reads it", "[LED-05]") {
    const Refusal refusal = refuse(
        say::SeatReassignTooEarly{.seat = 3, .since = *parse_date("2021-01-15"), .days = 90});
    const std::vector<NamedValue> values{{"seat", "3"}, {"since", "2021-01-15"}, {"days", "90"}};
    CHECK(refusal.said.values == values);
    CHECK(sentence_of(refusal.said, Language::english) ==
          "Seat 3 was assigned on 2021-01-15 and may go to another person 90 days after that.");
    CHECK(
        sentence_of(refusal.said, Language::korean) ==
        "3번 좌석은 2021-01-15에 할당되었으며, 그로부터 90일이 지나야 다른 사용자에게 재할당할 수 "
        "있습니다.");
}

TEST_CASE("Roles and words are said in the language too; programs read their names", "[LED-05]") {
    const Refusal refusal =
        refuse(say::RoleMissing{.roles = fb::Role::global_admin | fb::Role::partner_admin,
                                .actor = Word::not_on_user_list});
    const std::vector<NamedValue> values{{"roles", "global_admin,partner_admin"},
                                         {"actor", "not-on-user-list"}};
    CHECK(refusal.said.values == values);
    CHECK(sentence_of(refusal.said, Language::english) ==
          "This takes the role global_admin or partner_admin; the actor is not on the partner's "
          "user list.");
    CHECK(sentence_of(refusal.said, Language::korean) ==
          "이 작업에는 전역 관리자(global_admin) 또는 MPN 파트너 관리자(partner_admin) 역할이 "
          "필요하지만 요청자는 파트너의 사용자 목록에 없는 사람입니다.");
}

TEST_CASE("Seats are told with who has them, and with nobody in the language too", "[VSS-03]") {
    SeatsText seats;
    seats.add(1, "kim");
    seats.add(2, "");
    const Said told = tell(say::ComingSeatMovable{.seats = seats, .sku = std::string("vs")});
    CHECK(told.row().rule == "VSS-03");
    CHECK(sentence_of(told, Language::english) ==
          "may go to another person: seat 1 (kim), 2 (nobody) of vs");
    CHECK(sentence_of(told, Language::korean) ==
          "다른 사용자에게 재할당 가능: vs 좌석 1 (kim), 2 (없음)");
}

TEST_CASE("What a value says is never taken for the name of another", "[LED-05]") {
    const Refusal refusal = refuse(
        say::RequestOpen{.request = std::string("{order}"), .order = std::string("{request}")});
    CHECK(sentence_of(refusal.said, Language::english) ==
          "Request {order} for order {request} is open already: wait until support has settled "
          "it.");
}
