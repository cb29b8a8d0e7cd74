#!/usr/bin/env python3
"""What a person at a terminal gets: a pager when an answer is long, a table as wide as the terminal, questions for what must
not be seen, and how far long work has come. Nobody else gets any of it."""

import os
import pathlib
import shutil
import signal
import unittest

import benefits as tool
from benefits import DONE, EXAMPLES, NOT_FOUND, REFUSED, USAGE
from terminals import Terminal


def child_of(process):
    """The one process that it has started."""
    return int(pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()[0])


class TerminalTest(tool.ToolTest):
    def setUp(self):
        super().setUp()
        self.ledger = self.sandbox()
        self.ledger("submit", "-f", EXAMPLES / "action-pack.jsonl")

    def terminal(self, *arguments, **more):
        more.setdefault("BENEFITS_LEDGER", str(self.ledger.folder))
        return Terminal(*arguments, **more)


class Pager(TerminalTest):
    def paged(self, *arguments, pager="sed 's/^/> /'", **more):
        with self.terminal("--pager", pager, *arguments, **more) as terminal:
            return terminal.end(), terminal.seen

    def test_what_is_longer_than_the_screen_is_paged(self):
        code, seen = self.paged("history", "contoso")
        self.assertEqual(code, DONE)
        plain = self.ledger("history", "contoso", COLUMNS="80").out
        self.assertGreater(len(plain.splitlines()), 24)
        self.assertEqual(seen, "".join(f"> {line}\n" for line in plain.splitlines()))

    def test_what_fits_is_not(self):
        code, seen = self.paged("clock")
        self.assertEqual(code, DONE)
        self.assertNotIn("> ", seen)

    def test_always_and_never(self):
        with self.terminal("--pager", "always", "clock", PAGER="sed 's/^/> /'") as terminal:
            self.assertEqual(terminal.end(), DONE)
            self.assertIn("> today", terminal.seen)
        for variables in ({"BENEFITS_PAGER": "never"}, {"PAGER": "cat", "BENEFITS_PAGER": "auto"}, {"TERM": "dumb"}):
            with self.terminal("history", "contoso", **{"PAGER": "sed 's/^/> /'", **variables}) as terminal:
                self.assertEqual(terminal.end(), DONE)
                self.assertNotIn("> ", terminal.seen)
        run = self.ledger("--pager", "always", "clock", PAGER="sed 's/^/> /'")
        self.assertTrue(run.out.startswith("> today"), run)

    def test_a_pipe_is_not_paged(self):
        run = self.ledger("history", "contoso", BENEFITS_PAGER="sed 's/^/> /'")
        self.assertNotIn("> ", run.out)

    def test_who_leaves_the_pager_early_has_failed_nothing(self):
        for arguments in (("history", "contoso"), ("log", "dump"), ("commands",)):
            code, seen = self.paged(*arguments, pager="head -n 2")
            self.assertEqual(code, DONE, seen)
            self.assertEqual(len(seen.splitlines()), 2, seen)

    def test_the_exit_code_is_the_commands(self):
        code, _ = self.paged("history", "nobody-here", pager="false")
        self.assertEqual(code, NOT_FOUND)
        code, _ = self.paged("history", "contoso", pager="sh -c 'cat >/dev/null; exit 9'")
        self.assertEqual(code, DONE)

    def test_a_pager_that_is_not_there_is_told_and_the_answer_comes(self):
        code, seen = self.paged("history", "contoso", pager="no-such-pager")
        self.assertEqual(code, DONE)
        self.assertIn("'no-such-pager' can't be run", seen)
        self.assertIn("registered", seen)

    def test_an_interrupt_waits_for_the_pager(self):
        pager = "sh -c 'trap : INT; echo begun; read wait < /dev/tty; cat >/dev/null; echo ended'"
        with self.terminal("--pager", pager, "history", "contoso") as terminal:
            terminal.until("begun")
            terminal.type("\x03")
            terminal.type("\n")
            terminal.end()
            self.assertIn("ended", terminal.seen)
            self.assertIn(terminal.code, (DONE, -signal.SIGINT))

    def test_the_width_is_the_terminals_behind_a_pipe_too(self):
        ask = f"'{tool.BINARY}' history contoso | cat"
        with Terminal("-c", ask, program="bash", width=60, BENEFITS_LEDGER=str(self.ledger.folder)) as terminal:
            self.assertEqual(terminal.end(), DONE)
            self.assertGreater(len(terminal.seen.splitlines()), 24)
            self.assertLessEqual(max(map(len, terminal.seen.splitlines())), 60)
        with Terminal("-c", ask, program="bash", width=60, COLUMNS="0", BENEFITS_LEDGER=str(self.ledger.folder)) as terminal:
            self.assertEqual(terminal.end(), DONE)
        self.assertGreater(max(map(len, self.ledger("history", "contoso", COLUMNS="0").out.splitlines())), 80)


class Questions(TerminalTest):
    USER = ("user", "add", "--partner", "contoso", "--as", "kim", "--user-id", "ana", "--roles", "admin_agent")

    def test_a_persons_texts_are_asked_for_and_not_shown(self):
        with self.terminal(*self.USER) as terminal:
            terminal.until("--user-name.*not shown.*: ")
            self.assertFalse(terminal.echoes())
            terminal.type("Ana Álvarez\n")
            terminal.until("11 characters")
            terminal.until("--user-email.*: ")
            terminal.type("ana@contoso.example\n")
            self.assertEqual(terminal.end(), DONE, terminal.seen)
            self.assertNotIn("lvarez", terminal.seen)
            self.assertNotIn("ana@", terminal.seen)
        self.assertIn("Ana Álvarez", self.ledger("show", "contoso", "--unseal").out)

    def test_a_dash_asks_too_and_so_does_find(self):
        with self.terminal(*self.USER, "--user-name", "-", "--user-email", "-", "--dry-run") as terminal:
            terminal.until("--user-name.*: ")
            terminal.type("Ana\n")
            terminal.until("--user-email.*: ")
            terminal.type("ana@contoso.example\n")
            self.assertEqual(terminal.end(), DONE, terminal.seen)
        with self.terminal("find", "-") as terminal:
            terminal.until("not shown.*: ")
            terminal.type("kim@contoso.example\n")
            self.assertEqual(terminal.end(), DONE, terminal.seen)
            self.assertIn("contoso", terminal.seen)
            self.assertNotIn("kim@", terminal.seen)

    def test_an_answer_of_many_lines_ends_with_ctrl_d(self):
        with self.terminal("key", "deliver", "--partner", "contoso", "--as-system", "vendor", "--order", "ap-2020", "--sku",
                           "windows-10-enterprise-upgrade", "--keys", "-", "--dry-run") as terminal:
            terminal.until("Ctrl-D")
            terminal.type("id,units,material\nk1,1,AAA-SECRET\n")
            terminal.type("\x04")
            self.assertIn(terminal.end(), (DONE, REFUSED), terminal.seen)
            self.assertNotIn("SECRET", terminal.seen)

    def test_nothing_typed_is_wrong_usage(self):
        with self.terminal(*self.USER) as terminal:
            terminal.until("--user-name.*: ")
            terminal.type("\n")
            self.assertEqual(terminal.end(), USAGE, terminal.seen)
            self.assertIn("nothing was typed", terminal.seen)

    def test_the_terminal_shows_again_what_is_typed_whatever_ends_the_question(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            # The shell itself goes on: a trap that does something is no trap in its children.
            ask = f"trap : INT QUIT; '{tool.BINARY}' \"$@\"; echo code $?; read wait"
            with Terminal("-c", ask, "bash", *self.USER, program="bash",
                          BENEFITS_LEDGER=str(self.ledger.folder)) as terminal:
                terminal.until("--user-name.*: ")
                self.assertFalse(terminal.echoes())
                if number == signal.SIGINT:
                    terminal.type("\x03")
                elif number == signal.SIGQUIT:
                    terminal.type("\x1c")
                else:
                    os.kill(child_of(terminal.child), number)
                terminal.until(f"code {128 + number}")
                self.assertTrue(terminal.echoes(), number)

    def test_a_script_is_never_asked(self):
        run = self.ledger(*self.USER)
        self.assert_one_sentence(run, USAGE, "--user-name", "@FILE")


class Progress(tool.ToolTest):
    PARTNERS, DAYS = 300, 60

    def setUp(self):
        super().setUp()
        self.ledger = self.sandbox()
        self.commands = self.folder / "commands.jsonl"
        self.commands.write_text(tool.benefits("generate", "--partners", self.PARTNERS, "--seed", 5, "--days", self.DAYS).out)

    def shown(self, *arguments):
        """What stands on a terminal's stderr while stdout goes into a file."""
        line = f"'{tool.BINARY}' \"$@\" > {self.folder}/out; echo code $?"
        with Terminal("-c", line, "bash", *arguments, program="bash", width=120, BENEFITS_PROGRESS="at-once",
                      BENEFITS_LEDGER=str(self.ledger.folder)) as terminal:
            terminal.end()
            self.assertRegex(terminal.seen, "code [03]")
            return terminal.seen

    def test_long_work_says_how_far_it_is_and_how_long_it_will_take(self):
        how_far = r"\r\x1b\[K{}, \d+ %, (\d+:)+\d\d left, [\d,]+ of [\d,]+ {}"
        self.assertRegex(self.shown("submit", "-f", str(self.commands)), how_far.format("submitting", "bytes"))
        self.assertRegex(self.shown("verify"), how_far.format("verifying", "records"))
        shutil.rmtree(self.ledger.folder / "views")
        self.assertRegex(self.shown("clock"), how_far.format("reading the log", "records"))
        self.assertRegex(self.shown("log", "copy", "--to-ledger", str(self.folder / "copy")),
                         how_far.format("copying", "records"))
        self.assertRegex(self.shown("clock", "move", "2023-01-01"),
                         how_far.format("moving the clock", r"days, [\d,]+ events of the ledger's own"))
        run = self.ledger("verify")
        self.assertNotIn("\r", run.err)


if __name__ == "__main__":
    unittest.main()
