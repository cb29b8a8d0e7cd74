#!/usr/bin/env python3
"""What the command line promises: every example works, help stands everywhere, mistakes are told with their place, the
manual page is one, files come as editors and spreadsheets leave them, and people are found."""

import json
import re
import shutil
import subprocess
import unicodedata
import unittest

import benefits as tool
from benefits import DONE, NOT_FOUND, REFUSED, USAGE
from commands import COMMANDS, CommandsTest


def subcommands_of(path):
    """The names under the headings of a help text that list subcommands."""
    names, listing = [], False
    for line in tool.benefits(*path, "--help").out.splitlines():
        if re.match(r"^\S.*:$", line):
            listing = line in ("Subcommands:", "SUBCOMMANDS:", "Commands, by area:")
        elif listing and re.match(r"^  [a-z]", line):
            names.append(line.split()[0])
    return names


def all_levels(path=()):
    levels = [path]
    for name in subcommands_of(path):
        levels += all_levels((*path, name))
    return levels


class Examples(CommandsTest):
    def test_every_commands_example_works_one_after_the_other(self):
        listed = tool.benefits("commands", "-o", "json").document()["commands"]
        self.assertGreater(len(listed), 25)
        for each in listed:
            run = self.shell(each["example"])
            self.assert_code(run, DONE)
        self.assert_verified(self.ledger)

    def test_a_dry_run_sends_nothing(self):
        before = self.ledger("history", "contoso", "-o", "json").out
        line = tool.benefits("commands", "order buy", "-o", "json").document()["commands"][0]["example"]
        run = self.shell(line.replace("--as lee", "--as kim") + " --dry-run -o json")
        self.assert_code(run, DONE)
        self.assertEqual(self.ledger("history", "contoso", "-o", "json").out, before)

    def test_a_dry_run_says_what_the_ledger_says(self):
        """A command's own id again, that id with another body, an id of the ledger's own, and a refusal of an area."""
        assign = ("seat", "assign", "--partner", "contoso", "--as", "kim", "--order", "ap-2020",
                  "--sku", "visual-studio-professional", "-o", "json")
        self.assert_code(self.ledger(*assign, "--person", "lee", "--id", "mine"), DONE)
        for id_, person in (("mine", "lee"), ("mine", "park"), ("due/1", "park"), ("fresh", "nobody")):
            foreseen, told = (self.ledger(*assign, "--person", person, "--id", id_, *more).document()
                              for more in (["--dry-run"], []))
            self.assertTrue(foreseen.pop("dry_run"))
            for each in (foreseen, told):
                for more in ("event", "type", "position"):  # a submission adds records of its own
                    each.pop(more, None)
            self.assertEqual(foreseen, told)
            self.assertEqual(told["outcome"], "accepted" if person == "lee" else "refused")

    def test_can_says_why_of_what_is_refused_and_who_gets_which_answer(self):
        for more in ([], ["seat assign"]):
            rows = self.ledger("can", "contoso", *more, "-o", "jsonl").answers()
            self.assertTrue(any(row["outcome"] == "accepted" for row in rows))
            for row in rows:
                if row["outcome"] == "untried":
                    continue
                self.assertTrue(row["by"], row)
                refused = {"code", "rule", "reason"}
                self.assertEqual(refused & row.keys(), {"accepted": set(), "nothing": {"code", "reason"}}.get(row["outcome"], refused), row)
        answers = {}
        for row in rows:
            for who in row["by"]:
                answers.setdefault(json.dumps(row["body"]), []).append((who, row["outcome"], row.get("code")))
        for each in answers.values():
            self.assertEqual(sorted(who for who, _, _ in each), ["kim", "lee", "park", "support", "system"])
            self.assertIn(("kim", "accepted", None), each)
            self.assertIn(("lee", "refused", "role.missing"), each)

    def test_every_level_has_help_with_an_example(self):
        levels = all_levels()
        self.assertGreater(len(levels), 60)
        for level in levels:
            run = tool.benefits(*level, "--help")
            self.assert_code(run, DONE)
            self.assertEqual(run.err, "", run)
            examples = [line for line in run.out.splitlines() if re.match(r"^  .*\bbenefits ", line)]
            self.assertTrue(examples, run)
            self.assertTrue(any(" ".join(("benefits", *level)) in line for line in examples), run)


class Mistakes(CommandsTest):
    def test_the_nearest_name_is_offered_at_every_level(self):
        for level in all_levels():
            for name in subcommands_of(level):
                if len(name) < 4:
                    continue
                wrong = name[:2] + name[3:] if len(name) > 4 else name[:-1] + "_"
                run = tool.benefits(*level, wrong)
                self.assert_one_sentence(run, USAGE, f"'{wrong}'")
                if len(name) > 5:
                    self.assertIn("did you mean", run.err, run)

    def test_a_wrong_value_is_told_with_its_place(self):
        for line, words in (
                ("seat move --partner contoso --as kim --order ap-2020 --sku x --seat ten --person lee",
                 ("--seat", "a number from 1 to 100000", '"ten"')),
                ("order buy --partner contoso --as kim --order a --offer b --payment cards --charge-amount 1 "
                 "--charge-currency USD", ("--payment", "card")),
                ("partner agree --partner Contoso --as kim --agreement 2020-12", ("--partner", "lower case")),
                ("ledger move-clock --to 2020-02-30 --as-support desk", ("--to", "no day of the calendar")),
                ("user roles --partner contoso --as kim --user lee --roles admin", ("--roles", "admin")),
                ("partner agree --partner contoso --agreement 2020-12", ("--as",)),
                ("partner agree --partner contoso --as kim", ("--agreement",)),
                ("user add --partner contoso --as kim --user-id seo --user-name Seo --user-email @ana.email",
                 ("--user-name", "@FILE")),
                ("key deliver --partner contoso --as-system v --order ap-2020 --sku x --keys @no-such.csv",
                 ("--keys", "the file can't be read", "No such file"))):
            with self.subTest(line):
                self.assert_one_sentence(self.shell("benefits " + line), USAGE, *words)

    def test_money_is_typed_as_its_currency_is_written(self):
        buy = ("benefits order buy --partner contoso --as kim --order o{} --offer learning-action-pack --payment card "
               "--terms-accepted --confirmed --dry-run -o json --charge-amount {} --charge-currency {}")
        for amount, currency, minor_units in (("475.00", "USD", 47500), ("475", "USD", 47500), ("475.5", "USD", 47550),
                                              ("0.01", "USD", 1), ("475000", "KRW", 475000), ("1.500", "KWD", 1500)):
            run = self.shell(buy.format(1, amount, currency))
            self.assert_code(run, DONE)
            self.assertEqual(run.document()["event"]["charge"], {"amount": minor_units, "currency": currency})
        for amount, currency, words in (("475.005", "USD", ("--charge-amount", "475.00", "USD has 2 decimals")),
                                        ("475.00", "KRW", ("--charge-amount", "KRW has no decimals")),
                                        ("1,475.00", "USD", ("--charge-amount", "USD")), ("475,00", "USD", ("USD has 2",)),
                                        ("475.", "USD", ("USD has 2",)), (".5", "USD", ("USD has 2",)),
                                        ("-1", "USD", ()), ("0", "USD", ("0.01", "USD")),
                                        ("1e3", "USD", ("USD has 2",)), ("99999999999999999999", "USD", ("10000000000.00 USD",)),
                                        ("475.00", "usd", ("--charge-currency", "capital")),
                                        ("475.00", "dollars", ("--charge-currency", "capital"))):
            with self.subTest(f"{amount} {currency}"):
                self.assert_one_sentence(self.shell(buy.format(1, amount, currency)), USAGE, *words)

    def test_the_name_that_was_meant_is_offered(self):
        seat = "seat assign --partner {} --as {} --order {} --sku {} --person {}"
        good = ["contoso", "kim", "ap-2020", "visual-studio-professional", "lee"]
        for place, wrong in enumerate(("contso", "kmi", "ap-2002", "visual-studio-profesional", "parl")):
            typed = good[:place] + [wrong] + good[place + 1:]
            run = self.shell("benefits " + seat.format(*typed))
            self.assert_code(run, REFUSED)
            meant = good[place] if place < 4 else "park"
            self.assertIn(f"'{wrong}'; did you mean '{meant}'?", run.err)
        for line, meant in (("show contso", "contoso"), ("history contso", "contoso"), ("receipt contso buy-ap-2020", "contoso"),
                            ("receipt contoso by-ap-2020", "buy-ap-2020"), ("why contoso ap-2002", "ap-2020"),
                            ("why contoso azure-usge", "azure-usage"), ("refusals wingtp --as-support desk", "wingtip"),
                            ("rules VVS-03", "VSS-03"), ("rules seat.reasign-too-early", "seat.reassign-too-early"),
                            ("find contsoo --exact", "contoso"), ("diff contso --from 1", "contoso")):
            with self.subTest(line):
                self.assert_one_sentence(self.shell("benefits " + line), NOT_FOUND, f"did you mean '{meant}'?")
        # What is new can't be meant as something that is there.
        run = self.shell("benefits order buy --partner contoso --as kim --order ap-2021 --offer action-pack --payment card "
                         "--charge-amount 475.00 --charge-currency USD --terms-accepted --confirmed")
        self.assert_code(run, REFUSED)
        self.assertNotIn("did you mean", run.err)

    def test_every_question_takes_every_form(self):
        for line in ("show contoso", "history contoso", "why contoso azure-usage", "can contoso", "diff contoso --from 1", "find contoso",
                     "receipt contoso buy-ap-2020", "refusals --as-auditor ernst", "log stat", "log state", "stat", "verify", "rebuild", "clock",
                     "policy show", "policy list", "list memberships", "list orders", "list charges", "list reminders", "commands", "rules", "config show", "config list"):
            with self.subTest(line):
                for form in ("json", "jsonl", "csv", "table"):
                    run = self.shell(f"benefits {line} -o {form}")
                    self.assert_code(run, DONE)
                    if form == "json":
                        run.document()
                    if form == "jsonl":
                        tool.json_lines(run.out)

    def test_a_mistyped_option_gets_the_nearest(self):
        self.assert_one_sentence(tool.benefits("order", "buy", "--partnr", "x"), USAGE, "--partnr", "'--partner'")


class Files(CommandsTest):
    def deliver(self, name, content, *more):
        (self.here / name).write_bytes(content)
        return self.shell("benefits key deliver --partner contoso --as-system vendor --order ap-2020 --sku "
                          f"windows-10-enterprise-upgrade --keys @{name} -o json " + " ".join(more))

    def keys(self):
        order = next(order for order in self.ledger("show", "contoso", "-o", "json").document()["orders"]
                     if order["id"] == "ap-2020")
        benefit = next(each for each in order["benefits"] if each["sku"] == "windows-10-enterprise-upgrade")
        return [(key["id"], key["units"]) for key in benefit.get("keys", [])]

    def test_keys_come_as_json_or_csv_as_spreadsheets_write_it(self):
        for number, (name, content) in enumerate({
                "plain.csv": "id,units,material\nk0,1,AAA\n",
                "semicolons.csv": "id;units;material\r\nk1;1;BBB\r\n",
                "mark.csv": "\ufeffmaterial;id;units\r\nCCC;k2;1",
                "sep.csv": "sep=;\r\nid;units;material\r\nk3;1;DDD\r\n\r\n",
                "tabs.csv": "id\tunits\tmaterial\nk4\t1\tEEE\n",
                "quotes.csv": '"id","units","material"\n"k5","1","F,""F"\n',
                "json.json": '\ufeff[{"id": "k6", "units": 1, "material": "GGG"}]\r\n'}.items()):
            with self.subTest(name):
                self.assert_code(self.deliver(name, content.encode()), DONE)
                self.assertIn((f"k{number}", 1), self.keys())
        (self.here / "secret").write_text('F,"F')
        self.assertIn('"k5"', self.shell("benefits find --secret @secret -o json").out)

    def test_what_is_wrong_with_csv_is_told_by_its_line_and_no_cell_is_shown(self):
        for content, words in (
                ("id,units,material\nk1,1,AAAA-SECRET\nk2,ten,BBBB-SECRET\n", ("line 3", "units", "a number from 1")),
                ("id,units,material\nk1,1\n", ("line 2", "3 cells", "found 2")),
                ("id,unit,material\nk1,1,AAAA-SECRET\n", ("line 1", "'units'")),
                ("id,material\nk1,AAAA-SECRET\n", ("line 1", "'units' is missing")),
                ("id,id,units,material\nk1,k1,1,AAAA-SECRET\n", ("line 1", "twice")),
                ('id,units,material\nk1,1,"AAAA-SECRET\nk2,1,B\n', ("line 2", "quote")),
                ("id,units,material\n\nk1,AAAA-SECRET,1\n", ("line 3", "units")),
                ("id,units,material\nAAAA-SECRET,1,k1\n", ("line 2", "id: ")),
                ("", ("empty", "id,material,units")),
                ("id,units,material\n", ("--keys", "1 to 20"))):
            with self.subTest(content):
                run = self.deliver("wrong.csv", content.encode())
                self.assert_one_sentence(run, USAGE, "--keys", *words)
                self.assertNotIn("SECRET", run.err)
        self.assert_one_sentence(self.deliver("latin.csv", "id,units,material\nk1,1,\xe9\n".encode("latin-1")), USAGE,
                                 "not valid UTF-8")
        self.assertEqual(self.keys(), [])

    def test_commands_come_with_a_byte_order_mark_and_windows_ends(self):
        text = "\ufeff" + (COMMANDS / "setup.jsonl").read_text().replace("\n", "\r\n")
        (self.here / "windows.jsonl").write_bytes(text.encode())
        other = self.make_ledger("--sandbox", "--clock", "2019-07-01", name="other")
        self.assert_code(other("submit", "-f", self.here / "windows.jsonl"), DONE)

    def test_a_pipe_that_closes_early_is_no_failure(self):
        for line in ("history contoso", "commands", "man", "show contoso -o json", "order buy --help",
                     "completion zsh"):
            run = self.shell(f"set -o pipefail; benefits {line} | head -n 1; exit ${{PIPESTATUS[0]}}")
            self.assert_code(run, DONE)
            self.assertEqual(run.err, "", run)

    def test_forty_columns_are_enough(self):
        for line in ("show contoso", "history contoso", "commands", "commands seat assign", "find contoso",
                     "refusals --as-support desk", "can contoso", "rules", "list memberships", "list orders", "list charges"):
            run = self.shell("benefits " + line, COLUMNS="40")
            self.assertIn(run.code, (DONE, NOT_FOUND), run)
            for each in run.out.splitlines():
                # What is to be copied is not broken.
                if not re.match(r"^ +benefits ", each):
                    self.assertLessEqual(len(each), 40, f"{line}: {each}")


class Find(CommandsTest):
    def find(self, arguments, given=None):
        (self.here / "given").write_text(given or "")
        return self.shell(f"benefits find {arguments} -o json")

    def hits(self, arguments, given=None):
        run = self.find(arguments, given)
        self.assert_code(run, DONE)
        return {(partner["partner"], hit["in"], hit["text"])
                for partner in run.document()["partners"] for hit in partner["hits"]}

    def test_people_are_found_by_id_e_mail_and_name(self):
        self.assertIn(("contoso", "user", "lee"), self.hits("lee --exact"))
        self.assertEqual(self.hits("@given", "LEE@Contoso.example\n"), {("contoso", "email", "lee")})
        self.assertEqual(self.hits("- < given", "이지은"), {("contoso", "name", "lee")})
        self.assertEqual(self.hits("- < given", unicodedata.normalize("NFD", " 이지은 ")), {("contoso", "name", "lee")})
        self.assert_code(self.find("@given", "ee@contoso.example"), NOT_FOUND)

    def test_a_piece_of_a_company_s_name_is_found_however_it_is_written(self):
        self.shell("benefits partner register --partner verlag --as ana --legal-name 'ÅNGSTRÖM Verlag' --address Gata "
                   "--tenant verlag.example --contact-id ana --contact-name @ana.name --contact-email @ana.email "
                   "--user-id ana --user-name @ana.name --user-email @ana.email")
        for text in ("ångström", "'STRÖM ver'", "ｖｅｒｌａｇ", unicodedata.normalize("NFD", "ångström")):
            self.assertIn(("verlag", "legal_name", "ÅNGSTRÖM Verlag"), self.hits(text), text)
        self.assert_code(self.find("angstrom"), NOT_FOUND)

    def test_orders_requests_and_keys_are_found(self):
        self.assertEqual({hit[0] for hit in self.hits("ap-2020 --exact")}, {"contoso", "fourth-coffee", "wingtip"})
        self.assertEqual(self.hits("sr-4 --exact"), {("wingtip", "request", "sr-4")})
        self.assertEqual(self.hits("ems-1 --exact"), {("contoso", "key", "ems-1")})
        self.assertEqual(self.hits("--secret @given", "EMS-1-EXAMPLE-0001\n"), {("contoso", "secret", "ems-1")})

    def test_a_secret_is_no_argument_and_is_not_shown(self):
        self.assert_one_sentence(self.find("--secret EMS-1-EXAMPLE-0001"), USAGE, "--secret", "@FILE")
        run = self.find("--secret @given", "EMS-2-EXAMPLE")
        self.assert_code(run, NOT_FOUND)
        self.assertNotIn("EMS-2", run.err)
        self.assert_one_sentence(self.find(""), USAGE, "TEXT", "--secret")
        self.assert_code(self.find("@given", "nobody@contoso.example"), NOT_FOUND)

    def test_an_e_mail_in_the_command_line_is_refused(self):
        self.assert_one_sentence(self.find("kim@contoso.example"), USAGE, "find @FILE")

    def test_who_left_is_still_found(self):
        self.shell("benefits user remove --partner contoso --as kim --user park")
        self.assertEqual(self.hits("@given", "park@contoso.example"), {("contoso", "email", "park")})
        self.assertEqual(self.hits("park --exact"), {("contoso", "person", "park")})

    def test_views_made_again_hold_the_same(self):
        before = self.hits("ap-2020 --exact")
        self.assert_code(self.ledger("rebuild"), DONE)
        self.assertEqual(self.hits("ap-2020 --exact"), before)
        self.assert_verified(self.ledger)


class Manual(tool.ToolTest):
    def test_the_page_says_what_help_says(self):
        page = tool.benefits("man").out
        for level in all_levels():
            self.assertIn(".SS " + " ".join(("benefits", *level)).replace("-", "\\-"), page) if level else None
        self.assertIn("--terms\\-accepted".replace("--", "\\-\\-"), page)
        self.assertEqual(page, tool.benefits("man").out)

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_mandoc_finds_no_fault(self):
        page = self.folder / "benefits.1"
        page.write_text(tool.benefits("man").out)
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "error", page], capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stdout.decode()), (0, ""))
        text = subprocess.run(["mandoc", "-T", "utf8", page], capture_output=True, check=True).stdout.decode()
        plain = re.sub(".\b", "", text)
        self.assertIn("--contact-email", plain)
        self.assertIn("seat move --partner contoso", re.sub(r"\s+", " ", plain))


if __name__ == "__main__":
    unittest.main()
