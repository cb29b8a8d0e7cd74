/* Records, the state that entries come to, and the judge: what every reader of every kind applies
 * to the log, record by record (events/judge.cc). One judge for the end of the log, for each
 * writer and for each reader; j is its number. */

/* ---- records: one int each ---------------------------------------------------------------- */
#define CLAIM 0
#define CHECK 1
#define ENTRY 2
#define CLOSE 3
#define KIND(r)  ((r) & 3)
#define EPOCH(r) (((r) >> 2) & 7)
#define WID(r)   (((r) >> 5) & 7)
#define SEQ(r)   (((r) >> 8) & 7)
#define CMD(r)   (((r) >> 11) & 3)
#define ROOT(r)  (((r) >> 13) & 63)   /* checkpoint: its root. Entry: ghost, the state decided on */
#define BAD(r)   (((r) >> 19) & 1)    /* ghost: sent by a writer whose state is damaged */
#define VALID(r) (((r) >> 20) & 1)    /* ghost: the verdict of the judge at the end of the log */
#define RECORD(k, e, i, s, c, t, b) \
    ((k) | ((e) << 2) | ((i) << 5) | ((s) << 8) | ((c) << 11) | ((t) << 13) | ((b) << 19))

/* ---- state = root: a list of at most three commands ----------------------------------------- */
#define COUNT(t)    ((t) == 0 -> 0 : ((t) < 4 -> 1 : ((t) < 16 -> 2 : 3)))
#define LAST(t)     ((t) >= 16 -> (t) >> 4 : ((t) >= 4 -> (t) >> 2 : (t)))
#define AT(t, s)    (((t) >> (2 * ((s) - 1))) & 3)
#define PLACE(c, t) (AT(t, 1) == (c) -> 1 : (AT(t, 2) == (c) -> 2 : (AT(t, 3) == (c) -> 3 : 0)))
#define PLUS(t, c)  ((t) | ((c) << (2 * COUNT(t))))
#define TAKEN(t)    ((t) == 0 -> INIT : LAST(t) != 3)
#define REFUSE(c, t) ((c) == 3 -> !TAKEN(t) : TAKEN(t))

/* ---- judges: 0 at the end of the log, 1..WRITERS the writers', then the readers' ------------- */
#ifdef MISJUDGE
#define JUDGES (2 + WRITERS)
#else
#define JUDGES (1 + WRITERS + READERS)
#endif
byte jpos[JUDGES], jepoch[JUDGES], jwriter[JUDGES], jseq[JUDGES], jroot[JUDGES];
bit jopen[JUDGES];
byte valid, stop;        /* the verdict; neither: void */

#ifdef MUT_NO_EPOCH_CHECK
#define SAME_EPOCH(j, r) true
#else
#define SAME_EPOCH(j, r) (EPOCH(r) == jepoch[j])
#endif
#ifdef MUT_NO_WRITER_CHECK
#define SAME_WRITER(j, r) true
#else
#define SAME_WRITER(j, r) (WID(r) == jwriter[j])
#endif
#define CURRENT(j, r) (SAME_EPOCH(j, r) && SAME_WRITER(j, r))

#if defined(MUT_ANY_CLAIM)
#define CLAIM_VALID(j, r) true
#elif defined(MUT_CLAIM_SAME_EPOCH)
#define CLAIM_VALID(j, r) (EPOCH(r) == jepoch[j] + 1 || EPOCH(r) == jepoch[j])
#elif defined(MUT_CLAIM_ANY_NEWER)
#define CLAIM_VALID(j, r) (EPOCH(r) > jepoch[j])
#else
#define CLAIM_VALID(j, r) (EPOCH(r) == jepoch[j] + 1)
#endif

#ifdef MUT_OPEN_NOT_REQUIRED
#define OPEN(j) (jwriter[j] != 0)
#else
#define OPEN(j) jopen[j]
#endif

#if defined(MUT_GAP_ACCEPTED)
#define NEXT(j, r) (SEQ(r) > jseq[j])
#elif defined(MUT_REPEAT_ACCEPTED)
#define NEXT(j, r) (SEQ(r) <= jseq[j] + 1)
#else
#define NEXT(j, r) (SEQ(r) == jseq[j] + 1)
#endif

#if defined(MUT_FIRST_NOT_COMPARED)
#define AGREES(j, r) (!jopen[j] || (SEQ(r) == jseq[j] && ROOT(r) == jroot[j]))
#elif defined(MUT_ROOT_NOT_COMPARED)
#define AGREES(j, r) (SEQ(r) == jseq[j])
#else
#define AGREES(j, r) (SEQ(r) == jseq[j] && ROOT(r) == jroot[j])
#endif

#ifdef MUT_LATER_CHECKPOINT_STRICT   /* a later checkpoint with another seq stops, too */
#define COMPARED(j, r) true
#else
#define COMPARED(j, r) (!jopen[j] || SEQ(r) == jseq[j])
#endif

#ifdef MUT_TOO_FAR_AHEAD_IS_VOID
#define TOO_FAR_AHEAD(j, r) false
#else
#define TOO_FAR_AHEAD(j, r) (SEQ(r) > jseq[j] + INFLIGHT)
#endif

/* The judge, word by word. Sets valid and stop. */
inline judge(j, r)
{
    valid = false; stop = false;
    if
#ifdef NEWER_TERM_STOPS   /* not in the code: an honest writer sends nothing before its claim is valid */
    :: EPOCH(r) > jepoch[j] + (KIND(r) == CLAIM) -> stop = true
#endif
    :: KIND(r) == CLAIM && CLAIM_VALID(j, r) ->
        valid = true; jepoch[j] = EPOCH(r); jwriter[j] = WID(r); jopen[j] = false;
#ifdef MUT_SEQ_RESET_BY_CLAIM
        jseq[j] = 0;
#endif
    :: KIND(r) == CHECK && CURRENT(j, r) && COMPARED(j, r) ->
        if
        :: AGREES(j, r) -> valid = true; jopen[j] = true
        :: else -> stop = true
        fi
    :: KIND(r) == ENTRY && CURRENT(j, r) && OPEN(j) && NEXT(j, r) ->
        valid = true; jseq[j] = SEQ(r); jroot[j] = PLUS(jroot[j], CMD(r)) & 63
    :: KIND(r) == ENTRY && CURRENT(j, r) && !(OPEN(j) && NEXT(j, r)) && TOO_FAR_AHEAD(j, r) ->
        stop = true
    :: KIND(r) == CLOSE && CURRENT(j, r) ->
        valid = true; jopen[j] = false;
#ifndef MUT_CLOSE_KEEPS_WRITER
        jwriter[j] = 0
#endif
    :: else                              /* void */
    fi;
    jpos[j]++
}

