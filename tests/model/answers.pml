/* Answers that append nothing: refused, nothing to do, and the same command again.
 *
 * ledger.pml has one partner, and there a command comes, is decided and asks for the end in one
 * step. Here each of these is a step of its own, and the log holds more than the partner's entries:
 * partner A, whose command it is; B, another one; L, the ledger's own (policy, clock), on which
 * every decision stands too. One writer serves a term; its records land in order (ledger.pml has
 * disorder, loss and several terms). A rival may claim at any time and then add to A: this writer's
 * records behind that claim are void. Decisions are free: any command may be accepted or refused in
 * any state, so what holds here holds whatever the rules say.
 *
 * Positions are counts of records: a position covers all records below it. */

#ifndef LMAX            /* records in the log, the writer's first checkpoint apart */
#define LMAX 5
#endif
#ifndef OWN             /* entries this writer may send */
#define OWN 3
#endif
#ifndef GOAL
#define GOAL 0
#endif
#define SEEN(n) assert(GOAL != n)

/* What a record is. Entries of this writer name their partner; the rival adds to A only. */
#define A 1
#define B 2
#define L 3
#define RIVAL 4
#define CLAIM 5
#define CONCERNS_A(k) ((k) == A || (k) == L || (k) == RIVAL)

byte log[LMAX], length;
bit claimed;             /* by the rival: what this writer sent is void from here on */

byte own[OWN];           /* entries decided, in the order of their seq 1, 2, .. */
byte decided, landed, seen;   /* how many of them were decided, landed, judged valid by this writer */
byte at[OWN];            /* where the seen ones stand */
byte rpos;               /* read so far */
bit superseded;          /* the rival's claim was read */

/* One command of A's. */
mtype = { none, queued, refused, again, not_asked, asked, evaluated, told };
mtype command = none;
byte came;               /* ghost: the end when it came */
short judged_on;         /* ghost: the state it was judged on, A's and the ledger's entries */
byte basis;              /* seq of the last entry it was judged on */
byte decided_then;       /* seq of the last entry of this writer before it, judged or not */
mtype proof;             /* not_asked, asked, told */
byte proof_end;

/* One question for the end at a time, for all that wait when it is asked. */
mtype question = none;   /* none, asked, evaluated: by the broker, at some moment between */
byte end_then;

byte i, p; short t;      /* scratch inside one d_step, zero between steps */

/* A's and the ledger's entries among the first `to` records, into t. */
inline state_at(to)
{
    t = 0;
    for (i : 0 .. to - 1) {
        if :: CONCERNS_A(log[i]) -> t = t * 4 + (log[i] == RIVAL -> 2 : log[i]) :: else fi
    }
    i = 0
}

/* ---- the log ---------------------------------------------------------------------------------- */
active proctype Log()
{
end:do
    :: d_step { landed < decided && length < LMAX ->
        log[length] = (claimed -> 0 : own[landed]);    /* 0: void */
        landed++; length++ }
    :: d_step { !claimed && length < LMAX -> log[length] = CLAIM; claimed = true; length++ }
    :: d_step { claimed && length < LMAX -> log[length] = RIVAL; length++ }
    :: d_step { question == asked -> question = evaluated; end_then = length }
    od
}

/* ---- the writer ------------------------------------------------------------------------------- */
inline forget_command()
{
    command = none; proof = none; came = 0; judged_on = 0; basis = 0; decided_then = 0; proof_end = 0
}

inline read_one()
{
    if
    :: log[rpos] == CLAIM ->
        superseded = true;
#ifndef MUT_REFUSED_AFTER_CLAIM
        forget_command()                  /* it is decided again, which begins as if it came now */
#endif
    :: seen < decided && log[rpos] == own[seen] && !superseded -> at[seen] = rpos; seen++
    :: else
    fi;
    rpos++
}

/* Refused or nothing to do, judged on the state with all our entries, judged or not. */
inline refuse()
{
    command = refused; proof = not_asked; decided_then = decided;
    state_at(rpos); judged_on = t;
    for (i : seen .. decided - 1) {
        if :: CONCERNS_A(own[i]) -> judged_on = judged_on * 4 + own[i] :: else fi
    }
    for (i : 0 .. decided - 1) {
#ifdef MUT_BASIS_WITHOUT_LEDGER
        if :: own[i] == A -> basis = i + 1 :: else fi
#else
        if :: CONCERNS_A(own[i]) -> basis = i + 1 :: else fi
#endif
    }
#ifdef MUT_END_ASKED_BEFORE              /* the answer to a question that is under way will do */
    if :: question != none -> proof = asked :: else fi;
#endif
    i = 0; t = 0
}

#ifdef MUT_REFUSED_ON_PENDING
#define JUDGED_ON_VALID true
#else
#define JUDGED_ON_VALID (seen >= basis)
#endif
#ifdef MUT_REFUSED_WITHOUT_END
#define END_PASSED true
#else
#define END_PASSED (proof == told && rpos >= proof_end)
#endif
#ifdef MUT_REFUSED_AFTER_CLAIM
#define SERVING true
#else
#define SERVING !superseded
#endif

/* The position it carries: the last before this writer's next entry, else all that was read. */
inline carried()
{
#if defined(MUT_REFUSAL_CARRIES_END)
    p = rpos
#elif defined(MUT_REFUSAL_CARRIES_BASIS)  /* where what it was judged on stands */
    p = (basis > 0 -> at[basis - 1] + 1 : 0)
#elif defined(MUT_REFUSAL_CARRIES_NEXT)   /* that entry's own position */
    p = (seen > decided_then -> at[decided_then] + 1 : rpos)
#else
    p = (seen > decided_then -> at[decided_then] : rpos)
#endif
}

inline say_refused()
{
    carried();
    if :: seen > decided_then -> SEEN(1) :: seen < decided_then -> SEEN(2) :: else fi;
    for (i : rpos .. came - 1) { assert(!CONCERNS_A(log[i])) }   /* nothing of A's from before it is unread */
#ifndef UNWATCHED
    assert(p >= came);                    /* the position is not before the command came ... */
#endif
    assert(p <= rpos);                    /* ... nor one that was never read */
    state_at(p);
    assert(t == judged_on);               /* and there the state is what it was judged on */
    p = 0; t = 0;
    forget_command()
}

/* The same command again: accepted, as soon as its entry is judged valid, with its place. */
inline say_accepted_again()
{
    assert(seen >= basis && log[at[basis - 1]] == own[basis - 1]);
    SEEN(3);
    forget_command()
}
#ifdef MUT_AGAIN_ON_PENDING
#define ENTRY_JUDGED true
#else
#define ENTRY_JUDGED (seen >= basis)
#endif

active proctype Writer()
{
end:do
    :: d_step { rpos < length -> read_one() }
    :: d_step { command == none -> command = queued; came = length }
    :: d_step { !superseded && decided < OWN -> own[decided] = A; decided++ }
    :: d_step { !superseded && decided < OWN -> own[decided] = B; decided++ }
    :: d_step { !superseded && decided < OWN -> own[decided] = L; decided++ }
    :: d_step { !superseded && command == queued -> refuse() }
    :: d_step { !superseded && command == queued && decided > 0 && own[decided - 1] == A ->
        command = again; basis = decided }

    :: d_step { question == none && !superseded && command != refused -> question = asked }   /* for others */
    :: d_step { question == none && command == refused && proof == not_asked ->
        question = asked; proof = asked }
    :: d_step { question == evaluated ->
        question = none;
        if :: proof == asked -> proof = told; proof_end = end_then :: else fi;
        end_then = 0 }
    :: d_step { question != none ->       /* no answer comes: it is asked again */
        question = none; end_then = 0;
#ifdef MUT_NO_ANSWER_IS_AN_END
        if :: proof == asked -> proof = told :: else fi
#else
        if :: proof == asked -> proof = not_asked :: else fi
#endif
        }

    :: d_step { command == refused && SERVING && JUDGED_ON_VALID && END_PASSED -> say_refused() }
    :: d_step { command == again && SERVING && ENTRY_JUDGED -> say_accepted_again() }
    od
}
