#!/usr/bin/env python3
"""Lists over all partners are what `show` tells of each of them, by the page, in every form, and again after a rebuild."""

import csv
import datetime
import io
import shutil
import tempfile
import unittest

import benefits as tool
from benefits import DONE, EXAMPLES, USAGE

TODAY = "2021-12-05"
PARTNERS = ("contoso", "fabrikam", "fourth-coffee", "tailspin")
WITH_TERM = ("active", "in_window", "expired")


class ListsTest(tool.ToolTest):
    @classmethod
    def setUpClass(cls):
        """One ledger for all that only ask."""
        super().setUpClass()
        cls.shared = tempfile.mkdtemp(prefix="benefits-test-")
        cls.addClassCleanup(shutil.rmtree, cls.shared, ignore_errors=True)
        cls.ledger = tool.Ledger(f"{cls.shared}/ledger")
        cls.ledger("create", "--sandbox", "--clock", "2020-08-31")
        cls.ledger("submit", "-f", EXAMPLES / "first-year.jsonl")
        cls.ledger("clock", "move", TODAY)
        cls.shown = {partner: cls.ledger("show", partner, "-o", "json").document() for partner in PARTNERS}

    def listed(self, what, *arguments, ledger=None):
        run = (ledger or self.ledger)("list", what, *arguments, "-o", "json")
        self.assert_code(run, DONE)
        document = run.document()
        self.assertEqual(document["today"], TODAY)
        return document[what]

    def orders(self, wanted):
        """(partner, order) of those that are shown and wanted, in the order of anniversaries."""
        found = [(order["anniversary"], partner, order["id"]) for partner, sheet in self.shown.items()
                 for order in sheet["orders"] if order["term"] in WITH_TERM and wanted(order)]
        return [(partner, order) for _, partner, order in sorted(found)]

    def assert_orders(self, arguments, wanted):
        expected = self.orders(wanted)
        self.assertTrue(expected, arguments)
        self.assertEqual([(line["partner"], line["order"]) for line in self.listed("orders", *arguments)], expected)

    def test_the_partners_of_the_example_are_in_every_standing(self):
        self.assertEqual({order["term"] for sheet in self.shown.values() for order in sheet["orders"]} & set(WITH_TERM),
                         set(WITH_TERM))

    def test_orders_are_those_that_are_shown(self):
        self.assert_orders((), lambda order: True)
        for days in (0, 25, 26, 27, 45, 46, 200, 365):
            last = str(datetime.date.fromisoformat(TODAY) + datetime.timedelta(days))
            ends = lambda order: order["anniversary"] if order["term"] == "active" else order["window_closes"]
            expected = self.orders(lambda order: TODAY <= ends(order) <= last)
            self.assertEqual([(line["partner"], line["order"])
                              for line in self.listed("orders", "--ending", days)], expected, days)

    def test_what_will_have_expired_is_asked_for_by_the_day(self):
        for day in ("2021-12-05", "2021-12-31", "2022-01-01", "2022-03-01", "2024-01-01"):
            expected = self.orders(lambda order: order["window_closes"] < day)
            self.assertEqual([(line["partner"], line["order"])
                              for line in self.listed("orders", "--expired", "--on", day)], expected, day)
        over = self.listed("memberships", "--expired", "--on", "2024-01-01")
        self.assertEqual({line["partner"] for line in over}, set(PARTNERS))
        self.assertEqual({line["membership"] for line in over}, {"read_only"})

    def test_a_membership_is_one_line_of_its_last_order(self):
        expected = sorted((max(order["anniversary"] for order in sheet["orders"] if order["term"] in WITH_TERM), partner)
                          for partner, sheet in self.shown.items())
        self.assertEqual([(line["ends"], line["partner"]) for line in self.listed("memberships")], expected)

    def test_every_charge_is_listed_by_its_day_with_what_was_paid_back(self):
        paid = sorted((order["purchased"], partner, order["id"], order["charge"]["amount"], order.get("cancelled"))
                      for partner, sheet in self.shown.items() for order in sheet["orders"] if not order.get("pay_by"))
        lines = self.listed("charges")
        self.assertEqual([(line["on"], line["partner"], line["order"], line["charge"]["amount"], line.get("refunded"))
                          for line in lines], paid)
        day = paid[0][0]
        self.assertEqual(self.listed("charges", "--on", day), [line for line in lines if line["on"] == day])
        self.assertEqual(self.listed("charges", "--since", day, "--newest-first"), lines[::-1])
        self.assertEqual(self.listed("charges", "--unpaid") + self.listed("charges", "--failed"), [])

    def test_unpaid_orders_are_those_that_lapsed_where_one_asks_since_when(self):
        lapsed = sorted((order["pay_by"], partner, order["id"]) for partner, sheet in self.shown.items()
                        for order in sheet["orders"] if order["term"] == "lapsed")
        self.assertTrue(lapsed)
        self.assertEqual(self.listed("orders", "--unpaid"), [])
        self.assertEqual([(line["on"], line["partner"], line["order"])
                          for line in self.listed("orders", "--unpaid", "--since", "2020-01-01")], lapsed)

    def test_pages_are_the_list_and_every_form_has_the_same_lines(self):
        for what in ("memberships", "orders", "charges"):
            for order in ((), ("--newest-first",)):
                whole = self.listed(what, *order)
                pages, after = [], ()
                while True:
                    run = self.ledger("list", what, *order, "--limit", 2, *after, "-o", "jsonl")
                    self.assert_code(run, DONE)
                    page = tool.json_lines(run.out)
                    pages += page
                    if "there are more" not in run.err:
                        break
                    after = ("--after", page[-1]["place"])
                    self.assertIn(" ".join(after), run.err)
                self.assertEqual(pages, whole)
            rows = csv.DictReader(io.StringIO(self.ledger("list", what, "-o", "csv").out, newline=""))
            self.assertEqual([row["place"] for row in rows], [line["place"] for line in self.listed(what)])
            table = self.ledger("list", what, COLUMNS="0").out.splitlines()
            self.assertEqual([line.split()[0] for line in table[3:]],
                             [line.get("on") or line["ends"] for line in self.listed(what)])

    def test_what_lists_dont_offer_is_told_with_what_does(self):
        for arguments, word in ((("orders", "--at", "2021-01-01"), "show PARTNER --at"),
                                (("orders", "--on", "2021-01-01"), "show PARTNER --at"),
                                (("memberships", "--on", "2021-12-04"), TODAY),
                                (("orders", "--after", "contoso"), "2021-09-01/contoso/ap-2020"),
                                (("orders", "--expired", "--ending", 3), "--ending"),
                                (("reminders", "--due", 3, "--newest-first"), "--newest-first"),
                                (("orders", "--since", "2021-02-30"), "no day"),
                                (("orders", "--limit", 0), "--limit"), (("orders", "--ending", -1), "--ending")):
            self.assert_one_sentence(self.ledger("list", *arguments), USAGE, word)
        self.assert_code(self.ledger("list", "orders", "--on", TODAY), DONE)

    def test_views_made_again_hold_the_same_lists(self):
        ledger = tool.Ledger(self.folder / "copy")
        shutil.copytree(self.ledger.folder, ledger.folder)
        before = [self.listed(what, ledger=ledger) for what in ("memberships", "orders", "charges")]
        self.assert_verified(ledger)
        run = ledger("rebuild", "-o", "json")
        self.assert_code(run, DONE)
        self.assertEqual(run.document().get("differences", []), [])
        self.assertEqual([self.listed(what, ledger=ledger) for what in ("memberships", "orders", "charges")], before)


if __name__ == "__main__":
    unittest.main()
