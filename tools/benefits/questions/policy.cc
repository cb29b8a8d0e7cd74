// `benefits policy`: the numbers and switches of the rules, as the ledger's own log has them.
#include <algorithm>
#include <memory>

#include "projections/answers/leaves.h"
#include "projections/answers/policies.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/asking/ledger_versions.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/questions/versions.h"
#include "tools/benefits/screens/days_text.h"

namespace ledger::tools {
namespace {

// The numbers and switches, each with what it is; the head has the rest.
Table numbers(const fb::PolicyVersionT& policy) {
    Table table(2);
    table.column("what").column("value").column("what it is");
    const json::Packed packed(policy);
    for (const answers::Leaf& leaf : answers::leaves_of(packed.view(), {})) {
        std::string name = leaf.path.back();
        std::replace(name.begin(), name.end(), ' ', '_');
        if (name == "version" || name == "effective" || name == "note") continue;
        table.row(
            {leaf.path.back(), spaced(leaf.value), packed.view().type->field(name)->documentation});
    }
    return table;
}

std::string tables(const fb::PolicyOnDayT& answer) {
    const Screen on = screen();
    const fb::PolicyVersionT& policy = *answer.policy;
    return title("Policy on " + day_text(answer.on) + ": version " +
                     std::to_string(policy.version) + ", in force since " +
                     day_text(policy.effective) +
                     (answer.replaced_on ? ", until " + day_text(answer.replaced_on) : ""),
                 on) +
           paragraph(policy.note, on, 2) + "\n" + numbers(policy).text(on);
}

std::string tables(const fb::PoliciesT& answer) {
    const Screen on = screen();
    Table table;
    table.column("version", Align::right).column("from").column("what");
    for (const fb::PolicyVersionT& policy : answer.policies)
        table.row({std::to_string(policy.version), day_text(policy.effective), policy.note});
    return title("Policy versions, " + std::to_string(answer.policies.size()) + "; version " +
                     std::to_string(answer.in_force) + " is in force on " + day_text(answer.today),
                 on) +
           table.text(on);
}

ExitCode show(const LedgerPlace& place, const std::optional<Date>& day, const ListFormat& format) {
    const auto versions = read_versions(place);
    if (!versions) return fail(versions.error());
    const auto answer = answers::policy_on_day(versions->ledger, day.value_or(versions->today));
    print_answer(format, answer, {}, [&] { return tables(answer); });
    return ExitCode::done;
}

ExitCode list(const LedgerPlace& place, const ListFormat& format) {
    const auto versions = read_versions(place);
    if (!versions) return fail(versions.error());
    const auto answer = answers::policies(versions->ledger, versions->today);
    print_list(format, answer, answer.policies, [&] { return tables(answer); });
    return ExitCode::done;
}

void add_policy_show(Subcommand policy, Action& chosen) {
    const Subcommand command =
        policy.add_subcommand("show", "Shows the policy in force on a day, each number explained");
    auto day = std::make_shared<std::optional<Date>>();
    auto format = std::make_shared<ListFormat>();
    add_day(command, *day);
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
    add_format(command, *format);
    add_examples(command,
                 "  benefits policy list\n"
                 "  benefits policy list -o csv\n");
    command.callback([format, &chosen] {
        chosen.run = [format](const LedgerPlace& place) { return list(place, *format); };
    });
}

}  // namespace

void add_policy(Subcommand parent, Action& chosen) {
    const Subcommand policy = parent.add_subcommand(
        "policy",
        "Shows, compares, tries and publishes the numbers and switches that the rules go by");
    policy.fallthrough();
    policy.require_subcommand();
    add_policy_show(policy, chosen);
    add_policy_list(policy, chosen);
    add_policy_diff(policy, chosen);
    add_policy_check(policy, chosen);
    add_policy_try(policy, chosen);
    add_policy_publish(policy, chosen);
    add_examples(policy,
                 "  benefits policy list\n"
                 "  benefits policy show --on 2021-02-01\n"
                 "  benefits policy diff 4 5\n"
                 "  benefits policy try draft.json\n");
}

}  // namespace ledger::tools
