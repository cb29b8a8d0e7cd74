#!/usr/bin/env python3
"""Kafka ledgers that can't be used: no topic, wrong settings, another ledger's topic, a broker that falls silent. Needs
BENEFITS_TEST_KAFKA.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import uuid

import benefits as tool
from benefits import DONE, FAILED, command, lines

sys.path.append(str(tool.ROOT / "tools" / "kafka"))
sys.path.append(str(tool.ROOT / "tests" / "faults"))
import brokers  # noqa: E402
import kafka_wire  # noqa: E402
import wire  # noqa: E402


class BadKafkaTest(tool.ToolTest):
    def setUp(self):
        super().setUp()
        self.brokers = os.environ["BENEFITS_TEST_KAFKA"]

    def topics(self):
        return f"bad-{uuid.uuid4().hex}"

    def node(self, name, topics, key_of=None):
        ledger = tool.Ledger(self.folder / name, brokers=self.brokers, topics=topics)
        if key_of:
            ledger.folder.mkdir()
            shutil.copy2(key_of.folder / "master.key", ledger.folder)
        return ledger

    def create(self, name, *options):
        ledger = self.node(name, self.topics())
        run = ledger("create", "--sandbox", "--clock", "2020-09-01", *options)
        self.assert_code(run, DONE)
        return ledger

    def test_no_topic(self):
        run = self.node("node", self.topics())("submit", given=lines(command(1)))
        self.assert_error(run, "log.missing")

    def test_a_node_without_the_master_key(self):
        ledger = self.create("first", "--partitions", 2)
        stranger = self.node("second", ledger.options[-1])
        self.assert_error(stranger("submit", given=lines(command(1))), "master-key.missing")

    def test_the_topic_of_another_ledger(self):
        first, second = self.create("first", "--partitions", 2), self.create("second", "--partitions", 2)
        self.assert_code(first("submit", given=lines(command(1))), DONE)
        moved = self.node("first", second.options[-1])
        self.assert_error(moved("submit", given=lines(command(2))), "master-key.of-another-ledger")
        self.assert_code(first("submit", given=lines(command(1))), DONE)
        self.assert_verified(first)

    def test_the_views_of_another_ledger(self):
        first, second = self.create("first", "--partitions", 2), self.create("second", "--partitions", 2)
        self.assert_code(first("submit", given=lines(command(1))), DONE)
        shutil.copy2(second.folder / "master.key", first.folder)
        moved = self.node("first", second.options[-1])
        self.assert_error(moved("show", "contoso"), "views.of-another-ledger")

    def test_a_topic_that_could_lose_history(self):
        topics = self.topics()
        for name in ("ledger", "keys"):  # with the broker's own settings
            wire.create_topic(self.port(), f"{topics}.{name}.v1", partitions=1, replicas=1)
        for arguments in (["create", "--partitions", 1], ["show", "contoso"]):
            run = self.node("node", topics)(*arguments)
            self.assert_error(run, "log.unfit")

    def port(self):
        return int(self.brokers.split(",")[0].rpartition(":")[2])

    def test_a_partition_was_added(self):
        """What the ledger was made with is read as ever, and can be brought away; nothing is written."""
        ledger = self.create("first", "--partitions", 2)
        self.assert_code(ledger("submit", given=lines(command(1))), DONE)
        questions = (("show", "contoso"), ("history", "contoso"), ("find", "contoso"), ("log", "stat"), ("log", "dump"))
        before = [ledger(*question).out for question in questions]
        kafka_wire.add_partitions(self.port(), ledger.options[-1] + ".ledger.v1", 3)
        for question, out in zip(questions, before):
            run = ledger(*question)
            self.assert_code(run, DONE)
            self.assertEqual(run.out, out, run)
        self.assert_verified(ledger)
        stat = ledger("stat")
        self.assert_code(stat, DONE)
        self.assertIn("3 partitions", stat.out)
        run = ledger("submit", given=lines(command(2)))
        self.assert_code(run, FAILED)
        self.assertEqual(run.answers()[0]["code"], "ledger.partitions-added")
        copy = self.topics()
        self.assert_code(ledger("log", "copy", "--to-kafka", self.brokers, "--to-topics", copy), DONE)
        there = self.node("copy", copy, key_of=ledger)
        self.assertEqual(there("show", "contoso").out, before[0])
        self.assert_code(there("submit", given=lines(command(3, partner="fabrikam"))), DONE)

    def test_records_in_an_added_partition(self):
        ledger = self.create("first", "--partitions", 2)
        self.assert_code(ledger("submit", given=lines(command(1))), DONE)
        topic = ledger.options[-1] + ".ledger.v1"
        kafka_wire.add_partitions(self.port(), topic, 4)
        kafka_wire.until_done(lambda: kafka_wire.produce(self.port(), topic, 3, [b"who?"]))
        shown = ledger("show", "contoso")
        self.assert_code(shown, DONE)
        self.assertIn("partition 3 of topic", shown.err)
        self.assertNotIn("partition 2 of topic", shown.err)

    def test_the_folder_of_an_embedded_ledger(self):
        """Whether a broker answers or not: nothing comes from the views of another ledger."""
        embedded = self.make_ledger("--sandbox", "--clock", "2020-09-01", name="embedded")
        self.assert_code(embedded("submit", given=lines(command(1))), DONE)
        self.assert_code(embedded("show", "contoso"), DONE)
        for address in ("127.0.0.1:1", self.brokers):
            node = tool.Ledger(embedded.folder, brokers=address)
            for asked in (["show", "contoso"], ["stat"], ["history", "contoso"], ["submit"], ["log", "stat"], ["create"],
                          ["verify"], ["rebuild"]):
                run = node(*asked, given=lines(command(2)) if asked == ["submit"] else "")
                self.assert_error(run, "folder.of-another-kind")
        self.assert_verified(embedded)

    def test_the_folder_of_a_node_without_kafka(self):
        node = self.create("node", "--partitions", 2)
        self.assert_code(node("submit", given=lines(command(1))), DONE)
        embedded = tool.Ledger(node.folder)
        for asked in (["show", "contoso"], ["stat"], ["submit"], ["log", "stat"], ["create"], ["verify"]):
            run = embedded(*asked, given=lines(command(2)) if asked == ["submit"] else "")
            self.assert_error(run, "folder.of-another-kind")
        self.assert_verified(node)

    def test_no_broker_answers(self):
        """Queries are answered from the views, and say so; nothing is written."""
        ledger = self.create("first", "--partitions", 2)
        self.assert_code(ledger("submit", given=lines(command(1))), DONE)
        self.assert_code(ledger("show", "contoso"), DONE)
        away = tool.Ledger(ledger.folder, brokers="127.0.0.1:1", topics=ledger.options[-1])
        shown = away("show", "contoso", "-o", "json")
        self.assert_code(shown, DONE)
        self.assertEqual(shown.document(), ledger("show", "contoso", "-o", "json").document())
        for words in ("no broker answers at 127.0.0.1:1", "up to entries of 2020-09-01T", "what came later is not in it"):
            self.assertIn(words, shown.err)
        stat = away("stat", "-o", "json")
        self.assert_code(stat, DONE)
        self.assertNotIn("lag", stat.document())
        self.assert_error(away("submit", "--patience", 1, given=lines(command(2))), "log.no-answer")

    def test_two_nodes_share_one_ledger(self):
        first = self.create("first", "--partitions", 2)
        second = self.node("second", first.options[-1], key_of=first)
        self.assert_code(first("submit", given=lines(command(1))), DONE)
        run = second("submit", given=lines(command(1), command(2, type="RemoveUser", body={"user": "nobody"})))
        self.assertEqual([answer["outcome"] for answer in run.answers()], ["accepted", "refused"], run)
        self.assert_verified(second)


class SilentBrokerTest(tool.ToolTest):
    """A broker that is cut off in the middle of a reading: what was read so far is no whole log, and nobody says so."""

    PARTNERS = 1000  # some 8 MB, so that no single fetch brings all
    COUNTED_BYTES = 10 ** 12

    @classmethod
    def setUpClass(cls):
        cls.brokers = brokers.Brokers(1, tempfile.mkdtemp(prefix="benefits-test-kafka-"), seed=1)
        cls.addClassCleanup(cls.brokers.close)
        cls.node_folder = pathlib.Path(tempfile.mkdtemp(prefix="benefits-test-node-")) / "node"
        cls.addClassCleanup(shutil.rmtree, cls.node_folder.parent, ignore_errors=True)
        cls.topics = f"cut-{uuid.uuid4().hex}"
        ledger = tool.Ledger(cls.node_folder, brokers=cls.brokers.bootstrap(), topics=cls.topics)
        given = tool.benefits("generate", "--partners", cls.PARTNERS, "--seed", 1).out
        for code, run in ((DONE, ledger("create", "--sandbox", "--clock", "2020-09-01", "--partitions", 1)),
                          (tool.REFUSED, ledger("submit", given=given))):
            assert run.code == code, run
        cls.records = len(ledger.dump())

    def setUp(self):
        super().setUp()
        self.proxy = self.brokers.proxies[0]
        self.addCleanup(self.proxy.heal)

    def behind_proxy(self, name):
        """Late enough that a fetch is still on its way when the one before was read."""
        shutil.copytree(self.node_folder, self.folder / name)
        self.proxy.slow(0.2)
        self.proxy.drop_after(down=self.COUNTED_BYTES)
        return tool.Ledger(self.folder / name, brokers=self.brokers.proxied_bootstrap(), topics=self.topics)

    def passed_bytes(self):
        return self.COUNTED_BYTES - self.proxy.down.drop_after

    def test_a_dump_that_was_cut_off_says_so(self):
        ledger = self.behind_proxy("dump")
        with ledger.popen("log", "dump", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.readline()
            self.proxy.cut()
            out, err = process.communicate(timeout=200)
        self.assertLess(len(out.splitlines()), self.records)
        self.assertIn(b"partition 0 can't be read beyond position", err)
        self.assertEqual(process.returncode, FAILED)

    def test_no_reader_takes_silence_for_the_end(self):
        readers = {"state": ["log", "state"], "verify": ["verify"], "rebuild": ["rebuild"],
                   "copy": ["log", "copy", "--to-ledger", self.folder / "copied"]}
        ledgers = {name: self.behind_proxy(name) for name in readers}
        self.assert_code(ledgers["state"]("log", "state"), DONE)
        once = self.passed_bytes()
        running = {name: ledgers[name].popen(*readers[name], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                   for name in readers}
        # About the middle of what all of them read at the least.
        while self.passed_bytes() < once + len(readers) * once / 2:
            self.assertTrue(any(process.poll() is None for process in running.values()))
            time.sleep(0.005)
        self.proxy.cut()
        for name, process in running.items():
            with self.subTest(name), process:
                out, err = process.communicate(timeout=200)
                self.assertIn(process.returncode, (FAILED, tool.UNKNOWN), (out, err))
                self.assertRegex(err.decode(), "reach|answer|did not give|be had")


if __name__ == "__main__":
    unittest.main()
