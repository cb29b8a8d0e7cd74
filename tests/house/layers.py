#!/usr/bin/env python3
"""The house: a folder includes only folders named before it, library headers and a room's inner headers stay in their rooms,
also through the headers of ours that a file includes, and files stay small.

Run from anywhere; exits 1 and names each place that breaks a rule.
"""
import pathlib
import re
import sys

ORDER = ["events", "aggregates", "projections", "consumers", "tools", "tests"]
# header prefix -> folders that may include it
ROOMS = {
    "librdkafka/": ["events/log/kafka", "tests/events/log", "tools/bench"],
    "rocksdb/": ["events/store", "tests", "tools/bench"],
    "simdjson": ["events/json"],
    "openssl/": ["events"],
}
# Rooms with doors: what others include of them, and get to see through it, is these headers.
DOORS = {
    "events/log/embedded": ["create_embedded.h", "embedded_key_store.h", "embedded_log.h"],
    "events/store": ["disk_failure.h", "open_failure.h", "store.h", "unwritable.h", "wal_tail.h"],
    "events/log/kafka": ["abandoned.h", "kafka_create.h", "kafka_key_store.h", "kafka_log.h", "kafka_options.h"],
}
# Tests of a room's inside, which see it.
INSIDE_TESTS = "tests/events/log"
# Rooms of a folder that include only those named before them; what stands beside the rooms may include all of them.
INNER_ROOMS = {
    "tools/benefits": ["cli", "asking", "screens", "submitting", "questions", "operating", "generate"],
}
LINES_MAX = 500
TOP_LEVEL = {"events", "aggregates", "projections", "consumers", "tools", "tests", "docs", "CMakeLists.txt",
             "CMakePresets.json", "README.md", ".ci", ".git", ".gitignore", ".clang-format", ".clang-tidy", "build"}
SOURCE = {".h", ".cc"}
COUNTED = SOURCE | {".fbs", ".py", ".sh", ".cmake", ".pml"}


def complaints(root):
    house = House(root)
    for entry in sorted(root.iterdir()):
        if entry.name not in TOP_LEVEL:
            yield f"{entry.name}: no such thing belongs at the top level"
    for folder in ORDER:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield from of_file(house, folder, path)


class House:
    """Who includes what."""

    def __init__(self, root):
        self.root = root
        self.known = {}

    def includes(self, name):
        """Line and header of each include of a file; nothing for a header that is not ours."""
        if name not in self.known:
            path = self.root / name
            lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
            found = [(number, re.match(r'\s*#\s*include\s+[<"]([^>"]+)[>"]', line)) for number, line in enumerate(lines, 1)]
            self.known[name] = [(number, include.group(1)) for number, include in found if include]
        return self.known[name]

    def chains(self, name):
        """Everything that a file gets to see with a header, each with the headers on the shortest way to it."""
        seen, queue = {name: [name]}, [name]
        for header in queue:
            for _, further in self.includes(header):
                if further not in seen:
                    seen[further] = seen[header] + [further]
                    queue.append(further)
        return seen


def of_file(house, folder, path):
    name = path.relative_to(house.root).as_posix()
    if path.suffix not in COUNTED:
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    if len(lines) > LINES_MAX:
        yield f"{name}: {len(lines)} lines, {LINES_MAX} is the most: split it by concept"
    if path.suffix not in SOURCE:
        return
    if path.suffix == ".h" and "#pragma once" not in lines:
        yield f"{name}: a header without #pragma once"
    for number, header in house.includes(name):
        yield from of_include(name, folder, number, header)
        yield from of_chains(house, name, number, header)


def of_include(name, folder, number, header):
    first = header.split("/")[0]
    if first in ORDER and ORDER.index(first) > ORDER.index(folder):
        yield f"{name}:{number}: {folder} must not include {first}"
    yield from of_room(name, number, header)
    for rooms in rooms_closed_to(name, header):
        yield f"{name}:{number}: {header} belongs in {', '.join(rooms)} only"
    room = inner_room_of(name, header)
    if room:
        yield f"{name}:{number}: {header} is inside {room}, whose doors are {', '.join(DOORS[room])}"


def rooms_closed_to(name, header):
    """Where a library's header belongs, if this file is in none of those places."""
    for prefix, rooms in ROOMS.items():
        if header.startswith(prefix) and not any(name.startswith(room + "/") for room in rooms):
            yield rooms


def inner_room_of(name, header):
    """The room whose inner header this is, if the file stands outside."""
    for room, doors in DOORS.items():
        if header.startswith(room + "/") and header.removeprefix(room + "/") not in doors:
            if not name.startswith((room + "/", INSIDE_TESTS + "/")):
                return room
    return None


def of_chains(house, name, number, header):
    """What the file sees through a header. It is told where the way leaves the place that may see it, and nowhere else."""
    for further, chain in house.chains(header).items():
        if len(chain) == 1:
            continue
        through = " > ".join(chain[:-1])
        before = chain[-2]
        for rooms in rooms_closed_to(name, further):
            if not list(rooms_closed_to(header, further)):
                yield f"{name}:{number}: {further} belongs in {', '.join(rooms)} only, and comes through {through}"
        room = inner_room_of(name, further)
        if room and header.startswith(room + "/") and not inner_room_of(name, before):
            yield f"{name}:{number}: {further} is inside {room}, and comes through {through}"


def of_room(name, number, header):
    for folder, rooms in INNER_ROOMS.items():
        own, other = room_in(folder, name), room_in(folder, header)
        if own in rooms and other in rooms and rooms.index(other) > rooms.index(own):
            yield f"{name}:{number}: {folder}/{own} must not include {folder}/{other}"


def room_in(folder, path):
    """The room of the folder that a file stands in; empty: none."""
    inner = path.removeprefix(folder + "/")
    return inner.split("/")[0] if inner != path and "/" in inner else ""


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
    found = list(complaints(root))
    for complaint in found:
        print(complaint)
    print(f"{len(found)} broken rules of the house" if found else "the house is in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
