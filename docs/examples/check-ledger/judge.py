"""The judge: which records of a partition count. docs/design.md has it as a table; this is the same in Python.

It takes the records of a partition in their order, from the first on, and says of each what it is: applied (an entry
that counts), control, void (it counts for nothing, and why) or stop (this reader must not go on, and why).
"""

import hashlib

APPLIED, CONTROL, VOID, STOP = "applied", "control", "void", "stop"


class Tree:
    """A Merkle tree as in RFC 6962, section 2.1, of which only the roots of its perfect subtrees are kept, largest
    first. Leaf n - 1 is the bytes of entry n."""

    def __init__(self):
        self.size, self.subtrees = 0, []

    def add(self, leaf):
        node = hashlib.sha256(b"\0" + leaf).digest()
        size = self.size
        while size & 1:
            node = hashlib.sha256(b"\1" + self.subtrees.pop() + node).digest()
            size >>= 1
        self.subtrees.append(node)
        self.size += 1

    def root(self):
        """In hex. Of no leaf: SHA-256 of nothing."""
        if not self.subtrees:
            return hashlib.sha256().hexdigest()
        node = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            node = hashlib.sha256(b"\1" + left + node).digest()
        return node.hex()


class Judge:
    """Its state is all that a reader has to keep beside its position."""

    def __init__(self):
        self.genesis = False
        self.epoch, self.writer, self.in_flight = 0, None, 0  # of the last valid claim; 0 is no claim's epoch
        self.open = self.closed = False
        self.seq = 0
        self.tree = Tree()

    def judge(self, record, data):
        """(what it is, why) of the next record; `data` is its bytes. After a stop the state is as before."""
        if not self.genesis:
            if record.kind != "Genesis":
                return STOP, "no-genesis"
            self.genesis = True
            return CONTROL, None
        if record.kind is None:
            return VOID, "poison"
        if record.kind == "Genesis":
            return VOID, "genesis-again"
        if record.kind == "WriterOpened":
            return self._claim(record.view)
        outside = self._outside_the_term(record.view)
        if outside:
            return VOID, outside
        if record.kind == "WriterClosed":
            self.closed = True
            return CONTROL, None
        return self._checkpoint(record.view) if record.kind == "Checkpoint" else self._entry(record, data)

    def _claim(self, claim):
        epoch = claim["epoch"]
        if epoch != self.epoch + 1:
            return VOID, "old-epoch" if epoch <= self.epoch else "claim-out-of-turn"
        self.epoch, self.writer, self.in_flight = epoch, claim["writer"], claim["in_flight"]
        self.open = self.closed = False
        return CONTROL, None

    def _outside_the_term(self, view):
        """Why the record isn't of the current writer's running term."""
        epoch = view["epoch"]
        if epoch < self.epoch or epoch == 0:
            return "old-epoch"
        if epoch > self.epoch:
            return "future-epoch"
        if view["writer"] != self.writer:
            return "foreign-writer"
        return "term-closed" if self.closed else None

    def _checkpoint(self, checkpoint):
        ours = checkpoint["seq"] == self.seq
        if self.open and not ours:
            return VOID, "checkpoint-elsewhere"
        if not ours or "".join(f"{word:016x}" for word in checkpoint["root"]) != self.tree.root():
            return STOP, "divergence"
        self.open = True
        return CONTROL, None

    def _entry(self, record, data):
        seq = record.view["seq"]
        if self.open and seq == self.seq + 1:
            if record.event_name is None:
                return STOP, "newer-event"
            self.seq = seq
            self.tree.add(data)
            return APPLIED, None
        if seq > self.seq + self.in_flight:
            return STOP, "too-far-ahead"
        if not self.open:
            return VOID, "not-opened"
        return VOID, "repeat" if seq <= self.seq else "gap"
