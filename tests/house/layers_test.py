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

    def test_a_library_that_comes_through_our_headers_is_found_where_it_leaves_its_room(self):
        house = {"events/json/parse.h": "#pragma once\n#include <simdjson.h>\n",
                 "events/json/read.h": '#pragma once\n#include "events/json/parse.h"\n',
                 "tools/a.cc": '#include "events/json/read.h"\n',
                 "tools/b.h": '#pragma once\n\n#include "events/json/read.h"\n',
                 "tools/c.cc": '#include "tools/b.h"\n'}
        code, out = check(house)
        self.assertEqual(code, 1)
        way = "simdjson.h belongs in events/json only, and comes through events/json/read.h > events/json/parse.h"
        self.assertEqual(out.splitlines()[:-1], [f"tools/a.cc:1: {way}", f"tools/b.h:3: {way}"])

    def test_a_header_that_keeps_the_library_to_itself_is_a_door(self):
        house = {"events/json/parse.h": "#pragma once\n#include <simdjson.h>\n",
                 "events/json/node.h": "#pragma once\n",
                 "events/json/node.cc": '#include "events/json/parse.h"\n',
                 "tools/a.cc": '#include "events/json/node.h"\n'}
        self.assertEqual(check(house)[0], 0)

    def test_the_inside_of_a_room_is_its_own(self):
        inner = {"events/log/embedded/frame.h": "#pragma once\n"}
        code, out = check({**inner, "projections/a.cc": '#include "events/log/embedded/frame.h"\n'})
        self.assertEqual(code, 1)
        self.assertIn("projections/a.cc:1: events/log/embedded/frame.h is inside events/log/embedded", out)
        self.assertEqual(check({**inner, "tests/events/log/a.cc": '#include "events/log/embedded/frame.h"\n'})[0], 0)

    def test_the_inside_of_a_room_does_not_show_through_its_doors(self):
        code, out = check({"events/log/embedded/frame.h": "#pragma once\n",
                           "events/log/embedded/embedded_log.h": '#pragma once\n#include "events/log/embedded/frame.h"\n',
                           "consumers/a.cc": '#include "events/log/embedded/embedded_log.h"\n'})
        self.assertEqual(code, 1)
        self.assertIn("consumers/a.cc:1: events/log/embedded/frame.h is inside events/log/embedded, and comes through "
                      "events/log/embedded/embedded_log.h", out)

    def test_headers_that_include_each_other_are_no_endless_way(self):
        self.assertEqual(check({"events/a.h": '#pragma once\n#include "events/b.h"\n',
                                "events/b.h": '#pragma once\n#include "events/a.h"\n'})[0], 0)

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
