#!/usr/bin/env python3
"""check_ledger.py: reads a whole ledger, embedded or on Kafka, and says what is not as it must be.

It shares no code with `benefits` and needs nothing but Python 3.11 (and, for an embedded ledger, librocksdb): its own
reader of FlatBuffers, its own client of Kafka, its own judge. It opens for reading only, also what is in use. Sealed
texts stay sealed: no key is opened; whether each is there is looked at. See README.md beside this.

Exit codes: 0 all is as it must be, 1 something isn't, 2 it couldn't be checked (wrong usage, no ledger, no broker).
"""

import argparse
import json
import sys

sys.dont_write_bytecode = True  # This folder is a source tree.

import answers  # noqa: E402
import embedded_log  # noqa: E402
import kafka_connection  # noqa: E402
import kafka_log  # noqa: E402
import keys  # noqa: E402
import partition  # noqa: E402
import record  # noqa: E402
import rocksdb  # noqa: E402

AS_IT_MUST_BE, FINDINGS, NOT_CHECKED = range(3)


def parse():
    parser = argparse.ArgumentParser(description="Reads a whole ledger and says what is not as it must be.")
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--ledger", metavar="DIR", help="an embedded ledger's folder")
    place.add_argument("--kafka", metavar="HOST:PORT,...", help="brokers of a ledger on Kafka")
    parser.add_argument("--topics", metavar="PREFIX", default="benefits",
                        help="the ledger's topic is PREFIX.ledger.v1 (default: benefits)")
    parser.add_argument("--answers", metavar="FILE", nargs="+", default=[],
                        help="what `benefits submit` printed: each answer must be true of the ledger")
    parser.add_argument("--roots", metavar="FILE",
                        help="what this or `benefits log state` printed with -o json once: it must still hold")
    parser.add_argument("-o", "--output", choices=["table", "json"], default="table")
    parser.add_argument("--schema", metavar="DIR", default=record.SCHEMA_FOLDER,
                        help="where record.fbs is (default: events/schema of the repository)")
    parser.add_argument("--patience", metavar="SECONDS", type=float, default=30,
                        help="how long brokers that don't answer are waited for (default: 30)")
    return parser.parse_args()


def read_all(log, reader, kept):
    """Every partition of a log, read to its end."""
    read = []
    for number in range(log.partitions):
        current = partition.Partition(number, log.partitions, reader, kept.get(number))
        for position, data in log.read(number):
            if not current.stopped:  # behind that the log itself is still looked at
                current.add(position, data)
        first, end, markers = log.span(number)
        current.end(first, current.next if end is None else end, markers)
        read.append(current)
    return read


def compare_genesis(partitions):
    """The same content in each partition, under its own number."""
    contents = [{name: value for name, value in each.genesis.items() if name != "partition"} if each.genesis else None
                for each in partitions]
    for each, content in zip(partitions, contents):
        if content and contents[0] and content != contents[0]:
            other = ", ".join(name for name in content if content[name] != contents[0][name])
            each.find(0, f"the genesis record is not that of partition 0: {other}")


def kept_states(path):
    """partition -> its state, as it was kept"""
    if path is None:
        return {}
    with open(path, encoding="utf-8") as file:
        return {each["partition"]: each for each in json.load(file)["partitions"]}


def key_store(options):
    """Opened after the log was read: a key is there before the entry that needs it."""
    if options.ledger:
        return keys.EmbeddedKeys(options.ledger)
    return keys.KafkaKeys(options.kafka, options.topics + ".keys.v1", options.patience)


def print_table(partitions, counted, findings):
    names = ["partition", "next", "seq", "epoch", "applied", "void", "control", "absent", "claims"]
    print("  ".join(names) + "  root")
    for each in partitions:
        state = each.state()
        print("  ".join(f"{state[name]:>{len(name)}}" for name in names) + "  " + state["root"])
    because = sum((each.void_because for each in partitions), type(partitions[0].void_because)())
    if because:
        print("void: " + ", ".join(f"{count} {why}" for why, count in sorted(because.items())))
    if counted:
        print("answers: " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items())))
    for finding in findings:
        print(f"partition {finding.partition}, position {finding.position}: {finding.what}")
    left_out = sum(each.left_out for each in partitions)
    if left_out:
        print(f"and {left_out} more")
    print("all is as it must be" if not findings else f"{len(findings) + left_out} findings")


def print_json(partitions, counted, findings):
    genesis = partitions[0].genesis
    document = {"ledger": record.hex_of(genesis["ledger"]) if genesis else None,
                "partitions": [each.state() | {"genesis": each.genesis_digest, "void_because": each.void_because}
                               for each in partitions],
                "answers": counted, "findings": [finding._asdict() for finding in findings],
                "findings_left_out": sum(each.left_out for each in partitions)}
    print(json.dumps(document, indent=2))


def check(options):
    kept = kept_states(options.roots)
    given = answers.read(options.answers)
    if options.ledger:
        log = embedded_log.EmbeddedLog(options.ledger)
    else:
        log = kafka_log.KafkaLog(options.kafka, options.topics + ".ledger.v1", options.patience)
    try:
        partitions = read_all(log, record.Reader(options.schema), kept)
    finally:
        log.close()
    compare_genesis(partitions)
    counted = answers.check(given, partitions)
    store = key_store(options)
    keys.check(store, partitions)
    findings = sorted(log.findings + store.findings + [finding for each in partitions for finding in each.findings])
    for note in log.notes + store.notes:
        print(f"check_ledger: {note}", file=sys.stderr)
    (print_json if options.output == "json" else print_table)(partitions, counted, findings)
    return FINDINGS if findings else AS_IT_MUST_BE


def main():
    try:
        return check(parse())
    except embedded_log.Damaged as error:
        print(f"check_ledger: {error}", file=sys.stderr)
        return FINDINGS
    except (embedded_log.NoLedger, kafka_connection.NoLog, rocksdb.Missing, answers.NoAnswers, OSError) as error:
        print(f"check_ledger: {error}", file=sys.stderr)
        return NOT_CHECKED


if __name__ == "__main__":
    sys.exit(main())
