#!/usr/bin/env python3
"""docs/model.md names only what exists: model names, files, functions, tests; and every mutant of the model has its row.
usage: page.py [page]"""
import functools
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLUMNS = ["rule", "in the model", "in the code", "test of the code", "left out"]
COLUMNS_OF_MODEL = ["rule", "in the model", "left out"]


@functools.cache
def text(path):
    return (ROOT / path).read_text()


def has_word(word, source):
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", source) is not None


@functools.cache
def joined_cases(path):
    """The names of its test cases; long ones stand on several lines."""
    cases = re.findall(r'TEST_CASE\(\s*((?:"[^"]*"\s*)+)', text(path))
    return {re.sub(r'"\s*"', "", case).strip().strip('"') for case in cases}


@functools.cache
def without_comments(source):
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", source, flags=re.S)


MODEL = without_comments("\n".join(path.read_text() for path in sorted((ROOT / "tests/model").glob("*.pml"))))
CHECK = text("tests/model/check")
ROWS = dict(reversed(row) for row in re.findall(r"^(holds|caught|reached|unreached|escapes|mutant) ([\w-]+)", CHECK, re.M))
SWITCHES = {path.stem for path in (ROOT / "tests/sim/mutants").glob("*.mutant")}
CTESTS = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("CMakeLists.txt"))


def model_name(word):
    return has_word(word, MODEL) or word in ROWS


def names_in(cell):
    """(kind, name): what stands in backticks, and what in quotation marks."""
    for code, case in re.findall(r'`([^`]*)`|"([^"]*)"', cell):
        yield ("case", case) if case else ("path" if "/" in code else "word", code)


def objections_to_cell(column, cell):
    """A file is named before what stands in it."""
    paths = []
    if column in COLUMNS_OF_MODEL:
        cell, _, mutants = cell.partition("without:")
        for _, name in names_in(mutants):
            if ROWS.get(name) not in ("caught", "mutant", "unreached"):
                yield f"{column}: {name} is no mutant that check catches"
    for kind, name in names_in(cell):
        if kind == "path":
            paths.append(name)
            good = (ROOT / name).is_file()
        elif kind == "case":
            good = any(name in joined_cases(path) for path in paths if (ROOT / path).is_file())
        elif column in COLUMNS_OF_MODEL:
            good = model_name(name)
        elif column == "in the code":
            good = any(has_word(name, without_comments(text(path))) for path in paths if (ROOT / path).is_file())
        else:
            good = name in SWITCHES or has_word(name, CTESTS)
        if not good:
            yield f"{column}: {kind} {name} doesn't exist"


def objections_to_prose(line):
    for kind, name in names_in(line):
        if kind == "case":
            continue
        if kind == "path":
            good = any(ROOT.glob(name))
        else:
            good = model_name(name) or has_word(name, CTESTS) or name.startswith("-D") or name == "Writer" \
                or (ROOT / "tests/model" / name).is_file() or has_word(name, text("events/reading.h"))
        if not good:
            yield f"{kind} {name} doesn't exist"


def objections(page):
    rows = 0
    for number, line in enumerate(page.splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            found = objections_to_prose(line)
        elif cells == COLUMNS or set(line) <= set("| -"):
            found = []
        elif len(cells) != len(COLUMNS):
            found = [f"a row has {len(COLUMNS)} cells, this one {len(cells)}"]
        else:
            rows += 1
            found = [objection for column, cell in zip(COLUMNS, cells)
                     for objection in objections_to_cell(column, cell)]
        for objection in found:
            yield f"docs/model.md:{number}: {objection}"
    if rows == 0:
        yield "docs/model.md: no rows"


def objections_to_model():
    """A mutant that check doesn't put in proves nothing; one that isn't in the model is no mutant."""
    switches = set(re.findall(r"\bMUT_(\w+)", MODEL))
    used = set(re.findall(r"-DMUT_(\w+)", CHECK)) | set(re.findall(r"^mutant (\w+)", CHECK, re.M))
    for name in sorted(switches - used):
        yield f"tests/model: MUT_{name} has no row in check"
    for name in sorted(used - switches):
        yield f"tests/model/check: MUT_{name} is in no model"


def main():
    page = pathlib.Path(sys.argv[1]).read_text() if len(sys.argv) > 1 else text("docs/model.md")
    found = list(objections(page)) + list(objections_to_model())
    print("\n".join(found) if found else "docs/model.md names what exists")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
