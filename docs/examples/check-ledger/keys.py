"""The key store as a stranger can look at it: whose it is, whether it is the one that others have seen, and whether it
has the key of every sealed text. The keys in it are wrapped, and stay so.

Embedded it is DIR/keys, a RocksDB (events/log/embedded/embedded_key_store.cc): "i" key id -> wrapped key; "d" key id:
that key was destroyed; "l" -> ledger id; "n" -> the newest change, "i" or "d" and the key id. Beside it DIR/keys.tail
(keys_tail.h) has the newest change as it was last witnessed. On Kafka it is a topic of one partition: the key of a
record ends in "/" and the key id in hex, its value is the wrapped key, or "destroyed"; and one record, "ledger:" and the
ledger id in hex, says whose it is.
"""

import os
import struct

import embedded_log
import kafka_connection
import kafka_log
import record as records
import rocksdb
from partition import Finding

_TAIL = struct.Struct(">4sI16s16sQQ")
_PUT, _DESTROYED = 1, 2


class EmbeddedKeys:
    """`there` and `destroyed` are key ids, `ledger` is whose it is; None when there is no store to be read."""

    def __init__(self, folder):
        self.findings, self.notes = [], []
        self.there, self.destroyed, self.ledger = set(), set(), None
        self.place = os.path.join(folder, "keys")
        tail = self._read_tail(os.path.join(folder, "keys.tail"))  # before the store, which may be ahead of it
        if not os.path.exists(os.path.join(self.place, "CURRENT")):
            self.find(f"the key store {self.place} is missing")
            return
        try:
            self._read()
        except rocksdb.Failed as failed:
            self.find(f"the key store {self.place} can't be read: {failed}")
            return
        if tail:
            self._compare(*tail)

    def find(self, what):
        self.findings.append(Finding(0, 0, what))

    def _read(self):
        database = rocksdb.Database(self.place)
        try:
            for key, value in database.rows("default"):
                if key[:1] == b"i" and len(key) == 17:
                    self.there.add(key[1:])
                elif key[:1] == b"d" and len(key) == 17:
                    self.destroyed.add(key[1:])
                elif key == b"l":
                    self.ledger = value.hex()
        finally:
            database.close()

    def _read_tail(self, path):
        try:
            with open(path, "rb") as file:
                data = file.read(_TAIL.size)
        except FileNotFoundError:
            self.notes.append(f"there is no {path}: whether the key store is an older copy can't be told by it")
            return None
        magic, change, ledger, key, _, own = _TAIL.unpack(data.ljust(_TAIL.size, b"\0"))
        if (magic, own) != (b"BLK1", embedded_log.digest_of(data[:48])) or change not in (_PUT, _DESTROYED):
            self.notes.append(f"{path} is damaged: `benefits` writes it anew")
            return None
        return ledger.hex(), change, key

    def _compare(self, whose, change, key):
        if whose != self.ledger:
            self.find(f"the key store {self.place} is that of ledger {self.ledger}, and keys.tail of ledger {whose}")
        elif key not in self.destroyed and not (change == _PUT and key in self.there):
            self.find(f"keys.tail says that key {key.hex()} was {'stored' if change == _PUT else 'destroyed'} last, and "
                      f"the key store {self.place} doesn't know it: an older copy was put back, or keys were lost")


class KafkaKeys:
    """The same of the topic. A topic holds the marks of every ledger that it was made for."""

    def __init__(self, servers, topic, patience):
        self.findings, self.notes = [], []
        self.there, self.destroyed, self.ledgers = set(), set(), set()
        self.place = f"topic {topic}"
        try:
            log = kafka_log.KafkaLog(servers, topic, patience)
        except kafka_connection.NoLog as why:
            self.find(f"the key store can't be read: {why}")
            return
        try:
            for _, value, key in log.keyed(0):
                self._take(key.decode(errors="replace"), value)
        finally:
            log.close()
        self.findings += log.findings

    @property
    def ledger(self):
        return next(iter(sorted(self.ledgers)), None)

    def find(self, what):
        self.findings.append(Finding(0, 0, what))

    def _take(self, name, value):
        if name.startswith("ledger:"):
            self.ledgers.add(name[7:])
            return
        _, slash, digits = name.rpartition("/")
        try:
            key = bytes.fromhex(digits)
        except ValueError:
            return
        if not slash or len(key) != 16:
            return
        if value == b"destroyed":
            self.destroyed.add(key)
        elif value:
            self.there.add(key)
        else:
            self.there.discard(key)


def check(store, partitions):
    """Whose it is, and whether each sealed text of an entry has its key, or that was destroyed."""
    genesis = partitions[0].genesis
    whose = records.hex_of(genesis["ledger"]) if genesis else None
    known = getattr(store, "ledgers", {store.ledger})
    if genesis and not store.findings and whose not in known:
        store.find(f"the key store, {store.place}, is not that of ledger {whose}")
    for each in partitions:
        for key, (partner, position) in each.keys.items():
            if key not in store.there and key not in store.destroyed:
                each.find(position, f"the data key {key.hex()} of a sealed text of partner {partner!r} is lost: it is not "
                                    "in the key store, and was not destroyed")
