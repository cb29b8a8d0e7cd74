// `benefits policy try`
#include <algorithm>
#include <memory>

#include "consumers/try_policy.h"
#include "events/record.h"
#include "policy_trial_generated.h"
#include "projections/answers/changes.h"
#include "projections/answers/said_parts.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/asking/unsealed.h"
#include "tools/benefits/asking/version_files.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/list_printer.h"
#include "tools/benefits/cli/progress.h"
#include "tools/benefits/questions/versions.h"
#include "tools/benefits/screens/answer_text.h"
#include "tools/benefits/screens/days_text.h"
#include "tools/benefits/screens/event_text.h"
#include "tools/benefits/screens/event_words.h"
#include "tools/benefits/screens/words.h"
#include "visit_generated.h"

namespace ledger::tools {
namespace {

struct TriedFile {
    std::string path;
    ListFormat format;
};

constexpr const char* kEventUntold =
    "no command was found that comes to this event under the ledger's own versions";
constexpr const char* kRefusalsUntold =
    "a refusal is tried where the command is kept, which has nothing sealed in it, and gets the "
    "same "
    "refusal from the ledger's own versions";
constexpr const char* kLedgersOwn = "no number of a policy decides about the ledger's own entries";

Table trial_columns() {
    Table table;
    table.column("when").column("partner").column("version", Align::right).column("what happened");
    table.column("would be").column("why").column("code").column("rule").column("earliest");
    return table;
}

std::string in_words(fb::TrialOutcome outcome) {
    switch (outcome) {
        case fb::TrialOutcome::refused:
            return "refused";
        case fb::TrialOutcome::nothing:
            return "nothing to do";
        case fb::TrialOutcome::otherwise:
            return "otherwise";
        case fb::TrialOutcome::allowed:
            return "accepted";
        case fb::TrialOutcome::untried:
            return "can't be tried";
        case fb::TrialOutcome::same:
            return "the same";
    }
    return "";
}

// "pay by: 2021-03-31, would be 2021-03-10"
std::string changes_in_words(const std::vector<fb::ChangeT>& changes) {
    std::vector<std::string> words;
    words.reserve(changes.size());
    for (const fb::ChangeT& change : changes)
        words.push_back(change.what + ": " + (change.before.empty() ? "-" : change.before) +
                        ", would be " + (change.after.empty() ? "-" : change.after));
    return joined_texts(words, "; ");
}

std::string what_happened(const fb::TrialLineT& line) {
    if (line.outcome != fb::TrialOutcome::allowed)
        return type_in_words(line.event) + ": " + line.words;
    return "refused " + line.command_id +
           (line.event.empty() ? "" : "; " + type_in_words(line.event) + ": " + line.words);
}

std::vector<std::string> trial_cells(const fb::TrialLineT& line) {
    return {shown_time(*line.time),
            line.partner,
            std::to_string(*line.version),
            what_happened(line),
            in_words(line.outcome),
            line.changes.empty() ? line.reason : changes_in_words(line.changes),
            line.code,
            line.rule,
            day_text(line.earliest)};
}

// What the event would say otherwise. One of another type is told as the type alone.
std::vector<fb::ChangeT> changes_of(const fb::Body& happened, const fb::EventUnion& instead,
                                    const json::OpenText& open) {
    const Bytes bytes = encode_body(instead);
    const fb::Body& other = *flatbuffers::GetRoot<fb::Body>(bytes.data());
    if (other.event_type() != happened.event_type()) {
        fb::ChangeT change;
        change.path = {"event"};
        change.what = "event";
        change.before = fb::EnumNameEvent(happened.event_type());
        change.after = fb::EnumNameEvent(other.event_type());
        return {change};
    }
    const auto leaves = [&open](const fb::Body& body) {
        return visit_event(body, [&](const auto& event) {
            return answers::leaves_of(json::view_of_table(event), open);
        });
    };
    return answers::changes_between(leaves(happened), leaves(other));
}

class TrialLines {
public:
    TrialLines(Sealer& sealer) : style_(style_in_words(sealer, false)) {}

    fb::TrialLineT line(const TriedEntry& tried) const {
        const fb::Entry& entry = *tried.record.entry;
        fb::TrialLineT line;
        line.partner = text_of(entry.partner());
        line.version = entry.version();
        line.time = entry.time();
        line.event = fb::EnumNameEvent(tried.record.body->event_type());
        line.words = event_words(*tried.record.body, style_, Language::english);
        line.command_id = text_of(entry.command_id());
        line.actor.reset(entry.actor()->UnPack());
        line.count = 1;
        take(line, tried);
        return line;
    }

    // What it was refused for, and what it would come to.
    fb::TrialLineT line(const TriedRefusal& tried) const {
        const fb::RefusalRow& row = tried.refusal;
        fb::TrialLineT line;
        line.outcome = fb::TrialOutcome::allowed;
        line.partner = text_of(row.partner());
        line.version = row.version();
        line.time = row.time();
        line.command_id = text_of(row.command_id());
        line.actor = std::make_unique<fb::ActorT>();
        line.actor->kind = row.actor_kind();
        line.actor->id = text_of(row.actor());
        line.code = text_of(row.code());
        line.rule = text_of(row.rule());
        line.reason = words_for_people(style_, Language::english).of_refusal(row);
        line.count = 1;
        if (const auto* entry = std::get_if<NewEntry>(&tried.ruling.says)) {
            const Bytes bytes = encode_body(entry->event);
            line.event = fb::EnumNameEvent(entry->event.type);
            line.words = event_words(*flatbuffers::GetRoot<fb::Body>(bytes.data()), style_,
                                     Language::english);
        }
        return line;
    }

private:
    void take(fb::TrialLineT& line, const TriedEntry& tried) const {
        if (const auto* instead = std::get_if<NewEntry>(&tried.ruling.says)) {
            line.outcome = fb::TrialOutcome::otherwise;
            line.changes = changes_of(*tried.record.body, instead->event, style_.open);
            return;
        }
        const Answer answer = answer_from(tried.ruling);
        line.outcome = answer.outcome == Outcome::nothing ? fb::TrialOutcome::nothing
                                                          : fb::TrialOutcome::refused;
        line.code = answer.code;
        line.rule = answer.rule;
        line.reason = reason_of(answer);
        if (answer.said) line.values = answers::said_parts(*answer.said);
        if (answer.earliest) line.earliest = answer.earliest->days;
    }

    json::Style style_;
};

fb::TrialLineT counted(fb::TrialOutcome outcome, std::uint64_t count, std::string event,
                       std::string reason) {
    fb::TrialLineT line;
    line.outcome = outcome;
    line.count = count;
    line.event = std::move(event);
    line.reason = std::move(reason);
    return line;
}

Result<std::uint64_t> count_refusals(const Ledger& ledger, Date today) {
    std::uint64_t count = 0;
    if (!ledger.refusals) return count;
    const auto read = ledger.refusals->each(PartnerId{""}, {today}, [&](const auto&) {
        ++count;
        return true;
    });
    if (!read) return read.error();
    return count;
}

// What stands at the end of the list: how many came to the same, and all that can't be tried.
std::vector<fb::TrialLineT> last_lines(const PolicyTried& tried, std::uint64_t refusals) {
    std::vector<fb::TrialLineT> lines{counted(fb::TrialOutcome::same, tried.same, "", "")};
    for (std::size_t type = 0; type < tried.untried.size(); ++type)
        if (tried.untried[type] != 0)
            lines.push_back(counted(fb::TrialOutcome::untried, tried.untried[type],
                                    fb::EnumNameEvent(static_cast<fb::Event>(type)), kEventUntold));
    if (tried.ledgers_own != 0)
        lines.push_back(counted(fb::TrialOutcome::untried, tried.ledgers_own, "", kLedgersOwn));
    if (const std::uint64_t untried = refusals - std::min(refusals, tried.refusals_tried());
        untried != 0)
        lines.push_back(counted(fb::TrialOutcome::untried, untried, "", kRefusalsUntold));
    return lines;
}

std::string summary(const PolicyTried& tried, const std::vector<fb::TrialLineT>& last) {
    std::string words =
        "Tried " + grouped(tried.tried()) + " events of " + grouped(tried.partners) +
        " partners: " + grouped(tried.refused) + " would be refused, of " + grouped(tried.nothing) +
        " there would be nothing to do, " + grouped(tried.otherwise) +
        " would say something else, " + grouped(tried.same) + " would be the same. Tried " +
        grouped(tried.refusals_tried()) + " refusals: " + grouped(tried.not_refused) +
        " would not have been refused.";
    for (const fb::TrialLineT& line : last)
        if (line.outcome == fb::TrialOutcome::untried)
            words += " Not tried: " + grouped(line.count) +
                     (line.event.empty() ? "" : " of " + type_in_words(line.event)) + ", for " +
                     line.reason + ".";
    return words;
}

std::string version_in_words(const fb::PolicyVersionT& policy) {
    return "policy version " + std::to_string(policy.version) + " in force since " +
           day_text(policy.effective);
}

ExitCode print_trial(const Ledger& ledger, const fb::PolicyVersionT& draft,
                     const ListFormat& format) {
    fb::PolicyTrialT document;
    document.policy = std::make_unique<fb::PolicyVersionT>(draft);
    const json::Packed head{document};
    const auto title = [&](std::optional<std::uint64_t> count) {
        return (count == 0U ? "Nothing would have come to something else under "
                            : "What would have come to something else under ") +
               version_in_words(draft);
    };
    ListPrinter printer(format, {head.view(),
                                 json::table_named("TrialLine"),
                                 {},
                                 trial_columns(),
                                 title,
                                 [](std::string_view count) {
                                     return std::string(count) +
                                            " would have come to something else";
                                 }});
    const TrialLines lines(*ledger.sealer);
    json::Packed packed;
    const auto print_line = [&](const fb::TrialLineT& line) {
        return printer.add(packed.pack(line), [&] { return trial_cells(line); });
    };
    const auto today = earliest_day(ledger);
    if (!today) return fail(today.error());
    const auto rows = ledger.rows->snapshot();
    std::optional<Progress> progress(std::in_place, "trying", "events");
    const auto tried = try_policy(
        *rows, ledger.log->partitions(), draft,
        [&](const TriedEntry& entry) { return print_line(lines.line(entry)); },
        {ledger.refusals.get(), *today,
         [&](const TriedRefusal& refusal) { return print_line(lines.line(refusal)); }},
        [&](std::uint64_t done, std::uint64_t all) { progress->at(done, all); });
    progress.reset();
    if (!tried) return fail(tried.error());
    const auto refusals = count_refusals(ledger, *today);
    if (!refusals) return fail(refusals.error());
    const auto last = last_lines(*tried, *refusals);
    if (format != Format::table)
        for (const fb::TrialLineT& line : last) print_line(line);
    printer.finish();
    if (format == Format::table) print("\n" + paragraph(summary(*tried, last), screen()));
    return ExitCode::done;
}

ExitCode try_file(const LedgerPlace& place, const TriedFile& options) {
    const auto draft = one_version<fb::PolicyVersionT>(options.path);
    if (!draft) {
        fail(draft.error());
        return ExitCode::usage;
    }
    const auto at_work = open_for_query(place);
    if (!at_work) return fail(at_work.error());
    return print_trial((*at_work)->ledger, *draft, options.format);
}

}  // namespace

void add_policy_try(Subcommand policy, Action& chosen) {
    const Subcommand command =
        policy.add_subcommand("try",
                              "Tells what of all that has happened a draft would have refused or "
                              "done otherwise, and why");
    auto options = std::make_shared<TriedFile>();
    command.add_option("path", options->path, "The draft, a version as JSON")
        .type_name("FILE")
        .required();
    add_format(command, options->format);
    add_examples(
        command,
        "  benefits policy try draft.json\n"
        "  benefits policy try draft.json -o csv > otherwise.csv\n"
        "  benefits policy try draft.json -o jsonl | jq 'select(.outcome == \"refused\")'\n"
        "\n"
        "The draft is in force from its effective date on, which may lie in the past, in "
        "the place of\nevery version of a lower number; a number that is taken stands for "
        "that version. Each event\nis judged by itself, where its partner really stood: "
        "what the draft would have refused has\nhappened all the same, and what follows "
        "is judged on it. Nothing is written.\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return try_file(place, *options); };
    });
}

}  // namespace ledger::tools
