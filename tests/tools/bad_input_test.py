#!/usr/bin/env python3
"""Bad input at the level of the tool: one clear sentence with what to do, the exit code, and nothing lost."""

import json
import os
import subprocess
import sys
import time
import unittest

import benefits as tool
from benefits import DONE, FAILED, NOT_FOUND, REFUSED, USAGE, command, lines

# Broken lines, and words that the sentence about each must have.
BROKEN = {
    "no JSON": ('{"id": "c1", ', ("not valid JSON",)),
    "an unknown type": (command(1, type="RegisterPartnr"), ("type: ", "did you mean \"RegisterPartner\"")),
    "an unknown field": (command(1, expectedversion=1), ("unknown field (number 6)", "did you mean \"expected_version\"")),
    "an unknown field of the body": (command(1, type="AcceptAgreement", body={"agrement": "2020-10"}),
                                     ("body.agrement: unknown field", "agreement")),
    "a wrong type": (command(1, type="ReleaseSeat", body={"order": "a", "sku": "b", "seat": "ten"}),
                     ("body.seat: expected a number from 1 to 100000, found \"ten\"",)),
    "a number over its limit": (command(1, type="ReleaseSeat", body={"order": "a", "sku": "b", "seat": 100001}),
                                ("body.seat: expected a number from 1 to 100000, found 100001",)),
    "a text over its limit": (command(1, reason="x" * 401), ("reason: ", "0 to 400 bytes", "401")),
    "a text of more than an entry": (command(1, reason="x" * 70_000), ("reason: ", "70000")),
    "a line of more than a command": (command(1, reason="x" * 300_000), ("bytes", "a command may have")),
    "a line of more than is read": (command(1, reason="x" * 3_000_000), ("bytes", "a command may have")),
    "an impossible date": (command(1, not_after="2021-02-30"), ("not_after: ", "no day of the calendar")),
    "a missing id": ({name: value for name, value in command(1).items() if name != "id"}, ("id: missing",)),
    "a missing body": ({name: value for name, value in command(1).items() if name != "body"}, ("body: missing",)),
    "a name in capitals": (command(1, partner="Contoso"), ("partner: ", "lower case")),
    "roles from the caller": (command(1, actor_kind="x"), ("unknown field (number 6)",)),
    "the ledger's own command": (command(1, partner="", type="MoveClock", body={"to": "2021-02-01"}),
                                 ("type: ", "{\"clock\": \"2021-02-01\"}")),
    "a clock that is no date": ('{"clock": "2021-02-30"}', ("clock: expected a date",)),
    "a clock with more": ('{"clock": "2021-02-01", "partner": "contoso"}', ("nothing else",)),
    "no object": ("[1, 2]", ("expected a JSON object",)),
}


class BrokenLines(tool.ToolTest):
    def test_a_broken_line_is_reported_with_its_place_and_the_others_go_on(self):
        ledger = self.sandbox()
        number = 0
        for what, (broken, words) in BROKEN.items():
            with self.subTest(what):
                number += 1
                file = self.folder / "c.jsonl"
                file.write_text(lines(command(number, partner=f"before-{number}"), "", broken,
                                      command(number, partner=f"after-{number}")))
                run = ledger("submit", "-f", file)
                self.assert_code(run, FAILED)
                before, answer, after = run.answers()
                self.assertEqual(before["outcome"], "accepted", run)
                if "clock" in what:  # What follows would be done on the wrong day.
                    self.assertEqual((after["outcome"], after["code"]), ("failed", "after-failed"), run)
                else:
                    self.assertEqual(after["outcome"], "accepted", run)
                self.assertEqual((answer["line"], answer["outcome"], answer["code"]), (3, "failed", "command.invalid"))
                self.assertTrue(answer["reason"].startswith(f"{file}:3: "), answer)
                for word in words:
                    self.assertIn(word, answer["reason"], run)
                self.assertIn(answer["reason"] + "\n", run.err)
        self.assert_verified(ledger)

    def test_a_broken_line_keeps_its_id(self):
        run = self.sandbox()("submit", given=lines(command(7, partner="contoso", reason=1)))
        answer = run.answers()[0]
        self.assertEqual((answer["id"], answer["partner"]), ("c7", "contoso"), run)

    def test_invalid_utf8_is_reported(self):
        broken = json.dumps(command(1)).encode().replace(b"1 Example Way", b"1 Example \xff Way")
        run = self.sandbox()("submit", given=broken + b"\n" + lines(command(2)).encode())
        self.assert_code(run, FAILED)
        self.assertIn("stdin:1: not valid UTF-8", run.err)
        self.assertEqual([answer["outcome"] for answer in run.answers()], ["failed", "accepted"])

    def test_a_byte_order_mark_windows_ends_blank_lines_and_no_last_end_are_taken(self):
        text = "\ufeff" + lines(command(1)).replace("\n", "\r\n") + "\r\n  \n" + json.dumps(
            command(2, partner="fabrikam"))
        run = self.sandbox()("submit", given=text)
        self.assert_code(run, DONE)
        self.assertEqual([(answer["line"], answer["outcome"]) for answer in run.answers()],
                         [(1, "accepted"), (4, "accepted")])

    def test_an_input_without_commands_is_said_to_be_one(self):
        ledger = self.sandbox()
        for given in ("", "\n \r\n\n"):
            self.assert_one_sentence(ledger("submit", given=given), USAGE, "stdin holds no command")

    def test_a_file_that_is_none(self):
        ledger = self.sandbox()
        missing = self.folder / "no-such.jsonl"
        self.assert_one_sentence(ledger("submit", "-f", missing), USAGE, str(missing), "No such file")
        self.assert_one_sentence(ledger("submit", "-f", self.folder), USAGE, "is a folder")


# No value that anybody types by chance, in the forms in which one comes into a wrong place.
SECRET_DIGITS, SECRET = "1234567890123456", "KLMNO-PQRST-UVWXY"
WRONG = (int(SECRET_DIGITS), SECRET, [SECRET], {SECRET: SECRET}, {"id": SECRET}, True)

DELIVER = command(1, type="DeliverKeys", kind="support", actor="sue",
                  body={"order": "o1", "sku": "s", "keys": [{"id": "k1", "material": "m", "units": 1}]})
USER = command(1, type="AddUser", body={"user": {"id": "lee", "name": "Lee", "email": "lee@contoso.example"},
                                        "roles": ["plain_user"]})


def with_secrets(made):
    """The command with a secret in the place of each value in turn, and as the name of a field beside it."""
    def places(value, path=()):
        yield path
        for key, inner in value.items() if isinstance(value, dict) else enumerate(
                value if isinstance(value, list) else ()):
            yield from places(inner, (*path, key))

    for path in places(made):
        for wrong in WRONG:
            copy = json.loads(json.dumps(made))
            at = copy
            for step in path[:-1]:
                at = at[step]
            if path:
                at[path[-1]] = wrong
                yield copy
                if isinstance(at, dict) and isinstance(wrong, str):
                    del at[path[-1]]
                    at[SECRET] = 1
                    yield copy
            else:
                yield wrong


class Secrets(tool.ToolTest):
    def assert_untold(self, text, run):
        for secret in (SECRET_DIGITS, SECRET, SECRET.lower(), "k@"):
            self.assertNotIn(secret, text, run)

    def test_no_line_with_a_sealed_text_is_repeated(self):
        """A number where a key belongs, a key as the name of a field, a text too short or never closed."""
        short = json.loads(json.dumps(USER))
        short["body"]["user"]["email"] = "k@"
        given = [json.dumps(each) for made in (DELIVER, USER, command(1)) for each in with_secrets(made)]
        given += [json.dumps(short), json.dumps(DELIVER)[:-1] + f', {SECRET}}}', f'{{"clock": "{SECRET}"}}',
                  f'{{"clock": {SECRET_DIGITS}}}', f'{{"clock": "2021-01-01", "{SECRET}": 1}}', f'"{SECRET}"', SECRET,
                  SECRET_DIGITS]
        self.assertGreater(len(given), 150)
        run = self.sandbox()("submit", given="\n".join(given))
        answers = run.answers()
        self.assertEqual(len(answers), len(given), run)
        for line, answer, said in zip(given, answers, run.out.splitlines()):
            # An id is no secret: that of a command that is accepted stands in the log.
            if answer["outcome"] == "failed" and f'"id": "{SECRET}", "partner"' not in line and line != (
                    f'{{"id": "{SECRET}"}}'):
                self.assert_untold(said, line)
        told = [line for line in run.err.splitlines() if "stdin:" in line]
        self.assertGreater(len(told), 150)
        self.assert_untold("\n".join(told), run)

    def test_no_cell_of_a_list_is_repeated(self):
        ledger = self.sandbox()
        for text in (f"id,material,units\nk1,{SECRET},x{SECRET}\n", f"id,units,material\nk1,{SECRET},1\n",
                     f"id,material,{SECRET}\n", f"{SECRET}\n", f"id,material,units\n{SECRET},m,1\n",
                     f'id,material,units\nk1,"{SECRET}\n', f"id,material,units\nk1,m,{SECRET_DIGITS}\n",
                     f'[{{"id": "k1", "units": 1, "material": {SECRET_DIGITS}}}]', f'[{{"id": "{SECRET}"}}]',
                     f'[{{"{SECRET}": 1}}]', f'{{"{SECRET}": 1}}', f"[{SECRET}]"):
            (self.folder / "keys").write_text(text)
            run = ledger("key", "deliver", "--partner", "contoso", "--order", "o1", "--sku", "s", "--keys",
                         f"@{self.folder / 'keys'}", "--as-support", "sue")
            self.assert_code(run, USAGE)
            self.assert_untold(run.out + run.err, run)

    def test_nothing_is_repeated_that_was_typed_for_a_command_with_a_sealed_text(self):
        name = self.folder / "name"
        name.write_text("Lee")
        right = ["--partner", "contoso", "--as", "kim", "--user-id", "lee", "--user-name", f"@{name}", "--user-email",
                 f"@{name}"]
        for wrong in (["--user-email", SECRET], ["--user-email", f"@{SECRET}"], [f"--user-email={SECRET}"], [SECRET],
                      ["-e" + SECRET], ["--" + SECRET], [f"--dry-run={SECRET}"], [f"--may-sign={SECRET}"],
                      ["--roles", SECRET], ["--output", SECRET], ["--corrects", SECRET], ["--not-after", SECRET],
                      ["--id", SECRET * 5], ["--as", SECRET], ["--reason", SECRET * 30]):
            typed = list(right)
            if wrong[0] in typed:
                del typed[typed.index(wrong[0]):typed.index(wrong[0]) + 2]
            run = self.sandbox() if not (self.folder / "ledger").exists() else tool.Ledger(self.folder / "ledger")
            run = run("user", "add", *typed, *wrong)
            with self.subTest(wrong):
                self.assert_code(run, USAGE)
                self.assert_untold(run.out + run.err, run)
        run = tool.benefits("find", "--secret", f"@{SECRET}", "--ledger", self.folder / "ledger")
        self.assert_code(run, FAILED)
        self.assert_untold(run.out + run.err, run)


class Refusals(tool.ToolTest):
    def test_what_the_rules_refuse_is_answered_with_code_rule_and_reason(self):
        ledger = self.sandbox()
        purchase = {"order": "ap", "offer": "no-such-offer", "payment": "card",
                    "charge": {"amount": 1, "currency": "USD"}, "terms_accepted": True, "confirmed": True}
        given = lines(
            command(1), command(2, kind="system", actor="mailer", type="VerifyContact", body={}),
            command(3, type="AcceptAgreement", body={"agreement": "2020-10"}),
            command(4, type="PurchaseOffer", body=purchase),
            command(5, type="RemoveUser", body={"user": "nobody"}),
            command(6, actor="nobody", type="RemoveUser", body={"user": "kim"}),
            command(7, partner="no-such-partner", type="RemoveUser", body={"user": "kim"}))
        run = ledger("submit", given=given)
        self.assert_code(run, REFUSED)
        refused = [(answer["code"], answer["rule"]) for answer in run.answers() if answer["outcome"] == "refused"]
        self.assertEqual(refused, [("offer.unknown", "OFF-09"), ("user.unknown", "ACC-04"),
                                   ("role.missing", "ACC-04"), ("partner.unknown", "ACC-01")])
        kept = ledger("refusals", "contoso", "--as-support", "desk", "-o", "json").document()["refusals"]
        self.assertEqual([row["code"] for row in kept], ["offer.unknown", "user.unknown", "role.missing"])

    def test_a_production_clock_is_not_moved(self):
        run = self.make_ledger()("submit", given='{"clock": "2021-02-01"}\n')
        self.assert_code(run, REFUSED)
        self.assertEqual(run.answers()[0]["code"], "ledger.not-a-sandbox")

    def test_what_is_not_there_is_not_found(self):
        ledger = self.sandbox()
        ledger("submit", given=lines(command(1)))
        self.assert_one_sentence(ledger("show", "fabrikam"), NOT_FOUND, "no partner 'fabrikam'")
        self.assert_one_sentence(ledger("history", "fabrikam"), NOT_FOUND, "no partner 'fabrikam'")
        self.assert_one_sentence(ledger("receipt", "contoso", "c9"), NOT_FOUND, "no receipt", "--settle")
        self.assert_one_sentence(ledger("receipt", "contoso", "c9", "--settle"), NOT_FOUND, "was not accepted")
        self.assert_code(ledger("receipt", "contoso", "c1"), DONE)
        for arguments in (["why", "fabrikam", "x"], ["can", "fabrikam"], ["diff", "fabrikam", "--from", 1]):
            self.assert_one_sentence(ledger(*arguments), NOT_FOUND, "no partner 'fabrikam'")
        self.assert_one_sentence(ledger("why", "contoso", "no-such-sku"), NOT_FOUND, "no-such-sku")
        self.assert_one_sentence(ledger("find", "fabrikam"), NOT_FOUND, "fabrikam")
        self.assert_one_sentence(ledger("log", "state", "--at", 999), NOT_FOUND, "no position 999")
        self.assert_one_sentence(ledger("log", "dump", "--partition", 99), USAGE, "no partition 99")

    def test_refusals_ask_who_looks(self):
        ledger = self.sandbox()
        ledger("submit", given=lines(command(1), command(2, type="RemoveUser", body={"user": "nobody"})))
        self.assert_one_sentence(ledger("refusals"), USAGE, "--as-support ID or --as-auditor ID")
        self.assert_one_sentence(ledger("refusals", "--as-support", "desk", "--as-auditor", "ernst"), USAGE, "excludes")
        for wrong in ("", "Desk", "a b", "x" * 65):
            self.assert_one_sentence(ledger("refusals", "--as-auditor", wrong), USAGE, "--as-auditor")
        self.assert_code(ledger("refusals", "--as", "kim"), USAGE)
        for kind in ("support", "auditor"):
            document = ledger("refusals", "--as-" + kind, "ernst", "-o", "json").document()
            self.assertEqual(document["asked_by"], {"kind": kind, "id": "ernst", "authentication": "cli"})
            self.assertEqual([row["code"] for row in document["refusals"]], ["user.unknown"])

    def test_refusals_of_nobody_are_not_found(self):
        ledger = self.sandbox()
        ledger("submit", given=lines(command(1), command(2, partner="stranger", type="RemoveUser", body={"user": "kim"})))
        for form in ("table", "json", "jsonl", "csv"):
            self.assert_one_sentence(ledger("refusals", "nobody", "--as-support", "desk", "-o", form), NOT_FOUND, "no partner 'nobody'")
            self.assert_code(ledger("refusals", "contoso", "--as-support", "desk", "-o", form), DONE)
        run = ledger("refusals", "stranger", "--as-support", "desk", "-o", "jsonl")  # who is no partner and was refused something
        self.assertEqual([row["code"] for row in tool.json_lines(run.out)], ["partner.unknown"])
        self.assertEqual(ledger("refusals", "contoso", "--as-support", "desk", "-o", "json").document()["refusals"], [])


class Places(tool.ToolTest):
    def test_without_a_ledger_it_says_how_to_name_or_make_one(self):
        for arguments in (["show", "contoso"], ["submit"], ["create"], ["log", "stat"], ["verify"]):
            self.assert_one_sentence(tool.benefits(*arguments), USAGE, "--ledger DIR", "BENEFITS_LEDGER",
                                     "benefits create")

    def test_a_folder_without_a_ledger(self):
        for folder in (self.folder / "nowhere", self.folder):
            for arguments in (["show", "contoso"], ["submit"], ["log", "dump"], ["verify"],
                              ["refusals", "--as-support", "desk"]):
                run = tool.Ledger(folder)(*arguments, given=lines(command(1)))
                self.assert_error(run, "log.missing")
        self.assertFalse((self.folder / "nowhere").exists())
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_foreign_folder_is_left_as_it_is(self):
        foreign = self.folder / "photos"
        foreign.mkdir()
        (foreign / "log").write_text("not a log")
        for arguments in (["show", "contoso"], ["submit"], ["create"]):
            self.assert_one_sentence(tool.Ledger(foreign)(*arguments, given=lines(command(1))), FAILED, str(foreign))
        self.assertEqual((foreign / "log").read_text(), "not a log")
        self.assertEqual([entry.name for entry in foreign.iterdir()], ["log"])

    def test_a_ledger_is_not_made_twice(self):
        ledger = self.sandbox()
        ledger("submit", given=lines(command(1)))
        self.assert_error(ledger("create"), "ledger.exists")
        self.assert_code(ledger("show", "contoso"), DONE)

    def test_a_second_process_is_kept_out_and_the_first_goes_on(self):
        ledger = self.sandbox()
        first = ledger.popen("submit", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(first.kill)
        first.stdin.write(lines(command(1)).encode())
        first.stdin.flush()
        self.assertEqual(json.loads(first.stdout.readline())["outcome"], "accepted")
        self.assert_error(ledger("submit", given=lines(command(2))), "log.in-use")
        out, err = first.communicate(lines(command(3, partner="fabrikam")).encode(), timeout=60)
        self.assertEqual((json.loads(out)["outcome"], first.returncode), ("accepted", DONE), err)
        self.assert_verified(ledger)

    def test_no_broker_is_said_in_bounded_time(self):
        self.sandbox()
        begin = time.monotonic()
        for arguments in (["submit", "--patience", "2"], ["show", "contoso"], ["create"]):
            run = tool.Ledger(self.folder / "node", brokers="127.0.0.1:9")(*arguments, given=lines(command(1)),
                                                                          seconds=60)
            self.assert_error(run, "log.no-answer")
        self.assertLess(time.monotonic() - begin, 90)

    def test_another_master_key_is_found_out(self):
        ledger = self.sandbox()
        key = ledger.folder / "master.key"
        right = key.read_bytes()
        mode = key.stat().st_mode
        key.unlink()
        key.write_bytes(bytes(reversed(right)))
        key.chmod(mode)
        self.assert_error(ledger("submit", given=lines(command(1))), "master-key.of-another-ledger")
        key.write_bytes(right)
        self.assert_code(ledger("submit", given=lines(command(1))), DONE)


class Usage(tool.ToolTest):
    def test_a_typing_mistake_gets_the_nearest_name(self):
        for arguments, words in ((["sumbit"], ("subcommand 'sumbit'", "'submit'")),
                                 (["log", "dmup"], ("subcommand 'dmup'", "'dump'")),
                                 (["show", "contoso", "--unseall"], ("'--unseall'", "'--unseal'")),
                                 (["verify", "--ledgr", "x"], ("'--ledgr'", "'--ledger'"))):
            self.assert_one_sentence(tool.benefits(*arguments), USAGE, *words)

    def test_wrong_values_are_told_apart(self):
        for arguments, words in ((["show"], ("partner",)),
                                 (["create", "--sandbox", "--clock", "2021-02-30"], ("2021-02-30", "a date like")),
                                 (["create", "--clock", "2021-02-01"], ("--sandbox",)),
                                 (["create", "--partitions", "0"], ("--partitions",)),
                                 (["create", "--partitions", "257"], ("--partitions",)),
                                 (["submit", "--in-flight", "0"], ("--in-flight",)),
                                 (["submit", "--patience", "soon"], ("--patience",)),
                                 (["show", "contoso", "-o", "xml"], ("xml",)),
                                 (["generate", "--partners", "1"], ("--seed",))):
            with self.subTest(arguments):
                self.assert_one_sentence(tool.benefits("--ledger", self.folder / "x", *arguments), USAGE, *words)
        self.assertFalse((self.folder / "x").exists())

    def test_a_date_that_could_be_taken_for_none_is_refused_wherever_one_is_given(self):
        """Rows have 0 for none, which is 1970-01-01."""
        ledger = self.sandbox()
        self.assert_code(ledger("submit", given=lines(command(1))), DONE)
        too_early = "before 1970-01-02"
        offers = self.folder / "offers.json"
        offers.write_text("[]")
        for date in ("1970-01-01", "1969-12-31", "0001-01-01"):
            policy = ["--policy-version", 99, "--policy-renewal-window-days", 30, "--policy-refund-days", 30,
                      "--policy-payment-days", 30, "--policy-note", "x", "--policy-effective", date]
            catalogue = ["--catalogue-version", 99, "--catalogue-note", "x", "--catalogue-offers", f"@{offers}",
                         "--catalogue-effective", date]
            self.assert_one_sentence(tool.Ledger(self.folder / "x")("create", "--sandbox", "--clock", date), USAGE, date,
                                     too_early)
            for arguments in (["clock", "move", date], ["show", "contoso", "--at", date],
                              ["diff", "contoso", "--from", date], ["diff", "contoso", "--from", "1", "--to", date],
                              ["log", "state", "--at", date], ["policy", "show", "--on", date],
                              ["generate", "--partners", "1", "--seed", "1", "--start", date],
                              ["ledger", "move-clock", "--as-support", "desk", "--to", date],
                              ["ledger", "publish-policy", "--as-support", "desk", *policy],
                              ["ledger", "publish-catalogue", "--as-support", "desk", *catalogue],
                              ["partner", "agree", "--partner", "contoso", "--as", "kim", "--agreement", "x", "--not-after",
                               date]):
                with self.subTest(arguments):
                    self.assert_one_sentence(ledger(*arguments), USAGE, date, too_early)
            for place, line in (("clock: ", {"clock": date}), ("not_after: ", command(2, not_after=date)),
                                ("not_after: ", command(2, not_after=date + "T00:00:00Z"))):
                with self.subTest(line):
                    answer = ledger("submit", given=lines(line)).answers()[0]
                    self.assertEqual((answer["outcome"], answer["code"]), ("failed", "command.invalid"))
                    self.assertIn(place, answer["reason"])
                    self.assertIn(too_early, answer["reason"])
        self.assertFalse((self.folder / "x").exists())

    def test_help_stands_at_every_level_with_examples(self):
        levels = ([], ["create"], ["submit"], ["show"], ["history"], ["receipt"], ["refusals"], ["verify"],
                  ["generate"], ["log"], ["log", "stat"], ["log", "dump"])
        for level in levels:
            run = tool.benefits(*level, "--help")
            self.assert_code(run, DONE)
            self.assertIn("benefits " + " ".join(level), run.out)
            self.assertIn("  benefits ", run.out)
            self.assertEqual(run.err, "")
        self.assertRegex(tool.benefits("--version").out, r"^benefits \d+\.\d+\.\d+\n$")
        for level in ([], ["log"], ["user"]):
            run = tool.benefits(*level)
            self.assert_code(run, USAGE)
            self.assertEqual(run.err, tool.benefits(*level, "--help").out)


class Pipes(tool.ToolTest):
    def test_a_reader_that_goes_away_is_no_failure_of_a_query(self):
        ledger = self.sandbox()
        ledger("submit", given=tool.benefits("generate", "--partners", 40, "--seed", 1).out)
        with ledger.popen("log", "dump", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.readline()
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b"")
            self.assertEqual(process.wait(60), DONE)

    def test_answers_that_nobody_reads_end_the_sending(self):
        ledger = self.sandbox()
        commands = tool.benefits("generate", "--partners", 1000, "--seed", 1).out
        (self.folder / "c.jsonl").write_text(commands)
        with ledger.popen("submit", "-f", self.folder / "c.jsonl", "--in-flight", 64, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
            process.stdout.readline()
            process.stdout.close()
            said = process.stderr.read().decode()
            self.assertEqual(process.wait(60), FAILED)
            self.assertIn("nobody reads the answers", said)
        self.assert_verified(ledger)

    @unittest.skipUnless(os.path.exists("/dev/full"), "this system has no /dev/full")
    def test_results_that_cannot_be_written_are_a_failure(self):
        ledger = self.sandbox()
        with open("/dev/full", "wb") as full:
            process = ledger.popen("log", "dump", stdout=full, stderr=subprocess.PIPE)
            _, said = process.communicate(timeout=60)
        self.assertEqual(process.returncode, FAILED)
        self.assertIn(b"could not be written", said)

    def test_an_interrupt_answers_what_was_sent(self):
        ledger = self.sandbox()
        with ledger.popen("submit", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdin.write(lines(command(1)).encode())
            process.stdin.flush()
            self.assertEqual(json.loads(process.stdout.readline())["outcome"], "accepted")
            process.terminate()
            _, said = process.communicate(timeout=60)
        self.assertEqual(process.returncode, FAILED, said)
        self.assertIn(b"line 1 of stdin", said)
        self.assert_verified(ledger)


if __name__ == "__main__":
    sys.exit(unittest.main())
