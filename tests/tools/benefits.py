"""Runs the `benefits` binary as a person or a script would, for the tests beside this file.

The binary is named by BENEFITS_BINARY. Every run is bounded; every ledger lies in a folder of its own that goes with
the test.
"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

BINARY = os.environ.get("BENEFITS_BINARY", "benefits")
ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
RUN_SECONDS_MAX = 300

DONE, FAILED, USAGE, REFUSED, UNKNOWN, NOT_FOUND = range(6)


def environment(**more):
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("BENEFITS_", "LC_"))
            and name not in ("NO_COLOR", "COLUMNS", "LANGUAGE", "PAGER", "LESS")}
    # Nobody's own settings, and no pager that waits for a key.
    # Nobody can make a folder there, a shell that is tested neither.
    kept.update(LANG="C", XDG_CONFIG_HOME="/proc/none", BENEFITS_PAGER="never")
    kept.update(more)
    return kept


def json_lines(text):
    return [json.loads(line) for line in text.splitlines()]


def error_code(run):
    """What stands in brackets behind the last sentence on stderr; None where there is no code."""
    found = re.search(r"\[([a-z.-]+)\]$", run.err.rstrip())
    return found and found[1]


class Run:
    """What a run of the tool came to."""

    def __init__(self, arguments, code, out, err):
        self.arguments, self.code, self.out, self.err = arguments, code, out, err

    def answers(self):
        return json_lines(self.out)

    def document(self):
        return json.loads(self.out)

    def __str__(self):
        return (f"benefits {' '.join(self.arguments)}: exit code {self.code}\n"
                f"--- stdout\n{self.out[-4000:]}--- stderr\n{self.err[-4000:]}")


def benefits(*arguments, given="", seconds=RUN_SECONDS_MAX, **variables):
    """`given` is what stands on stdin, text or bytes."""
    data = given.encode() if isinstance(given, str) else given
    arguments = [str(argument) for argument in arguments]
    # Without the terminal that the tests themselves may have been started at: its width would count.
    done = subprocess.run([BINARY, *arguments], input=data, capture_output=True, timeout=seconds,
                          env=environment(**variables), check=False, start_new_session=True)
    return Run(arguments, done.returncode, done.stdout.decode(), done.stderr.decode())


class Ledger:
    """A ledger in a folder, embedded or, with brokers, this node's part of one on Kafka."""

    def __init__(self, folder, brokers=None, topics=None):
        self.folder = pathlib.Path(folder)
        self.options = ["--ledger", str(folder)]
        if brokers:
            self.options += ["--kafka", brokers]
        if topics:
            self.options += ["--topics", topics]

    def __call__(self, *arguments, **more):
        return benefits(*self.options, *arguments, **more)

    def popen(self, *arguments, **more):
        return subprocess.Popen([BINARY, *self.options, *[str(argument) for argument in arguments]],
                                env=environment(), **more)

    def dump(self, *arguments):
        run = self("log", "dump", *arguments)
        assert run.code == DONE, run
        return json_lines(run.out)


def clock_seen(ledger):
    """What the ledger's folder says of this machine's clock, by name."""
    return dict(line.split() for line in (ledger.folder / "clock").read_text().splitlines())


def write_clock_seen(ledger, seen):
    text = "".join(f"{name} {value}\n" for name, value in seen.items() if name != "sha256")
    (ledger.folder / "clock").write_text(text + f"sha256 {hashlib.sha256(text.encode()).hexdigest()}\n")


def command(number, partner="contoso", actor="kim", kind="user", **more):
    """A command that registers a partner, unless `type` and `body` say otherwise."""
    person = {"id": actor, "name": "Kim", "email": "kim@contoso.example"}
    made = {"id": f"c{number}", "partner": partner, "actor": {"kind": kind, "id": actor}, "type": "RegisterPartner",
            "body": {"legal_name": "Contoso", "address": "1 Example Way", "tenant": "contoso.example",
                     "contact": person, "user": person}}
    made.update(more)
    return made


def lines(*commands):
    return "".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in commands)


class ToolTest(unittest.TestCase):
    """With a folder of its own, and words for what the tool promises."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="benefits-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def make_ledger(self, *options, name="ledger", **place):
        ledger = Ledger(self.folder / name, **place)
        run = ledger("create", *options)
        self.assertEqual(run.code, DONE, run)
        return ledger

    def sandbox(self, clock="2020-08-31", *options, **place):
        return self.make_ledger("--sandbox", "--clock", clock, *options, **place)

    def assert_code(self, run, code):
        self.assertEqual(run.code, code, run)

    def assert_one_sentence(self, run, code, *words):
        """Nothing on stdout, one line on stderr with these words in it, and the exit code."""
        self.assert_code(run, code)
        self.assertEqual(run.out, "", run)
        said = [line for line in run.err.splitlines() if line]
        self.assertEqual(len(said), 1, run)
        for word in words:
            self.assertIn(word, said[0], run)

    def assert_error(self, run, code):
        """It failed with this code of an error: nothing on stdout, one line on stderr."""
        self.assert_one_sentence(run, FAILED)
        self.assertEqual(error_code(run), code, run)

    def assert_verified(self, ledger):
        run = ledger("verify", "-o", "json")
        self.assert_code(run, DONE)
        self.assertTrue(run.document()["clean"], run)
