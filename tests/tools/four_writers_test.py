#!/usr/bin/env python3
"""Four processes write one Kafka ledger at the same time, with overlapping files, and one of them is killed: every
command stands once, every answer is true, and little of the log is void. Needs BENEFITS_TEST_KAFKA."""

import os
import shutil
import signal
import subprocess
import sys
import unittest
import uuid

import benefits as tool

WRITERS = 4
PARTNERS = 64
AGREEMENTS = 400  # of each partner
PARTITIONS = 1
IN_FLIGHT = 64
KILLED = 2
ANSWERS_BEFORE_KILL = 2_000
CLAIMS_MIN = 9
VOID_SHARE_MAX = 0.05


def partner(number):
    return f"p{number:03}"


class FourWritersTest(tool.ToolTest):
    def setUp(self):
        super().setUp()
        place = {"brokers": os.environ["BENEFITS_TEST_KAFKA"], "topics": f"four-writers-{uuid.uuid4().hex}"}
        first = self.make_ledger("--sandbox", "--clock", "2020-09-01", "--partitions", PARTITIONS, name="node-0",
                                 **place)
        self.nodes = [first]
        for number in range(1, WRITERS):
            folder = self.folder / f"node-{number}"
            folder.mkdir()
            shutil.copy2(first.folder / "master.key", folder)
            self.nodes.append(tool.Ledger(folder, **place))

    def write_files(self):
        """Each partner's commands stand in two of the files: its own and the next writer's. Every one is accepted,
        whoever brings it first; and it is the same command, whoever brings it again."""
        registered = self.nodes[0]("submit", given=tool.lines(*(
            tool.command(0, partner=partner(number)) for number in range(PARTNERS))))
        self.assert_code(registered, tool.DONE)
        commands = [tool.command(each, partner=partner(number), type="AcceptAgreement", body={"agreement": f"a{each}"})
                    for each in range(1, AGREEMENTS + 1) for number in range(PARTNERS)]
        files = [[] for _ in range(WRITERS)]
        for number, command in enumerate(commands):
            owner = number % PARTNERS % WRITERS
            files[owner].append(command)
            files[(owner + 1) % WRITERS].append(command)
        for number, chosen in enumerate(files):
            (self.folder / f"commands-{number}.jsonl").write_text(tool.lines(*chosen))
        return commands

    def start(self, number):
        with open(self.folder / f"answers-{number}.jsonl", "wb") as answers, \
                open(self.folder / f"said-{number}", "wb") as said:
            process = self.nodes[number].popen("submit", "-f", self.folder / f"commands-{number}.jsonl", "--in-flight",
                                               IN_FLIGHT, "--patience", 120, stdout=answers, stderr=said)
        self.addCleanup(process.kill)
        return process

    def answers(self, number):
        text = (self.folder / f"answers-{number}.jsonl").read_text()
        return tool.json_lines(text[:text.rfind("\n") + 1])

    def wait_for_answers(self, number, process):
        while len(self.answers(number)) < ANSWERS_BEFORE_KILL:
            try:
                code = process.wait(timeout=0.01)
            except subprocess.TimeoutExpired:
                continue
            self.fail(f"writer {number} ended with {code} before it could be killed: "
                      + (self.folder / f"said-{number}").read_text())

    def test_every_command_stands_once(self):
        commands = self.write_files()
        processes = [self.start(number) for number in range(WRITERS)]
        self.wait_for_answers(KILLED, processes[KILLED])
        processes[KILLED].send_signal(signal.SIGKILL)
        for number, process in enumerate(processes):
            code = process.wait(tool.RUN_SECONDS_MAX)
            expected = -signal.SIGKILL if number == KILLED else tool.DONE
            self.assertEqual(code, expected, (self.folder / f"said-{number}").read_text())
        total = self.nodes[0]("log", "stat", "-o", "json").document()["total"]
        print(f"{total['applied']} entries, {total['claims']} claims, {total['void']} of {total['records']} records void",
              file=sys.stderr)
        standing = self.standing()
        self.assertEqual(set(standing), {(command["partner"], command["id"]) for command in commands})
        for number in range(WRITERS):
            self.check_answers(self.answers(number), standing)
        self.assertGreaterEqual(total["claims"], CLAIMS_MIN)
        self.assertLess(total["void"] / total["records"], VOID_SHARE_MAX)
        again = self.nodes[1]("submit", given=tool.lines(*commands))
        self.check_answers(again.answers(), standing)
        self.assertEqual(self.standing(), standing)
        self.assert_verified(self.nodes[0])

    def standing(self):
        """Where each command stands in the log; none may stand twice."""
        standing = {}
        for record in self.nodes[3].dump():
            if record.get("type") == "AgreementAccepted" and record["verdict"] == "applied":
                name = (record["partner"], record["command_id"])
                self.assertNotIn(name, standing)
                standing[name] = (record["partition"], record["seq"], record["version"], record["position"])
        return standing

    def check_answers(self, answers, standing):
        for answer in answers:
            self.assertEqual(answer["outcome"], "accepted", answer)
            place = (answer["partition"], answer["seq"], answer["version"], answer["position"])
            self.assertEqual(standing[(answer["partner"], answer["id"])], place, answer)


if __name__ == "__main__":
    unittest.main()
