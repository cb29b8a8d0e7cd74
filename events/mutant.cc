#include "events/mutant.h"

#ifdef LEDGER_MUTANTS

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iterator>

namespace ledger::mutants {
namespace {

constexpr int kWrongUsage = 2;

// By number.
constexpr const char* kNames[] = {
    "none",
    "misjudges_one",
};

[[noreturn]] void print_names(int code) {
    for (const Mutant mutant : all_mutants()) std::puts(name_of(mutant));
    std::fflush(stdout);
    ::_exit(code);
}

Mutant read_environment() {
    const char* value = std::getenv("BENEFITS_MUTANT");
    if (!value || !*value) return Mutant::none;
    const std::string_view text = value;
    if (text == "list") print_names(EXIT_SUCCESS);
    if (const auto mutant = find_mutant(text)) return *mutant;
    std::fprintf(stderr, "BENEFITS_MUTANT=%s: there is no such mutant; there are:\n", value);
    print_names(kWrongUsage);
}

}  // namespace

const char* name_of(Mutant mutant) { return kNames[static_cast<std::size_t>(mutant)]; }

std::optional<Mutant> find_mutant(std::string_view name) {
    for (std::size_t i = 0; i < std::size(kNames); ++i)
        if (name == kNames[i]) return static_cast<Mutant>(i);
    return std::nullopt;
}

std::vector<Mutant> all_mutants() {
    std::vector<Mutant> all;
    for (std::size_t i = 1; i < std::size(kNames); ++i) all.push_back(static_cast<Mutant>(i));
    return all;
}

Mutant active = read_environment();

}  // namespace ledger::mutants

#endif
