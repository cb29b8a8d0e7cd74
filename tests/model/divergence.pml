/* A reader that differs: it judges one record of kind MISJUDGE wrongly, or reads another one, and
 * goes on. Only the writer's records can show it: a checkpoint, whose root stands for all that came
 * before, or an entry further ahead than there may be in flight. A reader has no say in the log,
 * so reading each record as it lands is enough: reading later, it would judge the same.
 *
 * A stopped reader stays where it is: what it answers and serves is never past that place. */

#define R (1 + WRITERS)
#define READS_ON (jpos[R] == length)
#define DIFFERS (jseq[R] != jseq[0] || jroot[R] != jroot[0])

mtype = { right, missed, taken, changed };   /* judged right; a valid record lost or called void;
                                                a void entry applied; an entry with other content */
mtype how;               /* scratch of the network's step */
bit opens, differed;     /* scratch: the first checkpoint of its term; differed before this record */
bit misjudged;
byte differs_from;       /* the epoch of the record that was misjudged */

#ifdef MUT_READS_ON      /* it says that it stops, and goes on */
#define STAYS false
#else
#define STAYS stop
#endif
#ifdef AT_ANY_CHECKPOINT /* more than the judge can promise: a later one at another seq is void */
#define COMPARABLE true
#else
#define COMPARABLE (opens || SEQ(rec) == jseq[R])
#endif

/* Reads what has just landed; t and n are still the end's root and seq before it. */
inline read_along()
{
    found = valid;
    differed = (jroot[R] != t || jseq[R] != n);
    if
    :: jpos[R] != length - 1                           /* it has stopped before */
    :: jpos[R] == length - 1 && how == missed && found && KIND(rec) == MISJUDGE ->
        misjudged = true; jpos[R]++; differs_from = jepoch[0]
    :: jpos[R] == length - 1 && how == taken && !found && KIND(rec) == ENTRY && COUNT(jroot[R]) < 3 ->
        misjudged = true; jpos[R]++; differs_from = jepoch[0];
        jseq[R] = SEQ(rec); jroot[R] = PLUS(jroot[R], CMD(rec))
    :: jpos[R] == length - 1 && how == changed && found && KIND(rec) == ENTRY ->
        misjudged = true; jpos[R]++; differs_from = jepoch[0];
        jseq[R] = SEQ(rec); jroot[R] = PLUS(jroot[R], 2)   /* in its rows nobody sends 2 */
    :: else ->
        judge(R, rec);
        if :: STAYS -> jpos[R]-- :: else fi;
        assert(!stop || misjudged);                    /* who judges right never stops */
        assert(!valid || KIND(rec) != ENTRY || !differed || EPOCH(rec) <= differs_from);
        if
        :: stop && KIND(rec) == CHECK && opens -> SEEN(12)
        :: stop && KIND(rec) == CHECK && !opens -> SEEN(13)
        :: stop && KIND(rec) == ENTRY -> SEEN(14)
        :: else
        fi
    fi;
    /* Who differs never passes a valid checkpoint, nor falls behind by more than is in flight. */
    assert(!found || KIND(rec) != CHECK || !DIFFERS || !READS_ON || !COMPARABLE);
    assert(!READS_ON || jseq[0] <= jseq[R] + INFLIGHT);
    if :: !READS_ON -> halted = true :: else fi;       /* nothing more to see here */
    how = 0; found = 0; opens = 0; differed = 0
}
