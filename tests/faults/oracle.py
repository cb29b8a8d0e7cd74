"""The oracle: what must hold of a ledger after anything was done to it and healed.

* Every command that was sent is sent again, and every answer "accepted" that was ever given is given again, the same.
* Each accepted command stands once in the log, at the place its answer named; nothing else stands there.
* "refused" and "nothing" name the version that the partner had at the position they name.
* Partner versions, and seq within a partition, are contiguous, time never goes back; the counts agree with each other.
* The views equal a fold of the log from nothing (`verify`, and `rebuild` once more), on every node, and all nodes have
  the same roots.
"""

import collections
import json

import benefits as tool
import second_opinion
from workload import key_of

_PLACE = ("partition", "seq", "version", "position")
_COUNTS = ("applied", "void", "control", "absent")


def check(site):
    """Adds what it finds to the scene's violations; returns what the log holds."""
    scene, node = site.scene, site.direct
    again = send_again(site)
    records = node.dump()
    standing = entries_of(scene, records)
    check_answers(site, standing)
    check_sent(site, standing)
    if again is not None:
        check_again(site, again, standing)
    total = check_counts(scene, node, records)
    for each in site.nodes():
        check_views(scene, each, also_rebuild=each is node)
    if len(site.nodes()) > 1:
        check_roots(scene, site.nodes())
    second_opinion.check(scene, site)
    return total


def send_again(site):
    if not site.sent:
        return None
    run = site.submit(list(site.sent))
    bad = [answer for answer in run.answers() if answer["outcome"] in ("failed", "unknown")]
    if run.code not in (tool.DONE, tool.REFUSED) or bad:
        site.scene.violation(f"healed, and commands are not answered: {bad[:1]} {run.err.strip()[-600:]}")
    return {key_of(line): answer for line, answer in zip(site.sent, run.answers())
            if answer["outcome"] == "accepted"}


def entries_of(scene, records):
    """Where each command of a partner stands. seq, versions and positions are contiguous where they have to be."""
    standing = {}
    seqs, versions, ends, times = collections.Counter(), collections.Counter(), {}, {}
    for record in records:
        partition = record["partition"]
        scene.require(record["position"] > ends.get(partition, -1), f"positions go back: {record}")
        ends[partition] = record["position"]
        if record["kind"] != "entry" or record["verdict"] != "applied":
            continue
        seqs[partition] += 1
        scene.require(record["seq"] == seqs[partition], f"seq {seqs[partition]} was to come: {record}")
        if "partner" not in record:
            continue
        versions[record["partner"]] += 1
        scene.require(record["version"] == versions[record["partner"]],
                      f"version {versions[record['partner']]} was to come: {record}")
        key = record["partner"], record["command_id"]
        if scene.require(key not in standing, f"{key} stands twice: {standing.get(key)} and {record}"):
            standing[key] = record
    return standing


def check_answers(site, standing):
    history = collections.defaultdict(list)
    for record in standing.values():
        history[record["partner"]].append(record["position"])
    for line, answer in site.answers:
        key = key_of(line)
        if answer["outcome"] == "accepted":
            record = standing.get(key)
            place = record and tuple(record[name] for name in _PLACE)
            site.scene.require(place == tuple(answer[name] for name in _PLACE),
                               f"answered {answer}, and it stands at {place}")
        elif answer["outcome"] in ("refused", "nothing") and "position" in answer:
            version = sum(position <= answer["position"] for position in history[key[0]])
            site.scene.require(version == answer.get("version", 0),
                               f"answered {answer}, and the partner had version {version} there")


def check_sent(site, standing):
    sent = {key_of(line) for line in site.sent}
    for key in set(standing) - sent:
        site.scene.violation(f"{key} stands in the log and was never sent")


def check_again(site, again, standing):
    for line, answer in site.answers:
        if answer["outcome"] != "accepted":
            continue
        now = again.get(key_of(line))
        same = now and {**now, "line": 0} == {**answer, "line": 0}
        site.scene.require(same, f"accepted as {answer}, and sent again: {now}")
    site.scene.require(set(again) == set(standing),
                       f"{len(set(standing) ^ set(again))} commands stand in the log and are not accepted when they are "
                       f"sent again, or the reverse: {sorted(set(standing) ^ set(again))[:3]}")


def check_counts(scene, node, records):
    run = node("log", "stat", "-o", "json")
    if run.code != tool.DONE:
        scene.violation(f"log stat: {run}")
        return None
    document = run.document()
    total = document["total"]
    verdicts = collections.Counter(record["verdict"] for record in records)
    scene.require(total["complete"], f"the counts disagree: {total}")
    scene.require((total["applied"], total["void"], total["control"]) ==
                  (verdicts["applied"], verdicts["void"], verdicts["control"]),
                  f"log stat says {total}, log dump {dict(verdicts)}")
    for each in document["partitions"]:
        scene.require(sum(each[name] for name in _COUNTS) == each["next"], f"not every position is counted: {each}")
        scene.require(each["seq"] == each["tree_size"] == each["history_rows"] == each["receipt_rows"] ==
                      each["applied"], f"the counts disagree: {each}")
    return total


def check_views(scene, node, also_rebuild):
    run = node("verify", "-o", "json")
    clean = run.code == tool.DONE and run.document()["clean"] and run.document()["complete"]
    scene.require(clean, f"{node.folder.name}: {run}")
    if also_rebuild:
        run = node("rebuild", "-o", "json")
        same = run.code == tool.DONE and run.document()["compared"] and run.document()["difference_count"] == 0
        scene.require(same, f"{node.folder.name}: {run}")


def check_roots(scene, nodes):
    """As each node's own views have them."""
    roots = {}
    for node in nodes:
        run = node("log", "stat", "-o", "json")
        if scene.require(run.code == tool.DONE, f"{node.folder.name}: {run}"):
            found = [(each["next"], each["seq"], each["root"]) for each in run.document()["partitions"]]
            roots.setdefault(json.dumps(found), []).append(node.folder.name)
    scene.require(len(roots) <= 1, f"the nodes have different roots: {roots}")
