// Dates and times as the rules count them.
#include "events/date.h"

#include <limits>

#include "tests/support/catch.h"

using namespace ledger;

namespace {

Date day(std::string_view text) { return parse_date(text).value(); }

}  // namespace

TEST_CASE("A date is a number of days since 1970, and comes back as it was written") {
    CHECK(to_string(Date{0}) == "1970-01-01");
    CHECK(to_string(Date{-1}) == "1969-12-31");
    CHECK(day("1970-01-02").days == 1);
    CHECK(day("2000-03-01").days == 11017);
    for (const char* text : {"1970-01-02", "2000-02-29", "2021-12-31", "9999-12-31"})
        CHECK(to_string(day(text)) == text);
}

TEST_CASE("What is no date is not taken for one") {
    for (const char* text :
         {"", "2021-2-01", "2021-02-29", "1900-02-29", "2021-13-01", "2021-00-10", "2021-01-00",
          "0000-01-01", "2021/01/01", "2021-01-01 ", " 2021-01-01", "12021-01-01", "2021-01-0x"}) {
        INFO(text);
        CHECK_FALSE(parse_date(text).has_value());
    }
}

TEST_CASE("A date that a row could take for none can't be given") {
    CHECK(day("1970-01-02") == kFirstDate);
    for (const char* text : {"1970-01-01", "1969-12-31", "1900-01-01", "0001-01-01"}) {
        INFO(text);
        CHECK_FALSE(parse_date(text).has_value());
        CHECK_FALSE(parse_time(std::string(text) + "T23:59:59.999Z").has_value());
        CHECK(date_fault(text).find("before 1970-01-02") != std::string::npos);
        CHECK(date_fault(std::string(text) + "T10:00:00Z") == date_fault(text));
    }
    CHECK(date_fault("2021-02-30") == ", which is no day of the calendar");
    for (const char* text : {"", "tomorrow", "2021-2-1", "1970-01-02", "2021-02-01"}) {
        INFO(text);
        CHECK(date_fault(text).empty());
    }
}

TEST_CASE("The same day a year later is 28 February where there is no 29th [MEM-02]") {
    CHECK(to_string(plus_years(day("2020-02-29"), 1)) == "2021-02-28");
    CHECK(to_string(plus_years(day("2020-02-29"), 4)) == "2024-02-29");
    CHECK(to_string(plus_years(day("2021-02-28"), 3)) == "2024-02-28");
    CHECK(to_string(plus_years(day("2021-01-15"), 1)) == "2022-01-15");
}

TEST_CASE("Days are added across months and years") {
    CHECK(to_string(plus_days(day("2021-01-15"), 90)) == "2021-04-15");
    CHECK(to_string(plus_days(day("2020-12-31"), 1)) == "2021-01-01");
    CHECK(to_string(plus_days(day("2021-03-01"), -1)) == "2021-02-28");
}

TEST_CASE("A number that is no date or time of ours is still one, and has a text") {
    using Days = std::numeric_limits<std::int32_t>;
    using Milliseconds = std::numeric_limits<std::int64_t>;
    CHECK(plus_days(Date{Days::max()}, 90) == Date{Days::max()});
    CHECK(plus_days(Date{Days::min()}, -1) == Date{Days::min()});
    CHECK(date_of(Time{Milliseconds::max()}) == Date{Days::max()});
    CHECK(date_of(Time{Milliseconds::min()}) == Date{Days::min()});
    CHECK(to_string(Time{Milliseconds::max()}).ends_with("T07:12:55.807Z"));
    CHECK(to_string(Time{Milliseconds::min()}).ends_with("T16:47:04.192Z"));
}

TEST_CASE("A day has a first and a last millisecond, before 1970 too") {
    for (const Date date : {Date{-1}, Date{0}, day("2021-02-01")}) {
        CHECK(date_of(start_of(date)) == date);
        CHECK(date_of(end_of(date)) == date);
        CHECK(date_of(Time{end_of(date).milliseconds + 1}) == plus_days(date, 1));
        CHECK(date_of(Time{start_of(date).milliseconds - 1}) == plus_days(date, -1));
    }
}

TEST_CASE("A time is written in UTC, with up to three decimals of a second") {
    CHECK(parse_time("1970-01-02T00:00:00Z")->milliseconds == 86'400'000);
    CHECK(parse_time("1970-01-02T00:00:01.5Z")->milliseconds == 86'401'500);
    CHECK(parse_time("1970-01-02T01:02:03.004Z")->milliseconds == 90'123'004);
    CHECK(parse_time(to_string(Time{1'612'137'600'123}))->milliseconds == 1'612'137'600'123);
    for (const char* text :
         {"", "2021-01-01", "2021-01-01T00:00:00", "2021-01-01T24:00:00Z", "2021-01-01T00:60:00Z",
          "2021-01-01T00:00:00.Z", "2021-01-01T00:00:00.1234Z", "2021-01-01T00:00:00+01:00",
          "2021-02-30T00:00:00Z"}) {
        INFO(text);
        CHECK_FALSE(parse_time(text).has_value());
    }
}
