#!/usr/bin/env python3
"""Four processes write one Kafka ledger at the same time, with overlapping files, and one of them is killed: every
command stands once, every answer is true, and little of the log is void. Needs BENEFITS_TEST_KAFKA."""

import json
import os
import shutil
import signal
import subprocess
import sys
import unittest
import uuid

import benefits as tool

WRITERS = 4
PARTNERS = 400
PARTITIONS = 4
SEED = 4
IN_FLIGHT = 64
KILLED = 2
ANSWERS_BEFORE_KILL = 500
CLAIMS_MIN = 9
VOID_SHARE_MAX = 0.05


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
        """Each partner's commands stand in two of the files: its own and the next writer's."""
        commands = tool.benefits("generate", "--partners", PARTNERS, "--seed", SEED).out.splitlines(keepends=True)
        files = [[] for _ in range(WRITERS)]
        for line in commands:
            owner = int(json.loads(line)["partner"][1:]) % WRITERS
            files[owner].append(line)
            files[(owner + 1) % WRITERS].append(line)
        for number, chosen in enumerate(files):
            (self.folder / f"commands-{number}.jsonl").write_text("".join(chosen))
        return "".join(commands)

    def start(self, number):
        return self.nodes[number].popen("submit", "-f", self.folder / f"commands-{number}.jsonl", "--in-flight",
                                        IN_FLIGHT, "--patience", 120,
                                        stdout=(self.folder / f"answers-{number}.jsonl").open("wb"),
                                        stderr=(self.folder / f"said-{number}").open("wb"))

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
        for process in processes:
            self.addCleanup(process.kill)
        self.wait_for_answers(KILLED, processes[KILLED])
        processes[KILLED].send_signal(signal.SIGKILL)
        for number, process in enumerate(processes):
            code = process.wait(tool.RUN_SECONDS_MAX)
            expected = -signal.SIGKILL if number == KILLED else tool.REFUSED
            self.assertEqual(code, expected, (self.folder / f"said-{number}").read_text())
        stat = self.nodes[0]("log", "stat", "-o", "json").document()["total"]
        print(stat, file=sys.stderr)
        answers = [self.answers(number) for number in range(WRITERS)]
        self.check_answers(answers, self.standing())
        self.assertGreaterEqual(stat["claims"], CLAIMS_MIN)
        self.assertLess(stat["void"] / stat["records"], VOID_SHARE_MAX)
        again = self.nodes[1]("submit", given=commands)
        self.check_answers([again.answers()], self.standing())
        self.assert_verified(self.nodes[0])

    def standing(self):
        """Where each command stands in the log; none may stand twice."""
        standing = {}
        for record in self.nodes[3].dump():
            if record["kind"] == "entry" and record["verdict"] == "applied":
                name = (record["partner"], record["command_id"])
                self.assertNotIn(name, standing)
                standing[name] = (record["partition"], record["seq"], record["version"], record["position"])
        return standing

    def check_answers(self, runs, standing):
        for answers in runs:
            for answer in answers:
                self.assertIn(answer["outcome"], ("accepted", "refused", "nothing"), answer)
                if answer["outcome"] != "accepted":
                    continue
                place = (answer["partition"], answer["seq"], answer["version"], answer["position"])
                self.assertEqual(standing[(answer["partner"], answer["id"])], place, answer)


if __name__ == "__main__":
    unittest.main()
