#!/usr/bin/env python3
"""`cmake --install`, also where nothing but the program was built, as the README's first command does.

BENEFITS_BUILD names the build, BENEFITS_NINJA the ninja that made it.
"""

import os
import pathlib
import re
import subprocess
import unittest

import benefits as tool

BUILD = pathlib.Path(os.environ["BENEFITS_BUILD"])
PRINTED = {"share/man/man1/benefits.1": ["man"],
           "share/bash-completion/completions/benefits": ["completion", "bash"],
           "share/zsh/site-functions/_benefits": ["completion", "zsh"],
           "share/fish/vendor_completions.d/benefits.fish": ["completion", "fish"]}


def output(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True, timeout=300).stdout


class Install(tool.ToolTest):
    def test_building_the_program_makes_all_that_is_installed(self):
        script = (BUILD / "tools" / "benefits" / "cmake_install.cmake").read_text()
        files = re.findall(r'FILES "([^"]+)"', script)
        self.assertEqual(len(files), 1 + len(PRINTED), files)
        made = output(os.environ["BENEFITS_NINJA"], "-C", BUILD, "-t", "commands", "benefits")
        for file in files:
            is_made = f"> {file}" in made or f"-o {os.path.relpath(file, BUILD)} " in made
            self.assertTrue(is_made, f"{file} is not made with the program")

    def test_what_is_installed_works(self):
        prefix = self.folder / "prefix"
        output("cmake", "--install", BUILD, "--prefix", prefix)
        program = prefix / "bin" / "benefits"
        for file, arguments in PRINTED.items():
            printed = output(program, *arguments)
            self.assertEqual((prefix / file).read_text(), printed)
            self.assertGreater(len(printed), 1000)
        self.assertIn("created", output(program, "create", "--ledger", self.folder / "ledger"))


if __name__ == "__main__":
    unittest.main()
