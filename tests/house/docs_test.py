#!/usr/bin/env python3
"""What the documents quote is there: the messages of docs/operators.md in the program, the rules of docs/rules.md in the tests,
the cases and rows of docs/guarantees.md among the tests, and every file, link and decision that a page names.

docs_test.py ROOT
"""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop() if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2])
PRODUCT = ["aggregates", "consumers", "events", "projections", "tools"]
LITERALS = re.compile(r'(?:"(?:[^"\\\n]|\\.)*"\s*)+')
PIECE = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
CASE = re.compile(r'^TEST_CASE\(\s*((?:"(?:[^"\\\n]|\\.)*"\s*)+)(?:,\s*((?:"(?:[^"\\\n]|\\.)*"\s*)+))?\)', re.M)
RULE = re.compile(r"\b[A-Z]{3}-\d\d\b")


def sources(folders, *endings):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in endings:
                yield path


def product_texts():
    """Every text of the program, each as it stands when the compiler has put its pieces together."""
    for path in sources(PRODUCT, ".cc", ".h"):
        for run in LITERALS.finditer(path.read_text()):
            yield "".join(PIECE.findall(run.group()))


def pieces(quoted):
    """What of a quoted message is the program's own: between the dots, without what stands for a number."""
    for piece in re.split(r"\.\.\.|…|\bN\b", quoted):
        piece = piece.strip(" ;:,()")
        if piece:
            yield piece


class Messages(unittest.TestCase):
    def test_operators_find_no_message_that_the_program_does_not_have(self):
        page = (ROOT / "docs" / "operators.md").read_text()
        table = page[page.index("## When something is wrong"):]
        table = table[:table.index("\n## ", 1)]
        texts = list(product_texts())
        rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
        quoted = [text for row in rows for text in re.findall(r'"([^"]+)"', row)]
        self.assertGreater(len(quoted), 8)
        for message in quoted:
            for piece in pieces(message):
                with self.subTest(message=message):
                    self.assertTrue(any(piece in text for text in texts), f"no text of the program has {piece!r}")


class Rules(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        page = (ROOT / "docs" / "rules.md").read_text()
        cls.rules = re.findall(r"^\| ([A-Z]{3}-\d\d) \|", page, re.M)
        cls.tags = {}
        for path in sources(["tests"], ".cc"):
            for case in CASE.finditer(path.read_text()):
                for tag in RULE.findall("".join(PIECE.findall((case.group(2) or "")))):
                    cls.tags.setdefault(tag, []).append((path.relative_to(ROOT), case.group(1).strip()))

    def test_each_rule_has_a_test(self):
        self.assertGreater(len(self.rules), 40)
        self.assertEqual([], [rule for rule in self.rules if rule not in self.tags])

    def test_each_tag_is_a_rule(self):
        self.assertEqual({}, {tag: where for tag, where in self.tags.items() if tag not in self.rules})

    def test_tests_of_rules_are_filed_by_family(self):
        for path in sources(["tests/rules"], ".cc"):
            family = path.name.split("_")[0].upper()
            for case in CASE.finditer(path.read_text()):
                families = {tag[:3] for tag in RULE.findall(case.group(2) or "")}
                with self.subTest(file=path.name, case=case.group(1).strip()):
                    self.assertIn(family, families)

    def test_each_rule_that_the_sources_name_is_one(self):
        named = {}
        for path in sources(PRODUCT, ".cc", ".h", ".fbs", ".json"):
            for rule in RULE.findall(path.read_text()):
                named.setdefault(rule, str(path.relative_to(ROOT)))
        families = {rule[:3] for rule in self.rules}
        self.assertEqual({}, {rule: path for rule, path in named.items() if rule[:3] in families and rule not in self.rules})


class Guarantees(unittest.TestCase):
    """docs/guarantees.md names its tests by program, case and row."""

    @classmethod
    def setUpClass(cls):
        cls.page = (ROOT / "docs" / "guarantees.md").read_text()

    def test_each_case_is_one(self):
        cases = []
        for path in sources(["tests"], ".cc"):
            text = path.read_text()
            cases += ["".join(PIECE.findall(case.group(1))) for case in CASE.finditer(text)]
            # A contract that several logs keep is a table of rules.
            cases += ["".join(PIECE.findall(rule)) for rule in re.findall(r"^ *\{((?:\"[^\"\n]*\"\s*)+),", text, re.M)]
        quoted = re.findall(r'"([^"]+)"', self.page)
        self.assertGreater(len(quoted), 30)
        for case in quoted:
            with self.subTest(case=case):
                beginning = case.removesuffix("...").rstrip(" ,")
                self.assertTrue(any(each == case or (case.endswith("...") and each.startswith(beginning)) for each in cases))

    def test_each_row_is_one(self):
        rows = set()
        for path in sources(["tests/faults"], ".py"):
            rows |= {int(number) for number in re.findall(r"^@row\((\d+),", path.read_text(), re.M)}
        named = [int(number) for list in re.findall(r"\brows? (\d+(?:(?:, | and )\d+)*)", self.page) for number in re.findall(r"\d+", list)]
        self.assertGreater(len(named), 30)
        self.assertEqual([], [row for row in named if row not in rows])


class Places(unittest.TestCase):
    """What a page points to is there."""

    PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "tests").rglob("*.md"))]
    FILE = re.compile(r"(?:(?:events|aggregates|projections|consumers|tools|tests|docs)/)[\w./*-]*\w(?:\.\*)?")

    def test_links(self):
        for page in self.PAGES:
            for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
                if link.startswith("http"):
                    continue
                name, _, anchor = link.partition("#")
                target = (page.parent / name).resolve() if name else page
                with self.subTest(page=page.relative_to(ROOT), link=link):
                    self.assertTrue(target.exists())
                    if anchor:
                        heads = re.findall(r"^#+ (.+)$", target.read_text(), re.M)
                        self.assertIn(anchor, [re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads])

    def test_files(self):
        for page in self.PAGES:
            for words in re.findall(r"`([^`\n]+)`", page.read_text()):
                for name in self.FILE.findall(words):
                    # A word in capitals stands for any; what stands behind a build's folder is not ours to look for.
                    if re.search(r"[A-Z]{3}", pathlib.PurePath(name).stem + name.rpartition("/")[0]) or "build/" in words:
                        continue
                    with self.subTest(page=page.relative_to(ROOT), name=name):
                        self.assertTrue((ROOT / name).exists() or any(ROOT.glob(name)) or any(ROOT.glob(name + ".*")))

    def test_each_decision_is_listed_once(self):
        folder = ROOT / "docs" / "decisions"
        listed = re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text())
        self.assertEqual(sorted(page.name for page in folder.glob("*.md") if page.name != "README.md"), sorted(listed))
        for name in listed:
            with self.subTest(page=name):
                title = (folder / name).read_text().splitlines()[0].removeprefix("# ")
                self.assertIn(f"[{title}]({name})", (folder / "README.md").read_text())


class Names(unittest.TestCase):
    """Pages and marks of whoever wrote the project mean nothing to its readers."""

    FOREIGN = re.compile(r"\[MS\]|\[seeds? \d|decided readings?\b|\bkafka\.md\b|\brules-design\b|\.\./shared\b|/work/", re.I)

    def test_nothing_names_what_its_readers_do_not_have(self):
        found = []
        for folder in [*PRODUCT, "docs", "tests", ".ci"]:
            for path in sorted((ROOT / folder).rglob("*")):
                if not path.is_file() or path.suffix == ".pyc" or path == pathlib.Path(__file__).resolve():
                    continue
                text = path.read_bytes().decode(errors="replace")
                found += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in self.FOREIGN.finditer(text)]
        self.assertEqual([], found)


if __name__ == "__main__":
    unittest.main()
