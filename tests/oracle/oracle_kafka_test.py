#!/usr/bin/env python3
"""The oracle's check of a ledger on a real Kafka, also of one into whose topic strangers have written. Needs
BENEFITS_TEST_KAFKA."""

import collections
import json
import os
import random
import subprocess
import sys
import unittest
import uuid

import oracle

import benefits as tool
import damage
import kafka_log
import partition
from benefits import EXAMPLES, REFUSED
from stranger import Stranger

SEED = 20210901
PARTNERS = 40
PARTITIONS = 2
PATIENCE_SECONDS = 30


class OracleKafkaTest(tool.ToolTest):
    def setUp(self):
        super().setUp()
        self.brokers = os.environ["BENEFITS_TEST_KAFKA"]
        self.topics = f"oracle-{uuid.uuid4().hex}"
        self.ledger = self.sandbox("2020-08-31", "--partitions", PARTITIONS, brokers=self.brokers, topics=self.topics)
        self.stranger = Stranger(self.brokers, f"{self.topics}.ledger.v1")
        self.addCleanup(self.stranger.close)
        self.answers = self.submit("-f", EXAMPLES / "first-year.jsonl")

    def submit(self, *arguments, **more):
        run = self.ledger("submit", *arguments, **more)
        self.assert_code(run, REFUSED)
        return run.answers()

    def submit_more(self):
        self.answers += self.submit(given=tool.benefits("generate", "--partners", PARTNERS, "--seed", SEED).out)

    def stored(self):
        """position -> record of partition 0."""
        log = kafka_log.KafkaLog(self.brokers, f"{self.topics}.ledger.v1", PATIENCE_SECONDS)
        self.addCleanup(log.close)
        return dict(log.read(0))

    def check(self):
        """The oracle finds the same as `benefits` does; nothing else is wrong."""
        answers = self.folder / "answers.jsonl"
        answers.write_text("".join(json.dumps(answer) + "\n" for answer in self.answers))
        checked = oracle.check("--kafka", self.brokers, "--topics", self.topics, "--answers", answers)
        self.assertEqual((checked.code, checked.document["findings"]), (oracle.AS_IT_MUST_BE, []), checked)
        state = self.ledger("log", "state", "-o", "json").document()
        self.assertEqual(checked.states(), state["partitions"])
        voids = collections.Counter(record["why"] for record in self.ledger.dump() if record["verdict"] == "void")
        self.assertEqual(checked.voids(), voids)
        self.assert_verified(self.ledger)
        return checked

    def rubbish(self):
        """Whatever comes to mind, made of what stands there; nothing of it may count."""
        records = list(self.stored().values())
        kinds = {damage.READER.read(data).kind: data for data in records}
        entry, checkpoint, claim = kinds["Entry"], kinds["Checkpoint"], kinds["WriterOpened"]
        dice = random.Random(SEED)
        return [b"", b"\0", entry[:-1], entry[:40], entry + b"\0" * 8, entry[:4] + b"BLR2" + entry[8:], bytes(65_537),
                dice.randbytes(65_536), dice.randbytes(200), b'{"epoch": 1}', *records,
                damage.patched(entry, "epoch", 7), damage.patched(checkpoint, "epoch", 7),
                damage.patched(entry, "writer", 1, 2), damage.patched(checkpoint, "root", 1, 2, 3, 4),
                damage.patched(claim, "epoch", 9), damage.patched(kinds["WriterClosed"], "writer", 1, 2)]

    def test_nothing_is_found_in_a_ledger_as_it_is(self):
        self.submit_more()
        checked = self.check()
        self.assertEqual(checked.voids(), {})
        self.assertEqual(sum(checked.document["answers"].values()), len(self.answers))

    def test_rubbish_is_void_and_counted_as_benefits_counts_it(self):
        rubbish = self.rubbish()
        self.stranger.append(0, rubbish)
        claim = next(data for data in self.stored().values() if damage.READER.read(data).kind == "WriterOpened")
        self.stranger.append(0, [damage.patched(damage.patched(claim, "epoch", 2), "writer", 3, 4)])  # never opened
        self.submit_more()
        self.stranger.append(0, rubbish)
        checked = self.check()
        self.assertEqual(checked.document["partitions"][0]["void"], 2 * len(rubbish))
        self.assertEqual(checked.states()[0]["claims"], 3)
        for why in ("poison", "genesis-again", "old-epoch", "future-epoch", "foreign-writer", "claim-out-of-turn",
                    "term-closed"):
            self.assertIn(why, checked.voids())

    def test_markers_of_transactions_are_absent(self):
        for end in ("aborted", "committed"):
            self.stranger.leave_transaction(0, [b"one", b"two"], end)
        self.stranger.leave_transaction(1, [b"three"])
        self.submit_more()
        self.stranger.leave_transaction(0, [b"four"], "aborted")  # its marker stands behind the last record
        checked = self.check()
        self.assertEqual([(each["void"], each["absent"]) for each in checked.states()], [(5, 2), (1, 0)])

    def test_deleted_records_are_found(self):
        self.stranger.delete_records(0, 3)
        checked = oracle.check("--kafka", self.brokers, "--topics", self.topics)
        self.assertEqual((checked.code, checked.places()), (oracle.FINDINGS, [(0, 3)]), checked)

    def test_a_key_that_a_stranger_took_away_is_found_and_one_that_was_destroyed_is_not(self):
        topic = f"{self.topics}.keys.v1"
        log = kafka_log.KafkaLog(self.brokers, topic, PATIENCE_SECONDS)
        self.addCleanup(log.close)
        whose, *keys = [key for _, _, key in log.keyed(0)]
        self.assertTrue(whose.startswith(b"ledger:"), whose)
        stranger = Stranger(self.brokers, topic)
        self.addCleanup(stranger.close)
        stranger.append(0, [(keys[0], None)])
        checked = oracle.check("--kafka", self.brokers, "--topics", self.topics)
        self.assertEqual(checked.code, oracle.FINDINGS, checked)
        self.assertEqual(len(checked.places()), 1, checked)
        self.assertIn(keys[0].rpartition(b"/")[2].decode(), str(checked))
        verified = self.ledger("verify", "-o", "json")
        self.assertEqual((verified.code, verified.document()["keys_lost"]), (tool.FAILED, 1), verified)
        stranger.append(0, [(keys[0], b"destroyed")])
        self.check()

    def test_the_example_for_consumers_prints_every_entry(self):
        self.stranger.append(0, self.rubbish())
        example = (oracle.FOLDER / "README.md").read_text().partition("```python\n")[2].partition("```")[0]
        for written, here in (("localhost:9092", self.brokers), ("benefits.ledger.v1", f"{self.topics}.ledger.v1")):
            self.assertIn(written, example)
            example = example.replace(written, here)
        run = subprocess.run([sys.executable, "-c", example], cwd=oracle.FOLDER, capture_output=True, check=True,
                             text=True, timeout=oracle.RUN_SECONDS_MAX)
        applied = [(record["partition"], record["position"]) for record in self.ledger.dump()
                   if record["verdict"] == "applied"]
        self.assertEqual([tuple(map(int, line.split()[:2])) for line in run.stdout.splitlines()], applied)

    def test_a_partition_is_where_kafka_puts_a_key(self):
        """Of Kafka's own test, UtilsTest.testMurmur2."""
        for key, hashed in (("21", -973932308), ("foobar", -790332482), ("a-little-bit-long-string", -985981536),
                            ("a-little-bit-longer-string", -1486304829),
                            ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971), ("abc", 479470107)):
            self.assertEqual(partition.partition_of(key, 2**31), hashed & 0x7FFFFFFF)


if __name__ == "__main__":
    unittest.main()
