"""A row beyond those of faults that happen: a reader that is made to differ, by a bug that only test builds have."""

import re
import shutil

import benefits as tool
import oracle
import programs
from ledger_site import Site
from scene import BOTH, Skipped, row
from workload import mixed

MUTANT = "misjudges_one"


@row(24, "a reader that differs", f"BENEFITS_MUTANT={MUTANT}: the leaf of each partition's 10th entry is another", BOTH)
def differs(scene):
    """It stops at the writer's next checkpoint and names the place, whatever it was asked for."""
    if MUTANT not in programs.switches("BENEFITS_MUTANT"):
        raise Skipped(f"this binary has no mutants (BENEFITS_MUTANT=list doesn't name {MUTANT})")
    for number in range(scene.times(1, 10)):
        site = Site(scene, partitions=2, name=f"ledger-{number}")
        lines = mixed(400, scene.dice)
        # Each submission opens a term with a checkpoint in the partitions that it writes.
        site.submit(lines[:300])
        site.submit(lines[300:])
        wanted = first_checkpoints(site.direct.dump())
        for command in (["verify"], ["log", "state"], ["show", "steady-000"], ["log", "stat"]):
            shutil.rmtree(site.direct.folder / "views", ignore_errors=True)
            run = site.direct(*command, BENEFITS_MUTANT=MUTANT, seconds=60)
            scene.injected += 1
            said = re.search(r"partition (\d+) stopped at position (\d+): the writer's checkpoint says", run.err)
            scene.require(run.code == tool.FAILED and said and (int(said[1]), int(said[2])) in wanted,
                          f"a reader that differs has to stop at one of {wanted}: {run}")
        run = site.submit(lines[:50], BENEFITS_MUTANT=MUTANT, seconds=60)
        scene.injected += 1
        taken = [answer for answer in run.answers() if answer["outcome"] in ("accepted", "refused", "nothing")]
        scene.require(not taken, f"a node that reads another history answers: {taken[:1]}")
        # Its views hold what it misjudged before it stopped.
        run = site.direct("rebuild", "-o", "json", seconds=60)
        scene.require(run.code == tool.DONE, f"a rebuild by one that doesn't differ: {run}")
        oracle.check(site)


def first_checkpoints(records):
    """(partition, position) of each partition's first checkpoint behind its 10th entry."""
    entries, found = {}, {}
    for record in records:
        partition = record["partition"]
        if record["kind"] == "entry" and record["verdict"] == "applied":
            entries[partition] = entries.get(partition, 0) + 1
        elif record["kind"] == "checkpoint" and record["verdict"] == "control" and entries.get(partition, 0) >= 10:
            found.setdefault(partition, record["position"])
    return sorted(found.items())
