#!/usr/bin/env python3
"""A log on its way between a folder and Kafka: the same records, the same roots, the same partners on both sides. Needs
BENEFITS_TEST_KAFKA."""

import os
import shutil
import unittest
import uuid

import benefits as tool
from benefits import DONE, EXAMPLES, FAILED, REFUSED, command, lines


class KafkaCopyTest(tool.ToolTest):
    def setUp(self):
        super().setUp()
        self.brokers = os.environ["BENEFITS_TEST_KAFKA"]
        self.ledger = self.sandbox("2020-08-31", "--partitions", 3)
        self.assert_code(self.ledger("submit", "-f", EXAMPLES / "action-pack.jsonl"), REFUSED)

    def topics(self):
        return f"copy-{uuid.uuid4().hex}"

    def node(self, name, topics):
        node = tool.Ledger(self.folder / name, brokers=self.brokers, topics=topics)
        node.folder.mkdir()
        shutil.copy2(self.ledger.folder / "master.key", node.folder)
        return node

    def roots(self, ledger):
        run = ledger("log", "state", "-o", "json")
        self.assert_code(run, DONE)
        return [(each["partition"], each["seq"], each["root"]) for each in run.document()["partitions"]]

    def shown(self, ledger):
        shown = ledger("show", "contoso", "--unseal", "-o", "json")
        self.assert_code(shown, DONE)
        return shown.document()

    def test_there_and_back(self):
        topics = self.topics()
        self.assert_code(self.ledger("log", "copy", "--to-kafka", self.brokers, "--to-topics", topics), DONE)
        node = self.node("node", topics)
        self.assertEqual(node.dump(), self.ledger.dump())
        self.assertEqual(self.roots(node), self.roots(self.ledger))
        self.assertEqual(self.shown(node), self.shown(self.ledger))
        self.assert_code(node("submit", given=lines(command(99, partner="northwind"))), DONE)
        self.assert_verified(node)
        back = tool.Ledger(self.folder / "back")
        self.assert_code(node("log", "copy", "--to-ledger", back.folder, "--with-master-key"), DONE)
        self.assertEqual(self.roots(back), self.roots(node))
        self.assert_code(back("show", "northwind"), DONE)
        self.assert_verified(back)

    def test_a_target_with_records_is_refused(self):
        topics = self.topics()
        self.assert_code(self.ledger("log", "copy", "--to-kafka", self.brokers, "--to-topics", topics), DONE)
        node = self.node("node", topics)
        before = self.roots(node)
        again = self.ledger("log", "copy", "--to-kafka", self.brokers, "--to-topics", topics)
        self.assert_error(again, "copy.target-taken")
        self.assertEqual(self.roots(node), before)

    def test_a_target_of_another_ledger_is_refused(self):
        other = self.make_ledger("--partitions", 2, name="other", brokers=self.brokers, topics=self.topics())
        run = self.ledger("log", "copy", "--to-kafka", self.brokers, "--to-topics", other.options[-1])
        self.assert_error(run, "copy.target-taken")

    def test_a_move_closes_the_folder(self):
        topics = self.topics()
        self.assert_code(self.ledger("log", "move", "--to-kafka", self.brokers, "--to-topics", topics), DONE)
        run = self.ledger("submit", given=lines(command(99, partner="northwind")))
        self.assert_code(run, FAILED)
        self.assertEqual(run.answers()[0]["code"], "ledger.moved")
        node = self.node("node", topics)
        self.assert_code(node("submit", given=lines(command(99, partner="northwind"))), DONE)
        self.assert_error(node("log", "move", "--to-ledger", self.folder / "back"), "log.on-kafka")
        self.assert_error(node("backup", self.folder / "backup"), "log.on-kafka")
        self.assert_verified(node)


if __name__ == "__main__":
    unittest.main()
