"""Records: which bytes are one, and what it is.

A record is a FlatBuffer of events/schema/record.fbs with the file identifier "BLR1", of a known kind, at most 64 KiB
long. An entry's body is a FlatBuffer within it, at a multiple of 8 bytes. Anything else is poison, and void.
"""

import pathlib

import fbs
import flatbuffer

RECORD_BYTES_MAX = 64 * 1024
SCHEMA_FOLDER = pathlib.Path(__file__).resolve().parents[3] / "events" / "schema"


class Record:
    """`kind` is Genesis, WriterOpened, Checkpoint, WriterClosed or Entry; None for poison, and `why` says why. `view`
    is the table of that name. Of an entry, `event` is the number of its event's type, and `event_name` its name, None
    when the schema has none of that number."""

    __slots__ = ("kind", "view", "why", "event", "event_name")

    def __init__(self, kind, view, why=None, event=0, event_name=None):
        self.kind, self.view, self.why, self.event, self.event_name = kind, view, why, event, event_name


class Reader:
    """Of records, by the schema of a folder."""

    def __init__(self, folder=SCHEMA_FOLDER):
        schema = fbs.Schema(pathlib.Path(folder) / "record.fbs")
        self._table, self._identifier = schema.tables["Record"], schema.identifier
        self._events = schema.unions["Event"].members

    def read(self, data):
        if len(data) > RECORD_BYTES_MAX:
            return Record(None, None, "longer than a record may be")
        try:
            view = flatbuffer.check_buffer(data, self._table, self._identifier)["record"]
        except flatbuffer.Broken as broken:
            return Record(None, None, str(broken))
        if view is None:
            return Record(None, None, "of a kind that the schema doesn't name")
        kind = view.name()
        if kind != "Entry":
            return Record(kind, view)
        event = view["body"]["event_type"]
        return Record(kind, view, None, event, self._events[event].name if event in self._events else None)


def hex_of(words):
    """An Id128 or a Hash256 as the ledger writes it: hex digits, most significant word first."""
    return "".join(f"{word:016x}" for word in words)
