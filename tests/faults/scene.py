"""A row of the fault matrix, and the scene it is played on: one log, one folder, seeded dice, and the count of what was
injected and what the oracle found.

A row is a function marked with @row; it injects, heals, and asks the oracle. What it can't do on this machine it raises
as Skipped, which is printed as such and never counts as passed.
"""

import contextlib
import dataclasses
import pathlib
import random
import shutil
import tempfile

EMBEDDED, KAFKA, CLUSTER = "embedded", "kafka", "cluster"
BOTH = (EMBEDDED, KAFKA)
ALL = (EMBEDDED, KAFKA, CLUSTER)
VIOLATIONS_PRINTED_MAX = 20


class Skipped(Exception):
    """Why a row can't be played here."""


@dataclasses.dataclass(frozen=True)
class Row:
    number: int
    what: str
    injected: str
    logs: tuple
    play: object


ROWS = []


def row(number, what, injected, logs):
    def keep(play):
        ROWS.append(Row(number, what, injected, logs, play))
        return play
    return keep


class Scene:
    """`quick` asks for what fits into CI; `times` is what --times says, or None. `brokers` starts the log's brokers when it
    is first called."""

    def __init__(self, log, seed, quick, times, brokers):
        self.log, self.quick, self.brokers = log, quick, brokers
        self._times = times
        self.seed = seed
        self.dice = random.Random(seed)
        self.injected = 0
        self.violations, self.remarks, self.notes = [], [], []
        self.cleanup = contextlib.ExitStack()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="benefits-faults-"))
        self.cleanup.callback(shutil.rmtree, self.folder, ignore_errors=True)

    def times(self, quick, full):
        """How often to inject."""
        return self._times or (quick if self.quick else full)

    def violation(self, text):
        self.violations.append(text)

    def require(self, holds, text):
        if not holds:
            self.violation(text)
        return holds

    def remark(self, text):
        """Stands in the table."""
        self.remarks.append(text)
