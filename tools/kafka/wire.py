"""As much of the Kafka protocol as it takes to ask a broker whether it works.

Five requests in old versions that Kafka 3.9 still speaks, none of them "flexible": Metadata 1,
Produce 3, CreateTopics 0, DeleteTopics 1, InitProducerId 0 (https://kafka.apache.org/protocol).
One connection a request; blocking, every wait bounded. Failures are NotReady, whatever the cause:
the only caller tries again until its deadline.
"""

import socket
import struct
import time

_REQUEST_SECONDS_MAX = 5
_REQUEST_MS_MAX = 4000
_ANSWER_BYTES_MAX = 16 << 20
_ACKS_ALL = -1
_TOPIC_EXISTS = 36


class NotReady(Exception):
    """What was missing, in words."""


class Answer:
    """Reads the fields of a response in order."""

    def __init__(self, content):
        self._content = content
        self._position = 0

    def number(self, layout):
        value, = struct.unpack_from(">" + layout, self._content, self._position)
        self._position += struct.calcsize(">" + layout)
        return value

    def text(self):
        length = max(self.number("h"), 0)
        self._position += length
        return self._content[self._position - length:self._position].decode()

    def many(self, read):
        return [read() for _ in range(max(self.number("i"), 0))]


def _text(value):
    return struct.pack(">h", len(value)) + value.encode()


def _receive(connection, count):
    content = b""
    while len(content) < count:
        piece = connection.recv(count - len(content))
        if not piece:
            raise NotReady("the broker closed the connection")
        content += piece
    return content


def _ask(port, api, version, body):
    request = struct.pack(">hhi", api, version, 1) + _text("tools/kafka") + body
    try:
        with socket.create_connection(("127.0.0.1", port), _REQUEST_SECONDS_MAX) as connection:
            connection.sendall(struct.pack(">i", len(request)) + request)
            length, = struct.unpack(">i", _receive(connection, 4))
            if not 4 <= length <= _ANSWER_BYTES_MAX:
                raise NotReady(f"port {port} does not speak the Kafka protocol")
            return Answer(_receive(connection, length)[4:])
    except OSError as error:
        raise NotReady(f"port {port}: {error}")


def metadata(port, topics=None):
    """(ids of the live brokers, partitions) of the given topics, or of all with None.

    A partition is a dict of topic, index, leader, replicas, in_sync.
    """
    body = struct.pack(">i", -1 if topics is None else len(topics))
    answer = _ask(port, 3, 1, body + b"".join(map(_text, topics or [])))

    def broker():
        identity = answer.number("i")
        answer.text(), answer.number("i"), answer.text()  # host, port, rack
        return identity

    def partition():
        answer.number("h")
        return {"index": answer.number("i"), "leader": answer.number("i"),
                "replicas": answer.many(lambda: answer.number("i")),
                "in_sync": answer.many(lambda: answer.number("i"))}

    def topic():
        answer.number("h")
        name = answer.text()
        answer.number("b")
        return [dict(found, topic=name) for found in answer.many(partition)]

    brokers = answer.many(broker)
    answer.number("i")  # controller
    return set(brokers), sum(answer.many(topic), [])


def create_topic(port, name, partitions, replicas):
    body = (struct.pack(">i", 1) + _text(name) + struct.pack(">ihii", partitions, replicas, 0, 0) +
            struct.pack(">i", _REQUEST_MS_MAX))
    answer = _ask(port, 19, 0, body)
    for _, error in answer.many(lambda: (answer.text(), answer.number("h"))):
        if error not in (0, _TOPIC_EXISTS):
            raise NotReady(f"CreateTopics answers with error {error}")


def delete_topic(port, name):
    answer = _ask(port, 20, 1, struct.pack(">i", 1) + _text(name) + struct.pack(">i", _REQUEST_MS_MAX))
    answer.number("i")  # throttle
    for _, error in answer.many(lambda: (answer.text(), answer.number("h"))):
        if error != 0:
            raise NotReady(f"DeleteTopics answers with error {error}")


def new_producer(port):
    """(id, epoch) of an idempotent producer."""
    answer = _ask(port, 22, 0, struct.pack(">hi", -1, _REQUEST_MS_MAX))
    answer.number("i")  # throttle
    error = answer.number("h")
    if error != 0:
        raise NotReady(f"InitProducerId answers with error {error}")
    return answer.number("q"), answer.number("h")


def produce(port, topic, partition, producer):
    """One record as the first of the idempotent producer, acknowledged by all in-sync replicas."""
    batch = _batch(producer, b"ready?")
    body = (struct.pack(">hhi", -1, _ACKS_ALL, _REQUEST_MS_MAX) + struct.pack(">i", 1) + _text(topic) +
            struct.pack(">iii", 1, partition, len(batch)) + batch)
    answer = _ask(port, 0, 3, body)

    def outcome():
        answer.number("i")
        error = answer.number("h")
        answer.number("q"), answer.number("q")  # offset, log append time
        return error

    errors = answer.many(lambda: (answer.text(), answer.many(outcome))[1])
    if errors != [[0]]:
        raise NotReady(f"Produce to partition {partition} answers with errors {errors}")


def _batch(producer, value):
    """A record batch of format 2 with one record; all its lengths fit the one-byte varint."""
    # Attributes, time delta and offset delta 0; key -1 (null); value; no headers. Varints are zigzag.
    record = bytes([0, 0, 0, 1, 2 * len(value)]) + value + bytes([0])
    record = bytes([2 * len(record)]) + record
    now = time.time_ns() // 1_000_000
    covered = struct.pack(">hiqqqhii", 0, 0, now, now, *producer, 0, 1) + record
    rest = struct.pack(">ibI", -1, 2, _crc32c(covered)) + covered
    return struct.pack(">qi", 0, len(rest)) + rest


def _crc32c(content):
    """Castagnoli, reflected (RFC 3720, appendix B.4); the standard library has only CRC-32."""
    crc = 0xFFFFFFFF
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF
