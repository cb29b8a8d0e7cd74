#!/usr/bin/env python3
"""clang-tidy over every source file of ours; any finding is an error.

tidy.py BUILD_DIR [TEXT]   only files whose path holds TEXT

A file whose preprocessed text, settings and clang-tidy are those of its last clean run is not looked at again: the stamps
lie in BUILD_DIR/tidy. The first run over everything takes about ten minutes of two cores, the next ones a minute.
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


def check(entry, build, settings):
    """What clang-tidy says of one file, or nothing when it is clean."""
    digest = hashlib.sha256(settings + preprocessed(entry)).hexdigest()
    stamp = build / "tidy" / digest
    if stamp.exists():
        return ""
    done = subprocess.run(["clang-tidy", "-quiet", "-p", str(build / "tidy"), entry["file"]], capture_output=True,
                          text=True)
    if done.returncode == 0 and "warning:" not in done.stdout:
        stamp.touch()
        return ""
    return done.stdout + done.stderr


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1]).resolve()
    text = sys.argv[2] if len(sys.argv) == 3 else ""
    (build / "tidy").mkdir(exist_ok=True)
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout
    # A .clang-tidy of a subfolder counts too.
    settings = version + b"".join(p.read_bytes() for p in sorted(ROOT.glob("**/.clang-tidy")) if build not in p.parents)
    # Each file with the headers that it includes itself and no other, and without an option that clang doesn't know.
    commands = json.loads((build / "compile_commands.json").read_text())
    for entry in commands:
        entry["command"] = re.sub(r" -Winvalid-pch -include \S+| -Wno-restrict", "", entry["command"])
    (build / "tidy" / "compile_commands.json").write_text(json.dumps(commands))
    entries = {}
    for entry in commands:
        path = pathlib.Path(entry["file"])
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OURS and text in str(path):
            entries[entry["file"]] = entry
    if not entries:
        sys.exit(f"tidy: no source file of ours in {build}/compile_commands.json; build first: tools/dev/build dev")
    found = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for said in pool.map(lambda e: check(e, build, settings), entries.values()):
            if said:
                found += 1
                print(said, flush=True)
    if found:
        sys.exit(f"tidy: {found} of {len(entries)} files have findings")
    print(f"tidy: nothing found in {len(entries)} files")


main()
