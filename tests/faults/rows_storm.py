"""Rows 20 and 23: writers that come and go, and everything at once."""

import contextlib
import signal
import time

import oracle
from ledger_site import Site
from scene import BOTH, CLUSTER, EMBEDDED, KAFKA, row
from shim import Shim
from submission import Submission
from workload import mixed, of_partners

NODES = 3
CHANGE_SECONDS = 2.0
QUICK_CHANGE_SECONDS = 0.7
RATE = 150  # commands a second of each writer


class Crew:
    """Writers on nodes of their own, each with commands of its own and some of another's."""

    def __init__(self, scene, site, lines, nodes=NODES, proxied=(), variables=None, patience=10):
        self.scene, self.site, self.patience = scene, site, patience
        self.variables = variables or {}
        self.nodes = [site.node(f"member-{number}", proxied=number in proxied) for number in range(nodes)]
        shares = [of_partners(lines, number, nodes) for number in range(nodes)]
        self.lines = [self.overlapping(shares[number], shares[(number + 1) % nodes]) for number in range(nodes)]
        self.at, self.members = [0] * nodes, [None] * nodes

    @staticmethod
    def overlapping(mine, others):
        """Every fifth is another's, who sends it as well."""
        return [line for number, line in enumerate(mine)
                for line in ([line, others[number]] if number % 5 == 0 and number < len(others) else [line])]

    def begin(self, number):
        """Goes on a little before where it was: what was open is sent again."""
        begin = max(0, self.at[number] - 30)
        self.members[number] = Submission(self.site, self.nodes[number], self.lines[number][begin:],
                                          patience=self.patience, rate=RATE, **self.variables)
        self.at[number] = begin

    def end(self, number, how):
        member = self.members[number]
        if how == "kill":
            member.kill()
        else:
            if how == "term" and member.is_alive():
                member.process.send_signal(signal.SIGTERM)
            member.end(signals=(signal.SIGTERM,))  # It may come before anybody listens.
        self.at[number] += len(member.fed)
        self.members[number] = None

    def end_all(self):
        for number, member in enumerate(self.members):
            if member:
                self.end(number, "end")


@row(20, "ownership storm", "a writer ends, is ended or killed, and another begins, every 2 s", (KAFKA, CLUSTER))
def storm(scene):
    site = Site(scene)
    crew = Crew(scene, site, mixed(30_000, scene.dice, partners=30))
    for number in range(NODES):
        crew.begin(number)
    for _ in range(scene.times(10, 60)):
        time.sleep(scene.dice.uniform(0.5, 1.5) * (QUICK_CHANGE_SECONDS if scene.quick else CHANGE_SECONDS))
        number = scene.dice.randrange(NODES)
        crew.end(number, scene.dice.choice(["end", "term", "kill"]))
        crew.begin(number)
        scene.injected += 1
    crew.end_all()
    total = oracle.check(site)
    if total:
        scene.remark(f"{total['claims']} claims, {total['void']} of {total['records']} records void")


class Chaos:
    """What can be done at any time, and undone."""

    def __init__(self, scene, site, crew, shims):
        self.scene, self.site, self.crew, self.shims = scene, site, crew, shims
        self.dice = scene.dice
        self.paused, self.away = set(), set()
        brokers = site.brokers
        self.faults = [self.nothing, self.kill, self.term, self.pause, self.slow_disk]
        if brokers:
            self.faults += [self.cut, self.hold, self.slow, self.reset, self.drop, self.pause_broker]
            self.faults += [self.kill_broker] if len(brokers.brokers) > 1 else []

    def change(self):
        """Some faults at once, "none" among them."""
        self.undo()
        chosen = self.dice.sample(self.faults, self.dice.randint(1, 3))
        for fault in chosen:
            fault()
        self.scene.injected += sum(fault != self.nothing for fault in chosen)

    def nothing(self):
        pass

    def someone(self):
        return self.dice.randrange(len(self.crew.members))

    def proxy(self):
        return self.dice.choice(self.site.brokers.proxies)

    def kill(self):
        self.replace("kill")

    def term(self):
        self.replace("term")

    def replace(self, how):
        number = self.someone()
        if number not in self.paused:
            self.crew.end(number, how)
            self.crew.begin(number)

    def pause(self):
        number = self.someone()
        self.crew.members[number].pause()
        self.paused.add(number)

    def slow_disk(self):
        for shim in self.shims:
            shim.set(sync_delay_ns=self.dice.randrange(50_000_000))

    def cut(self):
        self.proxy().cut(up=self.dice.random() < 0.7, down=self.dice.random() < 0.7)

    def hold(self):
        self.proxy().hold(up=True)

    def slow(self):
        self.proxy().slow(self.dice.uniform(0, 0.3), jitter=0.1)

    def reset(self):
        self.proxy().reset()

    def drop(self):
        self.proxy().drop_after(up=self.dice.randrange(30_000))

    def pause_broker(self):
        index = self.dice.randrange(len(self.site.brokers.brokers))
        if index not in self.away:
            self.site.brokers.pause(index)

    def kill_broker(self):
        index = self.dice.randrange(len(self.site.brokers.brokers))
        self.site.brokers.resume(index)
        self.site.brokers.kill(index)
        self.away.add(index)

    def undo(self):
        for number in self.paused:
            with contextlib.suppress(ProcessLookupError):
                self.crew.members[number].resume()
        self.paused.clear()
        for shim in self.shims:
            shim.heal()
        if self.site.brokers:
            self.site.brokers.heal()
        self.away.clear()


@row(23, "several of these at once", "random faults, changed every few seconds, none among them", (*BOTH, CLUSTER))
def chaos(scene):
    site = Site(scene)
    shim = Shim(scene, "/")
    one_process = scene.log == EMBEDDED
    crew = Crew(scene, site, mixed(40_000, scene.dice, partners=30), nodes=1 if one_process else NODES,
                proxied=() if one_process else (0, 1), variables=shim.variables)
    for number in range(len(crew.members)):
        crew.begin(number)
    doing = Chaos(scene, site, crew, [shim])
    for _ in range(scene.times(5, 60)):
        doing.change()
        time.sleep(scene.dice.uniform(0.3, 1) * (2 if scene.quick else 6))
        # One whose process gave up is followed by another.
        for number, member in enumerate(crew.members):
            if not member.is_alive():
                crew.end(number, "end")
                crew.begin(number)
    doing.undo()
    crew.end_all()
    total = oracle.check(site)
    if total:
        scene.remark(f"{total['claims']} claims, {total['void']} of {total['records']} records void")
