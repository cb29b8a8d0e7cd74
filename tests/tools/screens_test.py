#!/usr/bin/env python3
"""What people see: tables that fit the terminal, Korean at its true width, colour only where it is wanted; and what
`generate` makes."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
import unicodedata
import unittest

import benefits as tool
from benefits import DONE, EXAMPLES

TABLES = (["show", "contoso", "--unseal"], ["history", "contoso", "--unseal"], ["refusals", "--as-support", "desk"], ["log", "stat"],
          ["verify"], ["receipt", "contoso", "buy"], ["stat"], ["log", "state"], ["rebuild"], ["clock"], ["policy", "list"], ["list", "memberships"], ["list", "orders"], ["list", "charges"], ["catalogue"], ["history", "contoso", "--last", "5", "--newest-first"],
          ["policy", "show", "--on", "2021-01-01"])


def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class ScreensTest(tool.ToolTest):
    def setUp(self):
        super().setUp()
        self.ledger = self.sandbox()
        self.ledger("submit", "-f", EXAMPLES / "action-pack.jsonl")

    def on_a_terminal(self, *arguments, width, **variables):
        """What a terminal of that width gets."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        with subprocess.Popen([tool.BINARY, *self.ledger.options, *arguments], stdin=slave, stdout=slave,
                              stderr=subprocess.PIPE, env=tool.environment(**variables)) as process:
            os.close(slave)
            seen = b""
            while True:
                try:
                    seen += os.read(master, 65536)
                except OSError:
                    break
            self.assertEqual(process.wait(60), DONE, process.stderr.read())
        os.close(master)
        return seen.decode().replace("\r\n", "\n")

    def test_tables_fit_every_terminal(self):
        for width in (40, 60, 80, 132, 300):
            for arguments in TABLES:
                run = self.ledger(*arguments, COLUMNS=str(width))
                self.assert_code(run, DONE)
                for line in run.out.splitlines():
                    self.assertLessEqual(columns(line), width, f"{arguments} at {width}: {line}")

    def test_a_terminal_is_asked_for_its_width(self):
        for line in self.on_a_terminal("history", "contoso", width=72, NO_COLOR="1", TERM="xterm").splitlines():
            self.assertLessEqual(columns(line), 72)

    def test_korean_stands_in_line(self):
        run = self.ledger("show", "contoso", "--unseal", COLUMNS="132")
        lines = run.out.splitlines()
        head = next(line for line in lines if "e-mail" in line)
        kim = next(line for line in lines if "kim@contoso.example" in line and line.strip().startswith("kim"))
        self.assertIn("김민수", kim)
        self.assertEqual(columns(kim[:kim.index("kim@")]), columns(head[:head.index("e-mail")]))

    def test_colour_is_for_terminals_that_want_it(self):
        self.assertIn("\x1b[1m", self.on_a_terminal("show", "contoso", width=80, TERM="xterm"))
        self.assertNotIn("\x1b", self.on_a_terminal("show", "contoso", width=80, TERM="xterm", NO_COLOR="1"))
        self.assertNotIn("\x1b", self.on_a_terminal("show", "contoso", width=80, TERM="dumb"))
        self.assertNotIn("\x1b", self.ledger("show", "contoso", TERM="xterm").out)

    def test_text_cannot_steer_the_terminal(self):
        nasty = tool.command(1, partner="evil")
        nasty["body"]["legal_name"] = "Evil \x1b[2J\x07\u202e Corp"
        self.assertEqual(self.ledger("submit", given=tool.lines(nasty)).code, DONE)
        for arguments in (["show", "evil"], ["history", "evil"]):
            out = self.ledger(*arguments).out
            self.assertFalse(set(out) & set("\x1b\x07\u202e"), out)

    def test_json_is_one_document_for_each_query(self):
        for arguments in TABLES:
            run = self.ledger(*arguments, "-o", "json")
            self.assert_code(run, DONE)
            self.assertIsInstance(run.document(), dict)

    def test_the_dump_names_every_record(self):
        records = self.ledger.dump()
        self.assertEqual({record["kind"] for record in records} - {"close"}, {"genesis", "claim", "checkpoint", "entry"})
        for record in records:
            self.assertEqual(record["verdict"], "applied" if record["kind"] == "entry" else "control")
            if record["kind"] == "checkpoint":
                self.assertRegex(record["root"], "^[0-9a-f]{64}$")
        partition = records[-1]["partition"]
        later = [record for record in records if record["partition"] == partition and record["position"] >= 2]
        self.assertEqual(self.ledger.dump("--partition", partition, "--from", 2), later)


class GenerateTest(tool.ToolTest):
    def test_the_same_seed_gives_the_same_bytes(self):
        out = tool.benefits("generate", "--partners", 50, "--seed", 7, "--days", 30).out
        self.assertEqual(out, tool.benefits("generate", "--partners", 50, "--seed", 7, "--days", 30).out)
        self.assertNotEqual(out, tool.benefits("generate", "--partners", 50, "--seed", 8, "--days", 30).out)

    def test_without_days_there_are_no_clock_lines(self):
        self.assertNotIn('"clock"', tool.benefits("generate", "--partners", 5, "--seed", 1).out)

    def test_generated_commands_are_accepted_refused_and_nothing(self):
        ledger = self.sandbox()
        answers = ledger("submit", given=tool.benefits("generate", "--partners", 200, "--seed", 3, "--days", 60).out)
        counted = {}
        for answer in answers.answers():
            counted[answer["outcome"]] = counted.get(answer["outcome"], 0) + 1
        self.assertEqual(set(counted), {"accepted", "refused", "nothing"}, answers.err)
        self.assertGreater(counted["accepted"], 10 * counted["nothing"])
        self.assert_verified(ledger)

    def test_every_command_of_a_partner_is_generated_so_that_it_is_taken(self):
        ledger = self.sandbox()
        given = tool.benefits("generate", "--partners", 300, "--seed", 3, "--days", 1500).out
        sent = [command for command in tool.json_lines(given) if "type" in command]
        types = {(command["partner"], command["id"]): command["type"] for command in sent}
        # Renewing automatically is never turned on by asking for it, but what is on already is taken for nothing to do.
        taken = {types[answer["partner"], answer["id"]] for answer in ledger("submit", given=given).answers()
                 if "partner" in answer and answer["outcome"] in ("accepted", "nothing")}
        known = tool.benefits("commands", "-o", "json").document()["commands"]
        self.assertEqual({each["type"] for each in known if each["of_partner"]} - taken, set())


if __name__ == "__main__":
    unittest.main()
