"""Row 16: what an administrator can do to the topics of a ledger."""

import benefits as tool
import kafka_wire
import oracle
from hand import Hand
from ledger_site import Site
from scene import KAFKA, row
from workload import agreement, mixed

SETTINGS = {"retention.ms": "3600000", "retention.bytes": "1000000", "cleanup.policy": "compact",
            "message.timestamp.type": "CreateTime", "unclean.leader.election.enable": "true",
            "max.message.bytes": "1000"}
RUN_SECONDS_MAX = 60


def check_refused(scene, what, node, *words):
    """Nothing is shown and nothing taken, and one sentence says why."""
    for command, given in ((("show", "steady-000"), ""), (("submit", "--patience", 5),
                                                         agreement(90_000, "steady-000") + "\n")):
        run = node(*command, given=given, seconds=RUN_SECONDS_MAX)
        said = run.err + (run.out if command[0] == "submit" else "")
        scene.require(run.code == tool.FAILED and all(word in said for word in words),
                      f"{what}: it has to refuse and say {words}: {run}")


def write_again(site, settings, contents):
    """The topic once more, from its beginning, with these records."""
    port = site.brokers.port_of()
    kafka_wire.delete_topic(port, site.ledger_topic())
    kafka_wire.until_done(lambda: kafka_wire.create_topic(port, site.ledger_topic(), len(contents), settings))
    for partition, values in enumerate(contents):
        if values:
            kafka_wire.until_done(lambda: kafka_wire.produce(port, site.ledger_topic(), partition, values))


@row(16, "settings of the topic changed", "retention, compaction, time stamps, size, elections; then mended", (KAFKA,))
def settings_changed(scene):
    site = Site(scene, partitions=2)
    site.submit(mixed(300, scene.dice))
    port = site.brokers.port_of()
    right = kafka_wire.settings_of(port, site.ledger_topic())
    for name, value in SETTINGS.items():
        kafka_wire.set_settings(port, site.ledger_topic(), {**right, name: value})
        scene.injected += 1
        check_refused(scene, f"{name}={value}", site.direct, name, "kafka-configs")
        kafka_wire.set_settings(port, site.ledger_topic(), right)
    oracle.check(site)


@row(16, "log truncated", "DeleteRecords up to the middle, up to the end", (KAFKA,))
def truncated(scene):
    for share in (0.5, 1.0):
        site = Site(scene, partitions=1, name=f"ledger-{share}")
        site.submit(mixed(300, scene.dice))
        port = site.brokers.port_of()
        end = kafka_wire.end_of(port, site.ledger_topic(), 0)
        kafka_wire.delete_records(port, site.ledger_topic(), 0, int(end * share))
        scene.injected += 1
        check_refused(scene, f"{int(end * share)} of {end} records deleted", site.direct, site.ledger_topic())
        check_refused(scene, f"{int(end * share)} of {end} records deleted, a new node", site.node("new"),
                      site.ledger_topic())


@row(16, "topic deleted or made anew", "deleted; made anew empty, or with fewer records, or more partitions", (KAFKA,))
def made_anew(scene):
    for what, count in (("made anew with half of its records", 0.5), ("made anew with its genesis", 0),
                        ("made anew, empty", None)):
        site = Site(scene, partitions=2, name=f"ledger-{count}")
        site.submit(mixed(300, scene.dice))
        hand, port = Hand(site), site.brokers.port_of()
        settings = kafka_wire.settings_of(port, site.ledger_topic())
        contents = [list(hand.read(partition).values()) for partition in range(2)]
        kept = [values[:max(1, int(len(values) * count))] if count is not None else [] for values in contents]
        write_again(site, settings, kept)
        scene.injected += 1
        check_refused(scene, what, site.direct)
    kafka_wire.delete_topic(port, site.ledger_topic())
    scene.injected += 1
    check_refused(scene, "deleted", site.direct, site.ledger_topic(), "create")
    more_partitions(scene)


def more_partitions(scene):
    site = Site(scene, partitions=2, name="ledger-more")
    site.submit(mixed(300, scene.dice))
    before = site.direct("show", "steady-000").out
    kafka_wire.add_partitions(site.brokers.port_of(), site.ledger_topic(), 3)
    scene.injected += 1
    run = site.direct("show", "steady-000")
    scene.require(run.code == tool.DONE and run.out == before, f"a partition added, and a question isn't answered: {run}")
    run = site.direct("submit", given=agreement(90_000, "steady-000") + "\n")
    scene.require(run.code == tool.FAILED and "log copy" in run.out, f"a partition added, and it writes: {run}")
    run = site.direct("verify")
    scene.require(run.code == tool.DONE, f"a partition added, and the views don't agree: {run}")
