#!/usr/bin/env python3
"""Run with standard descriptors closed, the tool writes into none of the ledger's files what was meant for them."""

import itertools
import subprocess
import sys
import unittest

import benefits as tool
from benefits import DONE, FAILED, NOT_FOUND, command, lines

NAME, EMAIL, LEGAL_NAME = "Kim Planted", "kim.planted@contoso.example", "Planted Company"


class Descriptors(tool.ToolTest):
    def setUp(self):
        super().setUp()
        self.ledger = self.sandbox()
        person = {"id": "kim", "name": NAME, "email": EMAIL}
        planted = command(1)
        planted["body"].update(legal_name=LEGAL_NAME, user=person, contact=person)
        self.assert_code(self.ledger("submit", given=lines(planted)), DONE)

    def run_with_closed(self, closed, *arguments):
        """What is closed stays closed; what is not is a pipe."""
        closing = " ".join({0: "<&-", 1: ">&-", 2: "2>&-"}[file] for file in closed)
        done = subprocess.run(["bash", "-c", f'exec "$@" {closing}', "bash", tool.BINARY, *self.ledger.options, *arguments],
                              input=lines(command(2, partner="fabrikam")).encode(), capture_output=True,
                              timeout=tool.RUN_SECONDS_MAX, env=tool.environment(), check=False)
        return tool.Run(list(arguments), done.returncode, done.stdout.decode(), done.stderr.decode())

    def planted_in_files(self):
        """Of what only an unsealed answer has; the legal name is no secret and stands in the log."""
        return [str(file) for file in self.ledger.folder.rglob("*") if file.is_file()
                for text in (NAME, EMAIL, '"legal_name"', "legal name") if text.encode() in file.read_bytes()]

    def test_no_answer_is_written_into_a_file_of_the_ledger(self):
        combinations = [each for count in range(4) for each in itertools.combinations((0, 1, 2), count)]
        for closed in combinations:
            for arguments in (["show", "contoso", "--unseal"], ["history", "contoso", "--unseal", "-o", "json"],
                              ["log", "dump", "--unseal"], ["submit"], ["verify"], ["show", "nobody"]):
                with self.subTest(closed=closed, arguments=arguments):
                    run = self.run_with_closed(closed, *arguments)
                    self.assertEqual(self.planted_in_files(), [], run)
                    answers = arguments != ["show", "nobody"]
                    if 1 in closed and answers:
                        self.assert_code(run, FAILED)
                        said = "nothing was sent" if arguments == ["submit"] else "could not be written"
                        self.assertEqual(said in run.err, 2 not in closed, run)
        self.assert_verified(self.ledger)

    def test_commands_whose_answers_nobody_would_read_are_not_sent(self):
        self.assert_code(self.run_with_closed((1,), "submit"), FAILED)
        self.assert_code(self.ledger("show", "fabrikam"), NOT_FOUND)


if __name__ == "__main__":
    sys.exit(unittest.main())
