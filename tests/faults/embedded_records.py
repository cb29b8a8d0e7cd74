"""The records of an embedded log, read and appended behind the program's back, by RocksDB's own library (its C interface,
rocksdb/c.h). No process may have the ledger open.

One column family `partition-N` a partition; key: position of the first record, big-endian; value: a frame of records
(events/log/embedded/frame.h).
"""

import contextlib
import ctypes
import ctypes.util
import functools
import struct

from scene import Skipped

_DEFAULT = b"default"


@functools.lru_cache(maxsize=1)
def _library():
    name = ctypes.util.find_library("rocksdb")
    if not name:
        raise Skipped("no shared library of RocksDB")
    library = ctypes.CDLL(name)
    pointer, text, size = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
    signatures = {
        "rocksdb_options_create": (pointer, []),
        "rocksdb_writeoptions_create": (pointer, []),
        "rocksdb_readoptions_create": (pointer, []),
        "rocksdb_writeoptions_set_sync": (None, [pointer, ctypes.c_ubyte]),
        "rocksdb_options_set_info_log_level": (None, [pointer, ctypes.c_int]),
        "rocksdb_list_column_families": (pointer, [pointer, text, pointer, pointer]),
        "rocksdb_open_column_families": (pointer, [pointer, text, ctypes.c_int, pointer, pointer, pointer, pointer]),
        "rocksdb_close": (None, [pointer]),
        "rocksdb_column_family_handle_destroy": (None, [pointer]),
        "rocksdb_create_iterator_cf": (pointer, [pointer, pointer, pointer]),
        "rocksdb_iter_destroy": (None, [pointer]),
        "rocksdb_iter_seek_to_first": (None, [pointer]),
        "rocksdb_iter_valid": (ctypes.c_ubyte, [pointer]),
        "rocksdb_iter_next": (None, [pointer]),
        "rocksdb_iter_key": (pointer, [pointer, pointer]),
        "rocksdb_iter_value": (pointer, [pointer, pointer]),
        "rocksdb_put_cf": (None, [pointer, pointer, pointer, text, size, text, size, pointer]),
        "rocksdb_delete_cf": (None, [pointer, pointer, pointer, text, size, pointer]),
        "rocksdb_flush_cf": (None, [pointer, pointer, pointer, pointer]),
        "rocksdb_flushoptions_create": (pointer, []),
    }
    for function, (result, arguments) in signatures.items():
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return library


def _call(name, *arguments):
    """With the error as the last argument."""
    failure = ctypes.c_char_p()
    result = getattr(_library(), name)(*arguments, ctypes.byref(failure))
    if failure.value:
        raise OSError(f"{name}: {failure.value.decode(errors='replace')}")
    return result


class Store:
    """A RocksDB that is open, all column families."""

    def __init__(self, folder):
        library = _library()
        options = library.rocksdb_options_create()
        library.rocksdb_options_set_info_log_level(options, 3)  # errors
        count = ctypes.c_size_t()
        place = str(folder).encode()
        listed = _call("rocksdb_list_column_families", options, place, ctypes.byref(count))
        names = ctypes.cast(listed, ctypes.POINTER(ctypes.c_char_p))[:count.value]
        handles = (ctypes.c_void_p * len(names))()
        self.store = _call("rocksdb_open_column_families", options, place, len(names),
                           (ctypes.c_char_p * len(names))(*names), (ctypes.c_void_p * len(names))(*[options] * len(names)),
                           handles)
        self.families = dict(zip(names, handles))
        self.write = library.rocksdb_writeoptions_create()
        library.rocksdb_writeoptions_set_sync(self.write, 1)
        self.read = library.rocksdb_readoptions_create()

    def rows(self, family):
        library = _library()
        iterator = library.rocksdb_create_iterator_cf(self.store, self.read, self.families[family])
        library.rocksdb_iter_seek_to_first(iterator)
        size = ctypes.c_size_t()
        while library.rocksdb_iter_valid(iterator):
            key = ctypes.string_at(library.rocksdb_iter_key(iterator, ctypes.byref(size)), size.value)
            value = ctypes.string_at(library.rocksdb_iter_value(iterator, ctypes.byref(size)), size.value)
            yield key, value
            library.rocksdb_iter_next(iterator)
        library.rocksdb_iter_destroy(iterator)

    def put(self, family, key, value):
        _call("rocksdb_put_cf", self.store, self.write, self.families[family], key, len(key), value, len(value))

    def delete(self, family, key):
        _call("rocksdb_delete_cf", self.store, self.write, self.families[family], key, len(key))

    def flush(self):
        """Everything into sorted files."""
        options = _library().rocksdb_flushoptions_create()
        for handle in self.families.values():
            _call("rocksdb_flush_cf", self.store, options, handle)

    def close(self):
        for handle in self.families.values():
            _library().rocksdb_column_family_handle_destroy(handle)
        _library().rocksdb_close(self.store)


@contextlib.contextmanager
def opened(folder):
    store = Store(folder)
    try:
        yield store
    finally:
        store.close()


def _family(partition):
    return b"partition-%d" % partition


def read(ledger_folder, partition):
    """{position: value}."""
    found = {}
    with opened(ledger_folder / "log") as store:
        for key, frame in store.rows(_family(partition)):
            first, = struct.unpack(">Q", key)
            count, = struct.unpack_from("<I", frame)
            sizes = struct.unpack_from(f"<{count}I", frame, 4)
            place = _padded(4 + 4 * count)
            for number, size in enumerate(sizes):
                found[first + number] = frame[place:place + size]
                place += _padded(size)
    return found


def append(ledger_folder, partition, values):
    """Behind the last record; the position of the first."""
    first = max(read(ledger_folder, partition), default=-1) + 1
    frame = struct.pack(f"<{len(values) + 1}I", len(values), *map(len, values))
    frame += bytes(_padded(len(frame)) - len(frame))
    for value in values:
        frame += value + bytes(_padded(len(value)) - len(value))
    with opened(ledger_folder / "log") as store:
        store.put(_family(partition), struct.pack(">Q", first), frame)
    return first


def _padded(size):
    return (size + 7) // 8 * 8
