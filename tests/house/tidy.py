#!/usr/bin/env python3
"""clang-tidy over every source file of ours; any finding is an error.

tidy.py BUILD_DIR [TEXT]   only files whose path holds TEXT

A file whose preprocessed text, settings and clang-tidy are those of its last clean run is not looked at again: the stamps
lie in BUILD_DIR/tidy. The first run over everything takes minutes of two cores, the next ones a minute.

The commands are those of a configuration of its own, BUILD_DIR/tidy/commands, without precompiled headers and unity builds:
each file with the headers that it includes itself and no other.

Nearly all of clang-tidy's time goes into headers that are not ours, so files of one target are read together, in one
translation unit. Those that define the same name in an anonymous namespace are kept apart; where a unit doesn't compile
for all that, its halves are looked at.
"""
import concurrent.futures
import hashlib
import json
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OURS = ("events", "aggregates", "projections", "consumers", "tools")
BATCH_MAX = 24


def preprocessed(entry):
    words, keep, skip = shlex.split(entry["command"]), [], False
    for word in words:
        if skip or word == "-c":
            skip = False
        elif word == "-o":
            skip = True
        else:
            keep.append(word)
    done = subprocess.run(keep + ["-E"], cwd=entry["directory"], capture_output=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return done.stdout


def options(entry):
    """The compile command without what is the file's own."""
    words = shlex.split(entry["command"])
    at = words.index("-o")
    return tuple(word for i, word in enumerate(words) if i not in (at, at + 1) and word not in ("-c", entry["file"]))


def private_names(path):
    """What a file defines in its anonymous namespace, and a little more."""
    names, inside = set(), False
    for line in path.read_text().splitlines():
        if line == "namespace {":
            inside = True
        elif line.startswith("}  // namespace"):
            inside = False
        elif inside and line and line[0] not in " /}#":
            names.update(re.findall(r"(?:struct|class|enum|using)\s+(?:class\s+)?(\w+)", line))
            names.update(re.findall(r"(\w+)\s*(?:\(|=|\{|\[|;)", line)[:1])
    return names


class Batch:
    def __init__(self, entry):
        self.options, self.entries, self.names = options(entry), [], set()

    def takes(self, entry, names):
        return self.options == options(entry) and len(self.entries) < BATCH_MAX and not self.names & names

    def add(self, entry, names):
        self.entries.append(entry)
        self.names |= names


def batches(entries):
    found = []
    for entry in entries:
        names = private_names(pathlib.Path(entry["file"]))
        batch = next((each for each in found if each.takes(entry, names)), None)
        if batch is None:
            batch = Batch(entry)
            found.append(batch)
        batch.add(entry, names)
    return sorted(found, key=lambda each: -len(each.entries))


def run(build, file, words, directory):
    """What clang-tidy says of one translation unit."""
    place = build / "tidy" / hashlib.sha256(str(file).encode()).hexdigest()[:16]
    place.mkdir(exist_ok=True)
    (place / "compile_commands.json").write_text(
        json.dumps([{"directory": directory, "file": str(file), "arguments": [*words, "-c", str(file)]}]))
    done = subprocess.run(["clang-tidy", "-quiet", "-p", str(place), "-config-file", str(ROOT / ".clang-tidy"), str(file)],
                          capture_output=True, text=True)
    clean = done.returncode == 0 and "warning:" not in done.stdout
    return "" if clean else done.stdout + done.stderr


def check(entries, build):
    """What clang-tidy says of files of one target; those that are clean are stamped."""
    words, file = options(entries[0]), entries[0]["file"]
    if len(entries) > 1:
        # What one file calls by a name, another may declare: g++ has warned of it where it is within one file.
        words = (*words, "-Wno-shadow")
        file = build / "tidy" / (hashlib.sha256(repr([e["file"] for e in entries]).encode()).hexdigest()[:16] + ".cc")
        file.write_text("".join(f'#include "{e["file"]}"  // NOLINT(bugprone-suspicious-include)\n' for e in entries))
    said = run(build, file, words, entries[0]["directory"])
    if said and len(entries) > 1:
        # To say which file it is, or because together they don't compile.
        half = len(entries) // 2
        return check(entries[:half], build) + check(entries[half:], build)
    if not said:
        for entry in entries:
            entry["stamp"].touch()
    return said


def commands_of(build):
    place = build / "tidy" / "commands"
    made = [["cmake", "-S", str(ROOT), "-B", str(place), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DLEDGER_MUTANTS=ON",
             "-DBUILD_TESTING=OFF"],
            ["cmake", "--build", str(place), "--target", "ledger_schema_code", "ledger_refusals_code",
             "ledger_screen_words_code"]]
    for command in made:
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"tidy: {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    commands = json.loads((place / "compile_commands.json").read_text())
    for entry in commands:  # without an option that clang doesn't know
        entry["command"] = re.sub(r" -Wno-(restrict|maybe-uninitialized|stringop-overflow|subobject-linkage)", "", entry["command"])
    return commands


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1]).resolve()
    text = sys.argv[2] if len(sys.argv) == 3 else ""
    (build / "tidy").mkdir(parents=True, exist_ok=True)
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout
    settings = version + (ROOT / ".clang-tidy").read_bytes()
    commands = commands_of(build)
    entries = {}
    for entry in commands:
        path = pathlib.Path(entry["file"])
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OURS and text in str(path):
            entries[entry["file"]] = entry
    if not entries:
        sys.exit(f"tidy: no source file of ours has {text!r} in its path")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for entry, text in zip(entries.values(), pool.map(preprocessed, entries.values())):
            entry["stamp"] = build / "tidy" / hashlib.sha256(settings + text).hexdigest()
        changed = [entry for entry in entries.values() if not entry["stamp"].exists()]
        found = 0
        for said in pool.map(lambda batch: check(batch.entries, build), batches(changed)):
            if said:
                found += 1
                print(said, flush=True)
    if found:
        sys.exit("tidy: the findings stand above")
    print(f"tidy: nothing found in {len(entries)} files, of which {len(changed)} were looked at")


main()
