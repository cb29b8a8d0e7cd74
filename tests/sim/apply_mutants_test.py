#!/usr/bin/env python3
"""What apply_mutants.py refuses: it is the build that says which mutant no longer fits."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

APPLY = pathlib.Path(__file__).with_name("apply_mutants.py")
SOURCE = "int judge(int seq) {\n    return seq + 1;\n}\n"
NAMES = 'constexpr const char* kNames[] = {\n    "none",\n    "misjudges_one",\n};\n'


class ApplyMutants(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.sources, self.mutants, self.out = (pathlib.Path(folder.name) / name for name in ("sources", "mutants", "out"))
        (self.sources / "events").mkdir(parents=True)
        self.mutants.mkdir()
        (self.sources / "events/judge.cc").write_text(SOURCE)
        (self.sources / "events/mutant.cc").write_text(NAMES)

    def mutant(self, name, *changes):
        (self.mutants / f"{name}.mutant").write_text("What is wrong.\n" + "".join(
            f"@@ {path}\n{text}\n=>\n{instead}\n" for path, text, instead in changes))

    def apply(self):
        return subprocess.run([sys.executable, APPLY, self.sources, self.mutants, self.out], capture_output=True, text=True,
                              check=False)

    def assert_refused(self, *words):
        run = self.apply()
        self.assertEqual(run.returncode, 1, run)
        for word in words:
            self.assertIn(word, run.stderr)
        self.assertFalse(self.out.exists())

    def test_each_is_behind_a_switch_of_its_own(self):
        self.mutant("adds_two", ("events/judge.cc", "seq + 1", "seq + (MUTANT ? 2 : 1)"))
        self.mutant("says_nothing", ("events/judge.cc", "    return", "    if (MUTANT) return 0;\n    return"))
        self.assertEqual(self.apply().returncode, 0)
        judge = (self.out / "events/judge.cc").read_text()
        self.assertEqual(judge, '#include "mutant_names.h"\nint judge(int seq) {\n    if (LEDGER_MUTANT(says_nothing)) return 0;\n'
                                "    return seq + (LEDGER_MUTANT(adds_two) ? 2 : 1);\n}\n")
        self.assertIn("Mutant adds_two{2};", (self.out / "mutant_names.h").read_text())
        self.assertIn("Mutant says_nothing{3};", (self.out / "mutant_names.h").read_text())
        self.assertIn('    "misjudges_one",\n    "adds_two",\n    "says_nothing",\n', (self.out / "events/mutant.cc").read_text())

    def test_a_second_time_nothing_is_written(self):
        self.mutant("adds_two", ("events/judge.cc", "seq + 1", "seq + (MUTANT ? 2 : 1)"))
        self.assertEqual(self.apply().returncode, 0)
        before = {path: path.stat().st_mtime_ns for path in self.out.rglob("*") if path.is_file()}
        self.assertEqual(self.apply().returncode, 0)
        self.assertEqual(before, {path: path.stat().st_mtime_ns for path in self.out.rglob("*") if path.is_file()})

    def test_text_that_is_not_there_is_refused(self):
        self.mutant("adds_two", ("events/judge.cc", "seq + 3", "seq + 2"))
        self.assert_refused("adds_two.mutant", "events/judge.cc", "0 times", "seq + 3")

    def test_text_that_stands_twice_is_refused(self):
        self.mutant("adds_two", ("events/judge.cc", "seq", "sea"))
        self.assert_refused("adds_two.mutant", "2 times")

    def test_a_file_that_is_not_there_is_refused(self):
        self.mutant("adds_two", ("events/judges.cc", "seq + 1", "seq + 2"))
        self.assert_refused("adds_two.mutant", "no events/judges.cc")

    def test_one_that_changes_nothing_is_refused(self):
        self.mutant("adds_two")
        self.assert_refused("adds_two.mutant", "no change")
        (self.mutants / "adds_two.mutant").write_text("What is wrong.\n@@ events/judge.cc\nseq + 1\n")
        self.assert_refused("adds_two.mutant", "no line '=>'")


if __name__ == "__main__":
    unittest.main()
