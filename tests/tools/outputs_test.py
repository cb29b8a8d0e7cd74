#!/usr/bin/env python3
"""What the tool prints, whatever strangers wrote: nothing steers a terminal, nothing is a live cell of a spreadsheet, and
programs get every text exactly.
"""

import csv
import io
import json
import os
import sys
import unicodedata
import unittest

import benefits as tool
from benefits import DONE, FAILED, REFUSED, USAGE, command, lines

ESCAPES = "\x1b]0;x\x07\x9b31m\x7f\x00\x01\x02\x03\b"
TURNS = "\u202e\u2066\u2069\u200f\u2028\u2029\ufeff\U000e0041"
BREAKS = "\t\r\n"
JOINED = "می\u200cخواهم क\u094d\u200dष \U0001f469\u200d\U0001f4bb"  # which belong to names
HOSTILE = f"{ESCAPES}{TURNS}{BREAKS}"
NAME = f"=1+1{HOSTILE};=2+2;\"-3 {JOINED}"
IDS = f"c\x1b[31m\u202e\n{{}}"

STEERING = {"Cc", "Zl", "Zp"}


def steers(character):
    if character in "\u200c\u200d":
        return False
    return unicodedata.category(character) in STEERING or (
        unicodedata.category(character) == "Cf" and not 0x600 <= ord(character) <= 0x8ff or character == "\u061c")


def hostile_commands():
    """The example of a first year, with hostile texts wherever a text may stand."""
    number = 0
    for line in (tool.EXAMPLES / "first-year.jsonl").read_text().splitlines():
        made = json.loads(line)
        if "clock" not in made:
            number += 1
            made["id"] = IDS.format(made["id"][-6:])
            made["reason"] = ("=", "+", "-", "@", "\t", "\r", "＝")[number % 7] + "cmd|' /C calc'!A0" + HOSTILE
            made["correlation_id"], made["causation_id"] = "@" + ESCAPES, "-" + TURNS
            body = made["body"]
            for field in ("legal_name", "address"):
                if field in body:
                    body[field] = NAME
            for person in (body.get("user"), body.get("contact")):
                if isinstance(person, dict):
                    person["name"] = "+" + HOSTILE + JOINED
                    person["email"] = f"=cmd|'{person['id']}'!A0@contoso.example"
            for key in body.get("keys", ()):
                key["material"] = "@" + key["material"] + HOSTILE
        yield made


def catalogue_and_policy():
    """The ledger's own, with hostile titles and notes."""
    offer = {"id": "ap-9", "title": f"={HOSTILE}", "kind": "action_pack",
             "grants": [{"sku": "vs-9", "title": f"+{HOSTILE}", "quantity": 1}]}
    return [offer], f"-{HOSTILE}"


class HostileLedger(tool.ToolTest):
    """In a folder whose name is hostile too."""

    def setUp(self):
        super().setUp()
        self.ledger = self.make_ledger("--sandbox", "--clock", "2020-09-01", name=f"led\x1b[31m\u202e\n{JOINED}ger")
        self.submitted = self.ledger("submit", given=lines(*hostile_commands()))
        self.assert_code(self.submitted, REFUSED)
        offers, note = catalogue_and_policy()
        (self.folder / "offers").write_text(json.dumps(offers))
        (self.folder / "name").write_text("Lee" + HOSTILE)
        (self.folder / "e-mail").write_text("=cmd|'calc'!A0@contoso.example")
        self.published = self.publish(note.replace("\x00", ""), self.folder / "offers")
        self.assert_code(self.published, DONE)

    def publish(self, note, offers):
        """As the next version, which a refusal names."""
        for version in range(1, 20):
            run = self.ledger("ledger", "publish-catalogue", "--catalogue-version", version, "--catalogue-effective",
                              "2030-01-01", "--catalogue-note", note, "--catalogue-offers", f"@{offers}",
                              "--as-support", "desk")
            if run.code != REFUSED:
                return run
        return self.fail("no version is the next one")

    def assert_harmless(self, run, csv_lines=False):
        for text in (run.out.replace("\r\n", "\n") if csv_lines else run.out, run.err):
            for place, character in enumerate(text):
                if character != "\n" and steers(character):
                    self.fail(f"{run.arguments}: U+{ord(character):04X} in {text[max(0, place - 60):place + 20]!a}")


class Outputs(HostileLedger):
    def questions(self):
        """Each with the forms it has beside words for people."""
        lists, document, words = ("json", "jsonl", "csv"), ("json",), ()
        contoso = ("contoso",)
        looks = ("--as-support", "desk")
        return (
            (("show", *contoso), document), (("show", *contoso, "--unseal"), document),
            (("show", *contoso, "--at", "2020-12-01"), document),
            (("history", *contoso), lists), (("history", *contoso, "--unseal"), lists),
            (("why", *contoso, "windows-10-enterprise-upgrade"), lists), (("can", *contoso), lists),
            (("diff", *contoso, "--from", 1), lists), (("diff", *contoso, "--from", 1, "--unseal"), lists),
            (("find", "contoso"), lists), (("find", "1+1"), lists), (("find", JOINED), lists),
            (("refusals", *looks), lists), (("refusals", *contoso, *looks), lists),
            (("history", *contoso, "--last", 3, "--newest-first"), lists), (("refusals", *looks, "--last", 3), lists),
            (("receipt", *contoso, IDS.format("so-011")), document),
            (("log", "dump"), words), (("log", "dump", "--unseal"), words), (("log", "stat"), lists),
            (("log", "state"), lists), (("stat",), lists), (("verify",), document), (("rebuild",), document),
            (("list", "memberships"), lists), (("list", "orders"), lists),
            (("list", "charges", "--limit", 1), lists), (("list", "reminders"), lists),
            (("clock",), document), (("policy", "show"), document), (("policy", "list"), lists), (("catalogue",), lists),
            (("backup", self.folder / f"kept{ESCAPES[:5]}{TURNS}"), document), (("rules",), lists),
            (("commands",), lists), (("create",), words),
        )

    def test_nothing_that_is_printed_steers_a_terminal(self):
        for arguments, forms in self.questions():
            for form in ("table", *forms):
                with self.subTest(arguments, form=form):
                    given = [*arguments[:1], f"{arguments[1]}-{form}"] if arguments[0] == "backup" else list(arguments)
                    run = self.ledger(*given, *([] if form == "table" else ["-o", form]))
                    self.assertIn(run.code, (DONE,) if arguments[0] != "create" else (FAILED,), run)
                    self.assert_harmless(run, csv_lines=form == "csv")
                    if arguments[:2] == ("log", "dump") or form == "jsonl":
                        tool.json_lines(run.out)
                    elif form == "json":
                        run.document()

    def test_every_subcommand_is_asked(self):
        """But for those that print nothing of the ledger, and those that write, which are looked at elsewhere."""
        known = {"submit", "config", "restore", "bench", "generate", "completion", "man", "partner", "user", "order", "seat", "key",
                 "token", "company", "cancellation", "usage", "ledger"}
        asked = {arguments[0] for arguments, _ in self.questions()}
        named = [line.split()[0] for line in tool.benefits("--help").out.splitlines()
                 if line.startswith("  ") and line[2:3].isalpha() and len(line) > 30 and line[2:].split("  ")[0].isalpha()]
        self.assertGreater(len(named), 25)
        self.assertEqual(set(named) - known - asked, set())

    def test_no_answer_to_a_command_steers_a_terminal(self):
        self.assert_harmless(self.submitted)
        self.assert_harmless(self.published)
        for form in ("table", "json"):
            for more in ([], ["--dry-run"]):
                run = self.ledger("user", "add", "--partner", "contoso", "--as", "kim", "--user-id", "nils-" + form,
                                  "--user-name", f"@{self.folder / 'name'}", "--user-email", f"@{self.folder / 'e-mail'}",
                                  "--reason", HOSTILE.replace("\x00", ""), "--id", "c\x1b[31m" + form, "-o", form, *more)
                self.assert_code(run, DONE)
                self.assert_harmless(run)

    def test_no_sentence_about_what_was_typed_steers_a_terminal(self):
        hostile = "x\x1b[31m\x9b\u202e\n\u2028"
        for arguments in (["show", hostile], ["history", hostile], ["why", hostile, "x"], ["can", hostile],
                          ["can", "contoso", hostile], ["receipt", "contoso", hostile], ["refusals", hostile, "--as-support", "desk"],
                          ["find", hostile], ["find", "@" + hostile], ["submit", "-f", hostile], [hostile],
                          ["show", "contoso", "--" + hostile], ["show", "contoso", "-o", hostile],
                          ["log", "dump", "--partition", hostile], ["log", "state", "--at", hostile], ["log", hostile],
                          ["clock", "move", hostile], ["rules", hostile], ["commands", hostile], ["show"],
                          ["show", "contoso", "--at", hostile], ["diff", "contoso", "--from", hostile],
                          ["seat", "assign", "--partner", hostile, "--order", "o", "--sku", "s", "--person", "p", "--as",
                           "kim"],
                          ["restore", self.folder / hostile], ["backup", self.ledger.folder]):
            with self.subTest(arguments):
                run = self.ledger(*arguments)
                self.assertNotEqual(run.code, DONE, run)
                self.assert_harmless(run)
        for folder in (hostile, f"{hostile}/{hostile}"):
            run = tool.Ledger(self.folder / folder)("show", "contoso")
            self.assert_code(run, FAILED)
            self.assert_harmless(run)
        broken = ['{"id": "c1", "partner": "contoso", "actor": {"id": "kim"}, "type": "ReleaseSeat", "body": {"order": '
                  + json.dumps(hostile) + '}}', "\x1b[31m", json.dumps({hostile: hostile})]
        run = self.ledger("submit", given="\n".join(broken))
        self.assert_code(run, FAILED)
        self.assert_harmless(run)

    def test_names_keep_the_joiners_that_belong_to_them(self):
        for form in ("table", "json", "csv"):
            run = self.ledger("find", "contoso", "-o", form)
            self.assertIn(JOINED, run.out)
        shown = self.ledger("show", "contoso", COLUMNS="300")
        self.assertIn(JOINED, shown.out)

    def test_json_has_every_text_exactly(self):
        found = self.ledger("find", "contoso", "-o", "json").document()["partners"][0]
        self.assertEqual(found["legal_name"], NAME)
        row, = tool.json_lines(self.ledger("find", "contoso", "-o", "jsonl").out)
        self.assertEqual(row["legal_name"], NAME)
        entry = self.ledger("history", "contoso", "--unseal", "-o", "json").document()["events"][0]
        self.assertEqual(entry["body"]["event"]["legal_name"], NAME)
        self.assertEqual(entry["body"]["event"]["contact"]["name"], "+" + HOSTILE + JOINED)


class Csv(HostileLedger):
    def rows(self, *arguments):
        run = self.ledger(*arguments, "-o", "csv")
        self.assert_code(run, DONE)
        return run, list(csv.reader(io.StringIO(run.out, newline="")))

    def test_no_cell_is_a_formula(self):
        for arguments in (["history", "contoso"], ["refusals", "--as-support", "desk"], ["find", "contoso"], ["diff", "contoso", "--from", 1],
                          ["can", "contoso"], ["why", "contoso", "windows-10-enterprise-upgrade"], ["policy", "list"],
                          ["list", "memberships"], ["list", "orders"], ["list", "charges"]):
            run, rows = self.rows(*arguments)
            self.assertTrue(run.out.endswith("\r\n"))
            self.assertEqual({len(row) for row in rows}, {len(rows[0])})
            for row in rows:
                for cell in row:
                    for part in cell.split(";"):
                        self.assertFalse(part.lstrip(' "').startswith(("=", "+", "-", "@", "＝", "\t", "\r", "\n")), row)

    def test_a_text_that_would_be_a_formula_stands_behind_an_apostrophe(self):
        _, rows = self.rows("find", "contoso")
        name = rows[1][rows[0].index("legal_name")]
        self.assertEqual(name, "'=1+1" + "".join("\ufffd" if steers(each) else each for each in HOSTILE)
                         + ";'=2+2;\"'-3 " + JOINED)
        _, history = self.rows("history", "contoso")
        # What the ledger does by itself has no reason.
        reasons = [row[history[0].index("reason")] for row in history[1:] if row[history[0].index("actor.id")] != "deadlines"]
        self.assertTrue(all(reason.startswith("'") for reason in reasons), reasons)
        self.assertEqual({reason[1] for reason in reasons} & set("=+-@"), set("=+-@"))

    def test_numbers_stay_numbers(self):
        _, rows = self.rows("history", "contoso")
        self.assertEqual([row[0] for row in rows[1:]], [str(version) for version in range(1, len(rows))])

    def test_raw_has_every_text_exactly(self):
        run = self.ledger("find", "contoso", "-o", "csv", "--raw")
        rows = list(csv.reader(io.StringIO(run.out, newline="")))
        self.assertEqual(rows[1][rows[0].index("legal_name")], NAME)
        self.assertFalse(run.out.endswith("\r\n"))

    def test_a_byte_order_mark_is_put_on_request(self):
        plain = self.ledger("find", "contoso", "-o", "csv")
        marked = self.ledger("find", "contoso", "-o", "csv", "--bom")
        self.assertEqual(marked.out, "\ufeff" + plain.out)
        for option in ("--bom", "--raw"):
            self.assert_one_sentence(self.ledger("find", "contoso", option), USAGE, "-o csv")
            self.assert_one_sentence(self.ledger("find", "contoso", "-o", "jsonl", option), USAGE, "-o csv")


class Memory(tool.ToolTest):
    """A listing takes the memory of a piece of it, however long it is."""

    ROWS = 60_000
    MORE_MAX_KIB = 24 * 1024  # the caches of two stores; all rows would take five times as much

    def most_kib(self, ledger, *arguments):
        with open(self.folder / "listed", "wb") as listed:
            process = ledger.popen(*arguments, stdout=listed)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, DONE)
        return used.ru_maxrss

    def assert_flat(self, ledger, few, many):
        for form in ("jsonl", "csv", "json"):
            least = self.most_kib(ledger, *few, "-o", form)
            most = self.most_kib(ledger, *many, "-o", form)
            with open(self.folder / "listed", encoding="utf-8") as listed:
                self.assertGreaterEqual(sum(1 for _ in listed), self.ROWS)
            self.assertLess(most, least + self.MORE_MAX_KIB, form)

    def test_refusals(self):
        ledger = self.sandbox()
        refused = [command(number, partner=f"p{number % 100}", reason="x" * 100, type="RemoveUser", body={"user": "kim"})
                   for number in range(self.ROWS)]
        ledger("submit", given=lines(command(0), *refused))
        self.assert_flat(ledger, ("refusals", "contoso", "--as-support", "desk"), ("refusals", "--as-support", "desk"))

    def test_history(self):
        ledger = self.sandbox()
        person = {"id": "lee", "name": "Lee", "email": "lee@contoso.example"}
        made = [command(0), command(0, partner="fabrikam"),
                command(1, type="AddUser", body={"user": person, "roles": ["plain_user"]})]
        made += [command(number, type="ChangeRoles",
                         body={"user": "lee", "roles": ["account_admin" if number % 2 else "plain_user"]})
                 for number in range(3, self.ROWS + 3)]
        self.assert_code(ledger("submit", given=lines(*made)), DONE)
        self.assert_flat(ledger, ("history", "fabrikam"), ("history", "contoso"))


if __name__ == "__main__":
    sys.exit(unittest.main())
