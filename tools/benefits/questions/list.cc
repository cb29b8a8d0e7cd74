// `benefits list`: memberships, orders, charges and reminders over all partners.
#include <functional>
#include <memory>

#include "projections/answers/partner_lists.h"
#include "screen_words_generated.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/asking/list_query.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/list_printer.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/screens/days_text.h"
#include "tools/benefits/screens/list_tables.h"
#include "tools/benefits/screens/page_text.h"

namespace ledger::tools {
namespace {

constexpr std::uint32_t kWithinDaysMax = 3'660;  // ten years
constexpr std::uint32_t kDueDaysMax = 366;

// What was typed of any of the lists; each offers some of it.
struct ListOptions {
    std::optional<std::uint32_t> ending;
    std::optional<std::uint32_t> due;
    bool expired = false;
    bool unpaid = false;
    bool failed = false;
    std::optional<Date> on;
    std::string at;  // not offered
    answers::ListPage page;
    ListFormat format;
};

// How one of the lists is printed.
struct ListScreen {
    Table columns;
    std::string (*counted)(std::string_view count, Language in);  // "12 orders"
    std::string title;                                            // "Orders whose ..."
};

std::string titled(const ListScreen& look, const ListOptions& options,
                   std::optional<std::uint64_t> count) {
    const std::string page = list_page_in_words(options.page);
    const std::string title = page.empty() ? look.title : words::list_page(look.title, page);
    if (!count) return title;
    return *count == 0 ? words::list_none(title) : words::list_count(title, std::to_string(*count));
}

void say_more(const ListOptions& options, const std::string& place) {
    if (options.format == Format::table)
        print("\n" + paragraph(words::list_more(place), screen()));
    else
        say("benefits: there are more: go on with --after " + place);
}

// Reads the list with `each` and prints it. `head` is its document without lines.
template <typename LineT, typename HeadT, typename Each>
ExitCode print_lines(const ListOptions& options, const ListScreen& look, const HeadT& head,
                     const Each& each) {
    const json::Packed packed_head(head);
    const json::Table& row = json::table_named(LineT::TableType::GetFullyQualifiedName());
    ListPrinter printer(
        options.format,
        {packed_head.view(),
         row,
         {},
         look.columns,
         [&](std::optional<std::uint64_t> count) { return titled(look, options, count); },
         [&](std::string_view count) { return look.counted(count, language()); }});
    json::Packed packed;
    std::string last_place;
    const Result<bool> more = each([&](const LineT& line) {
        last_place = line.place;
        return printer.add(packed.pack(line), [&] { return cells_of(line); });
    });
    if (!more) return fail(more.error());
    printer.finish();
    if (*more) say_more(options, last_place);
    return ExitCode::done;
}

template <typename HeadT>
HeadT headed(const answers::LedgerMoment& moment, Date day) {
    HeadT head;
    head.at = std::make_unique<fb::ListedAtT>(answers::listed_at(moment, day));
    return head;
}

// The day of a list that goes by dates: the ledger's or a later one. Nothing, and it was said, for
// an earlier one.
std::optional<Date> day_to_come(const ListOptions& options, Date today) {
    const Date day = options.on.value_or(today);
    if (day >= today) return day;
    say("benefits: " + to_string(day) + " is over, today is " + to_string(today) +
        ": this list is of the ledger as it stands, on a day that is not over; '--since DATE' "
        "lists "
        "what ended since, and 'benefits show PARTNER --at DATE' shows one partner as it was");
    return std::nullopt;
}

ExitCode list_memberships(const LedgerPlace& place, const ListOptions& options) {
    const auto query = begin_list_query(place);
    if (!query) return fail(query.error());
    const auto day = day_to_come(options, query->at().today);
    if (!day) return ExitCode::usage;
    answers::MembershipsAsked asked;
    asked.day = *day;
    asked.within_days = static_cast<std::int32_t>(options.ending.value_or(0));
    ListScreen look{membership_columns(), words::count_memberships, words::memberships()};
    if (options.ending) {
        asked.that = answers::MembershipsThat::end;
        look.title = words::memberships_ending(days_in_words(*options.ending));
    } else if (options.expired) {
        asked.that = answers::MembershipsThat::ended;
        look.title = words::memberships_over();
    }
    look.title = words::list_on(look.title, to_string(*day));
    return print_lines<fb::ListedMembershipT>(
        options, look, headed<fb::MembershipListT>(query->at(), *day), [&](const auto& on_line) {
            return answers::each_membership(query->at(), asked, options.page, on_line);
        });
}

ExitCode list_orders(const LedgerPlace& place, const ListOptions& options) {
    const auto query = begin_list_query(place);
    if (!query) return fail(query.error());
    const auto day = day_to_come(options, query->at().today);
    if (!day) return ExitCode::usage;
    answers::OrdersAsked asked;
    asked.day = *day;
    asked.within_days = static_cast<std::int32_t>(options.ending.value_or(0));
    ListScreen look{order_columns(), words::count_orders, words::orders()};
    if (options.ending) {
        asked.that = answers::OrdersThat::end;
        look.title = words::orders_ending(days_in_words(*options.ending));
    } else if (options.expired) {
        asked.that = answers::OrdersThat::expired;
        look.title = words::orders_expired();
    } else if (options.unpaid) {
        asked.that = answers::OrdersThat::wait;
        look.title = words::orders_unpaid();
    } else if (options.failed) {
        asked.that = answers::OrdersThat::failed;
        look.title = words::orders_failed();
    }
    look.title = words::list_on(look.title, to_string(*day));
    return print_lines<fb::ListedOrderT>(
        options, look, headed<fb::OrderListT>(query->at(), *day), [&](const auto& on_line) {
            return answers::each_order(query->at(), asked, options.page, on_line);
        });
}

ExitCode list_charges(const LedgerPlace& place, const ListOptions& options) {
    const auto query = begin_list_query(place);
    if (!query) return fail(query.error());
    answers::ChargesAsked asked;
    asked.on = options.on;
    ListScreen look{charge_columns(), words::count_charges, words::charges()};
    if (options.unpaid) {
        asked.that = answers::ChargesThat::wait;
        look.title = words::charges_unpaid();
    } else if (options.failed) {
        asked.that = answers::ChargesThat::failed;
        look.title = words::charges_failed();
    }
    if (options.on) look.title = words::charges_of(look.title, to_string(*options.on));
    return print_lines<fb::ListedChargeT>(
        options, look, headed<fb::ChargeListT>(query->at(), options.on.value_or(query->at().today)),
        [&](const auto& on_line) {
            return answers::each_charge(query->at(), asked, options.page, on_line);
        });
}

ExitCode list_reminders(const LedgerPlace& place, const ListOptions& options) {
    const auto query = begin_list_query(place);
    if (!query) return fail(query.error());
    const Date today = query->at().today;
    answers::RemindersAsked asked;
    ListScreen look{reminder_columns(), words::count_reminders, words::reminders_sent()};
    if (options.due) {
        asked.due = answers::DayRange{today, plus_days(today, static_cast<int>(*options.due))};
        look.title = words::reminders_due(days_in_words(*options.due), to_string(today));
    } else if (options.on) {
        asked.sent = asked.due = answers::DayRange{*options.on, *options.on};
        look.title = words::reminders_on(to_string(*options.on));
    } else {
        asked.sent = answers::kAllDays;
    }
    return print_lines<fb::ListedReminderT>(
        options, look, headed<fb::ReminderListT>(query->at(), options.on.value_or(today)),
        [&](const auto& on_line) {
            return answers::each_reminder(query->at(), asked, options.page, on_line);
        });
}

Option add_ending(Subcommand command, ListOptions& options, const std::string& about) {
    return command.add_option("--ending", options.ending, about)
        .type_name("N")
        .within(std::uint32_t{0}, kWithinDaysMax);
}

void add_on(Subcommand command, ListOptions& options, const std::string& about) {
    command
        .add_option(
            "--on", [&options](const std::string& text) { options.on = parse_date(text); }, about)
        .type_name("DATE")
        .check(date_form);
}

constexpr const char* kOnADayToCome =
    "As of this day instead of the ledger's: today or later, if nothing happens until then";

using RunList = ExitCode (*)(const LedgerPlace&, const ListOptions&);

// Options that don't go together; empty: they do.
std::string contradiction_in(const ListOptions& options) {
    if (!options.at.empty())
        return "--at isn't offered: a list is of the ledger as it stands now; 'benefits show "
               "PARTNER "
               "--at DATE' shows one partner as it was";
    const int kinds = int{options.ending.has_value()} + int{options.due.has_value()} +
                      int{options.expired} + int{options.unpaid} + int{options.failed};
    if (kinds > 1)
        return "a list is of one kind: give one of --ending, --expired, --unpaid, --failed";
    if (options.due && options.on) return "give --due or --on, not both";
    if (options.due && options.page.newest_first)
        return "reminders that fall due have one order: leave out --newest-first";
    return {};
}

// What all of them have, behind their own options.
void add_rest(Subcommand command, const std::shared_ptr<ListOptions>& options,
              const std::string& what, const std::string& examples, RunList run, Action& chosen) {
    add_list_page(command, options->page, what);
    command.add_option("--at", options->at).group("");
    add_format(command, options->format);
    add_examples(command, examples);
    command.callback(
        [options, run, &chosen] {
            chosen.run = [options, run](const LedgerPlace& place) { return run(place, *options); };
        },
        [options] { return contradiction_in(*options); });
}

void add_memberships(Subcommand list, Action& chosen) {
    const Subcommand command =
        list.add_subcommand("memberships", "Lists partners by the last day of their last term");
    auto options = std::make_shared<ListOptions>();
    add_ending(command, *options,
               "Only those whose last term, or its renewal window, ends within N days");
    command.add_flag("--expired", options->expired,
                     "Only those that are over: the account is read-only");
    add_on(command, *options, kOnADayToCome);
    add_rest(
        command, options, "memberships",
        "  benefits list memberships --ending 30\n"
        "  benefits list memberships --expired --since 2022-01-01\n"
        "  benefits list memberships --expired --newest-first --limit 50\n"
        "\n"
        "One line a partner, by the newest order of whose term ends last. A partner that never\n"
        "had a term has no line: the network membership alone doesn't end.\n",
        list_memberships, chosen);
}

void add_orders(Subcommand list, Action& chosen) {
    const Subcommand command =
        list.add_subcommand("orders", "Lists orders by the day on which their term ends");
    auto options = std::make_shared<ListOptions>();
    add_ending(command, *options, "Only those whose term or renewal window ends within N days");
    command.add_flag("--expired", options->expired,
                     "Only those that expired: not renewed in their window");
    command.add_flag(
        "--unpaid", options->unpaid,
        "Those by bank transfer that wait for their money, by the last day for it; with "
        "--since also those that lapsed");
    command.add_flag("--failed", options->failed,
                     "Those whose renewal charge failed and that may still be renewed by hand, by "
                     "the day it failed; with --since also those that expired");
    add_on(command, *options, kOnADayToCome);
    add_rest(command, options, "orders",
             "  benefits list orders --ending 30\n"
             "  benefits list orders --expired --since 2022-01-01 -o csv\n"
             "  benefits list orders --unpaid\n"
             "  benefits list orders --failed --limit 100\n"
             "\n"
             "Of a chain of renewals the newest order alone is listed. Those in their window come\n"
             "before those whose term goes on.\n",
             list_orders, chosen);
}

void add_charges(Subcommand list, Action& chosen) {
    const Subcommand command =
        list.add_subcommand("charges", "Lists what was charged, by day: paid, ordered or failed");
    auto options = std::make_shared<ListOptions>();
    command.add_flag("--unpaid", options->unpaid,
                     "Only charges of renewals that were ordered and not answered");
    command.add_flag("--failed", options->failed, "Only charges of renewals that failed");
    add_on(command, *options, "Only those of this day, past or present");
    add_rest(
        command, options, "charges",
        "  benefits list charges --on 2021-09-01\n"
        "  benefits list charges --since 2021-09-01 -o csv > charges.csv\n"
        "  benefits list charges --unpaid\n"
        "\n"
        "A charge stands here once: by the day it was paid, else failed, else ordered. Of one\n"
        "that was paid back it is told when.\n",
        list_charges, chosen);
}

void add_reminders(Subcommand list, Action& chosen) {
    const Subcommand command = list.add_subcommand(
        "reminders", "Lists the reminders of renewals, by the day they are for");
    auto options = std::make_shared<ListOptions>();
    command
        .add_option("--due", options->due,
                    "Instead of those that were sent, those that fall due within N days, today's "
                    "included")
        .type_name("N")
        .within(std::uint32_t{0}, kDueDaysMax);
    add_on(command, *options, "Those for this day: sent, and from today on also to be sent");
    add_rest(
        command, options, "reminders",
        "  benefits list reminders --due 7\n"
        "  benefits list reminders --on 2021-08-02\n"
        "  benefits list reminders --newest-first --limit 20\n"
        "\n"
        "A reminder is sent on its day, or later where the ledger was at rest; it stands here\n"
        "by the day that it is for.\n",
        list_reminders, chosen);
}

}  // namespace

void add_list(Subcommand parent, Action& chosen) {
    const Subcommand list = parent.add_subcommand(
        "list", "Lists memberships, orders, charges and reminders of all partners");
    list.fallthrough();
    list.require_subcommand();
    add_memberships(list, chosen);
    add_orders(list, chosen);
    add_charges(list, chosen);
    add_reminders(list, chosen);
    add_examples(
        list,
        "  benefits list orders --ending 30\n"
        "  benefits list memberships --expired --since 2022-01-01\n"
        "  benefits list charges --on 2021-09-01 -o csv\n"
        "  benefits list orders --limit 100 --after 2021-09-01/contoso/ap-2020\n"
        "\n"
        "A list is of the ledger as it stands, in the order of days; --since says where it\n"
        "begins. Each line has its place, and --after goes on behind one, tomorrow and on any\n"
        "node too. What was on a past day stands in 'benefits show PARTNER --at DATE'.\n");
}

}  // namespace ledger::tools
