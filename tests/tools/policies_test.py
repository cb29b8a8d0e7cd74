#!/usr/bin/env python3
"""The policy and the catalogue as operators keep them: compared, checked in files, tried on what has happened, published, and
what a ledger begins with."""

import json
import unittest

import benefits as tool
from benefits import DONE, EXAMPLES, FAILED, NOT_FOUND, REFUSED, USAGE


def story_until(code):
    """The lines of the story of a first year up to the first that is refused so."""
    answers = tool.json_lines((EXAMPLES / "first-year.expected.jsonl").read_text())
    last = next(answer["line"] for answer in answers if answer.get("code") == code)
    return "".join((EXAMPLES / "first-year.jsonl").read_text().splitlines(keepends=True)[:last])


class PoliciesTest(tool.ToolTest):
    def setUp(self):
        super().setUp()
        self.ledger = self.sandbox()

    def versions(self, what="policy"):
        if what == "policy":
            return self.ledger("policy", "list", "-o", "jsonl").answers()
        return [self.ledger("catalogue", "-o", "json").document()["catalogue"]]

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    def draft(self, **more):
        """The last version, with a number and a day of its own."""
        last = self.versions()[-1]
        return {**last, "version": last["version"] + 1, **more}


class Compared(PoliciesTest):
    def test_two_versions_are_compared_field_by_field_and_each_is_explained(self):
        rows = self.ledger("policy", "diff", "4", "5", "-o", "jsonl").answers()
        changes = {row["what"]: (row.get("before"), row.get("after")) for row in rows}
        self.assertEqual(changes["seat move days"], ("0", "90"))
        self.assertEqual(changes["seat for tenant member"], ("no", "yes"))
        self.assertIn("VSS-03", next(row["meaning"] for row in rows if row["what"] == "seat move days"))
        self.assertNotIn("effective", changes)
        document = self.ledger("policy", "diff", "5", "4", "-o", "json").document()
        self.assertEqual((document["from"]["version"], document["to"]["version"]), (5, 4))
        self.assertIn("seat move days", self.ledger("policy", "diff", "4", "5").out)

    def test_a_draft_is_compared_with_a_version_and_two_files_need_no_ledger(self):
        draft = self.write("draft.json", self.draft(payment_days=10, reminders=[{"days": -5}]))
        last = self.versions()[-1]
        rows = self.ledger("policy", "diff", last["version"], draft, "-o", "jsonl").answers()
        self.assertEqual({row["what"]: (row.get("before"), row.get("after")) for row in rows},
                         {"payment days": ("30", "10"), "reminder 1": (None, "days -5")})
        same = self.write("same.json", last)
        run = tool.benefits("policy", "diff", same, same, "-o", "jsonl")
        self.assert_code(run, DONE)
        self.assertEqual(run.out, "")

    def test_a_catalogue_tells_offers_and_lines_that_come_go_and_change(self):
        catalogue = self.versions("catalogue")[0]
        pack = next(offer for offer in catalogue["offers"] if offer["id"] == "action-pack")
        gone = pack["grants"].pop()
        pack["grants"][0]["quantity"] += 1
        catalogue["offers"].append({"id": "mini-pack", "title": "Mini", "kind": "action_pack", "grants": []})
        draft = self.write("draft.json", catalogue)
        rows = {row["what"]: row for row in
                self.ledger("catalogue", "diff", catalogue["version"], draft, "-o", "jsonl").answers()}
        self.assertNotIn("before", rows["offer mini-pack"])
        self.assertNotIn("after", rows[f"offer action-pack, grant {gone['sku']}"])
        changed = rows[f"offer action-pack, grant {pack['grants'][0]['sku']}, quantity"]
        self.assertEqual(int(changed["after"]), int(changed["before"]) + 1)
        self.assertEqual(len(rows), 3)

    def test_a_number_that_is_not_there_is_not_found_and_a_file_that_is_not_there_is_wrong_usage(self):
        self.assert_one_sentence(self.ledger("policy", "diff", "1", "99"), NOT_FOUND, "99")
        self.assert_one_sentence(self.ledger("policy", "diff", "1", "no-such-file"), USAGE, "no-such-file")
        self.assert_one_sentence(self.ledger("policy", "diff", "1"), USAGE, "to")
        self.assert_one_sentence(self.ledger("catalogue", "diff", "1", "2", "3"), USAGE, "3")


class Checked(PoliciesTest):
    def faults(self, what, path, *more):
        run = self.ledger(what, "check", path, *more, "-o", "jsonl")
        rows = run.answers()
        self.assert_code(run, FAILED if rows else DONE)
        return {(row["file"].rsplit("/", 1)[-1], row.get("place"), row["code"]) for row in rows}

    def test_all_that_is_wrong_in_a_folder_is_told_in_one_run(self):
        versions = self.versions()
        self.write("policies/1.json", {**versions[0], "seat_move_dayz": 1, "refund_days": 0})
        self.write("policies/2.json", versions[1])
        self.write("policies/3.json", {**versions[1], "effective": "2019-12-31"})
        self.write("policies/5.json", {**versions[4], "benefit_roles": []})
        self.write("policies/6.json", '{\n  "version": 6,\n  "노트" 7\n}\n')
        self.write("policies/read-me.txt", "no version")
        self.assertEqual(self.faults("policy", self.folder / "policies"), {
            ("1.json", "seat_move_dayz", "field.unknown"), ("1.json", "refund_days", "value.wrong"),
            ("2.json", "version", "version.missing"), ("3.json", "version", "version.twice"),
            ("5.json", "version", "version.missing"), ("5.json", "benefit_roles", "roles.none"),
            ("6.json", "line 3, column 8", "json.syntax"), ("read-me.txt", None, "file.not-json")})
        table = self.ledger("policy", "check", self.folder / "policies")
        self.assert_code(table, FAILED)
        self.assertIn("8 faults", table.out)

    def test_a_draft_follows_the_ledger_or_says_why_not(self):
        draft = self.write("draft.json", self.draft(effective="2024-01-01"))
        self.assertEqual(self.faults("policy", draft, "--against-ledger"), set())
        past = self.write("past.json", self.draft(effective="2020-01-01", version=99))
        self.assertEqual({code for _, _, code in self.faults("policy", past, "--against-ledger")},
                         {"version.missing", "effective.backwards", "effective.past"})
        # By itself there is nothing wrong with it, and no ledger is needed.
        self.assert_code(tool.benefits("policy", "check", past), DONE)
        other = self.write("other.json", {**self.versions()[0], "seat_move_days": 7})
        self.assertEqual({code for _, _, code in self.faults("policy", other, "--against-ledger")},
                         {"version.not-the-ledgers"})

    def test_a_catalogue_is_looked_at_down_to_its_lines(self):
        catalogue = self.versions("catalogue")[0]
        offers = catalogue["offers"]
        offers[0]["grants"][1] = dict(offers[0]["grants"][0], kind="magic")
        offers[1]["grants"][1] = dict(offers[1]["grants"][0])
        path = self.write("catalogue.json", catalogue)
        self.assertEqual(self.faults("catalogue", path),
                         {("catalogue.json", "offers[0].grants[1].kind", "value.wrong")})
        offers[0]["grants"].pop(1)
        offers.append(offers[2])
        self.write("catalogue.json", catalogue)
        self.assertEqual(self.faults("catalogue", path),
                         {("catalogue.json", "offers[1].grants[1].sku", "name.twice"),
                          ("catalogue.json", f"offers[{len(offers) - 1}].id", "name.twice")})

    def test_a_path_that_is_not_there_is_one_sentence(self):
        self.assert_one_sentence(self.ledger("policy", "check", "no-such"), FAILED, "no-such")


class Begun(PoliciesTest):
    def create(self, *arguments):
        made = tool.Ledger(self.folder / "begun")
        return made, made("create", "--sandbox", "--clock", "2020-09-01", *arguments)

    def test_a_ledger_begins_with_the_operators_folders(self):
        policies = self.versions()[:2]
        policies[1]["seat_move_days"] = 17
        for policy in policies:
            self.write(f"policies/{policy['version']}.json", policy)
        catalogue = dict(self.versions("catalogue")[0], version=1, effective="2000-01-01")
        catalogue["offers"] = catalogue["offers"][:1]
        self.write("catalogues/1.json", catalogue)
        ledger, run = self.create("--policies", self.folder / "policies", "--catalogues", self.folder / "catalogues")
        self.assert_code(run, DONE)
        self.assertEqual(ledger("policy", "list", "-o", "jsonl").answers(), policies)
        self.assertEqual(ledger("catalogue", "-o", "json").document()["catalogue"], catalogue)

    def test_nothing_is_made_of_a_folder_with_a_fault(self):
        self.write("policies/2.json", self.versions()[1])
        ledger, run = self.create("--policies", self.folder / "policies")
        self.assert_one_sentence(run, USAGE, "2.json", "version")
        self.assertFalse(ledger.folder.exists())


class Published(PoliciesTest):
    def test_a_file_is_published_in_every_partition(self):
        path = self.write("draft.json", self.draft(effective="2024-01-01", payment_days=11))
        dry = self.ledger("policy", "publish", path, "--as-support", "desk", "--dry-run")
        self.assert_code(dry, DONE)
        self.assertNotEqual(self.versions()[-1]["payment_days"], 11)
        self.assert_code(self.ledger("policy", "publish", path, "--as-support", "desk"), DONE)
        self.assertEqual(self.versions()[-1], json.loads(path.read_text()))
        # It is not the next any more.
        self.assert_code(self.ledger("policy", "publish", path, "--as-support", "desk"), REFUSED)
        catalogue = self.write("catalogue.json", dict(self.versions("catalogue")[0], version=99))
        self.assert_code(self.ledger("catalogue", "publish", catalogue, "--as-support", "desk"), REFUSED)

    def test_a_file_with_a_fault_is_not_sent(self):
        path = self.write("draft.json", self.draft(refund_days=0))
        self.assert_one_sentence(self.ledger("policy", "publish", path, "--as-support", "desk"), USAGE, "refund_days")
        path = self.write("two.json", self.versions()[:2])
        self.assert_one_sentence(self.ledger("policy", "publish", path, "--as-support", "desk"), USAGE, "2 versions")
        path = self.write("draft.json", self.draft())
        self.assert_one_sentence(self.ledger("policy", "publish", path), USAGE, "--as-support")


class Tried(PoliciesTest):
    def setUp(self):
        super().setUp()
        self.assert_code(self.ledger("submit", "-f", EXAMPLES / "first-year.jsonl"), REFUSED)

    def tried(self, **more):
        draft = self.draft(effective="2000-01-01", **more)
        run = self.ledger("policy", "try", self.write("draft.json", draft), "-o", "jsonl")
        self.assert_code(run, DONE)
        lines = run.answers()
        listed = [line for line in lines if line["outcome"] not in ("same", "untried")]
        return listed, {line.get("event", line.get("reason", "same")): line for line in lines if line not in listed}

    def test_what_is_in_force_changes_nothing_and_all_is_tried(self):
        before = self.ledger("stat", "-o", "json").document()
        for version in self.versions():
            run = self.ledger("policy", "try", self.write("same.json", version), "-o", "jsonl")
            self.assert_code(run, DONE)
            lines = run.answers()
            self.assertEqual([line["outcome"] for line in lines if line["outcome"] not in ("same", "untried")], [])
            self.assertEqual([line for line in lines if line["outcome"] == "untried" and "event" in line], [])
            self.assertGreater(next(line["count"] for line in lines if line["outcome"] == "same"), 50)
        self.assertEqual(self.ledger("stat", "-o", "json").document()["partitions"], before["partitions"])

    def test_a_longer_period_would_have_refused_the_moves(self):
        listed, _ = self.tried(seat_move_days=365)
        moves = [line for line in listed if line["event"] == "SeatMoved" and line["outcome"] == "refused"]
        self.assertTrue(moves)
        self.assertEqual({(line["code"], line["rule"]) for line in moves}, {("seat.reassign-too-early", "VSS-03")})
        korean = self.ledger("--lang", "ko", "policy", "try", self.folder / "draft.json", "-o", "jsonl")
        self.assertRegex(next(line["reason"] for line in korean.answers() if line["outcome"] == "refused"), "[가-힣]")
        table = self.ledger("policy", "try", self.folder / "draft.json").out
        self.assertIn("seat.reassign-too-early", table)
        self.assertIn("would be refused", table)

    def test_other_days_to_pay_would_have_dated_the_orders_otherwise(self):
        listed, _ = self.tried(payment_days=5)
        placed = [line for line in listed if line["event"] == "OrderPlaced"]
        self.assertTrue(placed)
        for line in placed:
            self.assertEqual(line["outcome"], "otherwise")
            self.assertIn("pay by", [change["what"] for change in line["changes"]])

    def test_a_policy_without_the_period_would_have_allowed_what_was_refused(self):
        """As long as the refusal is kept, which is for 90 days of the ledger's clock."""
        self.ledger = self.sandbox(name="until-then")
        self.assert_code(self.ledger("submit", given=story_until("seat.reassign-too-early")), REFUSED)
        listed, _ = self.tried(seat_move_days=0)
        allowed = [line for line in listed if line["outcome"] == "allowed"]
        self.assertTrue(allowed)
        self.assertIn("seat.reassign-too-early", {line["code"] for line in allowed})
        self.assertEqual({line.get("event") for line in allowed if line["code"] == "seat.reassign-too-early"} - {"SeatMoved", "SeatAssigned"}, set())

    def test_every_form_has_all_of_it(self):
        path = self.write("draft.json", self.draft(effective="2000-01-01", seat_move_days=365))
        document = self.ledger("policy", "try", path, "-o", "json").document()
        lines = self.ledger("policy", "try", path, "-o", "jsonl").answers()
        self.assertEqual(document["lines"], lines)
        self.assertEqual(document["policy"], json.loads(path.read_text()))
        csv = self.ledger("policy", "try", path, "-o", "csv").out
        self.assertGreater(csv.count("\r\n"), len(lines))

    def test_a_draft_that_is_none_is_one_sentence(self):
        self.assert_one_sentence(self.ledger("policy", "try", "no-such"), USAGE, "no-such")
        path = self.write("draft.json", self.draft(payment_days=0))
        self.assert_one_sentence(self.ledger("policy", "try", path), USAGE, "payment_days")


if __name__ == "__main__":
    unittest.main()
