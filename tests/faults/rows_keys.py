"""Row 27: a key store that is lost, older, or another ledger's. Said at once, never taken for an erasure; nothing is
written, and all is well again with the right one."""

import json
import shutil

import benefits as tool
import kafka_wire
import oracle
from copies import Copied
from ledger_site import Site
from scene import EMBEDDED, KAFKA, row

PARTNERS = 4
RUN_SECONDS_MAX = 60


def partners(name, number=0):
    return [json.dumps(tool.command(number, partner=f"{name}-{i}")) for i in range(PARTNERS)]


def check_lost(scene, what, node, lost, word):
    """`lost` is a partner whose names can't be read. With `word` in a sentence on stderr; None: there is no witness
    left but the log itself."""
    scene.injected += 1
    asked = {command: node(*command, seconds=RUN_SECONDS_MAX) for command in (
        ("show", lost, "--unseal"), ("history", lost, "--unseal"), ("find", lost), ("verify", "-o", "json"),
        ("stat", "-o", "json"))}
    show, history, find, verify, stat = asked.values()
    for run in asked.values():
        scene.require(word is None or word in run.err, f"{what}: not said at once: {run}")
        scene.require("erased" not in run.out + run.err, f"{what}: taken for an erasure: {run}")
    for run in (show, history):
        scene.require(run.code == tool.DONE and "key lost" in run.out, f"{what}: {run}")
    scene.require(find.code == tool.DONE, f"{what}: {find}")
    for run in (verify, stat) if word else (verify,):
        found = run.document() if run.out else {}
        scene.require(run.code == tool.FAILED and found.get("keys_lost", 0) > 0 and
                      lost in found["keys_lost_partners"] and "lost" in run.err, f"{what}: {run}")
    scene.require(not verify.out or not verify.document()["clean"], f"{what}: {verify}")
    if word:
        run = node("submit", "--patience", 5, given=partners("new", 7)[0] + "\n", seconds=RUN_SECONDS_MAX)
        scene.require(run.code == tool.FAILED and "key" in run.out + run.err, f"{what}: written all the same: {run}")


def check_copies(scene, what, site, node, lost):
    """What copies the ledger says that keys are missing in it."""
    copies = [("log", "copy", "--to-ledger", scene.folder / "copied", "--with-master-key", "-o", "json")]
    if site.brokers is None:
        copies.append(("backup", scene.folder / "backup", "--with-master-key", "-o", "json"))
    for command in copies:
        run = node(*command)
        scene.require(run.code == tool.FAILED and lost in run.document()["keys_lost_partners"], f"{what}: {run}")
    if site.brokers is None:
        restored = tool.Ledger(scene.folder / "restored")
        run = restored("restore", scene.folder / "backup", "-o", "json")
        scene.require(run.code == tool.FAILED and lost in run.document()["keys_lost_partners"], f"{what}: {run}")
    for name in ("copied", "backup", "restored"):
        shutil.rmtree(scene.folder / name, ignore_errors=True)


@row(27, "key store lost, older, another's", "keys removed, cut, put back older or from another ledger; its witnesses too",
     (EMBEDDED,))
def keys_embedded(scene):
    site, other = Site(scene, partitions=2), Site(scene, partitions=2, name="other")
    other.submit(partners("other"))
    foreign = other.direct.folder
    site.submit(partners("early"))
    older = Copied(site, "older").folder
    site.submit(partners("late"))
    for what, removed, put_back, source, lost, word in (
            ("keys gone", ["keys"], [], None, "early-0", "is missing"),
            ("keys and their witnesses gone", ["keys", "keys.tail", "views"], [], None, "early-0", "is missing"),
            ("older keys", [], ["keys"], older, "late-0", "older copy"),
            ("older keys and keys.tail", [], ["keys", "keys.tail"], older, "late-0", "views"),
            ("older keys, no keys.tail", ["keys.tail"], ["keys"], older, "late-0", "views"),
            ("older keys and views", [], ["keys", "views"], older, "late-0", "older copy"),
            ("older keys and all their witnesses", [], ["keys", "keys.tail", "views"], older, "late-0", None),
            ("another ledger's keys", [], ["keys"], foreign, "early-0", "is not that of ledger"),
            ("another ledger's keys and keys.tail", [], ["keys", "keys.tail"], foreign, "early-0",
             "is not that of ledger")):
        copy = Copied(site, "mixed")
        copy.remove(*removed)
        for name in put_back:
            copy.put_back(name, source)
        check_lost(scene, what, copy, lost, word)
        if what.startswith("older keys and all"):
            check_copies(scene, what, site, copy, lost)
        copy.put_back("keys", site.direct.folder)
        run = copy("verify", "-o", "json")
        scene.require(run.code == tool.DONE and run.document()["clean"], f"{what}, then the right ones: {run}")
    oracle.check(site)


def keys_again(site, pairs, settings):
    """The topic of the keys once more, from its beginning, with these records."""
    port, topic = site.brokers.port_of(), site.keys_topic()
    kafka_wire.delete_topic(port, topic)
    kafka_wire.until_done(lambda: kafka_wire.create_topic(port, topic, 1, settings))
    if pairs:
        kafka_wire.until_done(lambda: kafka_wire.produce(port, topic, 0, pairs))


@row(27, "topic of the keys lost, older, another's", "deleted; made anew empty, with some, or with another ledger's records",
     (KAFKA,))
def keys_on_kafka(scene):
    site, other = Site(scene, partitions=2), Site(scene, partitions=2, name="other")
    port, topic = site.brokers.port_of(), site.keys_topic()
    other.submit(partners("other"))
    site.submit(partners("early"))
    early = list(kafka_wire.fetch(port, topic, 0, keyed=True).values())
    site.submit(partners("late"))
    whole = list(kafka_wire.fetch(port, topic, 0, keyed=True).values())
    foreign = list(kafka_wire.fetch(port, other.keys_topic(), 0, keyed=True).values())
    settings = kafka_wire.settings_of(port, topic)
    for what, pairs, lost, word in (("keys made anew, empty", [], "early-0", "is not that of the keys"),
                                    ("another ledger's keys", foreign, "early-0", "is not that of the keys"),
                                    ("only the older keys", early, "late-0", "views")):
        keys_again(site, pairs, settings)
        check_lost(scene, what, site.direct, lost, word)
    check_lost(scene, "only the older keys, a new node", site.node("new"), "late-0", None)
    check_copies(scene, "only the older keys", site, site.direct, "late-0")
    keys_again(site, whole, settings)
    kafka_wire.set_settings(port, topic, {**settings, "cleanup.policy": "delete"})
    kafka_wire.delete_records(port, topic, 0, len(early))
    kafka_wire.set_settings(port, topic, settings)
    check_lost(scene, "the keys' topic truncated", site.direct, "early-0", "truncated")
    kafka_wire.delete_topic(port, topic)
    check_lost(scene, "the keys' topic deleted", site.direct, "early-0", topic)
    kafka_wire.until_done(lambda: kafka_wire.create_topic(port, topic, 1, settings))
    kafka_wire.until_done(lambda: kafka_wire.produce(port, topic, 0, whole))
    oracle.check(site)
