#!/usr/bin/env python3
"""Refusals, and what there is nothing to do for, are values first and sentences last, in the language of whoever asks."""

import csv
import io
import re
import unittest

import benefits as tool
from benefits import DONE, NOT_FOUND, REFUSED, USAGE, command, lines

HANGUL = re.compile("[가-힣]")


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


if __name__ == "__main__":
    unittest.main()
