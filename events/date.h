// UTC calendar dates and times as the schema keeps them: days and milliseconds since 1970-01-01.
// Proleptic Gregorian calendar, years 0001 to 9999. Source of the anniversary: MEM-02 and the
// decided readings.
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

Date date_of(Time time);
Time start_of(Date date);
Time end_of(Date date);  // its last millisecond

Date plus_days(Date date, std::int32_t days);

// The same day and month `years` later; 29 February is 28 February where there is none.
Date plus_years(Date date, int years);

// "2021-02-01"; nothing for any other form or a date that is none.
std::optional<Date> parse_date(std::string_view text);
// "2021-02-01T10:00:00Z", with 1 to 3 decimals of a second if any.
std::optional<Time> parse_time(std::string_view text);

std::string to_string(Date date);
std::string to_string(Time time);

}  // namespace ledger
