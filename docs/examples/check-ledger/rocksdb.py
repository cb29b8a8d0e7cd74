"""As much of RocksDB as it takes to read a database that may be in use: its C API (rocksdb/c.h) through ctypes.

Opened for reading only, nothing in its folder is written and no lock is taken: what is read is the database as it was
when it was opened. librocksdb is Debian's librocksdb7.8 or librocksdb9.10, which `benefits` runs on too.
"""

import contextlib
import ctypes
import ctypes.util
import functools
import glob
import os

# As events/store/tuning.cc opens it: what was synced behind a damaged record isn't forgotten, and a
# write-ahead log that is gone is missed. Debian's RocksDB 7.8 ends the process if the last isn't set as it was.
_OPTIONS = (b"paranoid_checks=true;wal_recovery_mode=kTolerateCorruptedTailRecords;"
            b"track_and_verify_wals_in_manifest=true")
_POINTER, _TEXT, _SIZE, _INT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int
_SIZE_OUT, _ERROR_OUT = ctypes.POINTER(ctypes.c_size_t), ctypes.POINTER(ctypes.c_void_p)
# name -> (what it gives, what it takes)
_FUNCTIONS = {
    "free": (None, [_POINTER]),
    "options_create": (_POINTER, []),
    "options_destroy": (None, [_POINTER]),
    "get_options_from_string": (None, [_POINTER, _TEXT, _POINTER, _ERROR_OUT]),
    "list_column_families": (ctypes.POINTER(_TEXT), [_POINTER, _TEXT, _SIZE_OUT, _ERROR_OUT]),
    "list_column_families_destroy": (None, [ctypes.POINTER(_TEXT), _SIZE]),
    "open_for_read_only_column_families": (_POINTER, [_POINTER, _TEXT, _INT, ctypes.POINTER(_TEXT),
                                                      ctypes.POINTER(_POINTER), ctypes.POINTER(_POINTER),
                                                      ctypes.c_ubyte, _ERROR_OUT]),
    "column_family_handle_destroy": (None, [_POINTER]),
    "close": (None, [_POINTER]),
    "readoptions_create": (_POINTER, []),
    "readoptions_destroy": (None, [_POINTER]),
    "create_iterator_cf": (_POINTER, [_POINTER, _POINTER, _POINTER]),
    "iter_seek_to_first": (None, [_POINTER]),
    "iter_valid": (ctypes.c_ubyte, [_POINTER]),
    "iter_next": (None, [_POINTER]),
    "iter_key": (_POINTER, [_POINTER, _SIZE_OUT]),
    "iter_value": (_POINTER, [_POINTER, _SIZE_OUT]),
    "iter_get_error": (None, [_POINTER, _ERROR_OUT]),
    "iter_destroy": (None, [_POINTER]),
}


class Missing(Exception):
    """The library isn't here."""


class Failed(Exception):
    """What RocksDB says."""


@functools.cache
def library():
    """The library, its functions declared. Raises Missing."""
    places = [ctypes.util.find_library("rocksdb"), *sorted(glob.glob("/usr/lib/*/librocksdb.so*"), reverse=True)]
    for place in filter(None, places):
        with contextlib.suppress(OSError):
            found = ctypes.CDLL(place)
            for name, (gives, takes) in _FUNCTIONS.items():
                declare(found, name, gives, takes)
            return found
    raise Missing("librocksdb is not here: install Debian's librocksdb7.8 or librocksdb9.10")


def declare(found, name, gives, takes):
    function = getattr(found, "rocksdb_" + name)
    function.restype, function.argtypes = gives, takes


def call(name, *arguments):
    """Calls what takes a char** for an error as its last argument. Raises Failed."""
    error = ctypes.c_void_p()
    answer = getattr(library(), "rocksdb_" + name)(*arguments, ctypes.byref(error))
    if error.value:
        text = ctypes.string_at(error.value).decode(errors="replace")
        library().rocksdb_free(error)
        raise Failed(text)
    return answer


class Database:
    """Open until close(). `families` are the names of its column families."""

    def __init__(self, folder, open_it="open_for_read_only_column_families", more=(0,)):
        rocks, place = library(), os.fsencode(folder)
        self._options = rocks.rocksdb_options_create()
        call("get_options_from_string", self._options, _OPTIONS, self._options)
        count = ctypes.c_size_t()
        listed = call("list_column_families", self._options, place, ctypes.byref(count))
        names = [listed[i] for i in range(count.value)]
        rocks.rocksdb_list_column_families_destroy(listed, count)
        number = len(names)
        handles = (_POINTER * number)()
        self._database = call(open_it, self._options, place, number, (_TEXT * number)(*names),
                              (_POINTER * number)(*[self._options] * number), handles, *more)
        self.families = {name.decode(): handle for name, handle in zip(names, handles)}

    def close(self):
        rocks = library()
        for handle in self.families.values():
            rocks.rocksdb_column_family_handle_destroy(handle)
        rocks.rocksdb_close(self._database)
        rocks.rocksdb_options_destroy(self._options)

    def rows(self, family):
        """(key, value) of a column family in the order of the keys. Raises Failed, also behind some rows."""
        rocks = library()
        how = rocks.rocksdb_readoptions_create()
        row = rocks.rocksdb_create_iterator_cf(self._database, how, self.families[family])
        try:
            size = ctypes.c_size_t()
            rocks.rocksdb_iter_seek_to_first(row)
            while rocks.rocksdb_iter_valid(row):
                key = ctypes.string_at(rocks.rocksdb_iter_key(row, ctypes.byref(size)), size.value)
                yield key, ctypes.string_at(rocks.rocksdb_iter_value(row, ctypes.byref(size)), size.value)
                rocks.rocksdb_iter_next(row)
            call("iter_get_error", row)
        finally:
            rocks.rocksdb_iter_destroy(row)
            rocks.rocksdb_readoptions_destroy(how)
