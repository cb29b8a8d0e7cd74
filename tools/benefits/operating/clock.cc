// `benefits clock`: what day it is for the ledger; a sandbox's clock is moved, a production
// ledger's is the machine's and at most accepted.
#include <memory>

#include "aggregates/answer_of.h"
#include "consumers/clock_guard.h"
#include "consumers/newest_entry.h"
#include "operations_generated.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/asking/cards.h"
#include "tools/benefits/asking/clock_move.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/asked_answer.h"

namespace ledger::tools {
namespace {

struct ClockShown {
    bool sandbox = false;
    Date today;
    bool differs = false;  // a move did not come to every partition
    std::optional<Time> newest;
    Time machine;
    std::string doubt;  // empty: none
};

Result<ClockShown> read_clock(const Ledger& ledger) {
    ClockShown shown;
    shown.sandbox = ledger.sandbox;
    const auto rows = ledger.rows->snapshot();
    for (std::uint32_t i = 0; i < ledger.log->partitions(); ++i) {
        const auto state = ledger_state(*rows, PartitionId{i});
        if (!state) return state.error();
        const Date day = today_of(*state);
        shown.differs = shown.differs || (i > 0 && day != shown.today);
        shown.today = i == 0 ? day : std::min(shown.today, day);
    }
    const auto newest = newest_entry(ledger);
    if (!newest) return newest.error();
    shown.newest = *newest;
    shown.machine = Time{read_clocks().wall_ms};
    auto doubt = check_clock(ledger, shown.newest);
    if (!doubt) return doubt.error();
    shown.doubt = std::move(*doubt);
    return shown;
}

fb::LedgerClockT ledger_clock(const ClockShown& clock) {
    fb::LedgerClockT answer;
    answer.sandbox = clock.sandbox;
    answer.today = clock.today.days;
    if (clock.newest) answer.newest_entry = clock.newest->milliseconds;
    answer.machine = clock.machine.milliseconds;
    answer.in_doubt = !clock.doubt.empty();
    answer.doubt = clock.doubt;
    return answer;
}

std::string tables(const ClockShown& clock) {
    return facts(
        {{"today", to_string(clock.today)},
         {"clock", clock.sandbox ? "in the log: 'benefits clock move' moves it" : "the machine's"},
         {"newest entry", clock.newest ? to_string(*clock.newest) : "none yet"},
         {"machine", to_string(clock.machine)}},
        screen());
}

ExitCode show(const LedgerPlace& place, const ListFormat& format) {
    const auto at_work = open_for_query(place);
    if (!at_work) return fail(at_work.error());
    const auto clock = read_clock((*at_work)->ledger);
    if (!clock) return fail(clock.error());
    print_answer(format, ledger_clock(*clock), {}, [&] { return tables(*clock); });
    if (clock->differs)
        say("benefits: not every partition has the ledger's newest day; 'benefits clock move' to "
            "that day, or a later one, brings them together");
    if (clock->doubt.empty()) return ExitCode::done;
    say("benefits: " + clock->doubt);
    return ExitCode::failed;
}

// A clock that stands later. A day that it was moved to before is not asked for again: that command
// would get the answer that it got then [LED-02].
Result<std::optional<Answer>> refuse_backwards(AtWork& at_work, Date day) {
    if (const auto read = at_work.node->catch_up(kCatchUpPatience); !read) return read.error();
    const auto clock = read_clock(at_work.ledger);
    if (!clock) return clock.error();
    if (!clock->sandbox || clock->today <= day) return std::optional<Answer>();
    const Ruling ruling{.says = refuse(say::ClockBackwards{.clock = clock->today})};
    return std::optional(answer_from(ruling));
}

ExitCode move(const LedgerPlace& place, const std::string& to, bool no_ticks,
              const std::string& cards, const ListFormat& format) {
    const Date day = *parse_date(to);
    WriterSettings settings;
    settings.node = node_name();
    const auto at_work = open_at_work(place, settings);
    if (!at_work) return fail(at_work.error());
    Node& node = *(*at_work)->node;
    ClockMove asked{day};
    asked.issues_due = !no_ticks;
    asked.cards = *cards_of(cards);
    const auto backwards = refuse_backwards(**at_work, day);
    if (!backwards) return fail(backwards.error());
    const Answer answer =
        *backwards ? **backwards : move_with_progress((*at_work)->ledger, node, std::move(asked));
    node.close(kClosePatience);
    fb::ClockStandsT stands;
    stands.today = day.days;
    if (exit_code_of(answer.outcome) == ExitCode::done)
        print_answer(format, stands, {},
                     [&] { return "The ledger's clock stands at " + to + ".\n"; });
    else
        say("benefits: " + reason_of(answer) +
            (answer.code.empty()
                 ? ""
                 : " [" + answer.code + (answer.rule.empty() ? "" : ", " + answer.rule) + "]"));
    return exit_code_of(answer.outcome);
}

ExitCode accept(const LedgerPlace& place, const ListFormat& format) {
    const auto tell = [&](bool accepted, const std::string& sentence) {
        fb::ClockAcceptedT answer;
        answer.accepted = accepted;
        print_answer(format, answer, {}, [&] { return sentence; });
    };
    const auto ledger = open_ledger(place);
    if (!ledger) return fail(ledger.error());
    if (ledger->sandbox) {
        say("benefits: a sandbox ledger's clock stands in its log; 'benefits clock move' moves it");
        return ExitCode::usage;
    }
    const auto newest = newest_entry(*ledger);
    if (!newest) return fail(newest.error());
    const auto doubt = check_clock(*ledger, *newest);
    if (!doubt) return fail(doubt.error());
    if (doubt->empty()) {
        tell(false, "The machine's clock is not in doubt; there is nothing to accept.\n");
        return ExitCode::done;
    }
    if (const auto accepted = accept_clock(*ledger, *newest); !accepted)
        return fail(accepted.error());
    tell(true, "The machine's clock is taken as right from now on, " +
                   to_string(Time{read_clocks().wall_ms}) + ".\n");
    return ExitCode::done;
}

void add_move(Subcommand clock, const std::shared_ptr<ListFormat>& format, Action& chosen) {
    const Subcommand command =
        clock.add_subcommand("move", "Moves a sandbox ledger's clock forward");
    auto to = std::make_shared<std::string>();
    command.add_option("to", *to, "The day it is to be")
        .type_name("DATE")
        .required()
        .check(date_form);
    auto no_ticks = std::make_shared<bool>();
    command.add_flag("--no-ticks", *no_ticks,
                     "Only moves the clock: what falls due on the way is left for the next move");
    auto cards = std::make_shared<std::string>("ok");
    command
        .add_option("--cards", *cards,
                    "How cards answer the charges of automatic renewals that are ordered on the "
                    "way: ok, fail or silent")
        .type_name("HOW")
        .check([](const std::string& text) {
            return cards_of(text) ? std::string() : "expected ok, fail or silent, found " + text;
        });
    add_examples(command,
                 "  benefits clock move 2021-02-01\n"
                 "  benefits clock move 2021-02-01 --cards fail\n"
                 "  benefits clock move 2021-02-01 --no-ticks\n"
                 "\n"
                 "On the way the clock stops at every day on which something falls due, and the "
                 "ledger does that first: so\n"
                 "a year in one move is a year day by day. A move that was killed goes on when it "
                 "is given again.\n"
                 "A charge that the cards are silent about stays pending: 'benefits order "
                 "settle-renewal-charge' answers it.\n");
    command.callback([to, no_ticks, cards, format, &chosen] {
        chosen.run = [to, no_ticks, cards, format](const LedgerPlace& place) {
            return move(place, *to, *no_ticks, *cards, *format);
        };
    });
}

void add_accept(Subcommand clock, const std::shared_ptr<ListFormat>& format, Action& chosen) {
    const Subcommand command = clock.add_subcommand(
        "accept", "Says that the machine's clock is right, after it was in doubt");
    add_examples(command,
                 "  benefits clock accept\n"
                 "\n"
                 "A production ledger takes no commands while the machine's clock has jumped by "
                 "more than 5 minutes,\n"
                 "stands so much before the newest entry, or, after a start of the machine or a "
                 "restore, more than 3\n"
                 "days after anything that is known: one bad clock must not expire a ledger. Look "
                 "at the clock first;\n"
                 "entries that were stamped can't be stamped again.\n");
    command.callback([format, &chosen] {
        chosen.run = [format](const LedgerPlace& place) { return accept(place, *format); };
    });
}

}  // namespace

void add_clock(Subcommand parent, Action& chosen) {
    const Subcommand clock =
        parent.add_subcommand("clock", "Shows the ledger's clock, or moves a sandbox's");
    clock.fallthrough();
    clock.require_subcommand(0, 1);
    auto format = std::make_shared<ListFormat>();
    add_format(clock, *format);
    add_move(clock, format, chosen);
    add_accept(clock, format, chosen);
    add_examples(clock,
                 "  benefits clock\n"
                 "  benefits clock -o json | jq -r .today\n"
                 "  benefits clock move 2021-02-01\n");
    clock.callback([format, clock, &chosen] {
        if (!clock.subcommand_typed())
            chosen.run = [format](const LedgerPlace& place) { return show(place, *format); };
    });
}

}  // namespace ledger::tools
