"""Row 30: limits and settings of the topics that are changed, and topics that go away, while a node works."""

import json
import signal
import time

import benefits as tool
import kafka_wire
import oracle
from ledger_site import Site
from scene import CLUSTER, KAFKA, row
from talk import ANSWER_SECONDS_MAX, Talk
from workload import agreement

RECORDS_IN_VAIN_MAX = 100
# Below an entry with a long reason, above a claim.
SMALL_MESSAGE_BYTES = 450


class Partners:
    """Registered ones, each for one command that may come to no answer: behind it those of its partner aren't decided."""

    def __init__(self, talk, count):
        self.names = [f"steady-{number:03}" for number in range(count)]
        for name in self.names:
            talk.ask(json.dumps(tool.command(0, partner=name)))

    def fresh(self):
        return self.names.pop()


def long_entry(number, partner):
    return json.dumps({**json.loads(agreement(number, partner)), "reason": "x" * 390})


def records_of(site):
    port = site.brokers.port_of()
    return sum(kafka_wire.end_of(port, site.ledger_topic(), partition) for partition in range(site.partitions))


@row(30, "max.message.bytes lowered while a node works", "below an entry; then mended", (KAFKA,))
def message_limit(scene):
    site = Site(scene, partitions=2)
    port = site.brokers.port_of()
    right = kafka_wire.settings_of(port, site.ledger_topic())
    talk = Talk(site, site.direct, patience=10)
    times = scene.times(1, 5)
    partners = Partners(talk, 2 * times)
    for number in range(times):
        kafka_wire.set_settings(port, site.ledger_topic(), {**right, "max.message.bytes": str(SMALL_MESSAGE_BYTES)})
        scene.injected += 1
        before = records_of(site)
        answer = talk.ask(long_entry(1000 + number, partners.fresh()))
        scene.require(answer.get("outcome") == "failed", f"an entry that no broker takes: {answer}")
        for word in ("max.message.bytes", "kafka-configs"):
            scene.require(word in answer.get("reason", ""), f"the answer doesn't say {word}: {answer}")
        in_vain = records_of(site) - before
        scene.require(in_vain <= RECORDS_IN_VAIN_MAX, f"{in_vain} records for one entry that no broker takes")
        scene.remark(f"{in_vain} records in vain")
        kafka_wire.set_settings(port, site.ledger_topic(), right)
        wait_until_it_works(scene, talk, partners, 2000 + 100 * number)
    talk.end(None)
    run = site.direct("stat", "-o", "json")
    scene.require(run.code == tool.DONE and run.document()["retries"]["doubts"] > 0, f"stat knows of no doubt: {run}")
    oracle.check(site)


def wait_until_it_works(scene, talk, partners, number):
    """A mended topic is written again, without a restart. A partner that isn't there is refused once it is judged."""
    deadline = time.monotonic() + ANSWER_SECONDS_MAX
    answer = {}
    while time.monotonic() < deadline and answer.get("outcome") != "refused":
        number += 1
        answer = talk.ask(agreement(number, f"nobody-{number}"))
        time.sleep(0.2)
    answer = talk.ask(agreement(number, partners.fresh()))
    scene.require(answer.get("outcome") == "accepted", f"the settings are mended, and nothing is accepted: {answer}")


def wait_until_refused(scene, what, talk, number, *words):
    """The node notices by itself: within some looks its writing stops with a sentence; queries go on."""
    deadline = time.monotonic() + ANSWER_SECONDS_MAX
    while time.monotonic() < deadline:
        number += 1
        answer = talk.ask(agreement(number, f"nobody-{number}"))
        if answer.get("outcome") == "failed":
            scene.require(all(word in answer.get("reason", "") for word in words),
                          f"{what}: the answer has to say {words}: {answer}")
            return
        time.sleep(0.2)
    scene.violation(f"{what}: the node goes on writing")


def change_settings(scene, changes, once_refused=lambda site, number, topic, name: None):
    """Each (keys topic or not, name, value) under a node that works: it stops writing, and goes on when it is mended."""
    site = Site(scene, partitions=2)
    port = site.brokers.port_of()
    talk = Talk(site, site.direct, patience=10)
    partners = Partners(talk, len(changes))
    for number, (of_keys, name, value) in enumerate(changes):
        topic = site.keys_topic() if of_keys else site.ledger_topic()
        right = kafka_wire.settings_of(port, topic)
        kafka_wire.set_settings(port, topic, {**right, name: value})
        scene.injected += 1
        wait_until_refused(scene, f"{topic} {name}", talk, 1000 + 1000 * number, name, "kafka-configs", topic)
        once_refused(site, number, topic, name)
        kafka_wire.set_settings(port, topic, right)
        wait_until_it_works(scene, talk, partners, 500 + 1000 * number)
    talk.end(None)
    oracle.check(site)


@row(30, "retention changed while a node works", "of the ledger's topic, and compaction of the keys' taken away", (KAFKA,))
def retention(scene):
    changes = [(False, "retention.ms", "3600000"), (True, "cleanup.policy", "delete")]
    change_settings(scene, changes * scene.times(1, 3))


@row(30, "min.insync.replicas lowered while a node works", "to 1, of three", (CLUSTER,))
def in_sync(scene):
    def refused_at_opening(site, number, topic, name):
        run = site.node(f"new-{number}")("show", "steady-000")
        scene.require(run.code == tool.FAILED and name in run.err, f"{topic}: it has to refuse: {run}")
    change_settings(scene, [(of_keys, "min.insync.replicas", "1") for of_keys in (False, True)], refused_at_opening)


@row(30, "a partition added while a node works", "CreatePartitions, records in it", (KAFKA,))
def partition_added(scene):
    site = Site(scene, partitions=2)
    port = site.brokers.port_of()
    talk = Talk(site, site.direct, patience=10)
    Partners(talk, 1)
    kafka_wire.add_partitions(port, site.ledger_topic(), 3)
    scene.injected += 1
    wait_until_refused(scene, "a partition added", talk, 1000, "partitions")
    talk.end(None)


def delete_ledger_topic(site):
    kafka_wire.delete_topic(site.brokers.port_of(), site.ledger_topic())


def freeze(site):
    site.brokers.pause()


def kill(site):
    site.brokers.kill()


@row(30, "topic deleted, brokers frozen or gone while a node works", "then the end of its input, or SIGTERM", (KAFKA,))
def gone_while_it_works(scene):
    ends = [("topic deleted", delete_ledger_topic, None), ("topic deleted", delete_ledger_topic, signal.SIGTERM),
            ("brokers frozen", freeze, signal.SIGTERM), ("brokers gone", kill, None)]
    if scene.quick:
        ends = [ends[0], ends[2]]
    for number, (what, go_away, how) in enumerate(ends):
        site = Site(scene, partitions=2, name=f"ledger-{number}")
        talk = Talk(site, site.direct, patience=5)
        Partners(talk, 1)
        go_away(site)
        scene.injected += 1
        time.sleep(scene.dice.uniform(0, 2))
        code = talk.end(how)
        if go_away is delete_ledger_topic and code is not None:
            scene.require(code != tool.DONE and site.ledger_topic() in talk.said(),
                          f"{what}: exit code {code} and not a word of the topic: {talk.said()}")
        site.brokers.heal()


@row(30, "topic deleted under open commands", "the answer comes within the patience and a bit", (KAFKA,))
def gone_under_commands(scene):
    site = Site(scene, partitions=2)
    talk = Talk(site, site.direct, patience=5)
    Partners(talk, 1)
    delete_ledger_topic(site)
    scene.injected += 1
    answer = talk.ask(agreement(1, "steady-000"))
    scene.require(answer.get("outcome") in ("failed", "unknown"), f"the topic is gone: {answer}")
    talk.end(None)
