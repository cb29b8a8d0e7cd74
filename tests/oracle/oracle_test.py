#!/usr/bin/env python3
"""The oracle's check of a finished ledger finds nothing in a ledger as `benefits` leaves it, and everything that is
done to a copy of it."""

import collections
import json
import pathlib
import random
import shutil
import subprocess
import tempfile
import unittest

import oracle

import benefits as tool
import damage
import judge
import random_log
from benefits import DONE, EXAMPLES, REFUSED
from partition import partition_of

SEED = 20210901
PARTNERS = 40
PARTITIONS = 2
MUTATED = 3_000
RANDOM_LOGS = 20
FLIPS_MAX = 4


class OracleTest(tool.ToolTest):
    """On one ledger that has had two terms, of which damage is done to the first."""

    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="benefits-test-"))
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.ledger = tool.Ledger(folder / "ledger")
        made = cls.ledger("create", "--sandbox", "--clock", "2020-08-31", "--partitions", PARTITIONS)
        assert made.code == DONE, made
        cls.commands = tool.benefits("generate", "--partners", PARTNERS, "--seed", SEED).out
        terms = [cls.ledger("submit", "-f", EXAMPLES / "first-year.jsonl"), cls.ledger("submit", given=cls.commands)]
        assert all(run.code == REFUSED for run in terms), terms
        cls.answers = [answer for run in terms for answer in run.answers()]
        cls.stored = [damage.read(cls.ledger.folder, partition) for partition in range(PARTITIONS)]

    # What stands in partition 0.

    def of_kind(self, kind):
        """(position, bytes, table) of its records of a kind."""
        return [(position, data, record.view) for position, data in self.stored[0].items()
                if (record := damage.READER.read(data)).kind == kind]

    def entries(self):
        """The same of partners' entries of the first term."""
        return [each for each in self.of_kind("Entry") if each[2]["epoch"] == 1 and each[2]["partner"]]

    def checkpoint_behind(self, position, epoch=1):
        return next(at for at, _, view in self.of_kind("Checkpoint") if at > position and view["epoch"] >= epoch)

    # What is done to a copy.

    def copied(self):
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.ledger.folder, copy)
        return copy

    def damaged(self, changed, *arguments, partition=0):
        """What is found in a copy with these records, by position, in a partition."""
        copy = self.copied()
        damage.write(copy, partition, changed)
        return oracle.check("--ledger", copy, *arguments)

    def with_one(self, position, data):
        return self.stored[0] | {position: data}

    def without(self, position):
        return {at: data for at, data in self.stored[0].items() if at != position}

    def saved(self, answers):
        path = self.folder / "answers.jsonl"
        path.write_text("".join(json.dumps(answer) + "\n" for answer in answers))
        return path

    def kept(self, document):
        path = self.folder / "kept.json"
        path.write_text(json.dumps(document))
        return path

    def kept_roots(self):
        run = self.ledger("log", "state", "--at", "2020-12-31", "-o", "json")
        self.assert_code(run, DONE)
        return self.kept(run.document())

    # What must come of it.

    def assert_clean(self, checked):
        self.assertEqual((checked.code, checked.document["findings"]), (oracle.AS_IT_MUST_BE, []), checked)

    def assert_found(self, checked, *positions, partition=0, words=""):
        """There, and nowhere else."""
        self.assertEqual(checked.code, oracle.FINDINGS, checked)
        self.assertEqual(checked.places(), [(partition, position) for position in sorted(positions)], checked)
        self.assertIn(words, str(checked))

    # A ledger as it must be.

    def test_nothing_is_found_in_a_ledger_as_it_is(self):
        checked = oracle.check("--ledger", self.ledger.folder, "--answers", self.saved(self.answers), "--roots",
                               self.kept_roots())
        self.assert_clean(checked)
        self.assertEqual(sum(checked.document["answers"].values()), len(self.answers))
        state = self.ledger("log", "state", "-o", "json").document()
        self.assertEqual(checked.document["ledger"], state["ledger"])
        self.assertEqual(checked.states(), state["partitions"])
        entries = self.ledger("verify", "-o", "json").document()["entries"]
        self.assertEqual(sum(each["applied"] for each in checked.states()), entries)

    def test_a_ledger_in_use_is_read_and_left_alone(self):
        ledger = tool.Ledger(self.copied())
        lines = tool.lines(*(tool.command(number, partner=f"p{number}") for number in range(50)))
        with ledger.popen("submit", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as process:
            process.stdin.write(lines.encode())
            process.stdin.flush()
            answers = [json.loads(process.stdout.readline()) for _ in range(50)]
            self.assertEqual({answer["outcome"] for answer in answers}, {"accepted"})
            self.assert_clean(oracle.check("--ledger", ledger.folder, "--answers", self.saved(answers)))
            process.stdin.close()
            self.assertEqual(process.wait(tool.RUN_SECONDS_MAX), DONE)
        self.assert_verified(ledger)

    # Every damage.

    def test_a_changed_byte(self):
        position, data, view = self.entries()[5]
        name = view["command_id"].encode()
        changed = self.with_one(position, data.replace(name, name.upper()))
        self.assert_found(self.damaged(changed), self.checkpoint_behind(position), words="checkpoint")
        # Mended checkpoints deceive whoever kept no root.
        self.assert_clean(self.damaged(damage.mended(changed)))
        checked = self.damaged(damage.mended(changed), "--roots", self.kept_roots())
        self.assertEqual((checked.code, len(checked.places())), (oracle.FINDINGS, 1), checked)

    def test_a_gap_in_the_seq(self):
        position, data, view = self.entries()[5]
        changed = self.with_one(position, damage.patched(data, "seq", view["seq"] + 1))
        checked = self.damaged(changed)
        self.assert_found(checked, self.checkpoint_behind(position, epoch=2))
        behind = [each for each in self.of_kind("Entry") if each[0] >= position and each[2]["epoch"] == 1]
        self.assertEqual(checked.voids(), {"gap": len(behind), "checkpoint-elsewhere": 1})
        checked = self.damaged(changed, "--answers", self.saved(self.answers))
        self.assertIn((0, position), checked.places())

    def test_a_doubled_record(self):
        position, data, _ = self.entries()[5]
        length = len(self.stored[0])
        appended = self.damaged(self.with_one(length, data))
        self.assert_clean(appended)  # it is void, as it must be
        self.assertEqual(appended.voids(), {"old-epoch": 1})
        inserted = damage.in_a_row([each for at, old in self.stored[0].items()
                                    for each in [old] * (1 + (at == position))])
        checked = self.damaged(inserted)
        self.assert_found(checked, length - 1, words="another record was acknowledged")
        self.assertEqual(checked.voids(), {"repeat": 1})
        places = self.damaged(inserted, "--answers", self.saved(self.answers)).places()
        self.assertIn((0, self.entries()[6][0]), places)
        self.assertNotIn((0, position), places)

    def test_a_removed_record(self):
        position, length = self.entries()[5][0], len(self.stored[0])
        checkpoint = self.checkpoint_behind(position, epoch=2)
        self.assert_found(self.damaged(self.without(position)), position, checkpoint, words="hole")
        closed_up = self.damaged(damage.in_a_row(self.without(position).values()))
        self.assert_found(closed_up, checkpoint - 1, length - 1, words=f"acknowledged up to {length}")
        control = self.of_kind("WriterClosed")[0][0]
        self.assert_found(self.damaged(self.without(control)), control, length, words="1 are missing")

    def test_a_lost_end(self):
        length = len(self.stored[1])
        checked = self.damaged(damage.in_a_row(list(self.stored[1].values())[:-3]), partition=1)
        self.assert_found(checked, length - 3, partition=1, words=f"acknowledged up to {length}")

    def test_an_entry_that_no_writer_appends(self):
        """All of one partner, below checkpoints that are right."""
        partner, _ = collections.Counter(view["partner"] for _, _, view in self.entries()).most_common(1)[0]
        entries = [each for each in self.entries() if each[2]["partner"] == partner]
        (position, data, view), (_, _, before) = entries[1], entries[0]
        stranger = next(name for letter in "abcdefghij"
                        if partition_of(name := partner[:-1] + letter, PARTITIONS) == 1)
        first_id = entries[0][2]["command_id"].encode()
        again = next(each for each in entries[1:] if len(each[2]["command_id"]) == len(first_id))
        for words, at, changed in (
                ("ms older", position, damage.patched(data, "time", before["time"] - 1)),
                ("version", position, damage.patched(data, "version", view["version"] + 1)),
                ("whose place is partition 1", position, data.replace(partner.encode(), stranger.encode())),
                ("decided under policy", position, damage.patched(data, "policy_version", 1)),
                ("already", again[0], again[1].replace(again[2]["command_id"].encode(), first_id))):
            with self.subTest(words):
                checked = self.damaged(damage.mended(self.with_one(at, changed)))
                self.assertEqual(checked.code, oracle.FINDINGS, checked)
                self.assertEqual(checked.places()[0], (0, at), checked)
                self.assertIn(words, str(checked))

    def test_a_changed_genesis(self):
        changed = [stored | {0: damage.patched(stored[0], "clock", 1)} for stored in self.stored]
        self.assert_found(self.damaged(changed[1], partition=1), 0, partition=1, words="clock")
        # No root covers it: changed in every partition, only its digest tells.
        kept = self.kept(oracle.check("--ledger", self.ledger.folder).document)
        copy = self.copied()
        for number, stored in enumerate(changed):
            damage.write(copy, number, stored)
        self.assert_clean(oracle.check("--ledger", copy))
        self.assertEqual(oracle.check("--ledger", copy, "--roots", kept).places(), [(0, 0), (1, 0)])

    def test_a_root_of_an_entry_that_is_gone(self):
        kept = self.kept(oracle.check("--ledger", self.ledger.folder).document)
        cut = self.checkpoint_behind(0) + 1
        copy = self.copied()
        (copy / "tail").unlink()
        damage.write(copy, 0, {at: data for at, data in self.stored[0].items() if at < cut})
        without_witness = oracle.check("--ledger", copy)
        self.assert_clean(without_witness)
        self.assertIn("tail", without_witness.err)
        self.assert_found(oracle.check("--ledger", copy, "--roots", kept), cut, words="was kept")

    def test_a_damaged_frame(self):
        copy = self.copied()
        damage.cut_frame(copy, 0)
        self.assertIn((0, 0), oracle.check("--ledger", copy).places())

    def test_a_damaged_file(self):
        copy = self.copied()
        log = max((copy / "log").glob("*.log"), key=lambda path: path.stat().st_size)
        data = bytearray(log.read_bytes())
        data[len(data) // 2] ^= 1
        log.write_bytes(data)
        checked = oracle.check("--ledger", copy)
        self.assertEqual(checked.code, oracle.FINDINGS, checked)
        self.assertIn("can't be opened", checked.err)

    def test_an_answer_that_is_not_true(self):
        accepted = next(each for each in self.answers if each["outcome"] == "accepted" and "position" in each)
        refused = next(each for each in self.answers if each["outcome"] == "refused" and each["version"] > 3)
        for untrue in (dict(accepted, position=accepted["position"] + 1), dict(accepted, seq=accepted["seq"] + 1),
                       dict(accepted, version=accepted["version"] + 1), dict(accepted, id="never-sent"),
                       dict(accepted, partition=1 - accepted["partition"]),
                       dict(accepted, outcome="refused"), dict(accepted, outcome="nothing"),
                       dict(accepted, outcome="failed"), dict(refused, version=refused["version"] - 1),
                       dict(refused, code="command.id-reused", id="never-sent")):
            with self.subTest(answer=untrue):
                checked = oracle.check("--ledger", self.ledger.folder, "--answers", self.saved([untrue]))
                self.assert_found(checked, untrue["position"], partition=partition_of(untrue["partner"], PARTITIONS))

    def test_a_wrong_call_is_no_finding(self):
        for arguments in (["--ledger", self.folder / "nowhere"], ["--kafka", "nobody"], [],
                          ["--ledger", self.ledger.folder, "--answers", self.folder / "none"]):
            with self.subTest(arguments):
                checked = oracle.check(*arguments)
                self.assertEqual((checked.code, checked.places()), (oracle.NOT_CHECKED, []), checked)

    # With another judge's eyes.

    def mutated(self, dice, data):
        changed = bytearray(data)
        for _ in range(dice.randint(1, FLIPS_MAX)):
            at = dice.randrange(len(changed)) & (~3 if dice.random() < 0.5 else ~0)
            changed[at] = dice.choice([dice.randrange(256), 0, 1, 4, changed[at] ^ 1 << dice.randrange(8)])
        cut = dice.random()
        if cut < 0.1:
            return bytes(changed[:dice.randrange(len(changed))])
        return bytes(changed) + bytes(dice.randrange(8)) if cut < 0.2 else bytes(changed)

    def test_bytes_are_a_record_or_poison_as_benefits_has_it(self):
        dice = random.Random(SEED)
        # A claim whose epoch is far off doesn't become a valid one.
        real = [damage.patched(data, "epoch", 77) if damage.READER.read(data).kind == "WriterOpened" else data
                for data in self.stored[0].values()]
        copy = self.copied()
        damage.write(copy, 0, damage.in_a_row([*self.stored[0].values(),
                                               *(self.mutated(dice, dice.choice(real)) for _ in range(MUTATED))]))
        checked = oracle.check("--ledger", copy)
        self.assert_clean(checked)
        theirs = collections.Counter(record["why"] for record in tool.Ledger(copy).dump("--partition", 0)
                                     if record["verdict"] == "void")
        self.assertEqual(checked.voids(), theirs)
        self.assertGreater(theirs["poison"], MUTATED // 10)
        self.assertGreater(theirs.total() - theirs["poison"], MUTATED // 10)

    def test_the_judge_judges_as_that_of_benefits(self):
        dice = random.Random(SEED)
        real = {damage.READER.read(data).kind: data for data in self.stored[0].values()}
        stops = 0
        for _ in range(RANDOM_LOGS):
            records = random_log.random_log(dice, real)
            copy = self.copied()
            damage.write(copy, 0, damage.in_a_row(records))
            (copy / "tail").unlink()
            run = tool.Ledger(copy)("log", "dump", "--partition", 0)
            theirs = [(record["verdict"], record.get("why")) for record in tool.json_lines(run.out)]
            by_now = judge.Judge()
            ours = [by_now.judge(damage.READER.read(data), data) for data in records]
            if ours[-1][0] == judge.STOP:
                self.assertIn(f"stopped at position {len(ours) - 1}", run.err)
                stops += 1
                ours.pop()
            self.assertEqual(ours, theirs)
        self.assertTrue(0 < stops < RANDOM_LOGS, stops)


if __name__ == "__main__":
    unittest.main()
