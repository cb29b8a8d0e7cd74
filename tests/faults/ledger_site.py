"""A ledger under test: the nodes that work on it, all that was sent to it and all that it answered.

Embedded it is one folder. On Kafka every node has a folder of its own, and speaks to the brokers directly or through
their proxies.
"""

import shutil
import uuid

import benefits as tool
from scene import EMBEDDED

CLOCK = "2020-09-01"


class Site:
    def __init__(self, scene, partitions=4, sandbox=True, name="ledger", folder=None):
        self.scene, self.name = scene, name
        self.folder = folder or scene.folder
        self.partitions = partitions
        self.brokers = None if scene.log == EMBEDDED else scene.brokers()
        self.topics = f"faults-{uuid.uuid4().hex}"
        self.sent = {}  # lines in the order in which they were sent first
        self.answers = []  # (line, answer)
        self._nodes = {}
        self._by_hand = 0
        self.direct = self._add("direct", proxied=False)
        options = ["--sandbox", "--clock", CLOCK] if sandbox else []
        made = self.direct("create", "--partitions", partitions, *options)
        if made.code != tool.DONE:
            raise RuntimeError(f"the ledger can't be made: {made}")

    def _add(self, name, proxied):
        if self.brokers is None:
            return tool.Ledger(self.folder / self.name)
        bootstrap = self.brokers.proxied_bootstrap() if proxied else self.brokers.bootstrap()
        self._nodes[name] = tool.Ledger(self.folder / f"{self.name}-{name}", brokers=bootstrap, topics=self.topics)
        return self._nodes[name]

    def node(self, name, proxied=False):
        """On Kafka a node of its own, made when it is first named; the embedded ledger is one folder for all."""
        if self.brokers is None:
            return self.direct
        if name not in self._nodes:
            ledger = self._add(name, proxied)
            ledger.folder.mkdir()
            shutil.copy2(self.direct.folder / "master.key", ledger.folder)
        return self._nodes[name]

    def nodes(self):
        return list(self._nodes.values()) or [self.direct]

    def ledger_topic(self):
        return f"{self.topics}.ledger.v1"

    def keys_topic(self):
        return f"{self.topics}.keys.v1"

    def note(self, pairs):
        """What was sent, with its answer, or None when none came."""
        for line, answer in pairs:
            self.sent[line] = None
            if answer is not None:
                self.answers.append((line, answer))

    def submit(self, lines, *options, node=None, seconds=tool.RUN_SECONDS_MAX, **variables):
        """All at once, waiting for the end: the answers, which are noted."""
        node = node or self.direct
        self._by_hand += 1
        file = self.scene.folder / f"{self.name}-commands-{self._by_hand}.jsonl"
        file.write_text("".join(line + "\n" for line in lines))
        run = node("submit", "-f", file, *options, seconds=seconds, **variables)
        answers = run.answers()
        self.note(zip(lines, answers + [None] * (len(lines) - len(answers))))
        return run
