#!/usr/bin/env python3
"""The house: a folder includes only folders named before it, library headers stay in their rooms, files stay small.

Run from anywhere; exits 1 and names each place that breaks a rule.
"""
import pathlib
import re
import sys

ORDER = ["events", "aggregates", "projections", "consumers", "tools", "tests"]
# header prefix -> folders that may include it
ROOMS = {
    "librdkafka/": ["events/log/kafka", "tests/events/log", "tools/bench"],
    "rocksdb/": ["events/log/embedded", "projections", "tests", "tools/bench"],
    "simdjson": ["events/json"],
    "openssl/": ["events"],
}
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
    for entry in sorted(root.iterdir()):
        if entry.name not in TOP_LEVEL:
            yield f"{entry.name}: no such thing belongs at the top level"
    for folder in ORDER:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield from of_file(root, folder, path)


def of_file(root, folder, path):
    name = path.relative_to(root).as_posix()
    if path.suffix not in COUNTED:
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    if len(lines) > LINES_MAX:
        yield f"{name}: {len(lines)} lines, {LINES_MAX} is the most: split it by concept"
    if path.suffix not in SOURCE:
        return
    if path.suffix == ".h" and "#pragma once" not in lines:
        yield f"{name}: a header without #pragma once"
    for number, line in enumerate(lines, 1):
        include = re.match(r'\s*#\s*include\s+[<"]([^>"]+)[>"]', line)
        if include:
            yield from of_include(name, folder, number, include.group(1))


def of_include(name, folder, number, header):
    first = header.split("/")[0]
    if first in ORDER and ORDER.index(first) > ORDER.index(folder):
        yield f"{name}:{number}: {folder} must not include {first}"
    yield from of_room(name, number, header)
    for prefix, rooms in ROOMS.items():
        if header.startswith(prefix) and not any(name.startswith(room + "/") for room in rooms):
            yield f"{name}:{number}: {header} belongs in {', '.join(rooms)} only"


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
