"""Row 17: a production ledger on a machine whose clock jumps, stands still, or goes back."""

import datetime
import time

import benefits as tool
import oracle
from ledger_site import Site
from scene import BOTH, EMBEDDED, row
from shim import Shim
from workload import agreement, mixed
from writer import Writer

SECOND_NS = 1_000_000_000
YEAR_SECONDS = 31_557_600
DOUBT_SECONDS = 300  # more than that is not believed
ALLOWED = datetime.timedelta(seconds=DOUBT_SECONDS)
PATIENCE_SECONDS = 5


def jumps(dice):
    """Name, seconds, and whether the clock is believed."""
    return [
        ("ten years ahead", 10 * YEAR_SECONDS, False),
        ("a year back", -YEAR_SECONDS, False),
        ("an hour ahead", 3600, False),
        ("an hour back", -3600, False),
        ("a minute ahead", dice.randint(1, 100), True),
        ("a minute back", -dice.randint(1, 100), True),
    ]


@row(17, "clock jumps and is put right", "wall clock of the process: ten years ahead, back, an hour, a minute", BOTH)
def clock_jumps(scene):
    site = Site(scene, sandbox=False)
    lines = mixed(30_000, scene.dice)
    at = 0
    for _ in range(scene.times(1, 5)):
        for name, seconds, believed in jumps(scene.dice):
            shim = Shim(scene)
            writer = Writer(site, lines[at:at + 3000], "direct", proxied=False, patience=PATIENCE_SECONDS,
                            **shim.variables)
            scene.require(writer.works(), f"it doesn't work before: {name}: {writer.submission.said()}")
            before = len(writer.submission.answers)
            shim.set(clock_offset_ns=seconds * SECOND_NS)
            scene.injected += 1
            time.sleep(1 if scene.quick else 5)
            check_while_wrong(scene, name, believed, writer, before)
            shim.heal()
            writer.end()
            at += len(writer.submission.fed)
            run = site.submit(lines[at:at + 20])
            scene.require(run.code in (tool.DONE, tool.REFUSED), f"put right after: {name}: {run}")
            at += 20
    oracle.check(site)
    check_times(scene, site)


def check_while_wrong(scene, name, believed, writer, before):
    """A clock that isn't believed stops the writer; a small step is nothing."""
    later = writer.submission.answers[before + 300:]  # What was on its way may have come through before.
    if believed:
        scene.require(writer.works(), f"{name}: it doesn't go on: {writer.submission.said()}")
        return
    taken = [answer for answer in later if answer["outcome"] not in ("failed", "unknown")]
    scene.require(not taken, f"{name}, and it goes on: {taken[:1]}")
    failed = [answer for answer in writer.submission.answers[before:] if answer["outcome"] == "failed"]
    silent = [answer for answer in failed if "clock" not in answer.get("reason", "")]
    scene.require(not silent, f"{name}, and it isn't said: {silent[:1]}")


@row(17, "started under a wrong clock", "ten years ahead, a year back; on Kafka a node's first start too", BOTH)
def started_wrong(scene):
    """It shows what there is, and writes nothing."""
    for number, (name, seconds) in enumerate((("ten years ahead", 10 * YEAR_SECONDS), ("a year back", -YEAR_SECONDS))):
        for first_start in (False,) if scene.log == EMBEDDED else (False, True):
            site = Site(scene, sandbox=False, name=f"ledger-{number}-{first_start}")
            site.submit(mixed(100, scene.dice))
            shim = Shim(scene)
            shim.set(clock_offset_ns=seconds * SECOND_NS)
            scene.injected += 1
            node = site.node("new") if first_start else site.direct
            what = f"{name}, {'first start of a node' if first_start else 'known to this machine'}"
            run = node("show", "steady-000", **shim.variables)
            scene.require(run.code == tool.DONE, f"{what}: a query: {run}")
            run = site.submit([agreement(95_000, "steady-000")], node=node, **shim.variables)
            scene.require(run.code == tool.FAILED and "clock" in run.out, f"{what}: it writes: {run}")
            run = site.submit([agreement(95_001, "steady-000")])
            scene.require(run.code == tool.DONE, f"{what}, and then nobody can write any more: {run}")
            check_times(scene, site)


def check_times(scene, site):
    """No entry is of a time that wasn't, but for what is believed."""
    latest = datetime.datetime.now(datetime.timezone.utc) + ALLOWED
    for record in site.direct.dump():
        if record["kind"] == "entry" and record["verdict"] == "applied":
            when = datetime.datetime.fromisoformat(record["time"].replace("Z", "+00:00"))
            scene.require(when <= latest, f"an entry of the future: {record}")


@row(17, "clock stands still", "wall clock of the process frozen for some seconds", BOTH)
def clock_frozen(scene):
    site = Site(scene, sandbox=False)
    lines = mixed(10_000, scene.dice)
    shim = Shim(scene)
    writer = Writer(site, lines, "direct", proxied=False, **shim.variables)
    for _ in range(scene.times(1, 5)):
        scene.require(writer.works(), f"it doesn't work: {writer.submission.said()}")
        shim.set(clock_frozen_ns=time.time_ns())
        scene.injected += 1
        time.sleep(2 if scene.quick else 10)
        scene.require(writer.works(), f"with a clock that stands still it doesn't work: {writer.submission.said()}")
        shim.heal()
    writer.end()
    oracle.check(site)
    check_times(scene, site)
