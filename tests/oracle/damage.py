"""Damage done to an embedded ledger on purpose: its records taken out, changed, and put back as if they had always
stood there."""

import ctypes
import struct

import oracle  # noqa: F401  (says where the modules of the check are)

import embedded_log
import judge
import record as records
import rocksdb

_POINTER, _SIZE = ctypes.c_void_p, ctypes.c_size_t
_ERROR_OUT = ctypes.POINTER(ctypes.c_void_p)
READER = records.Reader()


class Writable(rocksdb.Database):
    """Opened for writing, as RocksDB is by default."""

    def __init__(self, folder):
        found = rocksdb.library()
        rocksdb.declare(found, "open_column_families", _POINTER, [
            _POINTER, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_char_p), ctypes.POINTER(_POINTER),
            ctypes.POINTER(_POINTER), _ERROR_OUT])
        rocksdb.declare(found, "writeoptions_create", _POINTER, [])
        rocksdb.declare(found, "put_cf", None, [_POINTER, _POINTER, _POINTER, ctypes.c_char_p, _SIZE, ctypes.c_char_p,
                                                _SIZE, _ERROR_OUT])
        rocksdb.declare(found, "delete_cf", None, [_POINTER, _POINTER, _POINTER, ctypes.c_char_p, _SIZE, _ERROR_OUT])
        super().__init__(folder, "open_column_families", ())
        self._how = found.rocksdb_writeoptions_create()

    def put(self, family, key, value):
        rocksdb.call("put_cf", self._database, self._how, self.families[family], key, len(key), value, len(value))

    def delete(self, family, key):
        rocksdb.call("delete_cf", self._database, self._how, self.families[family], key, len(key))


def frame(data):
    """A frame of one record."""
    return struct.pack("<II", 1, len(data)) + data + bytes(-len(data) % 8)


def read(folder, partition):
    """position -> record"""
    log = embedded_log.EmbeddedLog(folder)
    try:
        return dict(log.read(partition))
    finally:
        log.close()


def write(folder, partition, stored):
    """Makes these the only records of the partition. The tail file stays as it is."""
    database = Writable(folder / "log")
    try:
        family = f"partition-{partition}"
        for key, _ in list(database.rows(family)):
            database.delete(family, key)
        for position, data in stored.items():
            database.put(family, struct.pack(">Q", position), frame(data))
    finally:
        database.close()


def cut_frame(folder, partition):
    """Takes the last byte of the partition's first frame."""
    database = Writable(folder / "log")
    try:
        family = f"partition-{partition}"
        key, first = next(iter(database.rows(family)))
        database.put(family, key, first[:-1])
    finally:
        database.close()


def in_a_row(all_records):
    return dict(enumerate(all_records))


def patched(data, name, *words):
    """The record with another number (or numbers, of a struct) in a field of its table; it must have that field."""
    view = READER.read(data).view
    offset, field, _ = view._places[name]
    layout = field.type if field.kind == "scalar" else field.type.layout
    changed = bytearray(data)
    layout.pack_into(changed, view._at + offset, *words)
    return bytes(changed)


def mended(stored):
    """The records as a forger leaves them who thinks of the checkpoints: each has the root that is right now."""
    by_now, found = judge.Judge(), {}
    for position, data in stored.items():
        if READER.read(data).kind == "Checkpoint":
            data = patched(data, "root", *struct.unpack(">4Q", bytes.fromhex(by_now.tree.root())))
        by_now.judge(READER.read(data), data)
        found[position] = data
    return found
