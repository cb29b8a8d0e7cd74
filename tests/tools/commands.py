"""The ledger on which every command's example works, and a shell at the files of the examples, for the tests beside this
file."""

import os
import pathlib
import shutil
import subprocess

import benefits as tool
from benefits import DONE, EXAMPLES

COMMANDS = EXAMPLES / "commands"
SHELL_SECONDS_MAX = 60


class CommandsTest(tool.ToolTest):
    """A ledger on which every command's example works."""

    def setUp(self):
        super().setUp()
        self.ledger = self.sandbox("2019-07-01")
        self.assert_code(self.ledger("submit", "-f", COMMANDS / "setup.jsonl"), DONE)
        self.here = self.folder / "here"
        shutil.copytree(COMMANDS, self.here)

    def shell(self, line, **variables):
        """A line as a person would type it, where the files of the examples are."""
        path = f"{pathlib.Path(tool.BINARY).resolve().parent}:{os.environ['PATH']}"
        done = subprocess.run(["bash", "-c", line], capture_output=True, timeout=SHELL_SECONDS_MAX, cwd=self.here,
                              check=False, start_new_session=True, env=tool.environment(PATH=path, BENEFITS_LEDGER=str(self.ledger.folder), **variables))
        return tool.Run([line], done.returncode, done.stdout.decode(), done.stderr.decode())
