#!/usr/bin/env python3
"""SIGKILL of `benefits submit` with commands in flight, then the same file again: every accepted answer that was printed
is given again, nothing stands twice, and the ledger verifies.

The moments are random and seeded; each round has a ledger of its own. BENEFITS_TEST_KILLS says how many (20).
"""

import os
import random
import signal
import subprocess
import sys
import unittest

import benefits as tool

SEED = 20200901
ROUNDS = int(os.environ.get("BENEFITS_TEST_KILLS", "20"))
PARTNERS = 60
IN_FLIGHT = 64
ATTEMPTS_MAX = 5


class KillTest(tool.ToolTest):
    def setUp(self):
        super().setUp()
        self.commands = self.folder / "commands.jsonl"
        run = tool.benefits("generate", "--partners", PARTNERS, "--seed", SEED)
        self.assert_code(run, tool.DONE)
        self.commands.write_text(run.out)
        self.count = len(run.out.splitlines())

    def kill_after(self, ledger, answers_wanted):
        """The answers that were printed before the process was killed."""
        with ledger.popen("submit", "-f", self.commands, "--in-flight", IN_FLIGHT, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as process:
            answered = [process.stdout.readline() for _ in range(answers_wanted)]
            process.send_signal(signal.SIGKILL)
            answered += process.stdout.readlines()
            process.wait(tool.RUN_SECONDS_MAX)
        return tool.json_lines(b"".join(line for line in answered if line.endswith(b"\n")).decode())

    def killed_in_flight(self, number, dice):
        """A ledger whose writer was killed with some answers given and others not."""
        for attempt in range(ATTEMPTS_MAX):
            ledger = self.make_ledger("--sandbox", "--clock", "2020-09-01", "--partitions", 4,
                                      name=f"ledger-{number}-{attempt}")
            # Early enough that what waits in the pipe can't be everything.
            printed = self.kill_after(ledger, dice.randint(1, self.count - 2 * IN_FLIGHT))
            if 0 < len(printed) < self.count:
                return ledger, printed
        self.fail(f"round {number}: {ATTEMPTS_MAX} times every answer was out before the kill")

    def test_an_accepted_answer_survives_a_kill_and_nothing_stands_twice(self):
        dice = random.Random(SEED)
        for number in range(ROUNDS):
            with self.subTest(round=number):
                ledger, printed = self.killed_in_flight(number, dice)
                again = ledger("submit", "-f", self.commands)
                self.assert_code(again, tool.REFUSED)
                self.check_answers(printed, again.answers())
                self.check_log(ledger, again.answers())
                self.assert_verified(ledger)
                print(f"round {number}: killed after {len(printed)} of {self.count} answers", file=sys.stderr)

    def check_answers(self, printed, again):
        self.assertEqual(len(again), self.count)
        for before, after in zip(printed, again):
            if before["outcome"] == "accepted":
                self.assertEqual(before, after)

    def check_log(self, ledger, answers):
        standing = {}
        for record in ledger.dump():
            if record["kind"] == "entry" and record["verdict"] == "applied":
                name = (record["partner"], record["command_id"])
                self.assertNotIn(name, standing)
                standing[name] = (record["partition"], record["seq"], record["version"], record["position"])
        accepted = {(answer["partner"], answer["id"]): (answer["partition"], answer["seq"], answer["version"],
                                                        answer["position"])
                    for answer in answers if answer["outcome"] == "accepted"}
        self.assertEqual(accepted, standing)


if __name__ == "__main__":
    unittest.main()
