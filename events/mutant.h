// Mutants: bugs put in on purpose, to show that the tests would find them. LEDGER_MUTANT(name) is
// false in the product; only a test build (the LEDGER_MUTANTS option) can switch one on, one at a
// time: BENEFITS_MUTANT=NAME in the environment of any program of that build, or `active` from
// within. A name that there isn't ends the program with 2; BENEFITS_MUTANT=list prints the names,
// one a line, and ends.
#pragma once

#ifdef LEDGER_MUTANTS

#include <optional>
#include <string_view>

namespace ledger::mutants {

enum class Mutant {
    none,
    // judge
    epoch_not_checked,
    epoch_plus_two_accepted,
    writer_not_checked,
    seq_reset_by_claim,
    first_checkpoint_not_compared,
    checkpoint_root_not_compared,
    entry_before_opened_accepted,
    gap_accepted,
    epoch_zero_accepted,
    misjudges_one,  // this reader alone: the leaf of the 10th entry of each partition is another
    // claim
    writer_id_shared,
    own_void_claim_served,
    first_checkpoint_left_out,
    pending_kept_after_claim,
    seq_used_twice,
    hole_not_passed,
    close_not_awaited,
    // answers
    answer_at_delivery,
    answer_before_judgement,
    timeout_means_not_done,
    void_means_settled,
    doubt_decided_twice,
    refused_on_pending,
    refused_without_end,
    refusal_carries_end,
    settled_by_older_claim,
    refusal_appends,
    dedup_left_out,
    fingerprint_not_compared,
    stale_partner_after_loss,
    evicted_while_pending,
    cold_load_does_not_wait,
    pending_not_seen,
    time_from_caller,
    time_from_void_record,
    // views
    receipt_not_written,
    receipt_in_another_batch,
    position_before_data,
    position_off_by_one,
    judge_state_not_restored,
    void_applied_by_projector,
    void_counted_as_applied,
    stops_at_poison,
    skips_unverifiable,
    partitions_read_differently,  // another partition function than that of the writers
    switched_before_caught_up,    // a rebuild that leaves out its last partner
    scan_without_total_order,
    // embedded log
    published_before_sync,
    count,
};

const char* name_of(Mutant mutant);
std::optional<Mutant> find_mutant(std::string_view name);

// Process-wide; what the environment says until a test says otherwise.
extern Mutant active;

}  // namespace ledger::mutants

#define LEDGER_MUTANT(name) (::ledger::mutants::active == ::ledger::mutants::Mutant::name)

#else

#define LEDGER_MUTANT(name) false

#endif
