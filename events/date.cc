#include "events/date.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>

namespace ledger {
namespace {

constexpr std::int64_t kDayMilliseconds = 86'400'000;

std::chrono::year_month_day civil(Date date) {
    return std::chrono::sys_days{std::chrono::days{date.days}};
}

Date from_civil(std::chrono::year_month_day day) {
    return Date{static_cast<std::int32_t>(std::chrono::sys_days{day}.time_since_epoch().count())};
}

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return std::nullopt;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

// A record may hold any number: one that is no date of ours stands for the nearest that Date holds.
Date nearest(std::int64_t days) {
    using Days = std::numeric_limits<std::int32_t>;
    return Date{static_cast<std::int32_t>(
        std::clamp(days, std::int64_t{Days::min()}, std::int64_t{Days::max()}))};
}

struct Moment {
    std::int64_t days;
    std::int64_t milliseconds;  // of that day, never below 0
};

Moment moment_of(Time time) {
    const Moment moment{time.milliseconds / kDayMilliseconds, time.milliseconds % kDayMilliseconds};
    if (moment.milliseconds >= 0) return moment;
    return {moment.days - 1, moment.milliseconds + kDayMilliseconds};
}

}  // namespace

Date date_of(Time time) { return nearest(moment_of(time).days); }

Time start_of(Date date) { return Time{date.days * kDayMilliseconds}; }
Time end_of(Date date) { return Time{date.days * kDayMilliseconds + kDayMilliseconds - 1}; }
Date plus_days(Date date, std::int32_t days) { return nearest(std::int64_t{date.days} + days); }

int year_of(Date date) { return static_cast<int>(civil(date).year()); }

Date plus_years(Date date, int years) {
    const auto day = civil(date);
    const auto same =
        std::chrono::year_month_day{day.year() + std::chrono::years{years}, day.month(), day.day()};
    if (same.ok()) return from_civil(same);
    return from_civil(std::chrono::year_month_day{same.year(), same.month(), std::chrono::day{28}});
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    if (!year || !month || !day || *year == 0) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok() || from_civil(date) < kFirstDate) return std::nullopt;
    return from_civil(date);
}

std::string date_fault(std::string_view text, std::string_view which) {
    if (text.size() < 10 || text[4] != '-' || text[7] != '-' || !digits(text, 0, 4) ||
        !digits(text, 5, 2) || !digits(text, 8, 2) || parse_date(text.substr(0, 10)))
        return {};
    // Years have four digits, so texts go as dates do.
    if (text.substr(0, 10) < to_string(kFirstDate))
        return std::string(which) + "is before " + to_string(kFirstDate) +
               ", the first day there is";
    return std::string(which) + "is no day of the calendar";
}

std::optional<Time> parse_time(std::string_view text) {
    if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
        text.back() != 'Z')
        return std::nullopt;
    const auto date = parse_date(text.substr(0, 10));
    const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2),
               second = digits(text, 17, 2);
    if (!date || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    std::int64_t milliseconds = 0;
    if (text.size() > 20) {
        const std::size_t decimals = text.size() - 21;
        const auto fraction = digits(text, 20, decimals);
        if (text[19] != '.' || decimals < 1 || decimals > 3 || !fraction) return std::nullopt;
        milliseconds = *fraction;
        for (std::size_t i = decimals; i < 3; ++i) milliseconds *= 10;
    }
    return Time{start_of(*date).milliseconds + ((*hour * 60 + *minute) * 60 + *second) * 1000LL +
                milliseconds};
}

std::string to_string(Date date) {
    const auto day = civil(date);
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

std::string to_string(Time time) {
    const auto within = static_cast<int>(moment_of(time).milliseconds);
    char text[32];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03dZ", within / 3'600'000,
                  within / 60'000 % 60, within / 1000 % 60, within % 1000);
    return to_string(date_of(time)) + text;
}

}  // namespace ledger
