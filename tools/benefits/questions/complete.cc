// `benefits complete option:KIND WORD...` and `... arguments:KIND,KIND WORD...`, which the shells' completions call: names of the ledger that
// the last word may become, as an option's value or as an argument, one a line. It is hidden: nobody types it. A person waits for it with a
// finger on a key, so it looks at what the disk has (consumers/glance.h), says nothing when that
// can't be read, and ends after kPatience whatever holds it up.
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <span>
#include <string>
#include <vector>

#include "consumers/glance.h"
#include "events/actions.h"
#include "events/partition.h"
#include "projections/queries.h"
#include "tools/benefits/asking/known_names.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/cli/chosen_settings.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/screens/rule_book.h"

namespace ledger::tools {
namespace {

constexpr timeval kPatience{2, 0};
// More than a shell would show.
constexpr std::size_t kOfferedMax = 200;

// Options of questions that take no value.
constexpr std::array<std::string_view, 9> kFlags{"--unseal",  "--settle",       "--exact",
                                                 "--raw",     "--bom",          "--help",
                                                 "--dry-run", "--newest-first", "--sentences"};

// What of the line matters.
struct LineSoFar {
    Globals globals;
    std::string partner;                 // --partner, or the first argument
    std::vector<std::string> arguments;  // behind the subcommand, without the last word
    std::string word;                    // the last one, to be completed
};

using Names = std::vector<std::string>;

void end_at_once(int) { ::_exit(0); }

void take_option(LineSoFar& line, const std::string& name, const std::string& value) {
    if (name == "--ledger") line.globals.ledger = value;
    if (name == "--kafka") line.globals.kafka = value;
    if (name == "--profile") line.globals.profile = value;
    if (name == "--partner") line.partner = value;
}

// Of what stands behind the program's name. bash divides at '=', the others don't.
LineSoFar line_so_far(Names words) {
    LineSoFar line;
    line.word = words.back() == "=" ? "" : words.back();
    words.pop_back();
    words.erase(std::remove(words.begin(), words.end(), "="), words.end());
    Names plain;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (!word.starts_with('-')) {
            plain.push_back(word);
            continue;
        }
        const std::size_t equals = word.find('=');
        if (equals != std::string::npos)
            take_option(line, word.substr(0, equals), word.substr(equals + 1));
        else if (std::find(kFlags.begin(), kFlags.end(), word) == kFlags.end() &&
                 ++i < words.size())
            take_option(line, word, words[i]);
    }
    const std::size_t levels = !plain.empty() && plain.front() == "config" ? 2 : 1;
    if (plain.size() > levels)
        line.arguments.assign(plain.begin() + static_cast<std::ptrdiff_t>(levels), plain.end());
    if (line.partner.empty() && !line.arguments.empty()) line.partner = line.arguments.front();
    return line;
}

Names rule_ids() {
    Names names;
    for (const Rule& rule : rule_book()) names.emplace_back(rule.id);
    for (const RefusalKind& kind : kRefusalKinds) names.emplace_back(kind.text);
    return names;
}

Names command_types() {
    Names names;
    for (const CommandKind& each : command_kinds()) names.emplace_back(each.type_name);
    for (const Area& area : areas()) names.emplace_back(area.name);
    return names;
}

// "SeatAssigned", for --type.
template <typename Kind>
Names type_names(std::span<const Kind> kinds) {
    Names names;
    for (const Kind& each : kinds) names.emplace_back(each.type_name);
    return names;
}

Names setting_names() {
    Names names{std::string(kProfileSetting)};
    for (const Setting& each : settings()) names.emplace_back(each.name);
    return names;
}

Names offers(const views::Snapshot& rows) {
    Names names;
    const auto state = ledger_state(rows, PartitionId{0});
    if (!state) return names;
    for (const fb::OfferT& offer : catalogue_on(*state, today_of(*state)).offers)
        if (!offer.retired) names.push_back(offer.id);
    return names;
}

Names of_partner(const views::Snapshot& rows, const LineSoFar& line, NameOf of) {
    const auto state = views::find_partner(rows, PartnerId{line.partner});
    return state && *state ? names_in(**state, of) : Names{};
}

Names of_ledger(const std::string& kind, const Ledger& ledger, const LineSoFar& line) {
    const auto rows = ledger.rows->snapshot();
    const auto partitions = static_cast<std::uint32_t>(ledger.genesis.size());
    if (kind == "partner") return partners_from(*rows, line.word, kOfferedMax);
    if (kind == "receipt")
        return receipts_from(*rows, partition_of(PartnerId{line.partner}, partitions), line.partner,
                             line.word, kOfferedMax);
    if (kind == "offer") return offers(*rows);
    if (kind == "order") return of_partner(*rows, line, NameOf::order);
    if (kind == "sku") return of_partner(*rows, line, NameOf::sku);
    if (kind == "benefit") return of_partner(*rows, line, NameOf::benefit);
    if (kind == "user") return of_partner(*rows, line, NameOf::user);
    if (kind == "request") return of_partner(*rows, line, NameOf::request);
    if (kind == "key") return of_partner(*rows, line, NameOf::key);
    return {};
}

Names candidates(const std::string& kind, const LineSoFar& line) {
    if (kind == "rule") return rule_ids();
    if (kind == "command") return command_types();
    if (kind == "event-type") return type_names(event_kinds());
    if (kind == "command-type") return type_names(command_kinds());
    if (kind == "setting") return setting_names();
    const auto file = read_config();
    if (!file) return {};
    if (kind == "profile") return file->profile_names();
    const auto settled = choose_settings(line.globals, *file);
    if (!settled) return {};
    LedgerPlace place;
    place.directory = settled->value("ledger");
    if (place.directory.empty()) return {};
    const auto ledger = glance(place);
    return ledger ? of_ledger(kind, *ledger, line) : Names{};
}

// The kind of the argument that is being typed; of an option there is one.
std::string kind_at(const std::string& kinds, std::size_t argument) {
    std::size_t begin = 0;
    for (; argument > 0; --argument) {
        begin = kinds.find(',', begin);
        if (begin == std::string::npos) return {};
        ++begin;
    }
    return kinds.substr(begin, kinds.find(',', begin) - begin);
}

}  // namespace

ExitCode complete_word(const std::vector<std::string>& words) {
    std::signal(SIGALRM, end_at_once);
    const itimerval patience{{0, 0}, kPatience};
    ::setitimer(ITIMER_REAL, &patience, nullptr);
    if (words.size() < 2) return ExitCode::done;
    const LineSoFar line = line_so_far({words.begin() + 1, words.end()});
    const bool of_arguments = words.front().starts_with("arguments:");
    const std::string kinds = words.front().substr(words.front().find(':') + 1);
    const std::string kind = kind_at(kinds, of_arguments ? line.arguments.size() : 0);
    std::string out;
    for (const std::string& name : candidates(kind, line))
        if (name.starts_with(line.word)) out += name + "\n";
    print(out);
    return ExitCode::done;
}

}  // namespace ledger::tools
