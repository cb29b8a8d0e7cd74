"""Plays rows one after the other and prints what came of each: one line in the table, and a sentence for each violation."""

import dataclasses
import shutil
import signal
import sys
import tempfile
import time
import traceback

import rows_brokers  # noqa: F401
import rows_clock  # noqa: F401
import rows_clock_start  # noqa: F401
import rows_damage  # noqa: F401
import rows_disk  # noqa: F401
import rows_folders  # noqa: F401
import rows_limits  # noqa: F401
import rows_keys  # noqa: F401
import rows_network  # noqa: F401
import rows_patience  # noqa: F401
import rows_process  # noqa: F401
import rows_reader  # noqa: F401
import rows_records  # noqa: F401
import rows_rights  # noqa: F401
import rows_slow  # noqa: F401
import rows_storm  # noqa: F401
import rows_topics  # noqa: F401
import second_opinion
from brokers import Brokers
from scene import CLUSTER, KAFKA, ROWS, Scene, Skipped, VIOLATIONS_PRINTED_MAX

_BROKERS = {KAFKA: 1, CLUSTER: 3}
_HEADINGS = ("row", "what", "log", "injected", "times", "violations", "seconds", "remark")
_VIOLATION_CHARACTERS_MAX = 800


@dataclasses.dataclass
class Played:
    row: object
    log: str
    times: int = 0
    violations: list = dataclasses.field(default_factory=list)
    notes: list = dataclasses.field(default_factory=list)
    seconds: float = 0
    remark: str = ""
    skipped: bool = False

    def cells(self):
        found = "skipped" if self.skipped else str(len(self.violations))
        return (str(self.row.number), self.row.what, self.log, self.row.injected, str(self.times), found,
                f"{self.seconds:.1f}", self.remark)


class Stage:
    """The brokers of each log, started when a row first wants them, stopped at the end."""

    def __init__(self, seed):
        self.seed = seed
        self._brokers = {}

    def brokers(self, log):
        if log not in self._brokers:
            folder = tempfile.mkdtemp(prefix="benefits-faults-brokers-")
            try:
                self._brokers[log] = Brokers(_BROKERS[log], folder, self.seed)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        return self._brokers[log]

    def heal(self, log):
        if log in self._brokers:
            self._brokers[log].heal()

    def close(self):
        for brokers in self._brokers.values():
            brokers.close()


def matrix(numbers, logs, seed, quick, times):
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(143))
    stage, played = Stage(seed), []
    try:
        for row in sorted(ROWS, key=lambda one: one.number):
            for log in logs:
                if log in row.logs and (not numbers or row.number in numbers):
                    played.append(_play(row, log, stage, quick, times))
                    _say(played[-1])
    finally:
        stage.close()
    print_table(played)
    return 1 if any(one.violations for one in played) else 0


def _play(row, log, stage, quick, times):
    done = Played(row, log)
    begin = time.monotonic()
    scene = Scene(log, stage.seed + row.number, quick, times, lambda: stage.brokers(log))
    try:
        row.play(scene)
    except Skipped as skipped:
        done.skipped = True
        scene.remarks.append(f"skipped: {skipped}")
    except Exception as failure:  # Whatever it is, the row has not passed.
        traceback.print_exc()
        scene.violation(f"the row failed: {failure!r}")
    finally:
        _clean_up(scene, stage, log)
    done.times, done.violations, done.notes, done.remark = scene.injected, scene.violations, scene.notes, "; ".join(scene.remarks)
    done.seconds = time.monotonic() - begin
    return done


def _clean_up(scene, stage, log):
    try:
        stage.heal(log)
        scene.cleanup.close()
    except Exception as failure:
        traceback.print_exc()
        scene.violation(f"it could not be healed: {failure!r}")


def _say(one):
    found = "skipped" if one.skipped else f"{len(one.violations)} violations"
    print(f"row {one.row.number} {one.log}: {one.row.what}: {found}, {one.seconds:.1f} s",
          file=sys.stderr, flush=True)
    for text in one.notes:
        print(f"  note: {text[:_VIOLATION_CHARACTERS_MAX]}", file=sys.stderr, flush=True)
    for text in one.violations[:VIOLATIONS_PRINTED_MAX]:
        print(f"  {text[:_VIOLATION_CHARACTERS_MAX]}", file=sys.stderr, flush=True)


def print_table(played):
    rows = [_HEADINGS] + [one.cells() for one in played]
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(_HEADINGS) - 1)]
    for number, cells in enumerate(rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths)) + "  " + cells[-1])
        if number == 0:
            print("  ".join("─" * width for width in widths) + "  " + "─" * len(_HEADINGS[-1]))
    skipped = sum(one.skipped for one in played)
    violations = sum(len(one.violations) for one in played)
    print(f"{len(played)} rows, {skipped} skipped, {sum(one.times for one in played)} injections, "
          f"{violations} violations, {sum(one.seconds for one in played):.0f} s"
          + ("" if second_opinion.is_there() else "; the independent reader is not there and was not asked"))
    for one in played:
        for text in one.violations[:VIOLATIONS_PRINTED_MAX]:
            print(f"row {one.row.number} {one.log}: {text[:_VIOLATION_CHARACTERS_MAX]}")
        if len(one.violations) > VIOLATIONS_PRINTED_MAX:
            print(f"row {one.row.number} {one.log}: {len(one.violations) - VIOLATIONS_PRINTED_MAX} more")
