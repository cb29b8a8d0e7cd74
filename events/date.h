// UTC calendar dates and times as the schema keeps them: days and milliseconds since 1970-01-01.
// Proleptic Gregorian calendar, from kFirstDate through 9999-12-31. Source of the anniversary:
// MEM-02.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

// A calendar date; days since 1970-01-01.
struct Date {
    std::int32_t days = 0;
    auto operator<=>(const Date&) const = default;
};

// A moment; milliseconds since 1970-01-01T00:00:00Z.
struct Time {
    std::int64_t milliseconds = 0;
    auto operator<=>(const Time&) const = default;
};

// 1970-01-02, the first date that can be given. A row holds 0 where it has no date, so no date that
// comes from outside, and no day of a ledger's clock, is that one or earlier.
inline constexpr Date kFirstDate{1};

Date date_of(Time time);
Time start_of(Date date);
Time end_of(Date date);  // its last millisecond

int year_of(Date date);

Date plus_days(Date date, std::int32_t days);

// The same day and month `years` later; 29 February is 28 February where there is none.
Date plus_years(Date date, int years);

// "2021-02-01"; nothing for any other form, a day that no calendar has, or one before kFirstDate.
std::optional<Date> parse_date(std::string_view text);
// What is wrong with a text that begins like a date, as the end of a sentence: ", which is no day
// of the calendar"; empty for any other text, and for a date.
std::string date_fault(std::string_view text, std::string_view which = ", which ");
// "2021-02-01T10:00:00Z", with 1 to 3 decimals of a second if any.
std::optional<Time> parse_time(std::string_view text);

std::string to_string(Date date);
std::string to_string(Time time);

}  // namespace ledger
