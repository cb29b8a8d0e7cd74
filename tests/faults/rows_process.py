"""Rows 1, 2 and 6: processes that are killed at any moment, and one that is stopped for so long that it is given up."""

import shutil
import signal
import subprocess
import time

import benefits as tool
import folders
import oracle
import programs
from scene import BOTH, EMBEDDED, Skipped, row
from ledger_site import Site
from submission import Submission
from workload import generated, mixed, of_partners

RESTART_SECONDS_MAX = 2.0
# Longer than the patience of a command (30 s), of a record handed to Kafka (30 s), of a read-back (5 s).
ZOMBIE_SECONDS = 75
ZOMBIE_QUICK_SECONDS = 8


def restart_seconds(scene, node):
    """How long the next process takes until it knows the log as it is."""
    begin = time.monotonic()
    run = node("log", "stat", "-o", "json")
    scene.require(run.code == tool.DONE, f"after a kill: {run}")
    return time.monotonic() - begin


@row(1, "process killed at random", "SIGKILL of submit with 64 commands in flight", BOTH)
def killed_at_random(scene):
    rounds = scene.times(4, 40)
    lines = mixed(3000, scene.dice)
    slowest = 0.0
    site, at = None, 0
    for _ in range(rounds):
        if at + 400 > len(lines) or site is None:
            if site:
                oracle.check(site)
            site, at = Site(scene, name=f"ledger-{scene.injected}"), 0
        submission = Submission(site, site.direct, lines[at:])
        submission.wait_for_answers(scene.dice.randint(1, 200))
        submission.kill()
        scene.injected += 1
        # The next goes on in the middle of what may have been accepted.
        at += max(1, len(submission.answers) - 30)
        slowest = max(slowest, restart_seconds(scene, site.direct))
    oracle.check(site)
    scene.remark(f"slowest restart {slowest:.1f} s")
    if not scene.quick:
        scene.require(slowest < RESTART_SECONDS_MAX, f"a restart took {slowest:.1f} s")


@row(1, "process killed at a crash point", "the end of the process at each named point", BOTH)
def killed_at_a_crash_point(scene):
    points = [point for point in programs.switches("BENEFITS_CRASH_AT") if point not in folders.POINTS]
    if not points:
        raise Skipped("this binary has no crash points (BENEFITS_CRASH_AT=list names none)")
    lines = list(generated(40, scene.seed))
    never = []
    for point in points:
        site = Site(scene, name=f"ledger-{point}")
        for count in range(1, scene.times(1, 5) + 1):
            submission = Submission(site, site.direct, lines, BENEFITS_CRASH_AT=f"{point}:{count}")
            code = submission.finish(signals=(signal.SIGKILL, signal.SIGABRT))
            if code is not None and code < 0:
                scene.injected += 1
            else:
                never.append(f"{point}:{count}")
        oracle.check(site)
    scene.remark(f"{len(points)} points" + (f", never reached: {' '.join(never)}" if never else ""))


@row(2, "projector killed while it catches up", "SIGKILL of a query that makes the views anew", BOTH)
def projector_killed(scene):
    site = Site(scene)
    site.submit(mixed(6000, scene.dice))
    views = site.direct.folder / "views"
    shutil.rmtree(views)
    begin = time.monotonic()
    scene.require(site.direct("show", "steady-000").code == tool.DONE, "show")
    whole = time.monotonic() - begin
    shutil.rmtree(views)
    seen = set()
    for _ in range(scene.times(6, 60)):
        process = site.direct.popen("show", "steady-000", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(scene.dice.uniform(0.2, 1) * whole)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            scene.injected += 1
        process.wait()
        if not views.exists():
            continue
        stat = site.direct("stat", "-o", "json")
        # Complete also means: as many rows as the position says.
        if scene.require(stat.code == tool.DONE and stat.document()["total"]["complete"], f"{stat}"):
            seen.add(stat.document()["lag"])
            if stat.document()["lag"] == 0:
                shutil.rmtree(views)
    oracle.check(site)
    scene.remark(f"views found at {len(seen)} different positions")


@row(6, "zombie writer", "SIGSTOP of a writer, another takes over and writes, SIGCONT", BOTH)
def zombie(scene):
    lines = mixed(3000, scene.dice)
    void = 0
    for number in range(scene.times(1, 3)):
        site = Site(scene, name=f"ledger-{number}", partitions=2)
        asleep = Submission(site, site.node("a"), of_partners(lines, 0, 2), patience=5 if scene.quick else 30)
        asleep.wait_for_answers(scene.dice.randint(50, 300))
        asleep.pause()
        scene.injected += 1
        begin = time.monotonic()
        if scene.log == EMBEDDED:
            while_it_sleeps_embedded(scene, site, asleep)
        else:
            taken_over = site.submit(of_partners(lines, 1, 2), node=site.node("b"))
            scene.require(taken_over.code in (tool.DONE, tool.REFUSED), f"the second writer: {taken_over}")
            # Some of the first one's commands too, as a caller would who lost patience.
            site.submit(asleep.fed[-100:], node=site.node("b"))
        time.sleep(max(0, begin + (ZOMBIE_QUICK_SECONDS if scene.quick else ZOMBIE_SECONDS) - time.monotonic()))
        asleep.resume()
        if not scene.require(asleep.wait_for_answers(1, 60), "awake again it answers nothing"):
            asleep.kill()
        asleep.end()
        total = oracle.check(site)
        void += total["void"] if total else 0
    scene.remark(f"{void} records void")


def while_it_sleeps_embedded(scene, site, asleep):
    """The embedded log has one process at a time: the second is told so."""
    run = site.direct("submit", given=asleep.fed[0] + "\n")
    scene.require(run.code == tool.FAILED and f"process {asleep.process.pid}" in run.err,
                  f"another process has the log, and the second says {run}")
