#!/usr/bin/env python3
"""The program is built as Debian builds its own: what readelf (of binutils) finds in it and in its libraries.

hardening_test.py BENEFITS BUILD [--optimised]: `--optimised` where the build is, and so has _FORTIFY_SOURCE.
"""
import pathlib
import platform
import re
import subprocess
import sys
import unittest

PROGRAM, BUILD, OPTIMISED = None, None, False


def readelf(*arguments):
    return subprocess.run(["readelf", "--wide", *arguments], capture_output=True, text=True, check=True).stdout


def called():
    """The functions of other libraries that the program calls."""
    return set(re.findall(r" UND (\w+)", readelf("--dyn-syms", PROGRAM)))


class Program(unittest.TestCase):
    def test_it_lies_at_another_address_each_time(self):
        self.assertRegex(readelf("--file-header", PROGRAM), r"Type:\s+DYN")
        self.assertRegex(readelf("--dynamic", PROGRAM), r"FLAGS_1.*\bPIE\b")

    def test_its_tables_of_addresses_cannot_be_written(self):
        self.assertIn("GNU_RELRO", readelf("--program-headers", PROGRAM))
        self.assertRegex(readelf("--dynamic", PROGRAM), r"BIND_NOW|FLAGS_1.*\bNOW\b")

    def test_nothing_on_its_stack_is_run(self):
        stack = re.search(r"GNU_STACK.*", readelf("--program-headers", PROGRAM)).group()
        self.assertRegex(stack, r" RW +0x")

    def test_an_overrun_of_the_stack_is_noticed(self):
        self.assertIn("__stack_chk_fail", called())

    def test_the_library_s_functions_know_the_room_they_have(self):
        if not OPTIMISED:
            self.assertFalse([name for name in called() if name.endswith("_chk")])
            return
        self.assertTrue({"__memcpy_chk", "__snprintf_chk", "__read_chk"} & called(), called())

    def test_every_object_of_ours_guards_its_jumps_and_returns(self):
        """The program as a whole isn't marked: the start files of Debian's C library are not."""
        feature = {"x86_64": "IBT, SHSTK", "aarch64": "BTI"}.get(platform.machine())
        libraries = sorted(BUILD.glob("*/libledger_*.a")) + sorted(BUILD.glob("*/*/libledger_*.a"))
        self.assertTrue(libraries)
        objects = sorted(BUILD.glob("tools/benefits/CMakeFiles/benefits.dir/**/*.o"))
        self.assertTrue(objects)
        for file in libraries + objects if feature else []:
            said = readelf("--notes", file)
            count = max(1, len(re.findall(r"^File: ", said, re.MULTILINE)))
            self.assertEqual(said.count(feature), count, f"{file}: {count} objects")


class Commands(unittest.TestCase):
    """What leaves no mark of its own."""

    def test_every_file_of_ours_is_compiled_so(self):
        text = (BUILD / "compile_commands.json").read_text()
        commands = [line for line in text.splitlines() if '"command":' in line]
        self.assertTrue(commands)
        for flag in ["-fPIE", "-fstack-protector-strong", "-fstack-clash-protection", "-Wformat-security"]:
            missing = [line for line in commands if flag not in line]
            self.assertFalse(missing, f"{flag}: {missing[:1]}")


if __name__ == "__main__":
    PROGRAM, BUILD = sys.argv[1], pathlib.Path(sys.argv[2])
    OPTIMISED = "--optimised" in sys.argv[3:]
    unittest.main(argv=sys.argv[:1])
