#include "events/mutant.h"

#ifdef LEDGER_MUTANTS

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace ledger::mutants {
namespace {

constexpr int kWrongUsage = 2;

// In the order of the enum.
constexpr std::array kNames{
    "none",
    "epoch_not_checked",
    "epoch_plus_two_accepted",
    "writer_not_checked",
    "seq_reset_by_claim",
    "first_checkpoint_not_compared",
    "checkpoint_root_not_compared",
    "entry_before_opened_accepted",
    "gap_accepted",
    "epoch_zero_accepted",
    "misjudges_one",
    "writer_id_shared",
    "own_void_claim_served",
    "first_checkpoint_left_out",
    "pending_kept_after_claim",
    "seq_used_twice",
    "hole_not_passed",
    "close_not_awaited",
    "answer_at_delivery",
    "answer_before_judgement",
    "timeout_means_not_done",
    "void_means_settled",
    "doubt_decided_twice",
    "refused_on_pending",
    "refused_without_end",
    "refusal_carries_end",
    "settled_by_older_claim",
    "refusal_appends",
    "dedup_left_out",
    "fingerprint_not_compared",
    "stale_partner_after_loss",
    "evicted_while_pending",
    "cold_load_does_not_wait",
    "pending_not_seen",
    "time_from_caller",
    "time_from_void_record",
    "receipt_not_written",
    "receipt_in_another_batch",
    "position_before_data",
    "position_off_by_one",
    "judge_state_not_restored",
    "void_applied_by_projector",
    "void_counted_as_applied",
    "stops_at_poison",
    "skips_unverifiable",
    "partitions_read_differently",
    "switched_before_caught_up",
    "scan_without_total_order",
    "published_before_sync",
};
static_assert(kNames.size() == static_cast<std::size_t>(Mutant::count), "one name for each mutant");

[[noreturn]] void print_names(int code) {
    for (std::size_t i = 1; i < kNames.size(); ++i) std::puts(kNames[i]);
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
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (name == kNames[i]) return static_cast<Mutant>(i);
    return std::nullopt;
}

Mutant active = read_environment();

}  // namespace ledger::mutants

#endif
