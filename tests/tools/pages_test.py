#!/usr/bin/env python3
"""Lists by pages: the last, the first, a day's, somebody's, in either order and in every form; and the catalogue of a day."""

import csv
import io
import unittest

import benefits as tool
from benefits import DONE, EXAMPLES, NOT_FOUND, USAGE


class PagesTest(tool.ToolTest):
    def setUp(self):
        super().setUp()
        self.ledger = self.sandbox()
        self.ledger("submit", "-f", EXAMPLES / "action-pack.jsonl")
        self.versions = [event["version"] for event in self.events()]

    def events(self, *arguments):
        run = self.ledger("history", "contoso", *arguments, "-o", "json")
        self.assert_code(run, DONE)
        return run.document()["events"]

    def test_the_last_events_are_the_newest(self):
        for arguments, expected in (([], self.versions), (["--newest-first"], self.versions[::-1]),
                                    (["--last", 3], self.versions[-3:]),
                                    (["--last", 3, "--newest-first"], self.versions[:-4:-1]),
                                    (["--limit", 3], self.versions[:3])):
            self.assertEqual([event["version"] for event in self.events(*arguments)], expected)

    def test_every_form_has_the_same_events(self):
        page = ("history", "contoso", "--last", 4, "--newest-first")
        versions = [str(version) for version in self.versions[:-5:-1]]
        rows = list(csv.DictReader(io.StringIO(self.ledger(*page, "-o", "csv").out, newline="")))
        self.assertEqual([row["version"] for row in rows], versions)
        lines = tool.json_lines(self.ledger(*page, "-o", "jsonl").out)
        self.assertEqual([str(line["version"]) for line in lines], versions)
        table = self.ledger(*page, COLUMNS="300").out.splitlines()
        self.assertIn(f"4 of {len(self.versions)} events", table[0])
        self.assertEqual([line.split()[0] for line in table[3:]], versions)

    def test_a_type_is_named_as_it_is_written_or_as_it_is_shown(self):
        for name in ("SeatMoved", "seat moved", "seat-moved"):
            self.assertEqual({event["body"]["type"] for event in self.events("--type", name)}, {"SeatMoved"})
        self.assert_one_sentence(self.ledger("history", "contoso", "--type", "SeatMovd"), USAGE, "SeatMoved")

    def test_an_actor_and_a_day_leave_out_the_rest(self):
        everything = self.events()
        kims = [event for event in everything if event["actor"]["id"] == "kim"]
        self.assertEqual(self.events("--actor", "kim"), kims)
        self.assertEqual(self.events("--actor", "support"), [event for event in everything
                                                             if event["actor"]["kind"] == "support"])
        self.assertEqual(self.events("--actor", "system"), [event for event in everything
                                                            if event["actor"]["kind"] == "system"])
        day = everything[len(everything) // 2]["time"][:10]
        self.assertEqual(self.events("--since", day), [event for event in everything if event["time"][:10] >= day])
        self.assertEqual(self.events("--actor", "nobody"), [])
        self.assert_code(self.ledger("history", "nobody", "--actor", "kim"), NOT_FOUND)
        run = self.ledger("history", "contoso", "--actor", "kimm")
        self.assert_code(run, DONE)
        self.assertIn("did you mean 'kim'?", run.err)

    def test_refusals_have_the_same_pages(self):
        def refused(*arguments):
            run = self.ledger("refusals", *arguments, "--as-support", "desk", "-o", "json")
            self.assert_code(run, DONE)
            return run.document()["refusals"]
        everything = refused()
        self.assertGreater(len(everything), 3)
        self.assertEqual(refused("--newest-first"), everything[::-1])
        self.assertEqual(refused("--last", 2), everything[-2:])
        self.assertEqual(refused("contoso", "--last", 2, "--newest-first"), everything[:-3:-1])
        kind = everything[0]["command"]
        self.assertEqual(refused("--type", kind), [each for each in everything if each["command"] == kind])
        actor = everything[-1]["actor"]["id"]
        self.assertEqual(refused("--actor", actor), [each for each in everything if each["actor"]["id"] == actor])

    def test_last_and_limit_are_not_both_wanted(self):
        self.assert_code(self.ledger("history", "contoso", "--last", 1, "--limit", 1), USAGE)

    def test_the_catalogue_of_a_day_is_what_an_order_grants(self):
        document = self.ledger("catalogue", "--on", "2020-09-01", "-o", "json").document()
        offers = {offer["id"]: offer for offer in document["catalogue"]["offers"]}
        granted = [(benefit["sku"], benefit["granted"], benefit["title"]) for benefit in
                   self.ledger("show", "contoso", "-o", "json").document()["orders"][0]["benefits"]]
        self.assertEqual([(grant["sku"], grant["quantity"], grant["title"])
                          for grant in offers["action-pack"]["grants"]], granted)
        rows = list(csv.DictReader(io.StringIO(
            self.ledger("catalogue", "action-pack", "--on", "2020-09-01", "-o", "csv").out, newline="")))
        self.assertEqual([(row["offer"], row["sku"]) for row in rows], [("action-pack", sku) for sku, _, _ in granted])
        table = self.ledger("catalogue", "action-pack").out
        self.assertTrue(all(sku in table for sku, _, _ in granted), table)
        self.assert_one_sentence(self.ledger("catalogue", "action-pak"), NOT_FOUND, "action-pack")


if __name__ == "__main__":
    unittest.main()
