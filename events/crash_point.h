// Places at which a test build can be made to end as if it were killed, to see what it finds when
// it starts again. BENEFITS_CRASH_AT=NAME[:N] in the environment ends the process with SIGKILL when
// it passes the place for the Nth time (N from 1, default 1); BENEFITS_CRASH_AT=list prints the
// names, one a line, and ends. LEDGER_CRASH_POINT(name) is nothing in the product; in a test build
// (the LEDGER_MUTANTS option) a place that is not armed costs a comparison.
#pragma once

#ifdef LEDGER_MUTANTS

namespace ledger::crash {

// In the order in which a command passes them.
enum class Place {
    none,
    key_stored,         // a subject's key is in the key store, what it seals in no log
    before_append,      // decided, not handed to the log
    after_append,       // handed to the log
    log_written,        // embedded: synced, and the tail file doesn't say so
    log_witnessed,      // embedded: the tail file says so, and no reader was told
    log_published,      // embedded: readers may see it
    before_answer,      // judged, and the caller doesn't know
    after_answer,       // the caller knows
    refusal_stored,     // a refusal is kept
    before_view_batch,  // folded, no row is written
    after_view_batch,   // rows and position are written
    // Of a folder that is made, filled or switched.
    key_made,          // Kafka: master.key is in the folder, and no genesis record was made with it
    genesis_sent,      // handed to the log, of one partition
    genesis_made,      // of all partitions, read back
    filling_begun,     // marked, and nothing is filled in
    filling_filled,    // all of it, perhaps not on disk
    filling_synced,    // on disk, and doesn't count yet
    filling_counts,    // it does, and nothing is in its place
    filling_moved_up,  // one more entry is in its place
    backup_listed,     // all of a backup is copied and listed
    move_copied,       // the copy of a log that is moved counts, and the source is still open
    rebuild_begun,     // new views, empty
    rebuild_finished,  // new views, complete and not in use
    views_moved_away,  // the old views are out of use
    views_moved_in,    // the new ones are in use, the old ones there
    count,
};

// The armed one.
extern const Place armed;

// Counts, and ends the process when it is time.
void pass();

}  // namespace ledger::crash

#define LEDGER_CRASH_POINT(name)                                                 \
    do {                                                                         \
        if (::ledger::crash::armed == ::ledger::crash::Place::name) [[unlikely]] \
            ::ledger::crash::pass();                                             \
    } while (false)

#else

#define LEDGER_CRASH_POINT(name) \
    do {                         \
    } while (false)

#endif
