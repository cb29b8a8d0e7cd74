"""The ledger's topic on Kafka, read from its beginning to its end as of now.

Three requests, in the oldest versions that Kafka 4 takes too. No group, no offsets committed, nothing written. It reads
with read_uncommitted: an open transaction of a stranger doesn't stop it, and of transactions only the markers, which
are no records, are left out.
"""

import struct
import time

import kafka_batch
from kafka_connection import Connection, NoLog, TryAgain, text
from partition import Finding

_FETCH, _LIST_OFFSETS, _METADATA = 1, 2, 3
_VERSIONS = {_FETCH: 4, _LIST_OFFSETS: 1, _METADATA: 1}
_EARLIEST, _LATEST = -2, -1
_READ_UNCOMMITTED = 0
_FETCH_BYTES_MAX = 8 << 20
_FETCH_WAIT_MS = 500
_PAUSE_SECONDS = 0.1
_UNKNOWN_TOPIC, _OFFSET_OUT_OF_RANGE = 3, 1


class KafkaLog:
    """`findings` grow while it is read."""

    def __init__(self, servers, topic, patience):
        self.findings, self.notes = [], []
        self._servers = [self._place(server) for server in servers.split(",")]
        self._topic, self._patience = topic, patience
        self._leaders = {}      # partition -> (host, port)
        self._connections = {}  # (host, port) -> Connection
        self._spans = {}
        self._patiently(self._look_up)
        self.partitions = len(self._leaders)

    def close(self):
        for connection in self._connections.values():
            connection.close()

    def read(self, partition):
        """(position, value) of each record up to the end as it is now. A batch that can't be read is a finding."""
        return ((position, value) for position, value, _ in self.keyed(partition))

    def keyed(self, partition):
        """The same as (position, value, key)."""
        first = self._patiently(lambda: self._offset(partition, _EARLIEST))
        end = self._patiently(lambda: self._offset(partition, _LATEST))
        at, markers = first, []
        self._spans[partition] = (first, end, markers)
        while at < end:
            before = at
            for data in kafka_batch.batches(self._patiently(lambda at=at: self._fetch(partition, at))):
                batch = kafka_batch.Batch(data)
                if batch.damage:
                    self.findings.append(Finding(partition, batch.first, batch.damage))
                if batch.control:
                    markers += range(max(at, batch.first), min(batch.end, end))
                yield from (each for each in batch.records if at <= each[0] < end)
                at = max(at, batch.end)
            if at == before:
                raise NoLog(f"partition {partition} can't be read from position {at} on: no whole record batch comes")

    def span(self, partition):
        """First position and end, as the broker said, and the positions in between that hold what is no record."""
        return self._spans[partition]

    @staticmethod
    def _place(server):
        host, colon, port = server.rpartition(":")
        if not colon or not port.isdigit():
            raise NoLog(f"{server!r} is no broker: give HOST:PORT")
        return host, int(port)

    def _patiently(self, ask):
        """Asks again, and looks for the leaders again, until there is an answer or patience is over."""
        give_up = time.monotonic() + self._patience
        while True:
            try:
                return ask()
            except TryAgain as why:
                if time.monotonic() > give_up:
                    raise NoLog(f"no answer within {self._patience:g} s: {why}") from why
            self.close()
            self._connections.clear()
            time.sleep(_PAUSE_SECONDS)
            try:
                self._look_up()
            except TryAgain:
                continue

    def _connection(self, place):
        if place not in self._connections:
            self._connections[place] = Connection(*place, _VERSIONS)
        return self._connections[place]

    def _look_up(self):
        """Who leads which partition, of the first broker that answers."""
        failed = None
        for place in self._servers:
            try:
                self._leaders = self._metadata(self._connection(place))
                return
            except TryAgain as why:
                failed = why
        raise failed

    def _metadata(self, connection):
        answer = connection.ask(_METADATA, struct.pack(">i", 1) + text(self._topic))

        def broker():
            return answer.number("i"), (answer.text(), answer.number("i")), answer.text()

        def partition():
            _, number, leader = answer.numbers("hii")
            answer.many(lambda: answer.number("i")), answer.many(lambda: answer.number("i"))  # replicas, in sync
            return number, leader

        def topic():
            return answer.number("h"), answer.text(), answer.number("b"), answer.many(partition)

        places = {number: place for number, place, _ in answer.many(broker)}
        answer.number("i")  # the controller
        error, _, _, partitions = answer.many(topic)[0]
        if error == _UNKNOWN_TOPIC:
            raise NoLog(f"there is no topic {self._topic}")
        if error or not partitions or any(leader not in places for _, leader in partitions):
            raise TryAgain(f"topic {self._topic} has partitions without a leader (error {error})")
        return {number: places[leader] for number, leader in partitions}

    def _offset(self, partition, which):
        body = struct.pack(">ii", -1, 1) + text(self._topic) + struct.pack(">iiq", 1, partition, which)
        answer = self._connection(self._leaders[partition]).ask(_LIST_OFFSETS, body)
        (_, ((_, error, _, offset),)), = answer.many(
            lambda: (answer.text(), answer.many(lambda: answer.numbers("ihqq"))))
        if error:
            raise TryAgain(f"where partition {partition} ends: error {error}")
        return offset

    def _fetch(self, partition, position):
        """Bytes of record batches from the one that holds the position on."""
        body = (struct.pack(">iiiibi", -1, _FETCH_WAIT_MS, 1, _FETCH_BYTES_MAX, _READ_UNCOMMITTED, 1) +
                text(self._topic) + struct.pack(">iiqi", 1, partition, position, _FETCH_BYTES_MAX))
        answer = self._connection(self._leaders[partition]).ask(_FETCH, body)
        answer.number("i")  # throttled for

        def part():
            _, error, _, _ = answer.numbers("ihqq")
            answer.many(lambda: answer.numbers("qq"))  # aborted transactions: none with read_uncommitted
            return error, answer.data(answer.number("i"))

        (_, ((error, content),)), = answer.many(lambda: (answer.text(), answer.many(part)))
        if error == _OFFSET_OUT_OF_RANGE:
            raise NoLog(f"partition {partition} has lost position {position} while it was read")
        if error or not content:
            raise TryAgain(f"partition {partition} from {position} on: error {error}")
        return content
