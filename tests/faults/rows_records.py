"""Rows 8, 9 and 10: records that nobody sent, or sent twice, or that are none, in the log itself."""

import json
import time

import benefits as tool
import kafka_wire
import oracle
import records
from hand import Hand
from ledger_site import Site
from scene import BOTH, EMBEDDED, KAFKA, row
from submission import Submission
from workload import agreement, mixed

RETRIES = 100
QUIET_SECONDS = 0.3  # nothing more is on its way to the log
EVENT_TYPE_UNKNOWN = 250


@row(8, "one command many times at once", "100 retries of one id, by several processes on Kafka", BOTH)
def retries(scene):
    site = Site(scene)
    site.submit(mixed(50, scene.dice))
    processes = 1 if scene.log == EMBEDDED else 5
    nodes = [site.node(f"n{number}") for number in range(processes)]
    for number in range(scene.times(2, 20)):
        line = agreement(10_000 + number, "steady-000")
        at_once = [Submission(site, node, [line] * (RETRIES // processes), in_flight=RETRIES) for node in nodes]
        answers = []
        for submission in at_once:
            submission.finish()
            answers += [json.dumps({**answer, "line": 0}) for answer in submission.answers]
        scene.injected += RETRIES
        scene.require(len(answers) == RETRIES and len(set(answers)) == 1 and '"accepted"' in answers[0],
                      f"{len(answers)} answers, of which differ: {sorted(set(answers))}")
    oracle.check(site)


@row(8, "records appended twice", "every byte of the log once more, and once more", BOTH)
def appended_twice(scene):
    site, hand = Site(scene, partitions=2), None
    lines = mixed(2000, scene.dice)
    for number in range(scene.times(2, 10)):
        begin = number * 150
        site.submit(lines[begin:begin + 100])
        asleep = with_term_open(scene, site, lines[begin + 100:begin + 150])
        hand = hand or Hand(site)
        for partition in range(site.partitions):
            values = list(hand.read(partition).values())
            for at in range(0, len(values), 500):
                hand.append(partition, values[at:at + 500])
            scene.injected += len(values)
        asleep.wake()
    oracle.check(site)


class Asleep:
    """A writer whose term is open: stopped on Kafka, killed on the embedded log, which lets nobody else in before."""

    def __init__(self, submission, killed):
        self.submission, self.killed = submission, killed

    def wake(self):
        if not self.killed:
            self.submission.resume()
            self.submission.end()


def with_term_open(scene, site, lines):
    submission = Submission(site, site.node("asleep"), lines, in_flight=8, window=8)
    submission.wait_for_answers(len(lines) // 2)
    if scene.log == EMBEDDED:
        submission.kill()
        return Asleep(submission, True)
    submission.pause()
    time.sleep(QUIET_SECONDS)
    return Asleep(submission, False)


def last_of(found, kind):
    return next(value for value in reversed(found.values()) if records.kind_of(value) == kind)


def forged(found, dice):
    """(record, why it must be void), for a partition whose term is open."""
    entry, claim = last_of(found, records.ENTRY), last_of(found, records.CLAIM)
    checkpoint, genesis = last_of(found, records.CHECKPOINT), last_of(found, records.GENESIS)
    epoch, seq = records.value_of(claim, records.EPOCH), records.value_of(entry, records.SEQ)
    entry = records.with_writer(records.with_value(entry, records.EPOCH, epoch), records.writer_of(claim))
    with_value = records.with_value
    made = [
        (entry, "repeat"),
        (with_value(entry, records.SEQ, max(1, seq - 1)), "repeat"),
        (with_value(entry, records.SEQ, seq + 2), "gap"),
        (with_value(entry, records.SEQ, seq + 100), "gap"),
        (with_value(with_value(entry, records.SEQ, seq + 1), records.EPOCH, epoch + 1), "future-epoch"),
        (records.with_writer(with_value(entry, records.SEQ, seq + 1), dice.randbytes(16)), "foreign-writer"),
        (claim, "old-epoch"),
        (with_value(claim, records.EPOCH, epoch + 2), "claim-out-of-turn"),
        (with_value(claim, records.EPOCH, 1 << 63), "claim-out-of-turn"),
        (records.with_writer(checkpoint, dice.randbytes(16)), "foreign-writer" if checkpoint_is_of(checkpoint, epoch)
         else "old-epoch"),
        (genesis, "genesis-again"),
    ]
    if epoch > 1:
        made.append((with_value(with_value(entry, records.SEQ, seq + 1), records.EPOCH, epoch - 1), "old-epoch"))
    if checkpoint_is_of(checkpoint, epoch) and records.has(checkpoint, records.SEQ):
        made.append((with_value(checkpoint, records.SEQ, seq + 5), "checkpoint-elsewhere"))
    dice.shuffle(made)
    return made


def checkpoint_is_of(checkpoint, epoch):
    return records.value_of(checkpoint, records.EPOCH) == epoch


@row(9, "reordered, out-of-seq and foreign records", "hand-made records in an open term", BOTH)
def foreign(scene):
    site, hand = Site(scene, partitions=1), None
    lines = mixed(3000, scene.dice)
    for number in range(scene.times(2, 20)):
        begin = number * 100
        asleep = with_term_open(scene, site, lines[begin:begin + 60])
        hand = hand or Hand(site)
        made = forged(hand.read(0), scene.dice)
        first = hand.append(0, [record for record, _ in made])
        scene.injected += len(made)
        check_void(scene, site, first, [why for _, why in made])
        asleep.wake()
        site.submit(lines[begin + 60:begin + 100])
    oracle.check(site)


def check_void(scene, site, first, expected):
    """Read by every node, each of these records is void for this reason."""
    nodes = site.nodes() if scene.log == KAFKA else [site.direct]
    for node in nodes[:1] + nodes[2:]:  # The second is asleep.
        found = {record["position"]: record for record in node.dump("--partition", 0, "--from", first)}
        for number, why in enumerate(expected):
            record = found.get(first + number, {})
            scene.require((record.get("verdict"), record.get("why")) == ("void", why),
                          f"{node.folder.name}: {why} was to come at {first + number}: {record}")


def poison(found, dice):
    entry = last_of(found, records.ENTRY)
    made = [b"", b"\0", bytes(8), bytes(900_000), dice.randbytes(7), dice.randbytes(64), dice.randbytes(700_000),
            entry[:dice.randrange(1, len(entry))], entry[:len(entry) // 16 * 8], entry[8:], entry + bytes(100_000),
            records.with_event_type(records.with_writer(entry, bytes(16)), EVENT_TYPE_UNKNOWN)]
    for _ in range(20):
        # Torn up beyond being a record: no single bit, which might make it another one that is sound.
        torn = bytearray(entry)
        for _ in range(30):
            torn[dice.randrange(8, 80)] = dice.randrange(256)
        made.append(bytes(torn))
    dice.shuffle(made)
    return made


@row(10, "poison", "empty, torn, oversize, random bytes, unknown types", BOTH)
def poisoned(scene):
    site, hand = Site(scene, partitions=1), None
    lines = mixed(3000, scene.dice)
    for number in range(scene.times(2, 20)):
        begin = number * 100
        asleep = with_term_open(scene, site, lines[begin:begin + 60])
        hand = hand or Hand(site)
        made = poison(hand.read(0), scene.dice)
        if scene.log == KAFKA:
            made.append(None)
        before = hand.append(0, made[:1])
        for record in made[1:]:
            hand.append(0, [record])
        scene.injected += len(made)
        found = site.direct.dump("--partition", 0, "--from", before)
        not_void = [record for record in found if record["verdict"] != "void"]
        scene.require(len(found) == len(made) and not not_void, f"{len(made)} were poison, not void: {not_void[:2]}")
        asleep.wake()
        site.submit(lines[begin + 60:begin + 100])
    oracle.check(site)


@row(10, "a stray transaction", "left open over the writer's work, then aborted, then one committed", (KAFKA,))
def stray_transaction(scene):
    site = Site(scene, partitions=1)
    hand = Hand(site)
    lines = mixed(12_000, scene.dice)
    for number in range(scene.times(1, 10)):
        begin = number * 1200
        submission = Submission(site, site.node("writer"), lines[begin:begin + 1000], rate=100)
        submission.wait_for_answers(20)
        for commit in (0, 1):
            name = f"stray-{number}-{commit}"
            port, topic = hand.leader_port(0), site.ledger_topic()
            producer = kafka_wire.begin_transaction(port, name, topic, 0)
            kafka_wire.produce(port, topic, 0, [b"stray", last_of(hand.read(0), records.ENTRY)], producer, 0, name)
            scene.require(submission.wait_for_answers(5, 60), f"over an open transaction: {submission.said()}")
            kafka_wire.end_transaction(port, name, producer, commit)
            scene.injected += 1
        submission.end()
        site.submit(lines[begin + 1000:begin + 1200])
    total = oracle.check(site)
    scene.remark(f"{total['absent'] if total else '?'} positions absent")


@row(10, "what a reader must not go over", "an unknown event of the current writer; a seq far ahead", BOTH)
def stops(scene):
    for name, change, words in (
            ("newer", lambda entry, seq: records.with_event_type(
                records.with_value(entry, records.SEQ, seq + 1), EVENT_TYPE_UNKNOWN), "schema version"),
            ("ahead", lambda entry, seq: records.with_value(entry, records.SEQ, seq + 1_000_000), "the same log")):
        site = Site(scene, partitions=2, name=f"ledger-{name}")
        asleep = with_term_open(scene, site, mixed(200, scene.dice))
        if not asleep.killed:
            asleep.submission.kill()
        hand = Hand(site)
        partition = next(number for number in range(2) if has_open_term(hand.read(number)))
        found = hand.read(partition)
        claim, entry = last_of(found, records.CLAIM), last_of(found, records.ENTRY)
        entry = records.with_value(records.with_writer(entry, records.writer_of(claim)), records.EPOCH,
                                   records.value_of(claim, records.EPOCH))
        hand.append(partition, [change(entry, records.value_of(entry, records.SEQ))])
        scene.injected += 1
        check_stopped(scene, site, partition, words)


def has_open_term(found):
    kinds = [records.kind_of(value) for value in found.values()]
    return records.ENTRY in kinds and kinds[-1] != records.CLOSE


def check_stopped(scene, site, partition, words):
    """Each reader says so, and none goes on; nothing is accepted behind it."""
    for command in (["log", "stat"], ["show", "steady-000"], ["verify"], ["log", "state"]):
        run = site.direct(*command, seconds=60)
        scene.require(run.code == tool.FAILED and words in run.err, f"the reader has to stop: {run}")
    # It goes as far as the old views, which end before it, or it stops too.
    run = site.direct("rebuild", "-o", "json", seconds=60)
    scene.require(run.code == tool.DONE and run.document()["difference_count"] == 0 or words in run.err, f"{run}")
    partners = [agreement(20_000, f"steady-{number:03}") for number in range(20)]
    run = site.direct("submit", "--patience", 3, given="".join(line + "\n" for line in partners), seconds=60)
    scene.require(run.code == tool.FAILED, f"the writer has to stop: {run}")
    mine = [answer for answer in run.answers() if answer["partition"] == partition]
    taken = [answer for answer in mine if answer["outcome"] not in ("failed", "unknown")]
    scene.require(mine and not taken, f"behind the record that a reader must not go over: {taken[:1]}")
    silent = [answer for answer in mine if words not in answer.get("reason", "")]
    scene.require(not silent, f"{len(silent)} answers don't say why nothing is taken: {silent[:1]}")
    others = {answer["outcome"] for answer in run.answers() if answer["partition"] != partition}
    scene.remark(f"the other partition meanwhile: {' '.join(sorted(others))}")
