/* Readers: each judges the log by itself, at its own pace, and may restart from the position it
 * stored, where the judge's whole state is stored with it. With READERS 0 only the writers read
 * (each of them by its own judge, compared record by record with the one at the log's end). */

#if READERS
inline store()
{
    spos = jpos[j]; sepoch = jepoch[j]; swriter = jwriter[j]; sopen = jopen[j];
    sseq = jseq[j]; sroot = jroot[j]
}

active [READERS] proctype Reader()
{
    byte spos, sepoch, swriter, sseq, sroot;
    bit sopen, restarted;
end:do
    :: d_step { jpos[j] < length ->
        rec = log[jpos[j]];
        judge(j, rec);
        assert(valid == VALID(rec));      /* same verdict ... */
        assert(!stop || BAD(rec));
        state_at(jpos[j]);
        assert(jroot[j] == t && jseq[j] == n);   /* ... and same state at the same position */
        if :: restarted && n > 0 -> SEEN(8) :: else fi;
        t = 0; n = 0; rec = 0; valid = 0; stop = 0 }
    :: d_step { spos < jpos[j] -> store() }
    :: d_step { !restarted && spos < jpos[j] -> restarted = 1;
        jpos[j] = spos; jroot[j] = sroot; jseq[j] = sseq;
#ifdef MUT_JUDGE_NOT_RESTORED
        jepoch[j] = 0; jwriter[j] = 0; jopen[j] = 0
#else
        jepoch[j] = sepoch; jwriter[j] = swriter; jopen[j] = sopen
#endif
        }
    od
}
#endif
