"""`kill -9` in a loop, with load: of the program and, on Kafka, of the broker in turn. After each kill the next process
must know the log and go on; every so often the oracle looks at all of it."""

import signal
import sys
import time

import benefits as tool
import oracle
from ledger_site import Site
from scene import KAFKA, Scene
from submission import Submission
from workload import mixed

LINES = 4000  # of one ledger; then the oracle looks, and another begins
ORACLE_EVERY_KILLS = 25
PATIENCE_SECONDS = 120  # A broker takes its time to come back.


class Loop:
    def __init__(self, log, times, seed, stage, kill_brokers):
        self.times, self.kill_brokers = times, kill_brokers
        self.scene = Scene(log, seed, True, times, lambda: stage.brokers(log))
        self.site, self.killed_here, self.at, self.lines = None, 0, 0, []
        self.programs = self.brokers = self.answers = self.in_flight = 0
        self.restarts = []

    def run(self):
        begin = time.monotonic()
        for number in range(self.times):
            if self.site is None or self.killed_here == ORACLE_EVERY_KILLS or self.at + 500 > LINES:
                self.look()
                self.lines, self.at, self.killed_here = mixed(LINES, self.scene.dice), 0, 0
                self.site = Site(self.scene, name=f"ledger-{number}")
            self.kill_once(also_broker=self.kill_brokers and number % 2 == 1)
            if number % 10 == 9:
                print(f"{number + 1} of {self.times} kills, {len(self.scene.violations)} violations, "
                      f"{time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
        self.look()
        self.scene.cleanup.close()

    def kill_once(self, also_broker):
        submission = Submission(self.site, self.site.direct, self.lines[self.at:], patience=PATIENCE_SECONDS)
        submission.wait_for_answers(self.scene.dice.randint(1, 150))
        time.sleep(self.scene.dice.uniform(0, 0.02))
        if also_broker:
            self.site.brokers.kill()
            self.brokers += 1
            if self.scene.dice.random() < 0.5:  # The program lives on, and finds the broker again.
                self.site.brokers.start()
                self.scene.require(submission.wait_for_answers(1, 60), f"the broker is back: {submission.said()}")
                submission.end()
            else:
                submission.kill()
                self.site.brokers.start()
        else:
            submission.kill()
        self.programs += submission.was_killed
        self.killed_here += 1
        self.answers += len(submission.answers)
        self.in_flight += len(submission.fed) - len(submission.answers)
        self.at += max(1, len(submission.answers) - 30)
        self.restart()

    def restart(self):
        begin = time.monotonic()
        run = self.site.direct("log", "stat", "-o", "json")
        self.scene.require(run.code == tool.DONE, f"after a kill: {run}")
        self.restarts.append(time.monotonic() - begin)

    def look(self):
        if self.site:
            oracle.check(self.site)

    def told(self):
        self.restarts.sort()
        middle = self.restarts[len(self.restarts) // 2] if self.restarts else 0
        return (f"{self.scene.log}: {self.programs} kills of the program, {self.brokers} of the broker, "
                f"{self.answers} answers before, {self.in_flight} commands in flight; restart {middle:.2f} s, at the "
                f"most {max(self.restarts, default=0):.2f} s; {len(self.scene.violations)} violations")


def run(logs, times, seed, stage):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    violations = 0
    try:
        for log in logs:
            loop = Loop(log, times, seed, stage, kill_brokers=log == KAFKA)
            loop.run()
            print(loop.told())
            for text in loop.scene.violations[:20]:
                print(f"  {text[:800]}")
            violations += len(loop.scene.violations)
    finally:
        stage.close()
    return 1 if violations else 0
