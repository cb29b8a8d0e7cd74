#include "tests/sim/options.h"

#include <charconv>

#include "events/mutant.h"

namespace ledger::sim {
namespace {

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
    return number;
}

bool parse_range(std::string_view text, Options& options) {
    const std::size_t dots = text.find("..");
    const auto first = parse_number(text.substr(0, dots));
    const auto last = dots == std::string_view::npos ? first : parse_number(text.substr(dots + 2));
    options.first = first.value_or(1);
    options.last = last.value_or(0);
    return first && last;
}

bool parse_faults(std::string_view text, Cuts& cuts) {
    cuts.only.emplace();
    while (!text.empty() && text != "none") {
        const std::size_t end = std::min(text.find(','), text.size());
        cuts.only->emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    Dice dice(0);
    return Plan::draw(dice).cut(cuts);
}

bool arm(std::string_view name) {
    const auto mutant = mutants::find_mutant(name);
    if (mutant) mutants::active = *mutant;
    return mutant.has_value();
}

bool parse_cut(std::string_view word, std::string_view value, Cuts& cuts) {
    const auto number = parse_number(value);
    if (!number) return false;
    if (word == "--dice")
        cuts.dice = *number;
    else if (word == "--partitions")
        cuts.partitions = *number;
    else if (word == "--writers")
        cuts.writers = *number;
    else if (word == "--readers")
        cuts.readers = *number;
    else if (word == "--commands")
        cuts.commands = *number;
    else if (word == "--steps")
        cuts.steps = *number;
    else
        return false;
    return cuts.writers.value_or(1) > 0 && cuts.partitions.value_or(1) > 0;
}

bool parse_valued(std::string_view word, std::string_view value, Options& options) {
    if (word == "--seed" || word == "--seeds") return parse_range(value, options);
    if (word == "--only") return parse_faults(value, options.cuts);
    if (word == "--mutant") return arm(value);
    return parse_cut(word, value, options.cuts);
}

}  // namespace

std::optional<Options> parse_options(int argc, char* argv[]) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--trace")
            options.trace = true;
        else if (word == "--each")
            options.each = true;
        else if (word == "--shrink")
            options.shrink = true;
        else if (i + 1 == argc || !parse_valued(word, argv[++i], options))
            return std::nullopt;
    }
    if (options.last < options.first) return std::nullopt;
    return options;
}

}  // namespace ledger::sim
