#!/usr/bin/env python3
"""One code on two logs: the same commands on an embedded ledger and on a real Kafka give the same entries at the same
places, byte for byte once they are unsealed. Needs BENEFITS_TEST_KAFKA."""

import os
import unittest
import uuid

import benefits as tool

COMMANDS_MIN = 10_000
PARTNERS = 200
SEED = 42
CREATE = ("--sandbox", "--clock", "2020-08-31", "--partitions", 4)


class TwoLogsTest(tool.ToolTest):
    def bodies(self, ledger):
        entries = [record for record in ledger.dump("--unseal") if record["kind"] == "entry"]
        self.assertTrue(all(entry["verdict"] == "applied" for entry in entries))
        return {(entry["partition"], entry["seq"]):
                (entry.get("partner"), entry["version"], entry["command_id"], entry["type"], entry["time"],
                 entry["payload"]) for entry in entries}

    def test_both_logs_hold_the_same_entries_at_the_same_places(self):
        brokers = os.environ["BENEFITS_TEST_KAFKA"]
        commands = tool.benefits("generate", "--partners", PARTNERS, "--seed", SEED, "--days", 1500)
        self.assertGreaterEqual(len(commands.out.splitlines()), COMMANDS_MIN)
        embedded = self.make_ledger(*CREATE, name="embedded")
        kafka = self.make_ledger(*CREATE, name="kafka", brokers=brokers, topics=f"two-logs-{uuid.uuid4().hex}")
        answers = {}
        for ledger in (embedded, kafka):
            run = ledger("submit", given=commands.out)
            self.assert_code(run, tool.REFUSED)
            places = ("line", "id", "partner", "outcome", "partition", "seq", "version", "code", "rule", "earliest")
            answers[ledger] = [{name: answer.get(name) for name in places} for answer in run.answers()]
        self.assertEqual(answers[embedded], answers[kafka])
        bodies = self.bodies(embedded)
        self.assertGreater(len(bodies), COMMANDS_MIN // 2)
        self.assertEqual(bodies, self.bodies(kafka))
        self.assert_verified(embedded)
        self.assert_verified(kafka)


if __name__ == "__main__":
    unittest.main()
