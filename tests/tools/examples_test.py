#!/usr/bin/env python3
"""docs/examples: each command file, handed to a new sandbox ledger, gives the answers that stand beside it."""

import datetime
import json
import unittest

import benefits as tool
from benefits import DONE, EXAMPLES, REFUSED

COMPARED = ("line", "outcome", "version", "code", "rule", "earliest")


def day_before(file):
    """The day on which a ledger is made for a file: its first line moves the clock to the day after."""
    with file.open() as lines:
        first = json.loads(next(lines))["clock"]
    return str(datetime.date.fromisoformat(first) - datetime.timedelta(days=1))


class ExamplesTest(tool.ToolTest):
    def test_each_line_gets_the_answer_that_stands_beside_it(self):
        files = sorted(file for file in EXAMPLES.glob("*.jsonl") if not file.name.endswith(".expected.jsonl"))
        self.assertTrue(files)
        for file in files:
            ledger = self.make_ledger("--sandbox", "--clock", day_before(file), name=file.stem)
            run = ledger("submit", "-f", file)
            self.assert_code(run, REFUSED)
            expected = tool.json_lines(file.with_suffix(".expected.jsonl").read_text())
            got = [{name: answer[name] for name in COMPARED if name in answer} for answer in run.answers()]
            self.assertEqual(len(got), len(expected))
            commands = file.read_text().splitlines()
            for answer, wanted in zip(got, expected):
                self.assertEqual(answer, wanted, commands[wanted["line"] - 1])
            self.assert_verified(ledger)

    def test_whatever_stands_in_a_partner_is_found_by_its_id(self):
        """So is what a new event brings in: its field says so in the schema (found_as)."""
        ledger = self.sandbox()
        ledger("submit", "-f", EXAMPLES / "first-year.jsonl")
        for partner in ("contoso", "fourth-coffee"):
            sheet = ledger("show", partner, "-o", "json").document()
            lines = [line for order in sheet["orders"] for line in order["benefits"]]
            ids = {user["id"] for user in sheet["users"]} | {order["id"] for order in sheet["orders"]}
            ids |= {request["id"] for request in sheet["requests"]}
            ids |= {key["id"] for line in lines for key in line.get("keys", [])}
            ids |= {seat["person"] for line in lines for seat in line.get("seats", []) if seat["person"]}
            self.assertGreater(len(ids), 4)
            for each in sorted(ids):
                run = ledger("find", each, "--exact", "-o", "json")
                self.assert_code(run, DONE)
                self.assertIn(partner, [found["partner"] for found in run.document()["partners"]], each)

    def test_the_same_file_again_changes_nothing(self):
        ledger = self.sandbox()
        first = ledger("submit", "-f", EXAMPLES / "action-pack.jsonl").answers()
        history = ledger("history", "contoso", "-o", "json").document()["events"]
        again = ledger("submit", "-f", EXAMPLES / "action-pack.jsonl").answers()
        accepted = [answer for answer in first if answer["outcome"] == "accepted"]
        self.assertEqual([answer for answer in again if answer["outcome"] == "accepted"], accepted)
        self.assertEqual(ledger("history", "contoso", "-o", "json").document()["events"], history)

    def test_the_worked_dates_stand_in_the_partner(self):
        ledger = self.sandbox()
        ledger("submit", "-f", EXAMPLES / "action-pack.jsonl")
        contoso = ledger("show", "contoso", "-o", "json").document()
        order = contoso["orders"][0]
        self.assertEqual((order["start"], order["anniversary"], order["window_closes"]),
                         ("2020-09-01", "2021-09-01", "2021-10-01"))
        self.assertEqual((contoso["today"], order["term"], order["days_left"]), ("2021-03-14", "active", 172))
        seats = next(line for line in order["benefits"] if line["sku"] == "visual-studio-professional")
        self.assertEqual((seats["granted"], seats["used"], seats["left"]), (3, 3, 0))
        self.assertEqual([(seat["person"], seat["since"], seat["movable_from"]) for seat in seats["seats"]],
                         [("choi", "2021-03-14", "2021-06-12"), ("jung", "2020-12-10", "2021-03-10"),
                          ("han", "2020-12-15", "2021-03-15")])

    def test_the_reminders_that_are_shown_to_come_are_those_that_are_sent(self):
        ledger = self.sandbox()
        ledger("submit", "-f", EXAMPLES / "action-pack.jsonl")
        sheet = ledger("show", "contoso", "-o", "json").document()
        announced = [(each["on"], each["order"]) for each in sheet["coming"] if each["kind"] == "reminder"]
        ends = {order["id"]: order["anniversary"] for order in sheet["orders"]}
        self.assertEqual(len(announced), 4 * len(ends))
        for on in ("2021-08-02", "2021-08-17", "2021-09-02", "2021-09-24"):
            self.assertIn((on, sheet["orders"][0]["id"]), announced)
        self.assert_code(ledger("clock", "move", "2022-03-01"), DONE)
        events = ledger("history", "contoso", "-o", "json").document()["events"]
        sent = [event for event in events if event["body"]["type"] == "ReminderSent"]
        self.assertEqual([(event["body"]["event"]["due"], event["body"]["event"]["order"]) for event in sent], announced)
        for event in sent:
            self.assertEqual(event["time"][:10], event["body"]["event"]["due"])
            self.assertTrue(event["body"]["event"]["to"])
            self.assertEqual(event["actor"]["kind"], "system")
        sheet = ledger("show", "contoso", "-o", "json").document()
        self.assertEqual(sorted((each["due"], order["id"]) for order in sheet["orders"] for each in order["reminded"]),
                         sorted(announced))
        self.assertEqual([each for each in sheet["coming"] if each["kind"] == "reminder"], [])

    def test_who_ordered_by_transfer_may_withdraw_and_buy_by_card(self):
        ledger = self.sandbox("2019-07-01")
        self.assert_code(ledger("submit", "-f", EXAMPLES / "commands" / "setup.jsonl"), DONE)
        who = ["--partner", "wingtip", "--as", "mia"]
        self.assert_code(ledger("order", "withdraw", *who, "--order", "lap-unpaid"), DONE)
        money = ledger("order", "receive-payment", "--partner", "wingtip", "--as-system", "bank", "--order", "lap-unpaid",
                       "--amount", "10000", "--amount-currency", "USD", "-o", "json")
        self.assert_code(money, REFUSED)
        self.assertEqual((money.document()["code"], money.document()["rule"]), ("order.withdrawn", "MEM-13"))
        order = ledger("show", "wingtip", "-o", "json").document()["orders"][-1]
        self.assertEqual((order["id"], order["term"], order["withdrawn"]), ("lap-unpaid", "withdrawn", "2020-09-01"))
        self.assertEqual(order["refund"], "no_term")
        told = tool.json_lines(ledger("history", "wingtip", "-o", "jsonl").out)[-1]
        self.assertEqual(told["rules"], ["MEM-13", "ACC-05"])
        self.assert_verified(ledger)

    def test_show_tells_of_the_profile_and_of_tenants_that_wait_to_be_confirmed(self):
        ledger = self.sandbox("2019-07-01")
        self.assert_code(ledger("submit", "-f", EXAMPLES / "commands" / "setup.jsonl"), DONE)
        before = ledger("show", "contoso", "-o", "json").document()
        self.assertEqual((before["tenants"], before["named_tenants"]),
                         (["contoso.example"], ["contoso-dev.example", "contoso-old.example"]))
        self.assertNotIn("profile_reviewed", before)
        self.assertIn("never reviewed", ledger("show", "contoso").out)
        self.assert_code(ledger("partner", "review-profile", "--partner", "contoso", "--as", "kim"), DONE)
        self.assert_code(ledger("partner", "confirm-tenant", "--partner", "contoso", "--as-system", "directory",
                                "--tenant", "contoso-dev.example"), DONE)
        after = ledger("show", "contoso", "-o", "json").document()
        self.assertEqual((after["tenants"], after["named_tenants"]),
                         (["contoso.example", "contoso-dev.example"], ["contoso-old.example"]))
        self.assertEqual(after["profile_reviewed"], "2020-09-01")
        shown = ledger("show", "contoso").out
        self.assertIn("last reviewed on 2020-09-01", shown)
        self.assertIn("not confirmed: contoso-old.example", shown)
        self.assert_verified(ledger)

    def test_personal_fields_stay_sealed_unless_asked_for(self):
        ledger = self.sandbox()
        ledger("submit", "-f", EXAMPLES / "action-pack.jsonl")
        for arguments in (["show", "contoso"], ["history", "contoso"], ["log", "dump"]):
            for form in ([], ["-o", "json"]):
                if arguments[0] == "log" and form:
                    continue
                sealed = ledger(*arguments, *form)
                opened = ledger(*arguments, *form, "--unseal")
                self.assert_code(sealed, DONE)
                self.assertNotIn("김민수", sealed.out)
                self.assertNotIn("kim@contoso.example", sealed.out)
                self.assertIn("김민수", opened.out)
                self.assertIn("kim@contoso.example", opened.out)
        for file in ledger.folder.rglob("*"):
            if file.is_file():
                self.assertNotIn("kim@contoso.example".encode(), file.read_bytes(), file)


if __name__ == "__main__":
    unittest.main()
