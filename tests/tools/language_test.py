#!/usr/bin/env python3
"""Refusals, and what there is nothing to do for, are values first and sentences last, in the language of whoever asks."""

import csv
import datetime
import functools
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unicodedata
import unittest

import benefits as tool
from benefits import DONE, EXAMPLES, NOT_FOUND, REFUSED, USAGE, command, lines

HANGUL = re.compile("[가-힣]")
SCREENS = tool.ROOT / "tools" / "benefits" / "screens"
# What JSON tells in sentences, in English whatever the language: nothing of it may stand on a Korean screen for that alone.
PROSE = {"what", "words", "changed", "sentence", "untried", "reason"}
# Names that Korean has no others for.
LATIN = {"SKU", "ID", "MPN", "Action", "Pack", "Learning", "Azure", "ISO", "--after", "--id"}
# What refusals call by the name that a command's JSON has for it.
MEMBERS = {"reason", "corrects", "not_after"}
# A role in a sentence stands with its name beside it.
ROLES = re.compile(r"\((global_admin|account_admin|partner_admin|admin_agent|plain_user)\)")


def written():
    """What stands in the areas' files: by key the rule, what it is said with, and each language's sentence."""
    rows, order = {}, []
    for file in sorted((tool.ROOT / "aggregates").rglob("refusals.txt")):
        key = None
        for line in file.read_text().splitlines():
            words = line.split()
            if not words or line.startswith("#"):
                continue
            if not line.startswith(" "):
                number = int(words.pop(1)) if words[1].isdigit() else None
                key = words[1]
                rows[key] = {"values": " ".join(word.split(":")[0] for word in words[2:] if ":" in word),
                             "rule": next((word for word in words[2:] if re.fullmatch(r"[A-Z]{3}-\d\d", word)), "")}
                if words[0] == "refused" and number is not None:
                    order.append((number, key))
            else:
                rows[key][words[0]] = line.strip()[3:]
    return rows, [key for _, key in sorted(order)]


class Languages(tool.ToolTest):
    def refuse(self, ledger, *options, **variables):
        run = ledger("partner", "verify-contact", "--partner", "nobody", "--as", "kim", "--dry-run", "-o", "json", *options,
                     **variables)
        self.assert_code(run, REFUSED)
        return run.document()

    def test_a_refusal_is_said_in_the_language_of_the_option_or_of_the_environment(self):
        ledger = self.sandbox()
        english = self.refuse(ledger)
        korean = self.refuse(ledger, "--lang", "ko")
        self.assertEqual(english["code"], "partner.unknown")
        self.assertFalse(HANGUL.search(english["reason"]), english)
        self.assertTrue(HANGUL.search(korean["reason"]), korean)
        self.assertEqual({**english, "id": "", "reason": ""}, {**korean, "id": "", "reason": ""})
        for variables, expected in (({"LANG": "ko_KR.UTF-8"}, korean), ({"LC_MESSAGES": "ko"}, korean),
                                    ({"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, english),
                                    ({"LC_ALL": "", "LANG": "ko_KR.UTF-8"}, korean), ({"LANG": "kok_IN"}, english)):
            with self.subTest(variables=variables):
                self.assertEqual(self.refuse(ledger, **variables)["reason"], expected["reason"])
        self.assertEqual(self.refuse(ledger, "--lang", "en", LANG="ko_KR.UTF-8")["reason"], english["reason"])
        self.assert_code(ledger("refusals", "--as-support", "desk", "--lang", "xx"), USAGE)

    def test_what_a_sentence_names_stands_beside_it_and_is_kept(self):
        ledger = self.sandbox("2021-02-01")
        given = lines(command(1), command(2, kind="system", actor="mailer", type="VerifyContact", body={}),
                      command(3, type="AcceptAgreement", body={"agreement": "2020-10"}),
                      command(4, type="AcceptAgreement", body={"agreement": "2020-10"}),
                      command(5, expected_version=1, type="RemoveUser", body={"user": "lee"}),
                      command(6, actor="lee", type="RemoveUser", body={"user": "kim"}))
        run = ledger("submit", given=given)
        self.assert_code(run, REFUSED)
        nothing, conflict, stranger = run.answers()[3:]
        self.assertEqual((nothing["outcome"], nothing["code"]), ("nothing", "agreement.accepted-already"))
        self.assertNotIn("values", nothing)
        events = "ContactVerified (2), AgreementAccepted (3)"
        self.assertEqual(conflict["values"], {"version": 3, "expected": 1, "events": events})
        self.assertIn(events, conflict["reason"])
        self.assertEqual(stranger["values"], {"roles": ["global_admin", "admin_agent"], "actor": "not-on-user-list"})
        for language in ("en", "ko"):
            kept = ledger("refusals", "contoso", "--as-support", "desk", "-o", "json", "--lang", language).document()["refusals"]
            self.assertEqual([(row["code"], row["values"]) for row in kept],
                             [(answer["code"], answer["values"]) for answer in (conflict, stranger)])
            self.assertEqual([bool(HANGUL.search(row["reason"])) for row in kept], [language == "ko"] * 2)
        kept = ledger("refusals", "contoso", "--as-support", "desk", "-o", "json").document()["refusals"]
        self.assertEqual([row["reason"] for row in kept], [answer["reason"] for answer in (conflict, stranger)])

    def test_the_table_of_sentences_is_what_the_areas_say(self):
        run = tool.benefits("rules", "--sentences", "-o", "csv", "--raw")
        self.assert_code(run, DONE)
        rows = list(csv.DictReader(io.StringIO(run.out)))
        expected, order = written()
        self.assertEqual({row["key"] for row in rows}, set(expected))
        for row in rows:
            said = expected[row["key"]]
            self.assertEqual((row["en"], row["ko"], row["values"]), (said["en"], said["ko"], said["values"]), row)
            if said["rule"]:
                self.assertEqual(row["rule"], said["rule"])
        # The codes in the order in which they are checked.
        self.assertEqual([row["key"] for row in rows if row["key"] in order], order)
        named = {refusal["code"] for rule in tool.benefits("rules", "-o", "json").document()["rules"]
                 for refusal in rule["refusals"]}
        self.assertEqual(named, set(order))

    def test_the_sentences_of_one_code_or_rule_can_be_asked_for(self):
        run = tool.benefits("rules", "--sentences", "version.conflict", "-o", "jsonl")
        self.assert_code(run, DONE)
        self.assertEqual({row["code"] for row in run.answers()}, {"version.conflict"})
        self.assert_code(tool.benefits("rules", "--sentences", "no.such-code"), NOT_FOUND)


def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def leaves(value, name=""):
    """Name and text of whatever a document holds."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, name)
    elif isinstance(value, str):
        yield name, value


@functools.lru_cache
def enum_values():
    """What an enum of the schema calls its values: no name of anything, but what has to be said in Korean."""
    values = set()
    for file in (tool.ROOT / "events" / "schema").rglob("*.fbs"):
        text = re.sub("//.*", "", file.read_text(encoding="utf-8"))
        for body in re.findall(r"^enum \w+[^{]*\{([^}]*)\}", text, re.MULTILINE):
            values.update(re.findall(r"\w+", body))
    return values


def known_in(document):
    """The names in an answer: ids, SKUs, codes, titles and texts of people, without sentences and values of enums."""
    known = set()
    for name, text in leaves(document):
        if name == "what" and re.fullmatch("[a-z0-9._-]+", text):  # which document
            known.add(text)
        if name not in PROSE and (text not in enum_values() or name in ("id", "by", "agreement_by", "to")):
            known.add(text)
    return known


@functools.lru_cache
def commands_as_typed():
    return {each["name"] for each in tool.benefits("commands", "-o", "json").document()["commands"]}


def english_in(text, known):
    """What of a screen is neither Korean nor a name that is known."""
    text = ROLES.sub("", text)
    for name in sorted(known, key=len, reverse=True):
        if re.search("[A-Za-z]", name):
            text = re.sub(r"(?<![A-Za-z])" + re.escape(name) + r"(?![A-Za-z])", " ", text)
    return [word for word in re.findall(r"-*[A-Za-z][A-Za-z_'-]*", text) if word not in LATIN]


def without_refusals(value, question):
    """Why a command is refused is a sentence for people, in their language."""
    if question[0] not in ("can", "refusals"):
        return value
    if isinstance(value, dict):
        return {key: without_refusals(inner, question) for key, inner in value.items() if key != "reason"}
    if isinstance(value, list):
        return [without_refusals(inner, question) for inner in value]
    return value


class Screens(tool.ToolTest):
    """What people see of partners, in Korean: over the ledgers of the examples, which have every state."""

    @classmethod
    def setUpClass(cls):
        cls.kept = pathlib.Path(tempfile.mkdtemp(prefix="benefits-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.kept, ignore_errors=True)

    def example(self, name):
        """Made once; nothing that asks it changes it, so a test that does makes one of its own."""
        if (self.kept / name).exists():
            return tool.Ledger(self.kept / name)
        self.folder, own = self.kept, self.folder
        try:
            return self.made(name)
        finally:
            self.folder = own

    def made(self, name):
        file = EXAMPLES / f"{name}.jsonl"
        with file.open() as first:
            day = datetime.date.fromisoformat(json.loads(next(first))["clock"])
        ledger = self.make_ledger("--sandbox", "--clock", str(day - datetime.timedelta(days=1)), name=name)
        self.assert_code(ledger("submit", "-f", file), REFUSED)
        return ledger

    def partners(self, name):
        given = tool.json_lines((EXAMPLES / f"{name}.jsonl").read_text(encoding="utf-8"))
        return sorted({line["partner"] for line in given if line.get("type") == "RegisterPartner"})

    def questions(self, ledger):
        """Each with what is known of the partner that it is about: its sheet, its history."""
        told = set()  # kinds of benefits
        for partner in self.partners(ledger.folder.name):
            sheet = ledger("show", partner, "-o", "json").document()
            known = [sheet, ledger("history", partner, "-o", "json").document()]
            yield ["show", partner], known
            yield ["history", partner], known
            yield ["can", partner], known
            for moment in sorted({order["purchased"] for order in sheet["orders"]})[:2]:
                yield ["show", partner, "--at", moment], known
            for order in sheet["orders"]:
                for line in order["benefits"]:
                    if line["kind"] not in told:
                        told.add(line["kind"])
                        yield ["why", partner, line["sku"]], known
        yield ["show", partner, "--unseal"], known
        yield ["history", partner, "--unseal", "--since", "2020-01-01", "--actor", "system"], known
        yield ["can", partner, "seat move", "--as", sheet["users"][0]["id"]], known
        yield ["refusals", partner, "--as-support", "desk"], known
        yield ["refusals", "--as-support", "desk"], {}
        if ledger.folder.name == "five-years":
            yield from self.lists()

    def lists(self):
        for which in ("memberships", "orders", "charges", "reminders"):
            yield ["list", which], {}
            yield ["list", which, "--limit", "1"], {}
            yield ["list", which, "--since", "2090-01-01"], {}
        for which in ("memberships", "orders"):
            yield ["list", which, "--ending", "400"], {}
            yield ["list", which, "--expired"], {}
        for which in ("orders", "charges"):
            yield ["list", which, "--unpaid"], {}
            yield ["list", which, "--failed"], {}
        yield ["list", "charges", "--on", "2020-09-01"], {}
        yield ["list", "reminders", "--due", "366"], {}
        yield ["list", "reminders", "--on", "2021-08-02"], {}

    def names_in(self, question, document, context):
        """What may stand on the screen of a question in Latin letters."""
        refused = MEMBERS if question[0] in ("can", "refusals") else set()
        known = refused | known_in(document) | known_in(context) | commands_as_typed() | set(question)
        # What people give as a reason is theirs.
        given = [event for benefit in document.get("benefits", []) for event in benefit["events"]]
        given += document.get("events", []) + document.get("requests", [])
        return known | {each["reason"] for each in given if "reason" in each}

    def test_no_english_stands_on_a_korean_screen_and_programs_read_the_same(self):
        english_seen = set()
        for name in ("five-years", "first-year", "action-pack"):
            ledger = self.example(name)
            notes = {text for key, text in leaves(ledger("policy", "list", "-o", "json").document()) if key == "note"}
            for question, context in self.questions(ledger):
                with self.subTest(ledger=name, question=question):
                    korean = ledger("--lang", "ko", *question)
                    self.assert_code(korean, DONE)
                    document = ledger(*question, "-o", "json").document()
                    known = self.names_in(question, document, context) | notes
                    self.assertEqual(english_in(korean.out, known), [], korean.out)
                    self.assertTrue(HANGUL.search(korean.out), korean)
                    said = ledger("--lang", "ko", *question, "-o", "json").document()
                    self.assertEqual(without_refusals(said, question), without_refusals(document, question))
                    if question[0] not in english_seen:  # the check sees English where there is some
                        english_seen.add(question[0])
                        self.assertTrue(english_in(ledger("--lang", "en", *question).out, known), question)

    def test_rows_for_programs_are_the_same_in_both_languages(self):
        ledger = self.example("five-years")
        for question in (["show", "contoso"], ["history", "contoso"], ["why", "contoso", "office-365-e3"], ["list", "orders"],
                         ["list", "memberships"], ["list", "charges"], ["list", "reminders"]):
            for form in ("jsonl", "csv"):
                self.assertEqual(ledger(*question, "-o", form).out, ledger("--lang", "ko", *question, "-o", form).out, question)

    def test_korean_fits_every_terminal(self):
        ledger = self.example("five-years")
        for question, _ in self.questions(ledger):
            if question[0] == "list" or "fabrikam" in question:
                for width in (40, 100):
                    run = ledger("--lang", "ko", *question, COLUMNS=str(width))
                    self.assert_code(run, DONE)
                    for line in run.out.splitlines():
                        self.assertLessEqual(columns(line), width, f"{question} at {width}: {line}")

    def test_a_column_stands_below_its_korean_head(self):
        run = self.example("five-years")("--lang", "ko", "list", "charges", COLUMNS="0")
        head, _, *rows = run.out.splitlines()[1:]
        at = columns(head[:head.index("법인 이름")])
        for row in rows:
            left = next(i for i in range(len(row) + 1) if columns(row[:i]) == at)
            self.assertTrue(row[left - 1] == " " and row[left] != " ", row)

    def test_the_answer_to_a_command_is_told_in_korean(self):
        ledger = self.made("action-pack")
        who = ["--lang", "ko", "partner", "review-profile", "--partner", "contoso", "--as", "kim"]
        for more in (["--dry-run"], ["--id", "review-1"], []):
            run = ledger(*who, *more)
            self.assert_code(run, DONE)
            self.assertEqual(english_in(run.out, {"contoso", "kim", "review-1"}), [], run)
        refused = ledger("--lang", "ko", "user", "remove", "--partner", "contoso", "--as", "nobody", "--user", "kim", "--dry-run")
        self.assert_code(refused, REFUSED)
        self.assertEqual(english_in(refused.out + refused.err, {"role.missing", "ACC-04"}), [], refused)
        receipt = ledger("--lang", "ko", "receipt", "contoso", "review-1")
        self.assert_code(receipt, DONE)
        self.assertEqual(english_in(receipt.out, {"contoso", "review-1"}), [], receipt)


class Tables(tool.ToolTest):
    """The files that the words stand in."""

    def make(self, words=lambda text: text, names=lambda text: text):
        """What the generator says of the two files, each with a change; nothing where it makes the headers."""
        given = []
        for name, change in (("words", words), ("names", names)):
            file = self.folder / f"{name}.txt"
            file.write_text(change((SCREENS / f"{name}.txt").read_text(encoding="utf-8")), encoding="utf-8")
            given.append(file)
        made = subprocess.run([os.environ["LEDGER_SCREEN_WORDS"], os.environ["LEDGER_SCHEMA"], *given, self.folder / "w.h",
                               self.folder / "n.h"], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(made.returncode == 0, not made.stderr, made)
        return made.stderr

    def test_a_phrase_that_lacks_a_language_or_a_value_does_not_build(self):
        self.assertEqual(self.make(), "")
        for changed, wrong in ((("    ko 켜짐\n", ""), "words.txt:.*on is not said in ko"),
                               (("    en {count} days", "    en many days"), "words.txt:.*days doesn't use exactly its values in en"),
                               (("    ko {count}일", "    ko {number}일"), "words.txt:.*days doesn't use exactly its values in ko"),
                               (("says off\n", "says on\n"), "words.txt:.*on stands twice")):
            self.assertIn(changed[0], (SCREENS / "words.txt").read_text(encoding="utf-8"))
            self.assertRegex(self.make(words=lambda text, changed=changed: text.replace(*changed, 1)), wrong)

    def test_a_field_or_a_value_that_people_are_shown_has_a_name(self):
        for changed, wrong in ((("value OrderTerm.active 활성\n", ""), "value OrderTerm.active has no name in Korean"),
                               (("field legal_name 법인 이름\n", ""), "field legal_name has no name in Korean"),
                               (("field order ", "field ordre "), "nobody is shown a field ordre")):
            self.assertIn(changed[0], (SCREENS / "names.txt").read_text(encoding="utf-8"))
            self.assertIn(wrong, self.make(names=lambda text, changed=changed: text.replace(*changed, 1)))

    def test_every_phrase_is_said_somewhere(self):
        said = set()
        for file in (tool.ROOT / "tools" / "benefits").rglob("*.cc"):
            said.update(re.findall(r"\bwords::(\w+)", file.read_text(encoding="utf-8")))
        keys = re.findall(r"^says (\S+)", (SCREENS / "words.txt").read_text(encoding="utf-8"), re.MULTILINE)
        self.assertGreater(len(keys), 200)
        self.assertEqual({re.sub("[.-]", "_", key) for key in keys} - said, set())

    def test_no_screen_has_words_of_its_own(self):
        """Nobody writes a phrase in C++, where it would have one language."""
        questions = SCREENS.parent / "questions"
        names = {"Money", "id", "true"}  # of the schema
        whole = [SCREENS / f"{name}.cc" for name in ("partner_tables", "benefit_units", "list_tables", "asked_answer", "page_text",
                                                     "sealed_text", "role_names", "event_words", "event_text", "words", "days_text")]
        for file in whole:
            for line in file.read_text(encoding="utf-8").splitlines():
                if not line.lstrip().startswith(("//", "#include")):
                    literals = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
                    words = {text for text in literals if re.search("[A-Za-z]{2}", text)}
                    self.assertLessEqual(words, names, f"{file.name}: {line}")
        for name in ("show", "can", "why", "list", "history", "refusals", "receipt"):
            text = (questions / f"{name}.cc").read_text(encoding="utf-8")
            self.assertNotRegex(text, r'(column|title|facts|paragraph)\(\{*\s*"', name)


if __name__ == "__main__":
    unittest.main()
