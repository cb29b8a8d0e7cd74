#!/usr/bin/env python3
"""The check of the house finds what it is there to find."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("layers.py")


def check(files):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        for name in ["events", "aggregates", "projections", "consumers", "tools", "tests"]:
            (root / name).mkdir(exist_ok=True)
        run = subprocess.run([sys.executable, CHECK, root], capture_output=True, text=True)
        return run.returncode, run.stdout


class Layers(unittest.TestCase):
    def test_a_folder_may_include_the_ones_before_it(self):
        code, _ = check({"aggregates/a.h": '#pragma once\n#include "events/b.h"\n'})
        self.assertEqual(code, 0)

    def test_a_folder_must_not_include_a_later_one(self):
        code, out = check({"events/a.h": '#pragma once\n#include "aggregates/b.h"\n'})
        self.assertEqual(code, 1)
        self.assertIn("events/a.h:2: events must not include aggregates", out)

    def test_a_room_includes_the_rooms_before_it(self):
        code, _ = check({"tools/benefits/questions/a.h": '#pragma once\n#include "tools/benefits/cli/b.h"\n'})
        self.assertEqual(code, 0)
        code, out = check({"tools/benefits/cli/a.h": '#pragma once\n#include "tools/benefits/questions/b.h"\n'})
        self.assertEqual(code, 1)
        self.assertIn("tools/benefits/cli/a.h:2: tools/benefits/cli must not include tools/benefits/questions", out)

    def test_kafka_headers_stay_in_their_room(self):
        code, out = check({"projections/a.cc": "#include <librdkafka/rdkafka.h>\n"})
        self.assertEqual(code, 1)
        self.assertIn("librdkafka/rdkafka.h belongs in", out)

    def test_a_long_file_is_refused(self):
        code, out = check({"events/a.cc": "//\n" * 501})
        self.assertEqual(code, 1)
        self.assertIn("501 lines", out)

    def test_a_header_without_a_guard_is_refused(self):
        self.assertEqual(check({"events/a.h": "//\n"})[0], 1)

    def test_nothing_foreign_stands_at_the_top(self):
        self.assertEqual(check({"stray.txt": ""})[0], 1)


if __name__ == "__main__":
    unittest.main()
