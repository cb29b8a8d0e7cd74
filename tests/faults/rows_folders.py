"""Rows 25 and 26: folders that are made, filled or switched, by several at once, and half."""

import json
import shutil
import uuid

import benefits as tool
import folders
import mounts
import programs
from scene import BOTH, EMBEDDED, KAFKA, Skipped, row

DISK_MEBIBYTES = 48
ROOM_KIBIBYTES_MAX = 6_000


class _CreateOnKafka(folders.Create):
    """In one folder; the topics are of this round alone."""

    def __init__(self, scene, source, place):
        topics = f"folders-{uuid.uuid4().hex}"
        super().__init__(scene, source, place, ["--kafka", scene.brokers().bootstrap(), "--topics", topics])


class _CreateOnKafkaWithKey(folders.CreateWithKey, _CreateOnKafka):
    pass


CRASHES_ON_KAFKA = {_CreateOnKafka: folders.CRASHES_ON_KAFKA, _CreateOnKafkaWithKey: folders.CRASHES_ON_KAFKA[1:]}


class Places:
    """A new one for every round, taken away after it."""

    def __init__(self, scene):
        self.scene = scene
        self.source = folders.Source(scene.folder)
        self.crashes = folders.CRASHES if scene.log == EMBEDDED else CRASHES_ON_KAFKA

    def play(self, kind, disturb, *what, on=None):
        place = (on or self.scene.folder) / "round"
        place.mkdir()
        try:
            disturb(kind(self.scene, self.source, place), *what)
            self.scene.injected += 1
        finally:
            shutil.rmtree(place, ignore_errors=True)


@row(25, "two and six at once", "create, restore, copy, move, backup, rebuild in one folder, started together", BOTH)
def at_once(scene):
    places = Places(scene)
    for _ in range(scene.times(1, 20)):
        for kind in places.crashes:
            for count in (2, 6):
                places.play(kind, folders.together, count)
    if scene.log == KAFKA:
        for _ in range(scene.times(1, 20)):
            two_folders_at_once(scene)


def two_folders_at_once(scene):
    """Of two nodes with folders of their own one makes the ledger; the other one says that it can't, and to do what."""
    topics = f"folders-{uuid.uuid4().hex}"
    nodes = [tool.Ledger(scene.folder / f"{topics}-{i}", brokers=scene.brokers().bootstrap(), topics=topics) for i in range(2)]
    arguments = [[*node.options, "create", "--sandbox", "--clock", folders.CLOCK, "--partitions", 2] for node in nodes]
    processes = [folders.start(words) for words in arguments]
    runs = [folders.end_of(process, words) for process, words in zip(processes, arguments)]
    scene.injected += 1
    done = [node for node, run in zip(nodes, runs) if run.code == tool.DONE]
    if scene.require(len(done) == 1, f"two nodes at once: {[str(run) for run in runs]}"):
        one = done[0]("submit", given=tool.lines(tool.command(1)))
        scene.require(one.code == tool.DONE, f"it takes no command: {one}")
        other = next(node for node in nodes if node is not done[0])
        scene.require(not other.folder.exists(), f"who didn't make it left {folders.names_in(other.folder)}")


@row(26, "half made, then again", "killed at every step; a disk with ever more room; on Kafka a broker that hangs", BOTH)
def half_made(scene):
    places = Places(scene)
    known = programs.switches("BENEFITS_CRASH_AT")
    if not known:
        raise Skipped("this binary has no crash points (BENEFITS_CRASH_AT=list names none)")
    for _ in range(scene.times(1, 5)):
        for kind, points in places.crashes.items():
            for point in points:
                places.play(kind, folders.crashed, point)
            for _ in range(scene.times(1, 10)):
                places.play(kind, folders.killed, scene.dice.uniform(0, 0.2))
    if scene.log == KAFKA:
        for _ in range(scene.times(1, 5)):
            broker_hangs(scene)
    else:
        little_room(scene, places)


def little_room(scene, places):
    disk = mounts.tmpfs(scene, "small", DISK_MEBIBYTES)
    filler = mounts.Filler(disk)
    sizes = scene.times(3, 60)
    for kind in places.crashes:
        if kind is folders.Rebuild:
            continue  # Its ledger is on that disk too: row 11.
        for i in range(sizes):
            places.play(kind, folders.out_of_room, filler, scene.dice.randrange(4, ROOM_KIBIBYTES_MAX), on=disk)


def broker_hangs(scene):
    """Whoever couldn't tell whether the ledger was made keeps the key; made again, it works with that one."""
    brokers = scene.brokers()
    node = tool.Ledger(scene.folder / uuid.uuid4().hex, brokers=brokers.bootstrap(), topics=f"folders-{uuid.uuid4().hex}")
    words = [*node.options, "create", "--sandbox", "--clock", folders.CLOCK, "--partitions", 2]
    process = folders.start(words)
    try:
        folders.wait_a_little(process, scene.dice.uniform(0.02, 0.6))
        brokers.pause()
        scene.injected += 1
        run = folders.end_of(process, words)
    finally:
        brokers.heal()
    key = folders.key_in(node.folder)
    scene.require(run.code == tool.DONE or run.err.strip(), f"a broker that hangs: {run.code}, and not a word")
    again = tool.benefits(*words)
    scene.require(again.code == tool.DONE or "already" in again.err, f"after a broker hung: {again}")
    if key is not None:
        scene.require(folders.key_in(node.folder) == key, "the master key that was there is another one")
    given = tool.lines(tool.command(1, actor="zoe"))
    one = node("submit", given=given)
    scene.require(one.code == tool.DONE, f"after a broker hung it takes no command: {one}")
    shown = node("show", "contoso", "--unseal", "-o", "json")
    scene.require("kim@contoso.example" in shown.out, f"after a broker hung a person isn't shown: {shown}")


def rounds(scene, count):
    """So many, of any kind, disturbed in any way."""
    places = Places(scene)
    disk = mounts.tmpfs(scene, "small", DISK_MEBIBYTES)
    filler = mounts.Filler(disk)
    met = {}
    for number in range(count):
        kind = scene.dice.choice(list(places.crashes))
        how = scene.dice.choice(("together", "crashed", "killed", "room"))
        if how == "together":
            places.play(kind, folders.together, scene.dice.choice((2, 6)))
        elif how == "crashed":
            places.play(kind, folders.crashed, scene.dice.choice(places.crashes[kind]))
        elif how == "room" and kind is not folders.Rebuild:
            places.play(kind, folders.out_of_room, filler, scene.dice.randrange(4, ROOM_KIBIBYTES_MAX), on=disk)
        else:
            how = "killed"
            places.play(kind, folders.killed, scene.dice.uniform(0, 0.3))
        met[f"{kind.__name__} {how}"] = met.get(f"{kind.__name__} {how}", 0) + 1
        if scene.violations:
            scene.remark(f"stopped after round {number + 1}")
            break
    scene.remark(json.dumps(dict(sorted(met.items()))))
