"""One partition, read from its beginning to its end: judged, counted, and held against everything that must be true of
it. What isn't is a finding, with the partition and the position where it shows."""

import bisect
import collections
import datetime
import hashlib

import judge
import record as records

FINDINGS_MAX = 20  # shown of one partition
LEDGERS_OWN = ("ClockMoved", "PolicyPublished", "CataloguePublished")  # events of no partner
MS_OF_A_DAY = 86_400_000

Finding = collections.namedtuple("Finding", "partition position what")


def partition_of(partner, partitions):
    """Where a partner's events stand: murmur2 of its id as Kafka's Java client places a key (KIP-480 and before)."""
    key = partner.encode(errors="surrogateescape")
    mask, multiplier = 0xFFFFFFFF, 0x5BD1E995
    value = 0x9747B28C ^ len(key)
    whole = len(key) // 4 * 4
    for at in range(0, whole, 4):
        word = int.from_bytes(key[at:at + 4], "little") * multiplier & mask
        word = (word ^ word >> 24) * multiplier & mask
        value = value * multiplier & mask ^ word
    if whole < len(key):
        value = (value ^ int.from_bytes(key[whole:], "little")) * multiplier & mask
    value = (value ^ value >> 13) * multiplier & mask
    return ((value ^ value >> 15) & 0x7FFFFFFF) % partitions


class Partition:
    """`partitions` is how many the ledger has; `kept` is what this gave once as a state, if somebody kept it."""

    def __init__(self, number, partitions, reader, kept=None):
        self.number, self.partitions, self._reader, self._kept = number, partitions, reader, kept or {}
        self.judge = judge.Judge()
        self.genesis = self.genesis_digest = None
        self.next = 0         # the position to read next
        self.counts = collections.Counter()  # by verdict, and claims, and void for each reason
        self.void_because = collections.Counter()
        self.time = None      # of the last entry
        self.rules = {"policy": [], "catalogue": []}  # (first day, version) of each version that stands in the log
        self.versions = collections.Counter()          # by partner, "" is the ledger itself
        self.partners = collections.defaultdict(list)  # the same -> its entries' positions
        self.commands = {}    # (partner, command id) -> (seq, version, position)
        self.keys = {}        # data key that a sealed text of an entry was sealed under -> (partner, position)
        self.findings = []
        self.left_out = 0     # findings beyond the most that are shown
        self.stopped = False
        self._agreed = (0, 0)  # seq and position of the last checkpoint that agreed with us

    def find(self, position, what):
        if len(self.findings) < FINDINGS_MAX:
            self.findings.append(Finding(self.number, position, what))
        else:
            self.left_out += 1

    def add(self, position, data):
        """The next record. (what the judge says, why, the record)"""
        if position < self.next:
            self.find(position, f"the log gives this position again or out of order; {self.next} was to come")
            return None
        record = self._reader.read(data)
        verdict, why = self.judge.judge(record, data)
        if verdict == judge.STOP:
            self.stopped = True
            self.find(position, self._explain(why, record))
            return verdict, why, record
        self.counts[verdict] += 1
        if verdict == judge.VOID:
            self.void_because[why] += 1
        elif verdict == judge.APPLIED:
            self._applied(position, record)
        elif record.kind == "Genesis":
            self._begin(position, record.view, data)
        elif record.kind == "WriterOpened":
            self.counts["claims"] += 1
        elif record.kind == "Checkpoint":
            self._agreed = (self.judge.seq, position)
        self.next = position + 1
        return verdict, why, record

    def end(self, first, end, markers):
        """After the last record. The log says that its positions are `first` to `end`, and that at `markers` stands
        what is no record."""
        if self.stopped:
            return
        if first:
            self.find(first, f"the log begins here: what stood at 0 to {first - 1} is gone")
        records_read = self.counts[judge.APPLIED] + self.counts[judge.VOID] + self.counts[judge.CONTROL]
        self.counts["absent"] = self.next - records_read
        within = sum(marker < self.next for marker in markers)
        missing = self.counts["absent"] - first - within
        if missing:
            self.find(self.next, f"{records_read} records and {within} markers don't fill {self.next} positions: "
                                 f"{missing} are missing")
        if self.next + len(markers) - within != end:
            self.find(self.next, f"the records end here, and the log says that it ends at {end}")
        versions = sum(self.versions.values())
        if not self.judge.seq == self.judge.tree.size == versions == self.counts[judge.APPLIED]:
            self.find(self.next, f"the last seq is {self.judge.seq}, the tree has {self.judge.tree.size} leaves, the "
                                 f"versions sum up to {versions}, {self.counts[judge.APPLIED]} entries were applied")
        if self._kept.get("seq", 0) > self.judge.seq:
            self.find(self.next, f"the last entry is {self.judge.seq}; the root of entry {self._kept['seq']} was kept")
        if not self.judge.genesis:
            self.find(0, "there is no record: the ledger was not made, or not completely")

    def version_at(self, partner, position):
        """How many entries of the partner stand at or before a position."""
        return bisect.bisect_right(self.partners.get(partner, ()), position)

    def state(self):
        """As `benefits log state -o json` has it."""
        shown = {"partition": self.number, "next": self.next, "seq": self.judge.seq, "epoch": self.judge.epoch}
        if self.judge.epoch:
            shown["writer"] = records.hex_of(self.judge.writer)
        shown["term"] = ("none yet" if not self.judge.epoch else "closed" if self.judge.closed else
                         "open" if self.judge.open else "claimed")
        if self.time is not None:
            time = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=self.time)
            shown["time"] = time.isoformat(timespec="milliseconds") + "Z"
        shown["root"] = self.judge.tree.root()
        shown |= {name: self.counts[name] for name in ("applied", "void", "control", "absent", "claims")}
        return shown

    def _begin(self, position, genesis, data):
        self.genesis = genesis.plain()
        for kind, several in (("policy", "policies"), ("catalogue", "catalogues")):
            self.rules[kind] += ((each["effective"], each["version"]) for each in self.genesis[several])
        self.genesis_digest = hashlib.sha256(data).hexdigest()
        if self._kept.get("genesis", self.genesis_digest) != self.genesis_digest:
            self.find(position, "this is not the genesis record whose digest was kept")
        place = (genesis["partition"], genesis["partitions"])
        if position != 0:
            self.find(position, "the genesis record doesn't stand at position 0")
        if place != (self.number, self.partitions):
            self.find(position, f"the genesis record is that of partition {place[0]} of {place[1]}")

    def _applied(self, position, record):
        entry = record.view
        partner, seq, version, time = entry["partner"] or "", entry["seq"], entry["version"], entry["time"]
        whose = f"partner {partner!r}" if partner else "the ledger itself"
        if version != self.versions[partner] + 1:
            self.find(position, f"entry {seq} has version {version} of {whose}, the one before it was "
                                f"{self.versions[partner]}")
        self.versions[partner] = version
        self.partners[partner].append(position)
        if self.time is not None and time < self.time:
            self.find(position, f"entry {seq} is {self.time - time} ms older than the entry before it")
        self.time = time
        if partner and partition_of(partner, self.partitions) != self.number:
            self.find(position, f"entry {seq} is of {whose}, whose place is partition "
                                f"{partition_of(partner, self.partitions)}")
        if (record.event_name in LEDGERS_OWN) == bool(partner):
            self.find(position, f"entry {seq} is of {whose} and holds {record.event_name}")
        self._decided_under(position, record)
        for sealed in record.view["body"].sealed():
            self.keys.setdefault(sealed[:16], (partner, position))
        command = (partner, entry["command_id"])
        if command in self.commands:
            self.find(position, f"entry {seq} has command id {command[1]!r} of {whose}, which stands at "
                                f"{self.commands[command][2]} already")
        else:
            self.commands[command] = (seq, version, position)
        if seq == self._kept.get("seq") and self._kept["root"] != self.judge.tree.root():
            self.find(position, f"the root at entry {seq} is {self.judge.tree.root()}, and the one that was kept is "
                                f"{self._kept['root']}: an entry up to here has been changed")

    def _decided_under(self, position, record):
        """The versions of policy and catalogue that were in force on the entry's day: of those that began by then the
        newest, before all of them the first."""
        day = self.time // MS_OF_A_DAY
        for kind, versions in self.rules.items():
            begun = [each for each in versions if each[0] <= day] or versions[:1]
            named = record.view[kind + "_version"]
            if begun and named != max(begun)[1]:
                self.find(position, f"entry {record.view['seq']} was decided under {kind} version {named}; in force "
                                    f"was {max(begun)[1]}")
            if record.event_name == kind.capitalize() + "Published":
                published = record.view["body"]["event"][kind]
                versions.append((published["effective"], published["version"]))

    def _explain(self, why, record):
        ours = f"this reader has seq {self.judge.seq}, root {self.judge.tree.root()}"
        if why == "divergence":
            theirs = f"seq {record.view['seq']}, root {records.hex_of(record.view['root'])}"
            return (f"the writer's checkpoint has {theirs}; {ours}: what stands behind entry {self._agreed[0]} "
                    f"(position {self._agreed[1]}) is not what the writer read")
        if why == "too-far-ahead":
            return (f"entry {record.view['seq']} of the current writer, which may have {self.judge.in_flight} in "
                    f"flight; {ours}: the writer read another log")
        if why == "newer-event":
            return (f"a valid entry with event type {record.event}, which the schema doesn't have; it was written "
                    f"under schema version {record.view['schema_version']}")
        return f"the partition begins with {record.why or 'a ' + record.kind}, not with a genesis record"
