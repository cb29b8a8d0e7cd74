"""Partitions as no writer leaves them: claims, checkpoints, entries and closings in any order, of several writers, most of
them nearly right, so that the judge has something to say."""

import struct

import damage
import judge

RECORDS_MAX = 300
WRITERS = [(1, 1), (2, 2), (0, 0)]
IN_FLIGHT = [0, 3, *[100, 2**32 - 1] * 8]
KINDS = {"WriterOpened": 10, "Checkpoint": 12, "Entry": 50, "WriterClosed": 1, "Genesis": 1, None: 1}


def random_log(dice, real):
    """`real` has a record of each kind; a checkpoint and an entry must have a seq. Ends where the judge stops."""
    by_now, records = judge.Judge(), [real["Genesis"]]
    while by_now.judge(damage.READER.read(records[-1]), records[-1])[0] != judge.STOP and len(records) < RECORDS_MAX:
        kind, = dice.choices(list(KINDS), KINDS.values())
        if dice.random() < 0.05:
            records.append(dice.choice(records))
        elif kind is None:
            records.append(dice.randbytes(dice.randrange(60)))
        else:
            records.append(_nearly_right(dice, by_now, kind, real[kind]))
    return records


def _nearly_right(dice, by_now, kind, data):
    if kind == "Genesis":
        return data
    epoch, writer = by_now.epoch, by_now.writer
    if kind == "WriterOpened":
        epoch, writer = epoch + (dice.random() < 0.7), None
        data = damage.patched(data, "in_flight", dice.choice(IN_FLIGHT))
    if dice.random() < 0.1:
        epoch = max(0, epoch + dice.randint(-2, 2))
    if writer is None or dice.random() < 0.1:
        writer = dice.choice(WRITERS)
    data = damage.patched(damage.patched(data, "epoch", epoch), "writer", *writer)
    if kind == "Checkpoint":
        # The first of a term stops the reader when it is wrong.
        away = dice.random() < 0.3 if by_now.open else dice.random() < 0.02
        data = damage.patched(data, "seq", max(0, by_now.seq + (dice.randint(-2, 2) if away else 0)))
        root = dice.randbytes(32) if dice.random() < 0.01 else bytes.fromhex(by_now.tree.root())
        data = damage.patched(data, "root", *struct.unpack(">4Q", root))
    if kind == "Entry":
        data = damage.patched(data, "seq", max(0, by_now.seq + dice.choice([1] * 30 + [-3, -1, 0, 2, 3, 7])))
    return data
