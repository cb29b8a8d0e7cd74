"""Rows 11 and 12: disks that are full, that fail, that say an fsync failed."""

import contextlib
import resource
import signal
import time

import benefits as tool
import mounts
import oracle
from ledger_site import Site
from scene import BOTH, EMBEDDED, row
from shim import SYNC, WRITE, Shim
from submission import Submission
from workload import generated, mixed
from writer import Writer

DISK_MEBIBYTES = 64
PATIENCE_SECONDS = 5
# Longer than what waits for room may wait.
FULL_SECONDS = PATIENCE_SECONDS + 2


def wait_for_outcome(submission, outcome, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and submission.is_alive():
        if any(answer["outcome"] == outcome for answer in submission.answers[-50:]):
            return True
        time.sleep(0.05)
    return False


@row(11, "disk full", "tmpfs filled to the last byte while it runs, then freed", BOTH)
def disk_full(scene):
    disk = mounts.tmpfs(scene, "disk", DISK_MEBIBYTES)
    site, filler = Site(scene, folder=disk), mounts.Filler(disk)
    writer = Writer(site, mixed(60_000, scene.dice), "direct", proxied=False, rate=200, patience=PATIENCE_SECONDS)
    for _ in range(scene.times(1, 10)):
        scene.require(writer.works(), f"it doesn't work: {writer.submission.said()}")
        before = len(writer.submission.answers)
        filler.fill()
        scene.injected += 1
        time.sleep(FULL_SECONDS)
        scene.require(writer.submission.is_alive(), f"a full disk ended the process: {writer.submission.said()}")
        if scene.log == EMBEDDED:  # On Kafka only views and refusals are on it.
            later = writer.submission.answers[before:]
            scene.require(any(answer["outcome"] == "failed" for answer in later), "a full disk, and nothing is refused")
        check_said(scene, writer)
        filler.free()
        scene.require(writer.works(), f"with room again it doesn't work: {writer.submission.said()}")
    writer.end()
    oracle.check(site)
    scene.remark(writer.told())


def check_said(scene, writer):
    """Who is refused because there is no room is told so."""
    silent = [answer for answer in writer.submission.answers
              if answer["outcome"] == "failed" and "full" not in answer.get("reason", "")]
    scene.require(not silent, f"{len(silent)} are refused because there is no room and not told so: {silent[:1]}")


@row(11, "started on a full disk", "tmpfs filled to the last byte, then freed", BOTH)
def started_on_full_disk(scene):
    """Queries are answered, commands are not; with room again all goes on, without repair."""
    disk = mounts.tmpfs(scene, "disk", DISK_MEBIBYTES)
    site, filler = Site(scene, folder=disk), mounts.Filler(disk)
    lines = mixed(2000, scene.dice)
    for number in range(scene.times(1, 10)):
        site.submit(lines[number * 200:number * 200 + 190])
        filler.fill()
        scene.injected += 1
        run = site.direct("show", "steady-000", seconds=60)
        scene.require(run.code == tool.DONE, f"a query on a full disk: {run}")
        run = site.submit(lines[number * 200 + 190:number * 200 + 200], "--patience", PATIENCE_SECONDS, seconds=60)
        scene.require(run.code in (tool.FAILED, tool.DONE, tool.REFUSED), f"commands on a full disk: {run}")
        filler.free()
    oracle.check(site)


@row(11, "file size limit", "RLIMIT_FSIZE while it runs, then lifted", BOTH)
def file_size_limit(scene):
    site = Site(scene)
    lines = mixed(scene.times(1, 10) * 4000, scene.dice)
    for number in range(scene.times(1, 10)):
        writer = Writer(site, lines[number * 4000:number * 4000 + 4000], "direct", proxied=False,
                        patience=PATIENCE_SECONDS)
        scene.require(writer.works(), f"it doesn't work: {writer.submission.said()}")
        limit_file_size(writer, scene.dice.choice([1, 16 << 10, 64 << 10]))
        scene.injected += 1
        wait_for_outcome(writer.submission, "failed", PATIENCE_SECONDS + 5)
        limit_file_size(writer, resource.RLIM_INFINITY)
        scene.require(writer.submission.is_alive(), "a file size limit ended the process")
        scene.require(writer.works(), f"the limit is lifted, and it doesn't work: {writer.submission.said()}")
        writer.end()
        scene.remark(writer.told())
    oracle.check(site)


def limit_file_size(writer, limit):
    with contextlib.suppress(ProcessLookupError):
        resource.prlimit(writer.submission.process.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))


FAILURES = [("/log/", SYNC), ("/log/", WRITE), ("/tail", WRITE), ("/keys/", SYNC), ("/keys/", WRITE), ("/views/", SYNC),
            ("/views/", WRITE), ("/refusals/", SYNC), ("/refusals/", WRITE)]
FAILURES_OF_A_NODE = FAILURES[5:]


@row(12, "write and fsync fail", "EIO on the files of each store; what was not synced is gone", BOTH)
def io_error(scene):
    """The process ends with a sentence that names the place, and the next recovers. Views and refusals are written at its
    end at the latest."""
    lines = generated(scene.times(1, 10) * 90, scene.seed)
    met, at = [], 0
    site = Site(scene)
    for _ in range(scene.times(1, 10)):
        for path, kinds in FAILURES if scene.log == EMBEDDED else FAILURES_OF_A_NODE:
            shim = Shim(scene, path)
            submission = Submission(site, site.direct, lines[at:at + 400], rate=1000, **shim.variables)
            submission.wait_for_answers(scene.dice.randint(1, 50))
            shim.fail(kinds, calls_before=scene.dice.randint(0, 3))
            code = submission.finish(signals=(signal.SIGABRT,))
            at += max(1, len(submission.fed) - 200)
            name = f"{path} {'sync' if kinds == SYNC else 'write'}"
            check_end_after_failure(scene, name, shim, code, submission)
            met += [name] if shim.get("failed") else []
            run = site.direct("log", "stat", "-o", "json")
            scene.require(run.code == tool.DONE, f"after {name}: {run}")
    oracle.check(site)
    scene.remark("met: " + ", ".join(sorted(set(met))))


def check_end_after_failure(scene, name, shim, code, submission):
    if not shim.get("failed"):
        return
    scene.injected += 1
    said = submission.said()
    scene.require(shim.get("synced_again") == 0, f"{name}: an fsync was tried again after it failed")
    scene.require("Assertion" not in said, f"{name} failed, and the process ends with an assertion: {said}")
    if "views" not in name and "refusals" not in name:
        scene.require(code not in (tool.DONE, tool.REFUSED), f"{name} failed, and it went on: {said}")
