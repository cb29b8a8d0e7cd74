#!/usr/bin/env python3
"""Puts every mutant of a folder into copies of the sources that they change, each behind a switch of its own.

    apply_mutants.py SOURCES MUTANTS OUT

SOURCES is the project's folder. MUTANTS holds a file NAME.mutant for each bug: a sentence that tells what is wrong with it, then
changes, each of a line `@@ PATH`, the text that is replaced, a line `=>`, and the text that it is replaced with, in which MUTANT
stands for "this one is switched on". The text must occur in the file exactly once; mutants are put in one after the other, by
name, so a later one meets what an earlier one has left. OUT becomes a tree of the changed files, and of mutant_names.h with a
constant for each. A mutant that doesn't apply ends this with 1 and a sentence that names it.
"""

import pathlib
import re
import sys

NAMES_HEADER = "mutant_names.h"
NAMES_SOURCE = "events/mutant.cc"
LAST_NAME = '    "misjudges_one",\n'
FIRST_NUMBER = 2  # behind none and misjudges_one


class Unfit(Exception):
    pass


def changes_of(mutant):
    """[(path, text, instead)] of one file."""
    changes = []
    for part in re.split(r"^@@ ", mutant.read_text(encoding="utf-8"), flags=re.M)[1:]:
        path, _, rest = part.partition("\n")
        text, arrow, instead = rest.partition("\n=>\n")
        if not arrow:
            raise Unfit(f"{mutant}: the change of {path} has no line '=>'")
        changes.append((path.strip(), text, instead.rstrip("\n")))
    if not changes:
        raise Unfit(f"{mutant}: there is no change in it")
    return changes


def mutate(sources, mutants):
    """{path: text} of the changed files."""
    copies = {}
    for mutant in mutants:
        for path, text, instead in changes_of(mutant):
            if path not in copies:
                if not (sources / path).is_file():
                    raise Unfit(f"{mutant}: there is no {path} to change")
                copies[path] = f'#include "{NAMES_HEADER}"\n' + (sources / path).read_text(encoding="utf-8")
            found = copies[path].count(text)
            if found != 1:
                raise Unfit(f"{mutant}: what it changes in {path} stands there {found} times, and has to once:\n{text}")
            switch = f"LEDGER_MUTANT({mutant.stem})"
            copies[path] = copies[path].replace(text, re.sub(r"\bMUTANT\b", switch, instead))
    return copies


def names_source(text, names):
    if text.count(LAST_NAME) != 1:
        raise Unfit(f"{NAMES_SOURCE}: the name behind which those of the mutants belong is not there")
    return text.replace(LAST_NAME, LAST_NAME + "".join(f'    "{name}",\n' for name in names))


def names_header(names):
    lines = ["// Made by apply_mutants.py.", "#pragma once", "", '#include "events/mutant.h"', "", "namespace ledger::mutants {", ""]
    lines += [f"inline constexpr Mutant {name}{{{number}}};" for number, name in enumerate(names, FIRST_NUMBER)]
    return "\n".join([*lines, "", "}  // namespace ledger::mutants", ""])


def write(path, text):
    """Leaves a file alone that is so already, so that nothing is compiled again for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def main():
    sources, folder, out = (pathlib.Path(argument) for argument in sys.argv[1:])
    mutants = sorted(folder.glob("*.mutant"))
    names = [mutant.stem for mutant in mutants]
    try:
        copies = mutate(sources, mutants)
        copies[NAMES_SOURCE] = names_source((sources / NAMES_SOURCE).read_text(encoding="utf-8"), names)
    except Unfit as unfit:
        sys.exit(str(unfit))
    for path, text in copies.items():
        write(out / path, text)
    write(out / NAMES_HEADER, names_header(names))


if __name__ == "__main__":
    main()
