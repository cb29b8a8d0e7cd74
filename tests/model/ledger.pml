/* One partition of the ledger's log: writers, the judge, readers, answers.
 *
 * The sentences modelled are those of the design: "The judge", "The writer", "What settles a
 * command", "What an answer promises". README.md here puts each beside its lines below.
 * MUT_* takes one guard away, GOAL=n asks whether a situation can be reached at all;
 * `check` runs every configuration, mutant and goal.
 *
 * The world: a seat that is free or taken (INIT), commands 1 and 2 that take it, 3 that gives it
 * back. A command is refused ("nothing to do" for 3) when the seat isn't as it needs it.
 * Root is injective here: the whole history, two bits an entry, so equal roots are equal logs.
 *
 * The network is a bag. Any record sent may land at any later time, in any order, or never
 * (it then stays in the bag: loss, delay and reordering need no action of their own), and may
 * land DUPS times more than it was sent.
 */

#ifndef WRITERS
#define WRITERS 2
#endif
#ifndef READERS
#define READERS 0
#endif
#ifndef CLAIMS          /* claims sent by all writers together: writer ids are 1..CLAIMS */
#define CLAIMS 2
#endif
#ifndef LMAX            /* records in the log, genesis apart */
#define LMAX 8
#endif
#ifndef DUPS
#define DUPS 1
#endif
#ifndef CRASHES
#define CRASHES 1
#endif
#ifndef CHECKPOINTS     /* checkpoints after the first of a term */
#define CHECKPOINTS 0
#endif
#ifndef CLOSINGS
#define CLOSINGS 0
#endif
#ifndef SETTLES         /* times somebody asks a writer to settle what is open */
#define SETTLES 0
#endif
#ifndef INFLIGHT        /* entries a writer may have sent and not yet seen judged */
#define INFLIGHT 2
#endif
#ifndef INIT            /* 1: the seat is taken at first */
#define INIT 0
#endif
#ifndef HAS_1
#define HAS_1 1
#endif
#ifndef HAS_2
#define HAS_2 1
#endif
#ifndef HAS_3
#define HAS_3 0
#endif
#ifndef BAD_WRITER      /* 1: a writer's state may be damaged when it opens a term */
#define BAD_WRITER 0
#endif
#ifndef GOAL
#define GOAL 0
#endif
#define NET (CLAIMS * 5 + CHECKPOINTS + CLOSINGS + 4)   /* room for all that can be sent */

#include "judge.pml"

#define SEEN(n) assert(GOAL != n)

/* ---- the log and the network ---------------------------------------------------------------- */
int log[LMAX];
byte length;
int net[NET];
byte flying;
byte dups = DUPS;
byte crashes = CRASHES;
byte closings = CLOSINGS;
byte checkpoints = CHECKPOINTS;
#if SETTLES
byte settles = SETTLES;
#endif
byte claims;             /* sent so far; the next writer id - 1 */
byte joined;             /* writers that have claimed: 1..joined */
byte dead[CLAIMS + 1];   /* ghost, by writer id: commands said never to be in under it (bits) */
#ifdef VOID_RUN
byte void_run;           /* void records of the current writer in a row */
#endif
bit halted;              /* the judge at the end has stopped: this writer differs (BAD_WRITER) */

byte i, p, n, t;        /* scratch inside one d_step, zero between steps */
int rec, sent;
byte found;

/* The state of the canonical log after `to` records, into t; their entries into n. */
inline state_at(to)
{
    t = 0; n = 0;
    for (i : 0 .. to - 1) {
        if
        :: KIND(log[i]) == ENTRY && VALID(log[i]) -> t = PLUS(t, CMD(log[i])); n++
        :: else
        fi
    }
    i = 0
}

inline send(r)           /* into the bag, sorted, so that equal bags are equal states */
{
    assert(flying < NET);
    sent = r;
    i = flying;
    do
    :: i > 0 && net[i - 1] > sent -> net[i] = net[i - 1]; i--
    :: else -> break
    od;
    net[i] = sent; flying++; i = 0; sent = 0
}

#ifdef MISJUDGE
#include "divergence.pml"
#endif

/* ---- the network: any record in flight may land ----------------------------------------------- */
inline land(k)
{
    rec = net[k];
    if
    :: again && dups > 0 -> dups--
    :: else ->
        for (i : k .. flying - 2) { net[i] = net[i + 1] }
        flying--; net[flying] = 0
    fi;
    t = jroot[0]; n = jseq[0];
#ifdef MISJUDGE
    opens = !jopen[0];
#endif
    judge(0, rec);
    halted = stop;
    assert(!stop || BAD(rec));                         /* the stop never fires for the honest */
    if
    :: KIND(rec) == ENTRY && valid ->
        assert(!BAD(rec));                             /* nothing of a damaged writer is applied */
        assert(SEQ(rec) == COUNT(t) + 1);              /* gapless: last seq = number of entries */
        assert(PLACE(CMD(rec), t) == 0);               /* a command id stands once */
        assert(!REFUSE(CMD(rec), t));                  /* the rule holds: one seat */
        assert(ROOT(rec) == t);                        /* decided on the state it is applied to */
        assert(!(dead[WID(rec)] & (1 << CMD(rec))));   /* "never to be in" is never contradicted */
        if :: COUNT(t) == 2 -> SEEN(2) :: else fi;
        if :: jepoch[0] >= 2 && COUNT(t) >= 1 -> SEEN(3) :: else fi
    :: KIND(rec) == ENTRY && !valid ->
        if :: EPOCH(rec) < jepoch[0] -> SEEN(4) :: SEQ(rec) > n + 1 -> SEEN(5) :: else fi
    :: else
    fi;
#ifdef MUT_ANSWER_AT_DELIVERY
    assert(KIND(rec) != ENTRY || AT(jroot[0], SEQ(rec)) == CMD(rec));
#endif
#ifdef VOID_RUN
    if
    :: !valid && WID(rec) == jwriter[0] && jwriter[0] != 0 -> void_run++
    :: valid -> void_run = 0
    :: else
    fi;
    assert(void_run <= VOID_RUN);
#endif
    log[length] = rec | (valid << 20); length++;
#ifdef MISJUDGE
    read_along();
#endif
    i = 0; n = 0; t = 0; rec = 0; valid = 0; stop = 0
}

active proctype Network()
{
    byte k = 0;
    bit again = 0;
end:do
    :: atomic {
        flying > 0 && length < LMAX && !halted ->
        k = 0;
        do
        :: k + 1 < flying -> k++
        :: break
        od;
        if
        :: again = 0
        :: dups > 0 -> again = 1
        fi;
#ifdef MISJUDGE
        if
        :: how = right
        :: !misjudged -> how = missed
        :: !misjudged && MISJUDGE == ENTRY -> how = taken
        :: !misjudged && MISJUDGE == ENTRY -> how = changed
        fi;
#endif
        d_step { land(k); k = 0; again = 0 }
    }
    od
}

#define j _pid           /* each process judges with its own judge */
#include "writer.pml"
#include "reader.pml"
