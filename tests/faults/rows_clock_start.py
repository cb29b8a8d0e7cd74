"""Row 28: a production ledger on a machine whose clock is wrong when the program starts, with nothing at hand that knows how
much time has passed: after a reboot, a restore, a pause; on a fresh node."""

import json
import time

import benefits as tool
import oracle
from ledger_site import Site
from rows_clock import DOUBT_SECONDS, SECOND_NS, YEAR_SECONDS, check_times
from scene import BOTH, EMBEDDED, KAFKA, row
from shim import Shim
from submission import Submission
from workload import agreement, mixed

COMMANDS = 60
DAY_SECONDS = 86_400
CLOCKS = (("ten years ahead", 10 * YEAR_SECONDS), ("a week ahead", 7 * DAY_SECONDS), ("a year back", -YEAR_SECONDS))
NOTICED_SECONDS_MAX = 60


def reboot(node):
    """As far as a program can tell."""
    tool.write_clock_seen(node, {**tool.clock_seen(node), "boot": "00000000-0000-4000-8000-000000000000"})


def forget(node):
    """A folder that never knew, or came back without it."""
    (node.folder / "clock").unlink(missing_ok=True)


def damage(node):
    file = node.folder / "clock"
    file.write_bytes(file.read_bytes()[:-9])


class Attempt:
    """Commands of a partner that is there, each another one."""

    def __init__(self, site):
        self.site, self.number = site, 0

    def __call__(self, node=None, **variables):
        self.number += 1
        return self.site.submit([agreement(90_000 + self.number, "steady-000")], node=node, **variables)


def require_doubt(scene, run, what):
    scene.require(run.code == tool.FAILED and "clock" in run.out, f"{what}: it writes: {run}")


@row(28, "clock wrong after a start of the machine", "another boot id, no or a damaged clock file; years ahead and back", BOTH)
def wrong_after_start(scene):
    """Nothing is written until the clock is right again; then nobody has to say so."""
    site = Site(scene, sandbox=False)
    site.submit(mixed(COMMANDS, scene.dice))
    attempt = Attempt(site)
    for lose in (reboot, forget, damage):
        for name, seconds in scene.dice.sample(CLOCKS, min(len(CLOCKS), scene.times(2, len(CLOCKS)))):
            what = f"{lose.__name__}, {name}"
            lose(site.direct)
            shim = Shim(scene)
            shim.set(clock_offset_ns=seconds * SECOND_NS)
            scene.injected += 1
            require_doubt(scene, attempt(**shim.variables), what)
            require_doubt(scene, attempt(**shim.variables), f"{what}, and again")
            run = site.direct("show", "steady-000", **shim.variables)
            scene.require(run.code == tool.DONE, f"{what}: a query: {run}")
            if scene.log == EMBEDDED:  # A broker is asked when something is written.
                scene.require("clock" in run.err, f"{what}: a query doesn't say that the clock is in doubt: {run}")
            run = attempt()
            scene.require(run.code == tool.DONE, f"{what}, and put right: {run}")
    check_times(scene, site)
    oracle.check(site)


@row(28, "clock wrong on a fresh node", "a folder with nothing but the key; ten years ahead", (KAFKA,))
def wrong_on_fresh_node(scene):
    site = Site(scene, sandbox=False)
    site.submit(mixed(COMMANDS, scene.dice))
    attempt, node, shim = Attempt(site), site.node("fresh"), Shim(scene)
    shim.set(clock_offset_ns=10 * YEAR_SECONDS * SECOND_NS)
    scene.injected += 1
    for _ in range(2):  # The second is no witness of the first.
        require_doubt(scene, attempt(node, **shim.variables), "a fresh node")
    run = attempt(node)
    scene.require(run.code == tool.DONE, f"a fresh node, put right: {run}")
    check_times(scene, site)
    oracle.check(site)


@row(28, "clock wrong after a restore", "ten years ahead; and a person who says that it is right", (EMBEDDED,))
def wrong_after_restore(scene):
    site = Site(scene, sandbox=False)
    site.submit(mixed(COMMANDS, scene.dice))
    backup, restored = scene.folder / "backup", tool.Ledger(scene.folder / "restored")
    run = site.direct("backup", backup, "--with-master-key")
    scene.require(run.code == tool.DONE, f"backup: {run}")
    run = restored("restore", backup)
    scene.require(run.code == tool.DONE, f"restore: {run}")
    shim = Shim(scene)
    shim.set(clock_offset_ns=10 * YEAR_SECONDS * SECOND_NS)
    scene.injected += 1
    given = agreement(90_000, "steady-000") + "\n"
    require_doubt(scene, restored("submit", given=given, **shim.variables), "restored")
    run = restored("clock", **shim.variables)
    scene.require(run.code == tool.FAILED and "clock accept" in run.err, f"restored, the clock shown: {run}")
    run = restored("clock", "accept", **shim.variables)
    scene.require(run.code == tool.DONE, f"restored, accepted: {run}")
    for _ in range(2):
        run = restored("submit", given=given, **shim.variables)
        scene.require(run.code == tool.DONE, f"restored, after it was accepted: {run}")
    given = agreement(90_001, "steady-000") + "\n"
    require_doubt(scene, restored("submit", given=given), "and then ten years back")
    run = restored("clock", "accept")
    scene.require(run.code == tool.DONE, f"ten years back, accepted: {run}")
    run = restored("submit", given=given)
    scene.require(run.code == tool.DONE, f"ten years back, after it was accepted: {run}")
    # Questions go by the day by which commands are decided.
    newest = restored("clock", "-o", "json").document()["newest_entry"][:10]
    run = restored("show", "steady-000", "--at", newest)
    scene.require(run.code == tool.DONE, f"shown on the day of its newest entry: {run}")


@row(28, "machine paused between two runs", "the wall clock ahead of the time since its start, by an hour and by a bit", BOTH)
def paused(scene):
    site = Site(scene, sandbox=False)
    site.submit(mixed(COMMANDS, scene.dice))
    attempt, shim = Attempt(site), Shim(scene)
    for seconds, believed in ((3600, False), (DOUBT_SECONDS + 30, False), (DOUBT_SECONDS - 60, True)):
        shim.set(clock_offset_ns=seconds * SECOND_NS)
        scene.injected += 1
        run = attempt(**shim.variables)
        if believed:
            scene.require(run.code == tool.DONE, f"paused for {seconds} s: {run}")
        else:
            require_doubt(scene, run, f"paused for {seconds} s")
    check_times(scene, site)
    oracle.check(site)


@row(28, "clock put right while a node is in doubt", "1970 at its start, after a reboot; then a time server answers", BOTH)
def put_right_while_in_doubt(scene):
    """It serves without a restart."""
    site = Site(scene, sandbox=False)
    site.submit(mixed(COMMANDS, scene.dice))
    reboot(site.direct)
    shim = Shim(scene)
    shim.set(clock_offset_ns=-time.time_ns())
    # Each of another partner: behind one that came to no answer those of its partner aren't decided.
    lines = [json.dumps(tool.command(number, partner=f"later-{number}")) for number in range(5_000)]
    submission = Submission(site, site.direct, lines, rate=50, **shim.variables)
    scene.require(submission.wait_for_answers(20), f"no answer in doubt: {submission.said()}")
    scene.injected += 1
    taken = [answer for answer in submission.answers if answer["outcome"] != "failed"]
    scene.require(not taken, f"in 1970 it writes: {taken[:1]}")
    shim.heal()
    until = time.monotonic() + NOTICED_SECONDS_MAX
    while time.monotonic() < until and submission.wait_for_answers(1):
        if submission.answers[-1]["outcome"] == "accepted":
            break
    scene.require(submission.answers[-1]["outcome"] == "accepted", f"put right, and it doesn't serve: {submission.answers[-1]}")
    submission.end()
    check_times(scene, site)
    oracle.check(site)
