"""Reads .fbs files: which fields a table has, under which id, of which type.

As much of the language (https://flatbuffers.dev/schema/) as the ledger's schema uses: tables with an explicit id for
each field, structs of scalars, enums, unions of tables, attributes. Namespaces are passed over: there is one.
"""

import pathlib
import re
import struct

SCALARS = {"bool": "?", "byte": "b", "ubyte": "B", "short": "h", "ushort": "H", "int": "i", "uint": "I", "long": "q",
           "ulong": "Q", "float": "f", "double": "d"}
_TOKEN = re.compile(r'\s+|//[^\n]*|("(?:[^"\\]|\\.)*"|-?\d[\w.]*|\w+|.)', re.DOTALL)


class Field:
    """Of a table. `kind` is scalar, struct, string, vector, table, union or nested; `type` is what it is one of: a
    struct.Struct, a Struct, a Table, a Union, and for a vector its element as a field of no name. `sealed` is that
    attribute: bytes that begin with the id of the data key they were sealed under."""

    def __init__(self, name, kind, of=None, number=0, required=False, sealed=False):
        self.name, self.kind, self.type, self.number, self.required = name, kind, of, number, required
        self.sealed = sealed


class Struct:
    """Scalars in a row, each at a multiple of its size."""

    def __init__(self, codes):
        self.align = max(struct.calcsize(code) for code in codes)
        self.layout = struct.Struct("<" + "".join(codes))
        self.size = self.layout.size
        if any(struct.calcsize(code) != self.align for code in codes):
            raise ValueError("a struct of scalars of different sizes, which this reader doesn't lay out")


class Table:
    def __init__(self, name):
        self.name = name
        self.fields = []
        self.plans = {}  # the reader's: see flatbuffer.py


class Union:
    def __init__(self):
        self.members = {}  # number -> Table


class Schema:
    """What a file and the files it includes declare."""

    def __init__(self, path):
        self.structs, self.enums, self.tables, self.unions = {}, {}, {}, {}
        self._read = set()
        self._fields, self._members = [], []  # as written, until every name is known
        self.identifier = None
        self._file(pathlib.Path(path))
        for union, number, name in self._members:
            union.members[number] = self.tables[name]
        for table, name, written, attributes in self._fields:
            table.fields.extend(self._field(name, written, attributes))
        for table in self.tables.values():
            table.fields.sort(key=lambda field: field.number)

    def _file(self, path):
        if path.name in self._read:
            return
        self._read.add(path.name)
        tokens = [found for found in _TOKEN.findall(path.read_text(encoding="utf-8")) if found]
        words = _Words(tokens)
        while words.left():
            word = words.take()
            if word == "include":
                self._file(path.with_name(words.take().strip('"')))
                words.expect(";")
            elif word == "file_identifier":
                self.identifier = words.take().strip('"').encode()
                words.expect(";")
            elif word in ("table", "struct"):
                self._record(word, words)
            elif word == "enum":
                self._enum(words)
            elif word == "union":
                self._union(words)
            else:  # namespace, attribute, root_type: nothing the bytes depend on
                words.until(";")

    def _record(self, word, words):
        name = words.take()
        fields = []
        words.attributes()
        words.expect("{")
        while not words.took("}"):
            field = words.take()
            words.expect(":")
            written = "[" + words.take() + words.take() if words.took("[") else words.take()
            if words.took("="):
                words.take()
            fields.append((field, written, words.attributes()))
            words.expect(";")
        if word == "struct":
            self.structs[name] = Struct([SCALARS[written] for _, written, _ in fields])
        else:
            table = self.tables[name] = Table(name)
            self._fields += [(table, *field) for field in fields]

    def _enum(self, words):
        name = words.take()
        words.expect(":")
        self.enums[name] = SCALARS[words.take()]
        words.attributes()
        words.until("}")

    def _union(self, words):
        union = self.unions[words.take()] = Union()
        words.expect("{")
        number = 0
        while not words.took("}"):
            name = words.take()
            number = int(words.take()) if words.took("=") else number + 1
            self._members.append((union, number, name))
            words.took(",")

    def _field(self, name, written, attributes):
        """A union is two fields: its type stands under the id before its own."""
        number, required = int(attributes["id"]), "required" in attributes
        if "nested_flatbuffer" in attributes:
            return [Field(name, "nested", self.tables[attributes["nested_flatbuffer"].strip('"')], number, required)]
        kind, of = self._type(written)
        field = Field(name, kind, of, number, required, "sealed" in attributes)
        if kind != "union":
            return [field]
        return [Field(name + "_type", "scalar", struct.Struct("<B"), number - 1), field]

    def _type(self, written):
        if written.startswith("["):
            return "vector", Field("", *self._type(written.strip("[]")))
        if written == "string":
            return "string", None
        for kind, known in (("struct", self.structs), ("table", self.tables), ("union", self.unions)):
            if written in known:
                return kind, known[written]
        return "scalar", struct.Struct("<" + (SCALARS.get(written) or self.enums[written]))


class _Words:
    """The tokens of a file, one after the other."""

    def __init__(self, tokens):
        self._tokens, self._at = tokens, 0

    def left(self):
        return self._at < len(self._tokens)

    def take(self):
        self._at += 1
        return self._tokens[self._at - 1]

    def took(self, token):
        if self._tokens[self._at] != token:
            return False
        self._at += 1
        return True

    def expect(self, token):
        if not self.took(token):
            raise ValueError(f"{token!r} expected, {self._tokens[self._at]!r} found")

    def until(self, token):
        while self.take() != token:
            pass

    def attributes(self):
        found = {}
        if self.took("("):
            while not self.took(")"):
                name = self.take()
                found[name] = self.take() if self.took(":") else True
                self.took(",")
        return found
