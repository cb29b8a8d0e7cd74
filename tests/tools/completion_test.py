#!/usr/bin/env python3
"""Shells complete what is typed: subcommands, options, files, and the names of the ledger."""

import os
import pathlib
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import time
import unittest

import benefits as tool
from benefits import DONE
from commands import SHELL_SECONDS_MAX, CommandsTest


class Completion(CommandsTest):
    """In the shells themselves."""

    CASES = {
        "benefits ver": {"verify"},
        "benefits order b": {"buy"},
        "benefits order buy --pay": {"--payment"},
        "benefits order buy --payment b": {"bank_transfer"},
        "benefits show -o t": {"table"},
        "benefits completion z": {"zsh"},
        "benefits submit -f set": {"setup.jsonl"},
        "benefits key deliver --keys @keys.c": {"keys.csv"},
        "benefits --ledger x seat mo": {"move"},
        "benefits show fourth": {"fourth-coffee"},
        "benefits why contoso ap-2020/azure-u": {"ap-2020/azure-usage"},
        "benefits receipt contoso buy": {"buy-ap-2020"},
        "benefits order turn-renewal-off --partner contoso --order a": {"ap-2020"},
        "benefits seat assign --partner contoso --order ap-2020 --sku visual-": {"visual-studio-professional"},
        "benefits seat assign --partner contoso --person par": {"park"},
        "benefits order buy --offer learning": {"learning-action-pack"},
        "benefits rules seat.reas": {"seat.reassign-too-early"},
        "benefits commands Purch": {"PurchaseOffer"},
        "benefits config set pa": {"pager"},
        "benefits --profile sand": {"sandbox"},
    }

    def script(self, shell):
        script = self.here / f"completion.{shell}"
        script.write_text(tool.benefits("completion", shell).out)
        return script

    def environment(self):
        path = f"{pathlib.Path(tool.BINARY).resolve().parent}:{os.environ['PATH']}"
        return tool.environment(PATH=path, HOME=str(self.here), XDG_CONFIG_HOME=str(self.here), TERM="dumb",
                                INPUTRC="/dev/null", LC_ALL="C.UTF-8", BENEFITS_LEDGER=str(self.ledger.folder))

    def setUp(self):
        super().setUp()
        self.assert_code(tool.benefits("config", "set", "--profile", "sandbox", "ledger", str(self.ledger.folder),
                                       XDG_CONFIG_HOME=str(self.here)), DONE)

    def type_into(self, arguments, begin):
        """What an interactive shell makes of each line and a tab: the words that the command is then called with."""
        child, master = pty.fork()
        if child == 0:
            os.chdir(self.here)
            os.execvpe(arguments[0], arguments, self.environment())
        try:
            # The mark is put together by the shell, so that the echo of what was typed is none.
            called = "benefits() { printf '[[%s]]' \"$@\"; }"
            for each in (*begin, called):
                os.write(master, f"{each}; echo en''dmark\n".encode())
                self.read_until(master, "endmark")
            for line, wanted in self.CASES.items():
                os.write(master, f"{line}\t; echo en''dmark\n".encode())
                seen = re.findall(r"\[\[(.*?)\]\]", self.read_until(master, "endmark"))
                self.assertTrue(seen, line)
                self.assertEqual({seen[-1].removeprefix("@")}, wanted, line)
        finally:
            os.close(master)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)

    def read_until(self, master, pattern):
        seen, end = "", time.monotonic() + SHELL_SECONDS_MAX
        while not re.search(pattern, seen):
            ready, _, _ = select.select([master], [], [], max(0, end - time.monotonic()))
            self.assertTrue(ready, f"no {pattern!r} in: {seen}")
            seen += os.read(master, 65536).decode(errors="replace")
        return seen

    def test_bash_reads_the_script_and_answers(self):
        script = self.script("bash")
        for line, wanted in self.CASES.items():
            words = re.findall(r"@|=|[^\s@=]+", line)  # as COMP_WORDBREAKS breaks them
            ask = (f"source {script}; COMP_WORDS=({' '.join(map(shlex.quote, words))}); COMP_CWORD={len(words) - 1}; "
                   "_benefits; printf '%s\\n' \"${COMPREPLY[@]}\"")
            done = subprocess.run(["bash", "--norc", "-c", ask], capture_output=True, cwd=self.here, check=False,
                                  env=self.environment(), timeout=SHELL_SECONDS_MAX)
            self.assertEqual(set(done.stdout.decode().split()), wanted, (line, done.stderr))

    def test_bash_completes_what_is_typed(self):
        self.type_into(["bash", "--norc", "--noprofile", "-i"], [f"source {self.script('bash')}"])

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_zsh_completes_what_is_typed(self):
        self.script("zsh").rename(self.here / "_benefits")
        self.type_into(["zsh", "-f", "-i"],
                       [f"fpath=({self.here} $fpath); autoload -U compinit; compinit -u -d {self.folder}/dump"])

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish_reads_the_script_and_answers(self):
        script = self.script("fish")
        for line, wanted in self.CASES.items():
            done = subprocess.run(["fish", "--no-config", "-c", f"source {script}; complete -C {shlex.quote(line)}"],
                                  capture_output=True, cwd=self.here, env=self.environment(), check=False,
                                  timeout=SHELL_SECONDS_MAX)
            self.assertEqual(done.stderr, b"", line)
            offered = {each.split("\t")[0].removeprefix("@") for each in done.stdout.decode().splitlines()}
            self.assertEqual(offered, wanted, line)


class Names(CommandsTest):
    """What the scripts ask the program for."""

    def names(self, *words, **more):
        run = tool.benefits("complete", *words, **{"BENEFITS_LEDGER": str(self.ledger.folder), **more})
        self.assert_code(run, DONE)
        self.assertEqual(run.err, "")
        return run.out.split()

    def files(self):
        return {path: path.stat().st_mtime_ns for path in self.ledger.folder.rglob("*")}

    def test_they_come_while_another_process_is_at_work_and_touch_nothing(self):
        before = self.files()
        self.assertEqual(self.names("arguments:partner", "show", "c"), ["contoso"])
        self.assertEqual(self.files(), before)
        with self.ledger.popen("submit", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as at_work:
            at_work.stdin.write(tool.lines(tool.command(1, partner="proseware")))
            at_work.stdin.flush()
            at_work.stdout.readline()
            self.assertEqual(self.names("arguments:partner", "show", "c"), ["contoso"])
            at_work.stdin.close()
            self.assertEqual(at_work.wait(60), DONE)

    def test_the_line_says_which_ledger_and_whose(self):
        self.assertEqual(self.names("option:order", "seat", "move", "--partner=contoso", "--ledger", str(self.ledger.folder),
                                    "--order", "ap", BENEFITS_LEDGER=""), ["ap-2020"])
        self.assertEqual(self.names("option:order", "seat", "move", "--partner", "=", "contoso", "--order", "=", "ap"),
                         ["ap-2020"])
        self.assertEqual(self.names("option:order", "seat", "move", "--order", "ap"), [])

    def test_options_of_a_page_take_types_and_actors(self):
        self.assertEqual(self.names("option:event-type", "history", "contoso", "--type", "SeatM"), ["SeatMoved"])
        self.assertEqual(self.names("option:command-type", "refusals", "--type", "MoveS"), ["MoveSeat"])
        self.assertIn("kim", self.names("option:user", "history", "contoso", "--newest-first", "--actor", "k"))
        self.assertEqual(self.names("arguments:partner", "history", "--newest-first", "c"), ["contoso"])
        script = tool.benefits("completion", "bash").out
        for kind in ("event-type", "command-type"):
            self.assertIn(kind, script)

    def test_where_nothing_can_be_told_nothing_is_said(self):
        for words in (("arguments:partner", "show", "c"), ("option:offer", "order", "buy", "--offer", ""), ("option:sku", ""),
                      ("nothing-such", ""), ("arguments:", "x"), ("arguments:partner",), ()):
            self.assertEqual(self.names(*words, BENEFITS_LEDGER="/no/such"), [])
        shutil.rmtree(self.ledger.folder / "views")
        self.assertEqual(self.names("arguments:partner", "show", "c"), [])
        self.assertFalse((self.ledger.folder / "views").exists())
        (self.here / "benefits-ledger").mkdir(exist_ok=True)
        (self.here / "benefits-ledger" / "config.toml").write_text("broken")
        self.assertEqual(self.names("option:profile", "--profile", "s", XDG_CONFIG_HOME=str(self.here)), [])

    def test_it_stands_in_no_help(self):
        self.assertNotIn("complete ", tool.benefits("--help").out)
        self.assertNotIn("benefits complete", tool.benefits("man").out)


if __name__ == "__main__":
    unittest.main()
