"""A FlatBuffers reader that trusts nothing: every offset is checked before anything is read through it.

The format: https://flatbuffers.dev/internals/. All numbers are little-endian, all offsets count bytes. A buffer begins
with the offset of its root table (4, unsigned), then its file identifier (4). A table begins with the distance back to
its vtable (4, signed); a vtable holds its own size (2), the table's size (2), and for each field id where in the table
the field stands (2; 0: it is absent). Strings, vectors, tables and members of unions are offsets (4) to where they are;
a vector begins with its length (4), and a string ends with a zero byte that is not counted.

Which bytes are a record at all is part of the judge's verdict, so check_buffer() draws the line where the C++ verifier
of FlatBuffers 23.5 draws it: it looks at known fields only, also those of the events it knows, and at no text's UTF-8.
"""

import struct

DEPTH_MAX = 16      # tables within tables
TABLES_MAX = 4096   # in one buffer, however often one is reached
PLANS_MAX = 256     # remembered for a table
BUFFER_BYTES_MIN = 10

_U16 = struct.Struct("<H").unpack_from
_U32 = struct.Struct("<I").unpack_from
_I32 = struct.Struct("<i").unpack_from
_MOST = 2**31 - 1


class Broken(Exception):
    """Why bytes are no buffer of their schema."""


class Buffer:
    __slots__ = ("data", "size", "tables")

    def __init__(self, data):
        self.data, self.size, self.tables = data, len(data), 0

    def target(self, place, least=1):
        """Where the offset at a place leads, at which stands a number of 4 bytes at least."""
        offset, = _U32(self.data, place)
        at = place + offset
        if not least <= offset <= _MOST or at & 3 or at > self.size - 4:
            raise Broken(f"the offset at byte {place} leads to no place for anything")
        return at


class Plan:
    """What a vtable says about a table: where its fields are, and what has to be checked in each such table."""

    def __init__(self, table, vtable, remainder):
        self.places = {}  # name -> (offset in the table, field, how a scalar is read)
        self.checks = []
        self.end = 0      # of the fields
        self.fault = None
        for field in table.fields:
            slot = 4 + 2 * field.number
            offset = _U16(vtable, slot)[0] if slot < len(vtable) else 0
            if offset:
                self._add(field, offset, remainder)
            elif field.required:
                self.fault = f"{table.name} has no {field.name}"

    def _add(self, field, offset, remainder):
        size, align = 4, 4
        if field.kind == "scalar":
            size = align = field.type.size
        elif field.kind == "struct":
            size, align = field.type.size, field.type.align
        self.end = max(self.end, offset + size)
        if (remainder + offset) & (align - 1):
            self.fault = f"{field.name} is not aligned"
        self.places[field.name] = (offset, field, field.type.unpack_from if field.kind == "scalar" else None)
        if field.kind == "union":
            of_type = self.places.get(field.name + "_type")
            self.checks.append(_union_check(field.type, offset, of_type and of_type[0]))
        elif field.kind not in ("scalar", "struct"):
            self.checks.append(_check_of(field, offset))


def _plan(table, vtable, at):
    key = (vtable, at & 7)
    plan = table.plans.get(key)
    if plan is None:
        if len(table.plans) >= PLANS_MAX:
            table.plans.clear()
        plan = table.plans[key] = Plan(table, vtable, at & 7)
    return plan


def _check_table(buffer, table, at, depth):
    size = buffer.size
    vtable = at - _I32(buffer.data, at)[0]
    buffer.tables += 1
    if depth > DEPTH_MAX or buffer.tables > TABLES_MAX:
        raise Broken("too many tables")
    if vtable & 1 or not 0 <= vtable <= size - 2:
        raise Broken(f"the table at byte {at} has no vtable")
    end = vtable + _U16(buffer.data, vtable)[0]
    if end & 1 or end > size:
        raise Broken(f"the vtable at byte {vtable} is cut off")
    plan = _plan(table, buffer.data[vtable:end], at)
    if plan.fault:
        raise Broken(plan.fault)
    if plan.end > size - at:
        raise Broken(f"a field of the table at byte {at} is outside")
    for check in plan.checks:
        check(buffer, at, depth)


def _check_text(buffer, at):
    end = at + 4 + _U32(buffer.data, at)[0]
    if end >= buffer.size or buffer.data[end]:
        raise Broken(f"the text at byte {at} has no end")


def _check_vector(buffer, at, element):
    """How many elements it has."""
    count, = _U32(buffer.data, at)
    if count * element > buffer.size - at - 4:
        raise Broken(f"the vector at byte {at} is cut off")
    return count


def _check_of(field, offset):
    """What has to be checked where this field, which is an offset, stands."""
    if field.kind == "string":
        return lambda buffer, at, depth: _check_text(buffer, buffer.target(at + offset))
    if field.kind == "table":
        return lambda buffer, at, depth: _check_table(buffer, field.type, buffer.target(at + offset), depth + 1)
    if field.kind == "nested":
        return lambda buffer, at, depth: _check_nested(buffer, field.type, buffer.target(at + offset))
    element = field.type
    if element.kind in ("scalar", "struct"):
        return lambda buffer, at, depth: _check_vector(buffer, buffer.target(at + offset), element.type.size)
    return lambda buffer, at, depth: _check_offsets(buffer, element, buffer.target(at + offset), depth)


def _check_offsets(buffer, element, at, depth):
    for i in range(_check_vector(buffer, at, 4)):
        target = buffer.target(at + 4 + 4 * i, 0)
        if element.kind == "string":
            _check_text(buffer, target)
        else:
            _check_table(buffer, element.type, target, depth + 1)


def _union_check(union, offset, type_offset):
    def check(buffer, at, depth):
        member = union.members.get(buffer.data[at + type_offset] if type_offset else 0)
        if member:
            _check_table(buffer, member, buffer.target(at + offset), depth + 1)
        elif not 0 < _U32(buffer.data, at + offset)[0] < buffer.size - at - offset:  # all that is known of another one
            raise Broken("an event of an unknown type lies outside")
    return check


def _check_nested(buffer, table, at):
    size = _check_vector(buffer, at, 1)
    if at + 4 & 7:
        raise Broken("a nested buffer is not aligned to 8 bytes")
    check_buffer(buffer.data[at + 4:at + 4 + size], table)


def check_buffer(data, table, identifier=None):
    """The buffer's root table. Raises Broken."""
    buffer = Buffer(data)
    if buffer.size < BUFFER_BYTES_MIN:
        raise Broken("too short")
    if identifier and data[4:8] != identifier:
        raise Broken("another file identifier")
    at = buffer.target(0)
    _check_table(buffer, table, at, 1)
    return View(data, table, at)


class View:
    """A table of a checked buffer: view["seq"] is a field's value, None or 0 when it is absent."""

    __slots__ = ("_data", "_table", "_at", "_places")

    def __init__(self, data, table, at):
        vtable = at - _I32(data, at)[0]
        size, = _U16(data, vtable)
        self._data, self._table, self._at = data, table, at
        self._places = _plan(table, data[vtable:vtable + size], at).places

    def __getitem__(self, name):
        place = self._places.get(name)
        if place:
            offset, field, scalar = place
            return scalar(self._data, self._at + offset)[0] if scalar else self._value(field, self._at + offset)
        return 0 if next(field for field in self._table.fields if field.name == name).kind == "scalar" else None

    def name(self):
        return self._table.name

    def plain(self):
        """The table as dicts, lists, numbers, texts and bytes."""
        return {field.name: _plain(self[field.name]) for field in self._table.fields}

    def sealed(self):
        """The sealed texts of this table and of those in it."""
        for name, (_, field, _) in self._places.items():
            if field.sealed:
                yield self[name]
            elif field.kind in ("table", "union", "nested") or field.kind == "vector" and field.type.kind == "table":
                value = self[name]
                for each in value if isinstance(value, list) else [value] if value else []:
                    yield from each.sealed()

    def _value(self, field, at):
        """A scalar as a number, a struct as its numbers, a text, a vector as a list or bytes, a table as a View. A
        member of a union that the schema doesn't name is None."""
        if field.kind == "scalar":
            return field.type.unpack_from(self._data, at)[0]
        if field.kind == "struct":
            return field.type.layout.unpack_from(self._data, at)
        at += _U32(self._data, at)[0]
        if field.kind == "table":
            return View(self._data, field.type, at)
        if field.kind == "union":
            member = field.type.members.get(self[field.name + "_type"])
            return member and View(self._data, member, at)
        count, = _U32(self._data, at)
        if field.kind == "string":
            return self._data[at + 4:at + 4 + count].decode(errors="surrogateescape")
        if field.kind == "nested":
            nested = self._data[at + 4:at + 4 + count]
            return View(nested, field.type, _U32(nested, 0)[0])
        element = field.type
        size = element.type.size if element.kind in ("scalar", "struct") else 4
        if element.kind == "scalar" and size == 1:
            return self._data[at + 4:at + 4 + count]
        return [self._value(element, at + 4 + size * i) for i in range(count)]


def _plain(value):
    if isinstance(value, View):
        return value.plain()
    return [_plain(each) for each in value] if isinstance(value, list) else value
