"""The embedded log as it lies in a ledger's folder: DIR/log, a RocksDB, and DIR/tail beside it.

The formats stand in events/log/embedded/log_store.h, frame.h and tail_file.h. One column family a partition, named
partition-N; a key is the position of a frame's first record (8, big-endian); a frame is the number of its records (4),
the size of each (4 each), zeros up to a multiple of 8, then the records, each with zeros up to a multiple of 8, all
little-endian. The column family `default` holds the number of partitions (4, big-endian) under "partitions".
"""

import os
import struct
import time

import rocksdb
from partition import Finding

OPEN_ATTEMPTS = 3  # of a ledger in use, files may go while they are being opened
PAUSE_SECONDS = 0.2
_TAIL_SLOT = struct.Struct(">4sIQQQ")
_MASK = 2**64 - 1


class NoLedger(Exception):
    """There is none; in words."""


class Damaged(Exception):
    """There is one that can't be read at all; in words."""


def _padded(size):
    return (size + 7) // 8 * 8


def records_of(frame):
    """The records of a frame; None: it is damaged."""
    if len(frame) < 4:
        return None
    count, = struct.unpack_from("<I", frame)
    at = _padded(4 + 4 * count)
    if count == 0 or at > len(frame):
        return None
    found = []
    for size in struct.unpack_from(f"<{count}I", frame, 4):
        found.append(frame[at:at + size])
        at += _padded(size)
    return found if at == len(frame) else None


def digest_of(data):
    """The tail file's digest of a record: 8-byte big-endian words, the last one as short as it is, each through the
    finalizer of MurmurHash3 (events/log/embedded/tail_file.cc)."""
    digest = 0x9E3779B97F4A7C15 ^ len(data)
    for at in range(0, len(data), 8):
        digest ^= int.from_bytes(data[at:at + 8], "big")
        digest = (digest ^ digest >> 33) * 0xFF51AFD7ED558CCD & _MASK
        digest = (digest ^ digest >> 33) * 0xC4CEB9FE1A85EC53 & _MASK
        digest ^= digest >> 33
    return digest


class EmbeddedLog:
    """`findings` grow while it is read, `notes` say what couldn't be checked."""

    def __init__(self, folder):
        self.findings, self.notes = [], []
        place = os.path.join(folder, "log")
        if not os.path.exists(os.path.join(place, "CURRENT")):
            raise NoLedger(f"there is no embedded ledger at {folder}: it has no log/CURRENT")
        tail = self._read_tail(os.path.join(folder, "tail"))  # before the log, which may be ahead of it
        self._database, default = self._open(place)
        self.partitions = int.from_bytes(default.get(b"partitions", b""), "big")
        expected = {"default", *(f"partition-{number}" for number in range(self.partitions))}
        if not self.partitions or set(self._database.families) != expected:
            raise Damaged(f"the log at {place} was made with {self.partitions} partitions and has "
                          f"{len(self._database.families) - 1}")
        self._tail = self._marks(tail)

    def close(self):
        self._database.close()

    def read(self, partition):
        """(position, record) of each record. A hole or a damaged frame is a finding, and is passed over."""
        mark_end, mark_digest = self._tail.get(partition, (0, 0))
        end = 0
        try:
            for key, frame in self._database.rows(f"partition-{partition}"):
                first = int.from_bytes(key, "big")
                if len(key) != 8 or first != end:
                    self._find(partition, end, f"the next frame has key {key.hex()}: a hole, or frames that overlap")
                records = records_of(frame)
                if records is None:
                    self._find(partition, first, f"the frame that begins here is damaged ({len(frame)} bytes)")
                    records = []
                end = first + len(records)
                for position, data in enumerate(records, first):
                    if position == mark_end - 1 and digest_of(data) != mark_digest:
                        self._find(partition, position, "the tail file says that another record was acknowledged here")
                    yield position, data
        except rocksdb.Failed as failed:
            self._find(partition, end, f"the log can't be read from here on: {failed}")
        if mark_end > end:
            self._find(partition, end, f"the log ends here, and the tail file says that it was acknowledged up to "
                                       f"{mark_end}")

    def span(self, _partition):
        """First position and end as the log says, None where it says nothing but by being read; and the positions in
        between that hold what is no record."""
        return 0, None, ()

    @staticmethod
    def _open(place):
        """The database, and what stands in its column family `default`."""
        for attempt in range(OPEN_ATTEMPTS):
            try:
                database = rocksdb.Database(place)
                return database, dict(database.rows("default"))
            except rocksdb.Failed as failed:
                if attempt == OPEN_ATTEMPTS - 1:
                    raise Damaged(f"the log at {place} can't be opened: {failed}") from failed
                time.sleep(PAUSE_SECONDS)

    def _find(self, partition, position, what):
        self.findings.append(Finding(partition, position, what))

    def _read_tail(self, path):
        try:
            with open(path, "rb") as file:
                return file.read()
        except FileNotFoundError:
            self.notes.append(f"there is no tail file {path}: whether the log's end was lost can't be told")
            return b""

    def _marks(self, tail):
        """(end, digest of the last record) by partition, of the slots that are written and whole."""
        marks = {}
        for number in range(self.partitions if tail else 0):
            slot = tail[number * _TAIL_SLOT.size:(number + 1) * _TAIL_SLOT.size]
            if slot == bytes(_TAIL_SLOT.size):
                continue
            magic, partition, end, digest, own = _TAIL_SLOT.unpack(slot.ljust(_TAIL_SLOT.size, b"\0"))
            if len(slot) == _TAIL_SLOT.size and (magic, partition, own) == (b"BLT1", number, digest_of(slot[:24])):
                marks[number] = (end, digest)
            else:
                self.notes.append(f"the tail file's slot of partition {number} is damaged: `benefits` writes it anew")
        return marks
