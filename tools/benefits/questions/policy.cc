// `benefits policy`: the numbers and switches of the rules, as the ledger's own log has them.
#include <algorithm>
#include <memory>

#include "events/json/encode.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/json_leaves.h"

namespace ledger::tools {
namespace {

using Policy = fb::PolicyVersionT;

struct Policies {
    LedgerState ledger;  // of partition 0
    Date today;
    std::vector<std::uint32_t> differing;  // partitions with other versions
};

std::string policy_json(const Policy& policy) {
    flatbuffers::FlatBufferBuilder builder(512);
    builder.Finish(fb::CreatePolicyVersion(builder, &policy));
    const Bytes bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
    return json::to_json("PolicyVersion", bytes);
}

Result<Policies> read_policies(const LedgerPlace& place) {
    const auto at_work = open_for_query(place);
    if (!at_work) return at_work.error();
    const Ledger& ledger = (*at_work)->ledger;
    Policies policies;
    const auto rows = ledger.rows->snapshot();
    for (std::uint32_t i = 0; i < ledger.log->partitions(); ++i) {
        auto state = ledger_state(ledger, *rows, PartitionId{i});
        if (!state) return state.error();
        if (i == 0)
            policies.ledger = std::move(*state);
        else if (state->policies != policies.ledger.policies)
            policies.differing.push_back(i);
    }
    policies.today = today_of(policies.ledger);
    return policies;
}

void say_what_differs(const Policies& policies) {
    if (policies.differing.empty()) return;
    std::string sentence;
    for (const std::uint32_t partition : policies.differing)
        sentence += (sentence.empty() ? "" : ", ") + std::to_string(partition);
    say("benefits: these partitions have other policy versions than partition 0, for a publication "
        "did not come to all: " +
        sentence + "; send it again with the same id");
}

// The day on which another version takes its place; nothing when none is known.
std::optional<Date> replaced_on(const LedgerState& ledger, const Policy& policy) {
    std::optional<Date> first;
    for (const Policy& other : ledger.policies)
        if (policy.effective < other.effective && (!first || other.effective < first->days))
            first = Date{other.effective};
    return first;
}

std::string name_in_words(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

std::string tables(const Policy& policy, const LedgerState& ledger, Date on_day) {
    const Screen on = screen();
    const auto replaced = replaced_on(ledger, policy);
    std::string out =
        title("Policy on " + to_string(on_day) + ": version " + std::to_string(policy.version) +
                  ", in force since " + to_string(Date{policy.effective}) +
                  (replaced ? ", until " + to_string(*replaced) : ""),
              on) +
        paragraph(policy.note, on, 2) + "\n";
    Table table(2);
    table.column("what").column("value").column("what it is");
    const json::Table& schema = json::table_named("PolicyVersion");
    for (const Leaf& leaf : leaves_of(policy_json(policy), {"version", "effective", "note"})) {
        std::string name = leaf.path.back();
        std::string field_name = name;
        std::replace(field_name.begin(), field_name.end(), ' ', '_');
        const json::Field* field = schema.field(field_name);
        table.row({std::move(name), name_in_words(leaf.value), field ? field->documentation : ""});
    }
    return out + table.text(on);
}

ExitCode show(const LedgerPlace& place, const std::string& day, Format format) {
    const auto policies = read_policies(place);
    if (!policies) return fail(policies.error());
    say_what_differs(*policies);
    const Date on = day.empty() ? policies->today : *parse_date(day);
    const Policy& policy = policy_on(policies->ledger, on);
    if (format == Format::table) {
        print(tables(policy, policies->ledger, on));
        return ExitCode::done;
    }
    JsonObject object;
    object.text("on", to_string(on)).json("policy", policy_json(policy));
    if (const auto replaced = replaced_on(policies->ledger, policy))
        object.text("replaced_on", to_string(*replaced));
    print(indented(object.line()));
    return ExitCode::done;
}

ExitCode list(const LedgerPlace& place, const ListFormat& format) {
    const auto policies = read_policies(place);
    if (!policies) return fail(policies.error());
    say_what_differs(*policies);
    std::vector<std::string> rows;
    rows.reserve(policies->ledger.policies.size());
    for (const Policy& policy : policies->ledger.policies) rows.push_back(policy_json(policy));
    if (is_rows(format)) {
        std::vector<std::string_view> columns;
        for (const json::Field& field : json::table_named("PolicyVersion").fields)
            columns.push_back(field.name);
        print_rows(format, rows, columns);
        return ExitCode::done;
    }
    const std::uint32_t current = policy_on(policies->ledger, policies->today).version;
    if (format == Format::json) {
        JsonList versions;
        for (const std::string& row : rows) versions.add(row);
        JsonObject object;
        object.text("today", to_string(policies->today)).number("in_force", current);
        print(indented(object.json("policies", versions.line()).line()));
        return ExitCode::done;
    }
    const Screen on = screen();
    Table table;
    table.column("version", Align::right).column("from").column("what");
    for (const Policy& policy : policies->ledger.policies)
        table.row({std::to_string(policy.version), to_string(Date{policy.effective}), policy.note});
    print(title("Policy versions, " + std::to_string(policies->ledger.policies.size()) +
                    "; version " + std::to_string(current) + " is in force on " +
                    to_string(policies->today),
                on) +
          table.text(on));
    return ExitCode::done;
}

void add_policy_show(Subcommand policy, Action& chosen) {
    const Subcommand command =
        policy.add_subcommand("show", "Shows the policy in force on a day, each number explained");
    auto day = std::make_shared<std::string>();
    auto format = std::make_shared<Format>(Format::table);
    command.add_option("--on", *day, "The day (default: the ledger's own)")
        .type_name("DATE")
        .check(date_form);
    add_format(command, *format);
    add_examples(command,
                 "  benefits policy show\n"
                 "  benefits policy show --on 2021-02-01\n"
                 "  benefits policy show --on 2021-02-01 -o json | jq .policy.seat_move_days\n");
    command.callback([day, format, &chosen] {
        chosen.run = [day, format](const LedgerPlace& place) { return show(place, *day, *format); };
    });
}

void add_policy_list(Subcommand policy, Action& chosen) {
    const Subcommand command =
        policy.add_subcommand("list", "Lists the policy versions and their days");
    auto format = std::make_shared<ListFormat>();
    add_list_format(command, *format);
    add_examples(command,
                 "  benefits policy list\n"
                 "  benefits policy list -o csv\n");
    command.callback([format, &chosen] {
        chosen.run = [format](const LedgerPlace& place) { return list(place, *format); };
    });
}

}  // namespace

void add_policy(Subcommand parent, Action& chosen) {
    const Subcommand policy =
        parent.add_subcommand("policy", "Shows the numbers and switches of the rules, in time");
    policy.fallthrough();
    policy.require_subcommand();
    add_policy_show(policy, chosen);
    add_policy_list(policy, chosen);
    add_examples(policy,
                 "  benefits policy list\n"
                 "  benefits policy show --on 2021-02-01\n");
}

}  // namespace ledger::tools
