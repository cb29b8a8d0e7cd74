/* The writer: one process that may crash, be superseded, be in doubt, and claim again.
 * Commands come from clients that retry any id on any writer at any time, so "a command comes"
 * needs no state: it comes at the step that takes it. */

mtype = { idle, claiming, serving };

inline forget_refusal()
{
    r_cmd = 0; r_root = 0; r_seq = 0; r_end = 0
}

inline forget_term()
{
    tw = 0; te = 0; pseq = 0; proot = 0
}

inline restart()
{
    mode = idle; my = 0; bad = 0; forget_term(); forget_refusal();
#if SETTLES
    asked_at = 0
#endif
}

/* Says of every entry of our term not judged valid that it can never be in. */
inline settle()
{
    for (i : 1 .. 3) {
        if
        :: PLACE(i, proot) > 0 && PLACE(i, jroot[j]) == 0 ->
            for (n : 0 .. length - 1) {
                assert(!(VALID(log[n]) && KIND(log[n]) == ENTRY && WID(log[n]) == tw && CMD(log[n]) == i))
            }
            n = 0;
            dead[tw] = dead[tw] | (1 << i);
            SEEN(7)
        :: else
        fi
    }
    i = 0
}

#if SETTLES
/* "No such receipt" is final: of all that was sent under the claims made before the question
 * (asked_at - 1 of them), nothing stands behind this claim, and nothing ever will. */
inline say_settled(id)
{
    for (i : jpos[j] .. length - 1) {
        assert(!(VALID(log[i]) && KIND(log[i]) == ENTRY && WID(log[i]) < asked_at))
    }
    for (i : 1 .. asked_at - 1) {
        if :: i != id -> dead[i] = 14 :: else fi
    }
    i = 0; asked_at = 0;
    SEEN(15)
}
#endif

inline serve(id, e)
{
#ifndef UNWATCHED
    found = false;
    for (i : 0 .. length - 1) {
        if :: KIND(log[i]) == CLAIM && VALID(log[i]) && WID(log[i]) == id -> found = true :: else fi
    }
    assert(found);                        /* a void claim is never served */
    found = false; i = 0;
#endif
    mode = serving; tw = id; te = e; my = 0;
#ifdef MUT_PENDING_KEPT_AFTER_CLAIM
    pseq = jseq[j]; proot = (proot != 0 -> proot : jroot[j]);
#else
    pseq = jseq[j]; proot = jroot[j];
#endif
#ifndef MUT_FIRST_LEFT_OUT
    t = (bad -> (jroot[j] ^ 63) : jroot[j]);   /* damaged: another root */
    send(RECORD(CHECK, te, tw, jseq[j], 0, t, bad));
    t = 0;
#endif
#if SETTLES
    if :: asked_at > 0 -> say_settled(id) :: else fi
#endif
}

inline read_one()
{
    rec = log[jpos[j]];
    judge(j, rec);
    assert(valid == VALID(rec));                       /* this reader and the end's agree */
    if
#ifdef MUT_SERVE_VOID_CLAIM
    :: KIND(rec) == CLAIM && mode == claiming && WID(rec) == my && !valid ->
        serve(WID(rec), EPOCH(rec))
#endif
    :: KIND(rec) == CLAIM && valid && WID(rec) != tw ->
        if :: tw != 0 -> settle() :: else fi;
#ifndef MUT_REFUSE_DESPITE_CLAIM
        forget_refusal();
#endif
#ifndef MUT_PENDING_KEPT_AFTER_CLAIM
        forget_term();
#endif
        if
        :: mode == claiming && WID(rec) == my -> serve(WID(rec), EPOCH(rec))
#ifdef MUT_SERVE_VOID_CLAIM
        :: mode == claiming && WID(rec) != my
#endif
        :: else -> forget_term(); mode = idle; my = 0  /* superseded */
        fi
#ifdef MUT_VOID_CLAIM_SETTLES
    :: KIND(rec) == CLAIM && !valid && tw != 0 && WID(rec) != tw -> settle()
#endif
    :: KIND(rec) == ENTRY && valid ->
        assert(AT(jroot[0], SEQ(rec)) == CMD(rec));    /* accepted: stands at the place named */
        if
        :: tw != 0 && WID(rec) == tw ->
            assert(AT(proot, SEQ(rec)) == CMD(rec));   /* in our name, so we sent it */
            SEEN(1)
        :: else
        fi
#ifdef MUT_VOID_IS_ANSWER
    :: KIND(rec) == ENTRY && !valid && tw != 0 && WID(rec) == tw && PLACE(CMD(rec), jroot[j]) == 0 ->
        dead[tw] = dead[tw] | (1 << CMD(rec))
#endif
#ifdef CLOSE_JUDGED_SETTLES
    :: KIND(rec) == CLOSE && valid && WID(rec) == tw && mode != serving -> settle(); forget_term()
#endif
    :: KIND(rec) == CLOSE && valid && WID(rec) != tw -> SEEN(9)
    :: KIND(rec) == CHECK && valid && SEQ(rec) > 0 && jepoch[j] == 1 -> SEEN(10)
    :: else
    fi;
    rec = 0; valid = 0; stop = 0
}

#ifdef MUT_NO_DEDUP
#define KNOWN(c) false
#else
#define KNOWN(c) (PLACE(c, proot) > 0)   /* pending or in: the receipt is the answer */
#endif
#define FITS (pseq - jseq[j] < INFLIGHT && COUNT(proot) < 3 && flying < NET - 4)

/* A command comes: decided on the state with our own entries not yet judged. */
inline take(c)
{
    if
    :: REFUSE(c, proot) ->               /* ask for the end now, after the command came */
        r_cmd = c; r_root = proot; r_seq = pseq; r_end = length
    :: else ->
        send(RECORD(ENTRY, te, tw, pseq + 1, c, proot, bad));
        pseq++; proot = PLUS(proot, c)
    fi
}

#define TAKES(c) (mode == serving && !KNOWN(c) && (REFUSE(c, proot) -> r_cmd == 0 : FITS))

#ifdef MUT_REFUSE_ON_PENDING
#define JUDGED_ON_VALID true
#else
#define JUDGED_ON_VALID (jseq[j] >= r_seq)
#endif
#ifdef MUT_REFUSE_WITHOUT_END
#define END_PASSED true
#else
#define END_PASSED (jpos[j] >= r_end)
#endif
#ifdef MUT_REFUSE_DESPITE_CLAIM
#define STILL_OURS true
#else
#define STILL_OURS (mode == serving)
#endif

/* The refusal is answered, carrying p: the last position before the entry after those it was
 * judged on. It must be true there, and there must not be before the command came. */
inline answer_refused()
{
    if :: jseq[j] > r_seq -> SEEN(11) :: else fi;
    p = jpos[j];
#ifndef MUT_REFUSAL_CARRIES_END
    do
    :: state_at(p);
        if
        :: n > r_seq && p > 0 -> p--
        :: else -> break
        fi
    od;
#endif
#ifdef UNWATCHED                          /* true at any moment since the command came? */
    found = false;
    for (p : r_end .. length) {
        state_at(p);
        if :: REFUSE(r_cmd, t) && PLACE(r_cmd, t) == 0 -> found = true :: else fi
    }
    assert(found);
    found = false;
#else
    state_at(p);
    assert(p >= r_end);
    assert(n == r_seq && t == r_root);    /* the version and the state that it was judged on */
    assert(REFUSE(r_cmd, t));
    assert(PLACE(r_cmd, t) == 0);
#endif
    SEEN(6);
    p = 0; t = 0; n = 0;
    forget_refusal()
}

/* Claims, from any mode: the first time, in doubt, or when the last claim got no answer. */
inline claim()
{
    claims++;
    if :: j > joined -> joined = j :: else fi;
#if defined(MUT_SHARED_WRITER_ID)
    my = 1;
#elif defined(MUT_WRITER_ID_PER_PROCESS)
    my = j;
#else
    my = claims;
#endif
    send(RECORD(CLAIM, jepoch[j] + 1, my, 0, 0, 0, bad));
#ifndef MUT_REFUSE_DESPITE_CLAIM
    forget_refusal();
#endif
    mode = claiming
}

#ifdef MUT_LATER_CHECKPOINT_EARLY
#define FIRST_READ true
#else
#define FIRST_READ (jopen[j] && jwriter[j] == tw)
#endif

active [WRITERS] proctype Writer()
{
    mtype mode = idle;
    byte my;                              /* the id in our claim under way */
    byte tw, te, pseq, proot;             /* our term: id, epoch, last seq used, state with pending */
    byte r_cmd, r_root, r_seq, r_end;     /* one refusal not yet answered */
    bit bad;
#if SETTLES
    byte asked_at;                        /* 1 + the claims made when settling was asked for; 0: was not */
#endif
end:do
    :: d_step { jpos[j] < length -> read_one() }

    /* Writers are alike until they claim, so they may be numbered in the order of their first
       claims: fewer states, same behaviours. */
    :: d_step { claims < CLAIMS && j <= joined + 1 -> claim() }
#if SETTLES                               /* only a claim made after the question will do */
    :: d_step { settles > 0 && asked_at == 0 && mode != idle && claims < CLAIMS -> settles--;
        asked_at = claims + 1;
#ifdef MUT_SETTLED_BY_OLDER_CLAIM
        if :: mode == serving -> claim() :: else fi
#else
        claim()
#endif
        }
    :: d_step { settles > 0 && asked_at == 0 && mode == idle -> settles--; asked_at = claims + 1 }
#endif

#if HAS_1
    :: d_step { TAKES(1) -> take(1) }
#endif
#if HAS_2
    :: d_step { TAKES(2) -> take(2) }
#endif
#if HAS_3
    :: d_step { TAKES(3) -> take(3) }
#endif
    :: d_step { r_cmd != 0 && STILL_OURS && JUDGED_ON_VALID && END_PASSED -> answer_refused() }

#if CRASHES
    :: d_step { crashes > 0 && (mode != idle || jpos[j] > 0) -> crashes--;   /* restart from the stored position */
        restart() }
    :: d_step { crashes > 0 && jpos[j] > 0 -> crashes--;                     /* restart from nothing */
        restart();
        jpos[j] = 0; jepoch[j] = 0; jwriter[j] = 0; jopen[j] = 0; jseq[j] = 0; jroot[j] = 0 }
#endif
#if CHECKPOINTS                           /* only once the first was read back: it opens the term */
    :: d_step { mode == serving && FIRST_READ && checkpoints > 0 -> checkpoints--;
        send(RECORD(CHECK, te, tw, pseq, 0, proot, bad)) }
    :: d_step { mode == serving && FIRST_READ && checkpoints > 0 && jseq[j] < pseq -> checkpoints--;
        send(RECORD(CHECK, te, tw, jseq[j], 0, jroot[j], bad)) }
#endif
#if CLOSINGS
    :: d_step { mode == serving && closings > 0 -> closings--;
        send(RECORD(CLOSE, te, tw, 0, 0, 0, bad));
#ifdef MUT_CLOSE_SENT_SETTLES
        settle();
#endif
        forget_refusal(); mode = idle }
#endif
#if BAD_WRITER
    :: d_step { mode == idle && !bad -> bad = 1 }
#endif
#ifdef MUT_TIMEOUT_IS_NO
    :: d_step { tw != 0 && proot != jroot[j] -> settle() }
#endif
#ifdef MUT_SEQ_TWICE
    :: d_step { mode == serving && pseq > jseq[j] -> pseq = jseq[j]; proot = jroot[j] }
#endif
#ifdef MUT_SERVE_AT_DELIVERY
    :: d_step { mode == claiming ->
        found = false;
        for (i : 0 .. length - 1) {
            if :: KIND(log[i]) == CLAIM && WID(log[i]) == my -> found = true; n = EPOCH(log[i]) :: else fi
        }
        i = 0;
        if :: found -> forget_term(); serve(my, n) :: else fi;
        found = false; n = 0 }
#endif
    od
}
