#!/usr/bin/env python3
"""One command and its event are named in few files: their area's own, and what keeps bytes and examples.

docs/add-an-action.md says in how many, and these tests count. What a command is called anywhere comes from the schema;
a list of commands or events that is written by hand somewhere makes a test here fail, and is to be generated instead.
"""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
FILES_MAX = 8  # that name an action which brings nothing new with it
TEXT = {".h", ".cc", ".fbs", ".py", ".sh", ".cmake", ".pml", ".md", ".txt", ".json", ".jsonl", ".csv", ".dict", ""}
PRODUCT = ("events", "aggregates", "projections", "consumers", "tools")

# Product files outside the areas that name an action of a partner, and why.
NAMED_FOR_A_REASON = {
    "aggregates/answer_of.cc": "who registers a partner acts in the roles that this gives",
    "aggregates/partner.cc": "the gate: a registration alone finds no partner",
    "tools/bench/workload.cc": "the load of the benchmarks, the same from version to version",
    "tools/benefits/questions/can.cc": "an example in the help",
    "tools/benefits/questions/commands.cc": "an example in the help",
}


def schema(name):
    return (ROOT / "events/schema" / f"{name}.fbs").read_text(encoding="utf-8")


def union(text, name):
    """Number -> member."""
    body = re.search(r"union %s \{(.*?)\}" % name, text, re.DOTALL).group(1)
    return {int(number): member for member, number in re.findall(r"(\w+) = (\d+)", body)}


COMMANDS = union(schema("command"), "CommandBody")
EVENTS = union(schema("record"), "Event")
AREAS = re.search(r"set\(LEDGER_AREAS ([\w ]+)\)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")).group(1).split()


def partners_own():
    """The tables of the areas' schemas that are commands or events."""
    known = set(COMMANDS.values()) | set(EVENTS.values())
    return {table for area in AREAS for table in re.findall(r"^table (\w+)", schema(area), re.MULTILINE)} & known


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def typed(command):
    """"order buy" of PurchaseOffer."""
    for area in AREAS:
        found = re.search(r'^table %s \(area: "([\w-]+)", verb: "([\w-]+)"' % command, schema(area), re.MULTILINE)
        if found:
            return " ".join(found.groups())
    raise KeyError(command)


def files():
    for top in sorted(ROOT.iterdir()):
        if top.name in ("build", ".git"):
            continue
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix in TEXT:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8", errors="replace")


def naming(command, event):
    """The files that name either, in any spelling."""
    spellings = [command, snake(command), typed(command), event, snake(event)]
    pattern = re.compile("|".join(map(re.escape, spellings)), re.IGNORECASE)
    return [name for name, text in files() if pattern.search(text)]


class ActionsTest(unittest.TestCase):
    def assert_counted(self, command, event, said):
        found = naming(command, event)
        self.assertEqual(len(found), said, f"{command} and {event} are named in {found}: docs/add-an-action.md says {said}")

    def test_the_action_that_the_page_walks_through_is_named_in_as_many_files_as_it_says(self):
        page = (ROOT / "docs/add-an-action.md").read_text(encoding="utf-8")
        command, event, said = re.search(
            r"`(\w+)` and `(\w+)` are named in \*\*(\d+)\*\* files", page).groups()
        self.assert_counted(command, event, int(said))

    def test_so_is_the_one_that_it_gives_as_a_measure(self):
        page = (ROOT / "docs/add-an-action.md").read_text(encoding="utf-8")
        number, said = map(int, re.search(r"number (\d+) and its event are named in \*\*(\d+)\*\* files", page).groups())
        self.assert_counted(COMMANDS[number], EVENTS[number], said)
        self.assertLessEqual(said, FILES_MAX)

    def test_no_product_file_outside_its_area_names_an_action(self):
        named = re.compile(r"\b(%s)T?\b" % "|".join(sorted(partners_own())))
        for name, text in files():
            own = [f"aggregates/{area}/" for area in AREAS] + ["events/schema/"]
            if not name.startswith(PRODUCT) or name.startswith(tuple(own)) or name in NAMED_FOR_A_REASON:
                continue
            code = re.sub(r"//[^\n]*", "", text)
            self.assertEqual(sorted({found.group(1) for found in named.finditer(code)}), [], name)

    def test_every_exception_is_still_needed(self):
        named = re.compile("|".join(sorted(partners_own())))
        for name in NAMED_FOR_A_REASON:
            path = ROOT / name
            self.assertTrue(path.exists(), f"{name} is gone: strike it from the list here")
            self.assertRegex(path.read_text(encoding="utf-8"), named, f"{name} names no action: strike it from the list here")


if __name__ == "__main__":
    unittest.main()
