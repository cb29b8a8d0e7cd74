// sim --seed N [--trace] | --seeds A..B  [--mutant NAME]: runs of the shipped step machines; see
// README.md.
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "events/mutant.h"
#include "tests/sim/world.h"

namespace ledger::sim {
namespace {

constexpr int kUsage = 2;
// Below this many runs something rare may honestly not happen.
constexpr std::uint64_t kRunsThatMeetEverything = 200;

struct Options {
    std::uint64_t first = 1;
    std::uint64_t last = 0;
    bool trace = false;
    bool each = false;
    bool usable = true;
};

bool parse(const char* text, const char* end, std::uint64_t& number) {
    const auto [stop, code] = std::from_chars(text, end, number);
    return code == std::errc{} && stop == end;
}

bool parse_range(const char* text, Options& options) {
    const char* dots = std::strstr(text, "..");
    const char* end = text + std::strlen(text);
    return dots && parse(text, dots, options.first) && parse(dots + 2, end, options.last);
}

Options parse(int argc, char* argv[]) {
    Options options;
    for (int i = 1; i < argc && options.usable; ++i) {
        const std::string_view word = argv[i];
        const char* value = i + 1 < argc ? argv[i + 1] : "";
        if (word == "--trace") {
            options.trace = true;
        } else if (word == "--each") {
            options.each = true;
        } else if (word == "--seed") {
            options.usable = parse(value, value + std::strlen(value), options.first);
            options.last = options.first;
            ++i;
        } else if (word == "--seeds") {
            options.usable = parse_range(value, options);
            ++i;
        } else if (word == "--mutant") {
            const auto mutant = mutants::find_mutant(value);
            options.usable = mutant.has_value();
            if (mutant) mutants::active = *mutant;
            ++i;
        } else {
            options.usable = false;
        }
    }
    options.usable = options.usable && options.last >= options.first;
    return options;
}

int run_all(const Options& options) {
    Met met;
    for (std::uint64_t seed = options.first; seed <= options.last; ++seed) {
        const RunResult result = run(seed, {}, options.trace);
        met += result.met;
        if (options.each || options.trace)
            std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed),
                        result.met.text().c_str());
        if (result.objection.empty()) continue;
        std::printf("seed %llu: %s\nto repeat it: tests/sim/sim --seed %llu --trace\n",
                    static_cast<unsigned long long>(seed), result.objection.c_str(),
                    static_cast<unsigned long long>(seed));
        return EXIT_FAILURE;
    }
    const std::uint64_t runs = options.last - options.first + 1;
    std::printf("%llu seeds: the oracle has no objection\nmet: %s\n",
                static_cast<unsigned long long>(runs), met.text().c_str());
    const std::string missing = met.missing();
    if (runs < kRunsThatMeetEverything || missing.empty()) return EXIT_SUCCESS;
    std::printf("never met, so these runs prove less than they should: %s\n", missing.c_str());
    return EXIT_FAILURE;
}

}  // namespace
}  // namespace ledger::sim

int main(int argc, char* argv[]) {
    const ledger::sim::Options options = ledger::sim::parse(argc, argv);
    if (!options.usable) {
        std::fprintf(stderr,
                     "usage: sim --seed N | --seeds A..B [--mutant NAME] [--trace] [--each]\n");
        return ledger::sim::kUsage;
    }
    return ledger::sim::run_all(options);
}
