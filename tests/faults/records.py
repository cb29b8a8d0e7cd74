"""Records made by hand of records that stand in a log: the same bytes with one field changed.

A record is a FlatBuffer (events/schema/record.fbs), and a scalar can be changed in place. Where it lies is told by the
tables' vtables (https://flatbuffers.dev/flatbuffers_internals.html); the numbers below are ids of the schema.
"""

import struct

GENESIS, CLAIM, CHECKPOINT, CLOSE, ENTRY = range(1, 6)  # RecordKind
KIND, RECORD = 0, 1  # of Record
EPOCH, WRITER = 0, 1  # of all but genesis
SEQ = 2  # of a checkpoint and an entry
VERSION, TIME, BODY = 4, 5, 16  # of an entry
EVENT_TYPE = 0  # of Body
LAYOUT = {EPOCH: "<Q", SEQ: "<Q", VERSION: "<Q", TIME: "<q"}


def _field(content, table, number):
    """Where the field lies; None when it is absent."""
    vtable = table - struct.unpack_from("<i", content, table)[0]
    size, = struct.unpack_from("<H", content, vtable)
    place = 4 + 2 * number
    offset = struct.unpack_from("<H", content, vtable + place)[0] if place < size else 0
    return table + offset if offset else None


def _follow(content, place):
    return place + struct.unpack_from("<I", content, place)[0]


def _table(content):
    """Of what the record holds."""
    return _follow(content, _field(content, _follow(content, 0), RECORD))


def kind_of(content):
    return content[_field(content, _follow(content, 0), KIND)]


def has(content, field):
    """A scalar of its default value is absent."""
    return _field(content, _table(content), field) is not None


def value_of(content, field):
    place = _field(content, _table(content), field)
    return struct.unpack_from(LAYOUT[field], content, place)[0] if place else 0


def with_value(content, field, value):
    changed = bytearray(content)
    place = _field(content, _table(content), field)
    if place is None:
        raise ValueError(f"field {field} is absent")
    struct.pack_into(LAYOUT[field], changed, place, value)
    return bytes(changed)


def with_writer(content, writer):
    """`writer` is 16 bytes."""
    changed = bytearray(content)
    place = _field(content, _table(content), WRITER)
    changed[place:place + 16] = writer
    return bytes(changed)


def writer_of(content):
    place = _field(content, _table(content), WRITER)
    return content[place:place + 16]


def with_event_type(content, number):
    """An entry whose event is of another type."""
    changed = bytearray(content)
    body = _follow(content, _field(content, _table(content), BODY)) + 4  # behind the vector's length
    inner = content[body:]
    changed[body + _field(inner, _follow(inner, 0), EVENT_TYPE)] = number
    return bytes(changed)
