"""Rows 11 and 12: disks that are full, that fail, that say an fsync failed."""

import contextlib
import json
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
from workload import agreement, generated, mixed
from writer import Writer

DISK_MEBIBYTES = 64
PATIENCE_SECONDS = 5
# Longer than what waits for room may wait.
FULL_SECONDS = PATIENCE_SECONDS + 2
# What the views keep in memory before they write a file, some thousand bytes a command.
VIEWS_BUFFER_COMMANDS = 64 * 1024
VIEWS_RATE = 3000  # commands a second
# So many in a row are of one partner: where one of its commands fails, the next partner's are decided again.
OF_ONE_PARTNER = 500


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


@row(11, "disk of the views full", "tmpfs under the views alone, full when their write buffer is", BOTH)
def views_disk_full(scene):
    """The log goes on and the views can't: commands are refused meanwhile, and the very same process goes on when there
    is room."""
    site = Site(scene)
    disk = mounts.tmpfs(scene, "disk", DISK_MEBIBYTES)
    (disk / "views").mkdir()
    (site.direct.folder / "views").symlink_to(disk / "views")
    times = scene.times(1, 5)
    names = [f"steady-{number:03}" for number in range(times * 3 * VIEWS_BUFFER_COMMANDS // OF_ONE_PARTNER)]
    site.submit([json.dumps(tool.command(0, partner=name)) for name in names])
    writer = Writer(site, long_commands(names), "direct", proxied=False, rate=VIEWS_RATE, patience=PATIENCE_SECONDS)
    submission, filler = writer.submission, mounts.Filler(disk)
    for _ in range(times):
        scene.require(submission.wait_for_answers(100), f"it doesn't work: {submission.said()}")
        filler.fill()
        scene.injected += 1
        refused = wait_for_outcome(submission, "failed", 4 * VIEWS_BUFFER_COMMANDS / VIEWS_RATE)
        scene.require(refused, "the views have no room for what they are told, and nothing is refused")
        check_said(scene, writer)
        filler.free()
        freed = len(submission.answers)
        scene.require(wait_for_accepted(submission, freed, FULL_SECONDS),
                      f"with room again the same process doesn't go on: {submission.answers[-1:]}, {submission.said()}")
    writer.end()
    oracle.check(site)
    scene.remark(writer.told())


def long_commands(names):
    """Each as long as a command of this kind may be."""
    lines = []
    for number in range(len(names) * OF_ONE_PARTNER):
        command = json.loads(agreement(number + 1, names[number // OF_ONE_PARTNER]))
        lines.append(json.dumps({**command, "reason": f"{number:0400}"}))
    return lines


def wait_for_accepted(submission, begin, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and submission.is_alive():
        if any(answer["outcome"] == "accepted" for answer in submission.answers[begin:]):
            return True
        time.sleep(0.05)
    return False


def check_said(scene, writer):
    """Who is refused because there is no room is told so."""
    silent = [answer for answer in list(writer.submission.answers)
              if answer["outcome"] == "failed" and answer.get("code") != "after-failed"
              and "full" not in answer.get("reason", "")]
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
