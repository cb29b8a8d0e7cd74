#!/usr/bin/env python3
"""README.md's tour prints what README.md shows.

tour_test.py            the test
tour_test.py --write    writes what the commands print now into README.md: read the difference

Blocks marked ```console hold commands after "$ " and what they print. All run in one shell, from the project's folder.
"…" in the README stands for what differs from run to run.
"""

import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import unittest

import benefits as tool

README = tool.ROOT / "README.md"
PLACE = "/tmp/tour"
MARK = "--- tour ---"


def blocks(text):
    return [match.span(1) for match in re.finditer(r"^```console\n(.*?)^```$", text, re.M | re.S)]


def steps(block):
    """(command, what it shows) of a block."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return [(command, "\n".join(shown)) for command, shown in found]


def run_all(commands):
    """What each prints, in one shell; as if the place were PLACE."""
    place = f"/tmp/t{random.randint(0, 999):03}"  # as long as PLACE: tables depend on it
    while os.path.exists(place):
        place = f"/tmp/t{random.randint(0, 999):03}"
    build = pathlib.Path(tool.BINARY).resolve().parent
    script = "".join(f"{command}\necho '{MARK}'\n" for command in commands)
    script = script.replace(PLACE, place).replace("$PWD/build/release", str(build))
    try:
        done = subprocess.run(["bash"], input=script, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              cwd=tool.ROOT, env=tool.environment(), timeout=300, check=False)
    finally:
        for each in pathlib.Path("/tmp").glob(pathlib.Path(place).name + "*"):
            if each.name == pathlib.Path(place).name or each.name.startswith(pathlib.Path(place).name + "."):
                shutil.rmtree(each) if each.is_dir() else each.unlink()
    said = done.stdout.replace(place, PLACE).split(MARK + "\n")
    assert len(said) == len(commands) + 1, done.stdout
    return [text.rstrip("\n") for text in said[:-1]]


def fits(shown, printed):
    pattern = ".*?".join(re.escape(part) for part in shown.split("…"))
    return re.fullmatch(pattern, printed) is not None


def plain(text):
    return "\n".join(line.rstrip() for line in text.splitlines())


class TourTest(unittest.TestCase):
    maxDiff = None

    def test_every_command_prints_what_the_readme_shows(self):
        text = README.read_text(encoding="utf-8")
        all_steps = [step for begin, end in blocks(text) for step in steps(text[begin:end])]
        self.assertGreater(len(all_steps), 10)
        printed = run_all([command for command, _ in all_steps])
        for (command, shown), said in zip(all_steps, printed):
            with self.subTest(command):
                if not fits(shown, plain(said)):
                    self.assertEqual(shown, plain(said))


def write():
    text = README.read_text(encoding="utf-8")
    places = blocks(text)
    every = [steps(text[begin:end]) for begin, end in places]
    printed = iter(run_all([command for block in every for command, _ in block]))
    for (begin, end), block in reversed(list(zip(places, [[(*step, next(printed)) for step in b] for b in every]))):
        lines = ""
        for command, shown, said in block:
            said = shown if fits(shown, plain(said)) else plain(said)
            lines += f"$ {command}\n" + (said + "\n" if said else "")
        text = text[:begin] + lines + text[end:]
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write() if sys.argv[1:] == ["--write"] else unittest.main()
