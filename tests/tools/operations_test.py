#!/usr/bin/env python3
"""What operators do: rebuild, backup and restore, copy and move, the state of the log, the clock, the policy; and the
lists in every format. Each with bad input."""

import csv
import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import time
import unittest

import benefits as tool
from benefits import DONE, EXAMPLES, FAILED, REFUSED, USAGE, clock_seen, command, lines, write_clock_seen

KILLS = int(os.environ.get("BENEFITS_TEST_KILLS", "10"))


class OperationsTest(tool.ToolTest):
    def filled(self, *options, name="ledger"):
        ledger = self.make_ledger("--sandbox", "--clock", "2020-08-31", *options, name=name)
        self.assert_code(ledger("submit", "-f", EXAMPLES / "action-pack.jsonl"), REFUSED)
        return ledger

    def roots(self, ledger, *options):
        run = ledger("log", "state", "-o", "json", *options)
        self.assert_code(run, DONE)
        return [(each["partition"], each["seq"], each["root"]) for each in run.document()["partitions"]]

    def shown(self, ledger):
        run = ledger("show", "contoso", "-o", "json", "--unseal")
        self.assert_code(run, DONE)
        return run.document()


class Rebuild(OperationsTest):
    def test_it_says_what_it_made_and_that_all_is_alike(self):
        ledger = self.filled()
        run = ledger("rebuild", "-o", "json")
        self.assert_code(run, DONE)
        made = run.document()
        self.assertTrue(made["compared"], run)
        self.assertEqual((made["difference_count"], made["partners"]), (0, 2), run)
        self.assertGreater(made["rows_compared"], made["entries"])
        self.assertEqual(run.err, "")
        self.assert_verified(ledger)

    def test_killed_at_any_moment_it_is_run_again(self):
        ledger = self.sandbox()
        self.assertIn(ledger("submit", given=tool.benefits("generate", "--partners", 300, "--seed", 5).out).code,
                      (DONE, REFUSED))
        begin = time.monotonic()
        self.assert_code(ledger("rebuild"), DONE)
        whole = time.monotonic() - begin
        noted = 0
        for number in range(KILLS):
            with ledger.popen("rebuild", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
                try:
                    process.wait(whole * (number + 1) / (KILLS + 1))
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
            if number % 2:  # one time the next is a rebuild, the other time a query
                run = ledger("rebuild", "-o", "json")
                self.assert_code(run, DONE)
                self.assertEqual(run.document()["difference_count"], 0, run)
                noted += len(run.document()["notes"])
            else:
                run = ledger("stat", "-o", "json")
                self.assert_code(run, DONE)
                noted += "rebuild" in run.err
            self.assertFalse((ledger.folder / "views.new").exists())
            self.assertFalse((ledger.folder / "views.old").exists())
        print(f"{noted} of {KILLS} killed rebuilds left something to put right")
        self.assert_verified(ledger)

    def test_views_that_are_gone_or_damaged_are_made_anew(self):
        ledger = self.filled()
        shutil.rmtree(ledger.folder / "views")
        self.assertFalse(ledger("rebuild", "-o", "json").document()["compared"])
        (ledger.folder / "views" / "CURRENT").write_text("no manifest\n")
        self.assert_one_sentence(ledger("show", "contoso"), FAILED, "views")
        run = ledger("rebuild", "-o", "json")
        self.assertFalse(run.document()["compared"], run)
        self.assert_verified(ledger)

    def test_a_damaged_log_is_named_and_the_views_stay(self):
        ledger = self.filled()
        files = sorted((ledger.folder / "log").glob("*.log")) + sorted((ledger.folder / "log").glob("*.sst"))
        file = max(files, key=lambda each: each.stat().st_size)
        content = bytearray(file.read_bytes())
        content[len(content) // 3] ^= 1
        file.write_bytes(content)
        self.assert_one_sentence(ledger("rebuild"), FAILED)
        self.assertTrue((ledger.folder / "views").exists())
        self.assertFalse((ledger.folder / "views.new").exists())

    def test_a_ledger_at_work_is_left_alone(self):
        ledger = self.filled()
        with ledger.popen("submit", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdin.write(lines(command(99, partner="northwind")).encode())
            process.stdin.flush()
            process.stdout.readline()
            self.assert_error(ledger("rebuild"), "log.in-use")
            process.communicate(timeout=60)
        self.assert_verified(ledger)


class Backup(OperationsTest):
    def test_a_backup_checks_itself_and_comes_back(self):
        ledger = self.filled()
        folder = self.folder / "backup"
        run = ledger("backup", folder, "--with-master-key", "-o", "json")
        self.assert_code(run, DONE)
        made = run.document()
        sums = [line for line in (folder / "SHA256SUMS").read_text().splitlines() if not line.startswith("#")]
        self.assertEqual(len(sums), made["files"])
        for line in sums:
            digest, name = line.split("  ", 1)
            self.assertEqual(hashlib.sha256((folder / name).read_bytes()).hexdigest(), digest, name)
        restored = tool.Ledger(self.folder / "restored")
        run = restored("restore", folder, "--expect", made["ledger"], "-o", "json")
        self.assert_code(run, DONE)
        found = run.document()
        for name in ("ledger", "made", "files", "records", "entries", "partitions", "master_key"):
            self.assertEqual(found[name], made[name], name)
        self.assertEqual(self.shown(restored), self.shown(ledger))
        self.assertEqual(self.roots(restored), self.roots(ledger))
        self.assertEqual(restored("refusals", "--as-support", "desk", "-o", "jsonl").out,
                         ledger("refusals", "--as-support", "desk", "-o", "jsonl").out)
        self.assert_verified(restored)

    def test_without_the_master_key_it_says_what_is_missing(self):
        ledger = self.filled()
        run = ledger("backup", self.folder / "backup")
        self.assert_code(run, DONE)
        self.assertIn("master.key", run.err)
        restored = tool.Ledger(self.folder / "restored")
        run = restored("restore", self.folder / "backup")
        self.assert_code(run, DONE)
        self.assertIn("master.key", run.err)
        run = restored("show", "contoso")
        self.assert_code(run, DONE)
        self.assertIn("master key", run.err)
        self.assert_error(restored("submit", given=lines(command(1))), "master-key.missing")
        shutil.copy2(ledger.folder / "master.key", restored.folder)
        self.assert_verified(restored)

    def test_bad_backups(self):
        ledger = self.filled()
        backup = self.folder / "backup"
        self.assert_code(ledger("backup", backup), DONE)
        other = self.make_ledger(name="other")
        other_id = other("stat", "-o", "json").document()["ledger"]
        target = tool.Ledger(self.folder / "target")
        self.assert_error(target("restore", self.folder / "nowhere"), "backup.none")
        self.assert_error(target("restore", ledger.folder), "backup.none")
        self.assert_error(target("restore", backup, "--expect", other_id), "backup.of-another-ledger")
        self.assert_one_sentence(target("restore", backup, "--expect", "contoso"), USAGE, "hex")
        self.assert_error(other("restore", backup), "folder.not-empty")
        self.assert_error(ledger("backup", backup), "folder.not-empty")
        self.assert_one_sentence(ledger("backup", "/proc/nowhere"), FAILED, "/proc/nowhere")
        self.assert_error(tool.Ledger(backup)("show", "contoso"), "ledger.is-a-backup")
        self.assert_one_sentence(target("restore", backup, "--kafka", "127.0.0.1:9"), USAGE, "--kafka")
        sums = backup / "SHA256SUMS"
        text = sums.read_text()
        sums.write_text(text.replace("\n", "\r\n"))
        self.assert_error(target("restore", backup), "backup.none")
        sums.write_text(text)
        (backup / "tail").write_bytes(b"damaged")
        self.assert_error(target("restore", backup), "backup.damaged")
        (backup / "tail").unlink()
        self.assert_error(target("restore", backup), "backup.damaged")
        sums.unlink()
        self.assert_error(target("restore", backup), "backup.none")
        self.assertFalse(target.folder.exists() and list(target.folder.iterdir()))
        self.assert_verified(ledger)

    def test_a_restore_that_was_killed_begins_anew(self):
        ledger = self.sandbox()
        ledger("submit", given=tool.benefits("generate", "--partners", 200, "--seed", 5).out)
        backup = self.folder / "backup"
        self.assert_code(ledger("backup", backup, "--with-master-key"), DONE)
        restored = tool.Ledger(self.folder / "restored")
        for number in range(4):
            with restored.popen("restore", backup, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                try:
                    process.wait(0.005 * 2 ** number)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
            if (restored.folder / ".making").exists():
                self.assert_error(restored("show", "contoso"), "folder.unfinished")
            elif (restored.folder / "log").exists():
                self.assertEqual(self.roots(restored), self.roots(ledger))
                shutil.rmtree(restored.folder)
        self.assert_code(restored("restore", backup), DONE)
        self.assertEqual(self.roots(restored), self.roots(ledger))
        self.assert_verified(restored)


class CopyAndMove(OperationsTest):
    def test_a_copy_is_the_same_ledger(self):
        ledger = self.filled()
        copy = tool.Ledger(self.folder / "copy")
        run = ledger("log", "copy", "--to-ledger", copy.folder, "--with-master-key", "-o", "json")
        self.assert_code(run, DONE)
        self.assertEqual([(each["partition"], each["seq"], each["root"]) for each in run.document()["partitions"]],
                         self.roots(ledger))
        self.assertEqual(self.roots(copy), self.roots(ledger))
        self.assertEqual(copy.dump(), ledger.dump())
        self.assertEqual(self.shown(copy), self.shown(ledger))
        self.assert_verified(copy)

    def test_a_moved_ledger_takes_no_more_commands(self):
        ledger = self.filled()
        roots = self.roots(ledger)
        moved = tool.Ledger(self.folder / "moved")
        self.assert_code(ledger("log", "move", "--to-ledger", moved.folder, "--with-master-key"), DONE)
        self.assertEqual(self.roots(moved), roots)
        run = ledger("submit", given=lines(command(99, partner="northwind")))
        self.assert_code(run, FAILED)
        self.assertEqual(run.answers()[0]["code"], "ledger.moved")
        self.assert_code(ledger("show", "contoso"), DONE)
        self.assertTrue(ledger("stat", "-o", "json").document()["closed"])
        self.assertEqual(self.roots(ledger), roots)
        self.assert_error(ledger("log", "move", "--to-ledger", self.folder / "again"), "ledger.moved")
        self.assert_code(moved("submit", given=lines(command(99, partner="northwind"))), DONE)
        self.assert_verified(moved)

    def test_bad_targets(self):
        ledger, other = self.filled(), self.make_ledger(name="other")
        for arguments, code in ((["--to-ledger", other.folder], "folder.not-empty"),
                                (["--to-ledger", ledger.folder], "folder.not-empty"),
                                (["--to-ledger", EXAMPLES / "action-pack.jsonl"], None),
                                (["--to-ledger", "/proc/nowhere"], None),
                                (["--to-kafka", "127.0.0.1:9"], "log.no-answer")):
            with self.subTest(arguments):
                self.assert_error(ledger("log", "copy", *arguments), code)
        for arguments, words in (([], ("--to-ledger",)),
                                 (["--to-ledger", "x", "--to-kafka", "y"], ("--to-kafka",)),
                                 (["--to-topics", "y"], ("--to-kafka",)),
                                 (["--to-kafka", "y", "--with-master-key"], ("--to-ledger",))):
            with self.subTest(arguments):
                self.assert_one_sentence(ledger("log", "copy", *arguments), USAGE, *words)
        self.assert_verified(ledger)
        self.assert_verified(other)


class State(OperationsTest):
    def test_the_state_at_a_position_or_a_day_is_what_the_log_came_to_then(self):
        ledger = self.filled("--partitions", 2)
        entries = [record for record in ledger.dump() if record["kind"] == "entry"]
        partition = next(record["partition"] for record in entries if record.get("partner") == "contoso")
        mine = [record for record in entries if record["partition"] == partition]
        for record in (mine[0], mine[len(mine) // 2], mine[-1]):
            run = ledger("log", "state", "--at", record["position"], "--partition", partition, "-o", "jsonl")
            self.assertEqual([(row["seq"], row["next"]) for row in run.answers()],
                             [(record["seq"], record["position"] + 1)], run)
        day = mine[len(mine) // 2]["time"][:10]
        until = [record for record in mine if record["time"][:10] <= day]
        row = ledger("log", "state", "--at", day, "--partition", partition, "-o", "jsonl").answers()[0]
        self.assertEqual((row["seq"], row["applied"]), (until[-1]["seq"], len(until)))
        early = self.roots(ledger, "--at", "2000-01-01")
        self.assertEqual([seq for _, seq, _ in early], [0, 0])
        self.assertEqual({root for _, _, root in early}, {hashlib.sha256(b"").hexdigest()})

    def test_what_is_written_later_leaves_the_past_as_it_was(self):
        ledger = self.filled()
        before = self.roots(ledger)
        ends = max(row["next"] for row in ledger("log", "state", "-o", "jsonl").answers())
        self.assert_code(ledger("submit", given=lines(*(command(n, partner=f"p{n}") for n in range(90, 99)))), DONE)
        self.assertNotEqual(self.roots(ledger), before)
        by_partition = {partition: (seq, root) for partition, seq, root in before}
        for partition, (seq, root) in by_partition.items():
            for at in range(ends):
                row = ledger("log", "state", "--at", at, "--partition", partition, "-o", "jsonl").answers()[0]
                if row["seq"] == seq:
                    self.assertEqual(row["root"], root)
                    break

    def test_bad_moments(self):
        ledger = self.filled()
        for at in ("2021-02-30", "yesterday", "-1", "1.5", "99999999999999999999"):
            run = ledger("log", "state", f"--at={at}")
            self.assert_one_sentence(run, USAGE, "--at", at)
        self.assert_one_sentence(ledger("log", "state", "--partition", 99), USAGE, "no partition 99")


class Stat(OperationsTest):
    def test_lag_is_what_the_views_have_not_read(self):
        ledger = self.filled()
        self.assertEqual(ledger("stat", "-o", "json").document()["lag"], 0)
        shutil.rmtree(ledger.folder / "views")
        stat = ledger("stat", "-o", "json").document()
        self.assertEqual(stat["lag"], sum(row["end"] for row in stat["partitions"]))
        self.assertEqual(stat["partners"], 0)
        self.assert_code(ledger("show", "contoso"), DONE)
        stat = ledger("stat", "-o", "json").document()
        self.assertEqual((stat["lag"], stat["partners"], stat["total"]["complete"]), (0, 2, True))


class Clock(OperationsTest):
    def test_a_sandbox_clock_is_shown_and_moved(self):
        ledger = self.sandbox()
        self.assertEqual(ledger("clock", "-o", "json").document()["today"], "2020-08-31")
        self.assert_code(ledger("clock", "move", "2020-09-15"), DONE)
        self.assert_code(ledger("clock", "move", "2020-09-15"), DONE)
        self.assertEqual(ledger("clock", "-o", "json").document()["today"], "2020-09-15")
        self.assert_one_sentence(ledger("clock", "move", "2020-09-14"), REFUSED, "clock.backwards")
        self.assert_one_sentence(ledger("clock", "move", "2020-09-31"), USAGE, "2020-09-31")
        self.assert_one_sentence(ledger("clock", "move"), USAGE, "to")
        self.assert_one_sentence(ledger("clock", "accept"), USAGE, "clock move")
        self.assert_verified(ledger)

    def test_a_production_clock_that_jumped_is_accepted_by_a_person(self):
        ledger = self.make_ledger()
        self.assert_one_sentence(ledger("clock", "move", "2030-01-01"), REFUSED, "ledger.not-a-sandbox")
        self.assert_code(ledger("submit", given=lines(command(1))), DONE)
        self.assertIn("nothing to accept", ledger("clock", "accept").out)
        seen = clock_seen(ledger)
        write_clock_seen(ledger, {**seen, "wall": int(seen["wall"]) - 3_600_000})
        run = ledger("clock", "-o", "json")
        self.assert_code(run, FAILED)
        self.assertTrue(run.document()["in_doubt"])
        run = ledger("submit", given=lines(command(2, partner="northwind")))
        self.assert_code(run, FAILED)
        self.assertEqual(run.answers()[0]["code"], "clock.in-doubt")
        self.assert_code(ledger("show", "contoso"), DONE)
        self.assert_code(ledger("clock", "accept"), DONE)
        self.assert_code(ledger("clock"), DONE)
        self.assert_code(ledger("submit", given=lines(command(2, partner="northwind"))), DONE)

    def test_after_a_start_of_the_machine_a_clock_far_ahead_of_all_that_is_known_waits_for_a_person(self):
        """The file of an earlier run says that the clock was seen last so many days ago; the entries are of today."""
        for days, code in ((2, DONE), (4, FAILED)):
            ledger = self.make_ledger(name=f"rested-{days}")
            self.assert_code(ledger("clock"), DONE)
            seen = clock_seen(ledger)
            write_clock_seen(ledger, {**seen, "boot": "another", "wall": int(seen["wall"]) - days * 86_400_000})
            self.assert_code(ledger("clock"), code)
            self.assert_code(ledger("submit", given=lines(command(1))), code)
            self.assertIn("clock", ledger("clock", "accept").out)
            self.assert_code(ledger("submit", given=lines(command(1))), DONE)


class Policy(OperationsTest):
    def test_each_day_has_its_policy(self):
        ledger = self.sandbox()
        versions = ledger("policy", "list", "-o", "jsonl").answers()
        self.assertGreater(len(versions), 1)
        for version in versions:
            run = ledger("policy", "show", "--on", version["effective"], "-o", "json")
            self.assertEqual(run.document()["policy"], version, run)
            screen = ledger("policy", "show", "--on", version["effective"]).out
            self.assertIn("seat move days", screen)
            self.assertIn(str(version["seat_move_days"]), screen)
        self.assert_one_sentence(ledger("policy", "show", "--on", "2021-13-01"), USAGE, "2021-13-01")
        self.assert_one_sentence(ledger("policy", "shwo"), USAGE, "'show'")


class Formats(OperationsTest):
    # Lists: what is asked, and where the rows stand in the document.
    LISTS = ((["history", "contoso"], "events"), (["refusals", "--as-support", "desk"], "refusals"), (["rules"], "rules"),
             (["commands"], "commands"), (["log", "stat"], "partitions"), (["log", "state"], "partitions"),
             (["stat"], "partitions"), (["policy", "list"], "policies"),
             (["diff", "contoso", "--from", "1"], "changes"))
    # Here a row is finer than an element of the document.
    FINER = (["can", "contoso"], ["why", "contoso", "office-365-e3"], ["find", "contoso"])

    def test_a_list_has_the_same_rows_in_every_format(self):
        ledger = self.filled()
        for arguments, rows in self.LISTS:
            with self.subTest(arguments):
                document = ledger(*arguments, "-o", "json").document()[rows]
                self.assertEqual(ledger(*arguments, "-o", "jsonl").answers(), document)
                self.check_csv(ledger, arguments, document)
        for arguments in self.FINER:
            with self.subTest(arguments):
                self.check_csv(ledger, arguments, ledger(*arguments, "-o", "jsonl").answers())

    def check_csv(self, ledger, arguments, rows):
        run = ledger(*arguments, "-o", "csv", "--raw")
        self.assert_code(run, DONE)
        self.assertNotIn("\r", run.out)
        # What spreadsheets get has other ends of lines, and nothing else that differs but what would be a formula.
        self.assertTrue(ledger(*arguments, "-o", "csv").out.endswith("\r\n"))
        table = list(csv.DictReader(io.StringIO(run.out), strict=True))
        self.assertEqual(len(table), len(rows), run)
        for cells, row in zip(table, rows):
            for name, cell in cells.items():
                self.assertEqual(cell, self.cell_of(row, name), (name, row))

    def cell_of(self, row, name):
        for step in name.split("."):
            row = row.get(step) if isinstance(row, dict) else None
        if row is None:
            return ""
        return row if isinstance(row, str) else json.dumps(row, separators=(",", ":"), ensure_ascii=False)

    def test_cells_are_quoted_as_the_standard_says(self):
        ledger = self.sandbox()
        nasty = 'a "quoted", comma; semicolon'
        self.assert_code(ledger("submit", given=lines(command(1, reason=nasty))), DONE)
        out = ledger("history", "contoso", "-o", "csv", "--raw").out
        self.assertIn('"a ""quoted"", comma; semicolon"', out)
        self.assertEqual(next(csv.DictReader(io.StringIO(out)))["reason"], nasty)

    def test_a_list_without_rows_still_names_its_columns(self):
        ledger = self.sandbox()
        self.assertTrue(ledger("refusals", "--as-support", "desk", "-o", "csv").out.startswith("time,partner,"))
        self.assertEqual(ledger("refusals", "--as-support", "desk", "-o", "jsonl").out, "")

    def test_what_is_no_list_is_one_row(self):
        ledger = self.filled()
        for arguments in (["show", "contoso"], ["verify"], ["rebuild"], ["clock"]):
            run = ledger(*arguments, "-o", "csv")
            self.assert_code(run, DONE)
            self.assertEqual(len(list(csv.DictReader(io.StringIO(run.out)))), 1, run)


class Rights(OperationsTest):
    def open_to_others(self, folder):
        return [str(path.relative_to(folder)) for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]

    def test_folders_and_files_are_their_owners_alone(self):
        before = os.umask(0)
        self.addCleanup(os.umask, before)
        ledger = self.filled()
        self.assert_code(ledger("clock"), DONE)
        self.assert_code(ledger("rebuild"), DONE)
        backup, restored, copy = (self.folder / name for name in ("backup", "restored", "copy"))
        self.assert_code(ledger("backup", backup, "--with-master-key"), DONE)
        self.assert_code(tool.Ledger(restored)("restore", backup), DONE)
        self.assert_code(ledger("log", "copy", "--to-ledger", copy, "--with-master-key"), DONE)
        for folder in (ledger.folder, backup, restored, copy):
            self.assertEqual(self.open_to_others(folder), [])

    def test_who_opens_what_others_may_read_is_told(self):
        ledger = self.filled()
        self.assertNotIn("chmod", ledger("show", "contoso").err)
        for path in (ledger.folder, ledger.folder / "log"):
            path.chmod(0o755)
        run = ledger("show", "contoso")
        self.assert_code(run, DONE)
        self.assertIn(f"chmod -R go= {ledger.folder}", run.err)


class Help(OperationsTest):
    def test_every_level_has_examples(self):
        for level in (["rebuild"], ["backup"], ["restore"], ["log", "copy"], ["log", "move"], ["log", "state"],
                      ["stat"], ["clock"], ["clock", "move"], ["clock", "accept"], ["policy"], ["policy", "show"],
                      ["policy", "list"]):
            run = tool.benefits(*level, "--help")
            self.assert_code(run, DONE)
            self.assertIn("benefits " + " ".join(level), run.out)
            self.assertIn("Examples:", run.out)

    def test_without_a_ledger_each_says_how_to_name_one(self):
        for arguments in (["rebuild"], ["backup", "x"], ["restore", "x"], ["log", "copy", "--to-ledger", "x"],
                          ["log", "state"], ["stat"], ["clock"], ["clock", "move", "2021-01-01"], ["policy", "list"]):
            self.assert_one_sentence(tool.benefits(*arguments), USAGE, "--ledger DIR")

    def test_a_foreign_folder_is_left_as_it_is(self):
        foreign = self.folder / "photos"
        foreign.mkdir()
        (foreign / "log").write_text("not a log")
        for arguments in (["rebuild"], ["backup", self.folder / "b"], ["log", "copy", "--to-ledger", self.folder / "c"],
                          ["log", "state"], ["stat"], ["clock"], ["clock", "accept"], ["policy", "list"]):
            self.assert_one_sentence(tool.Ledger(foreign)(*arguments), FAILED, str(foreign))
        self.assert_error(tool.Ledger(foreign)("restore", self.folder / "b"), "backup.none")
        self.assertEqual([entry.name for entry in foreign.iterdir()], ["log"])
        self.assertEqual([entry.name for entry in self.folder.iterdir()], ["photos"])


if __name__ == "__main__":
    unittest.main()
