#!/usr/bin/env python3
"""Moving a sandbox ledger's clock: what falls due on the way is done on its day, and a move that was killed goes on when
it is given again and comes to the same entries.

The moments of the kills are random and seeded; each round has a copy of one ledger. BENEFITS_TEST_KILLS says how many
rounds (5).
"""

import datetime
import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest

import benefits as tool

SEED = 20200901
ROUNDS = int(os.environ.get("BENEFITS_TEST_KILLS", "5"))
KILLS_MAX = 40
PARTNERS = 24
DAYS = 12


def life(number):
    """A partner's commands through its two unpaid orders, one that renews by itself, and one that doesn't."""
    partner = f"p{number}"
    order = {"offer": "learning-action-pack", "payment": "bank_transfer", "charge": {"amount": 10000, "currency": "USD"},
             "terms_accepted": True, "confirmed": True}
    paid = {**order, "payment": "card"}
    yield tool.command(1, partner)
    yield tool.command(2, partner, actor="mailer", kind="system", type="VerifyContact", body={})
    yield tool.command(3, partner, type="AcceptAgreement", body={"agreement": "2020-10"})
    for place in (1, 2):
        yield tool.command(3 + place, partner, type="PurchaseOffer", body={"order": f"o{place}", **order})
    yield tool.command(6, partner, type="PurchaseOffer", body={"order": "o3", **paid, "offer": "action-pack"})
    yield tool.command(7, partner, type="PurchaseOffer", body={"order": "o4", **paid})


def entries_of(ledger):
    """What partners' entries say, without where they stand: a term more or less moves that."""
    told = {}
    for record in ledger.dump():
        if record["kind"] == "entry" and record["verdict"] == "applied" and record.get("partner"):
            told[record["partner"], record["version"]] = (record["command_id"], record["type"], record["time"],
                                                          json.dumps(record["payload"]))
    return told


def later(day, days):
    return str(datetime.date.fromisoformat(day) + datetime.timedelta(days))


class ClockTest(tool.ToolTest):
    def setUp(self):
        super().setUp()
        self.ledger = self.make_ledger("--sandbox", "--clock", "2020-09-01", "--partitions", 4)
        given = []
        for day in range(DAYS):
            given.append(json.dumps({"clock": f"2020-09-{day + 1:02}"}))
            for number in range(day, PARTNERS, DAYS):
                given += life(number)
        self.assert_code(self.ledger("submit", given=tool.lines(*given)), tool.DONE)

    def copied(self, name):
        folder = self.folder / name
        shutil.copytree(self.ledger.folder, folder)
        return tool.Ledger(folder)

    def test_what_falls_due_on_the_way_is_done_on_its_day(self):
        self.assert_code(self.ledger("clock", "move", "2023-01-01"), tool.DONE)
        entries = entries_of(self.ledger).values()
        for type_, what, each in (("OrderLapsed", "lapse", 2), ("ReminderSent", "reminder", 8), ("OrderExpired", "expiry", 1),
                                  ("RenewalChargeOrdered", "charge", 2)):
            done = [entry for entry in entries if entry[1] == type_]
            self.assertEqual(len(done), each * PARTNERS, type_)
            for id_, _, when, payload in done:
                due = when[:10]
                self.assertTrue(id_.startswith(f"due/{what}/{due}/"), id_)
                self.assertEqual(json.loads(payload).get("due", due), due)
                self.assertEqual(json.loads(payload)["on"], due)
        self.assert_verified(self.ledger)

    def test_every_way_to_move_the_clock_does_it(self):
        moved = self.copied("moved")
        self.assert_code(moved("clock", "move", "2020-12-01"), tool.DONE)
        expected = entries_of(moved)
        lines = self.copied("lines")
        self.assert_code(lines("submit", given='{"clock": "2020-12-01"}\n'), tool.DONE)
        self.assertEqual(entries_of(lines), expected)
        typed = self.copied("typed")
        done = typed("ledger", "move-clock", "--as-support", "desk", "--to", "2020-12-01", "-o", "json")
        self.assert_code(done, tool.DONE)
        self.assertEqual(done.document()["outcome"], "accepted")
        self.assertEqual(entries_of(typed), expected)

    def test_without_ticks_the_clock_alone_is_moved_and_the_next_move_does_the_rest(self):
        self.assert_code(self.ledger("clock", "move", "2020-12-01", "--no-ticks"), tool.DONE)
        self.assertEqual([entry for entry in entries_of(self.ledger).values() if entry[1] == "OrderLapsed"], [])
        self.assert_code(self.ledger("clock", "move", "2020-12-01"), tool.DONE)
        late = [entry for entry in entries_of(self.ledger).values() if entry[1] == "OrderLapsed"]
        self.assertEqual(len(late), 2 * PARTNERS)
        for _, _, when, payload in late:
            self.assertEqual((when[:10], json.loads(payload)["on"]), ("2020-12-01", "2020-12-01"))
            self.assertLess(json.loads(payload)["due"], "2020-12-01")

    def test_a_move_that_was_killed_goes_on_and_comes_to_the_same_entries(self):
        whole = self.copied("whole")
        begun = time.monotonic()
        self.assert_code(whole("clock", "move", "2023-01-01"), tool.DONE)
        took = time.monotonic() - begun
        expected = entries_of(whole)
        dice = random.Random(SEED)
        kills = 0
        for number in range(ROUNDS):
            with self.subTest(round=number):
                ledger = self.copied(f"killed-{number}")
                for _ in range(KILLS_MAX):
                    killed = self.killed_on_the_way(ledger, took * dice.uniform(0.1, 1.1))
                    kills += killed
                    if not killed:
                        break
                self.assert_code(ledger("clock", "move", "2023-01-01"), tool.DONE)
                self.assertEqual(entries_of(ledger), expected)
                self.assert_verified(ledger)
        self.assertGreater(kills, 0)

    def killed_on_the_way(self, ledger, seconds):
        """Whether it was still at work then."""
        with ledger.popen("clock", "move", "2023-01-01", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                self.assertEqual(process.wait(seconds), tool.DONE)
                return False
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait(tool.RUN_SECONDS_MAX)
                return True

    def test_a_day_that_it_stopped_on_is_not_gone_back_to(self):
        self.assert_code(self.ledger("clock", "move", "2020-12-31"), tool.DONE)
        stopped = sorted({record["payload"]["to"] for record in self.ledger.dump()
                          if record["kind"] == "entry" and record["type"] == "ClockMoved"})
        self.assertGreater(len(stopped), 12)
        run = self.ledger("clock", "move", stopped[-2])
        self.assert_code(run, tool.REFUSED)
        self.assertIn("clock.backwards", run.err)
        self.assertEqual(self.ledger("clock", "-o", "json").document()["today"], "2020-12-31")


    def test_refusals_grow_old_by_the_ledgers_clock(self):
        """And each says what the machine's clock was, which is years further."""
        looks = ("refusals", "--as-support", "desk", "-o", "json")
        self.ledger("submit", given=tool.lines(json.dumps(
            {"id": "r1", "partner": "stranger", "actor": {"kind": "user", "id": "kim"}, "type": "RemoveUser",
             "body": {"user": "kim"}})))
        [refused] = [row for row in self.ledger(*looks).document()["refusals"] if row["partner"] == "stranger"]
        today = self.ledger("clock", "-o", "json").document()["today"]
        self.assertEqual(refused["time"][:10], today)
        self.assertGreater(refused["machine_time"][:4], "2024")
        self.assert_code(self.ledger("clock", "move", later(today, 90)), tool.DONE)
        self.assertIn("stranger", [row["partner"] for row in self.ledger(*looks).document()["refusals"]])
        self.assert_code(self.ledger("clock", "move", later(today, 91)), tool.DONE)
        self.assertNotIn("stranger", [row["partner"] for row in self.ledger(*looks).document()["refusals"]])


if __name__ == "__main__":
    unittest.main()
