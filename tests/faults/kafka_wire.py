"""As much of the Kafka protocol as it takes to do to a topic what nobody should: append any bytes, read them back, delete
records, delete and make topics anew, change their settings, leave a transaction open.

Old versions that Kafka 3.9 still speaks, none of them "flexible" (https://kafka.apache.org/protocol): Produce 3, Fetch 4,
ListOffsets 1, Metadata 1, CreateTopics 0, DeleteTopics 1, DeleteRecords 0, InitProducerId 0, AddPartitionsToTxn 0,
EndTxn 0, AlterConfigs 0, DescribeConfigs 1, CreatePartitions 0. One connection a request, every wait bounded; an error code is a WireError.
"""

import socket
import struct
import time

import brokers  # noqa: F401  The path to tools/kafka.
from wire import Answer

_SECONDS_MAX = 10
_MS_MAX = 8000
_ACKS_ALL = -1
_TRANSACTIONAL, _CONTROL = 0x10, 0x20
_NOT_TRANSACTIONAL = (-1, -1)
_CODEC_MASK = 7
_TOPIC = 2  # resource type of a setting
_SET_FOR_THE_TOPIC = 1  # source of a setting


class WireError(Exception):
    """The broker's error code, and of what."""


def text(value):
    return struct.pack(">h", -1) if value is None else struct.pack(">h", len(value)) + value.encode()


def _receive(connection, count):
    content = b""
    while len(content) < count:
        piece = connection.recv(count - len(content))
        if not piece:
            raise WireError("the broker closed the connection")
        content += piece
    return content


def ask(port, api, version, body):
    request = struct.pack(">hhi", api, version, 1) + text("tests/faults") + body
    with socket.create_connection(("127.0.0.1", port), _SECONDS_MAX) as connection:
        connection.sendall(struct.pack(">i", len(request)) + request)
        length, = struct.unpack(">i", _receive(connection, 4))
        return Answer(_receive(connection, length)[4:])


def _accept(code, what):
    if code:
        raise WireError(f"{what}: error code {code}")


# Records.

def _crc32c_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


_CRC = _crc32c_table()


def _crc32c(content):
    """Castagnoli, reflected (RFC 3720, appendix B.4)."""
    crc = 0xFFFFFFFF
    for byte in content:
        crc = crc >> 8 ^ _CRC[(crc ^ byte) & 255]
    return crc ^ 0xFFFFFFFF


def _varint(value):
    value = value << 1 ^ value >> 63
    made = b""
    while value > 127:
        made += bytes([value & 127 | 128])
        value >>= 7
    return made + bytes([value])


def batch(values, producer=_NOT_TRANSACTIONAL, base_sequence=-1, transactional=False):
    """A record batch of format 2: no headers. A value may be None, or (key, value)."""
    records = b""
    for number, value in enumerate(values):
        key, value = value if isinstance(value, tuple) else (None, value)
        content = b"\0" + _varint(0) + _varint(number)
        content += _varint(-1) if key is None else _varint(len(key)) + key
        content += _varint(-1) if value is None else _varint(len(value)) + value
        content += _varint(0)
        records += _varint(len(content)) + content
    now = time.time_ns() // 1_000_000
    covered = struct.pack(">hiqqqhii", _TRANSACTIONAL if transactional else 0, len(values) - 1, now, now, *producer,
                          base_sequence, len(values)) + records
    rest = struct.pack(">ibI", -1, 2, _crc32c(covered)) + covered
    return struct.pack(">qi", 0, len(rest)) + rest


def produce(port, topic, partition, values, producer=_NOT_TRANSACTIONAL, base_sequence=-1, transaction=None):
    """The position of the first of these records, which stand in a row."""
    records = batch(values, producer, base_sequence, transaction is not None)
    body = (text(transaction) + struct.pack(">hii", _ACKS_ALL, _MS_MAX, 1) + text(topic) +
            struct.pack(">iii", 1, partition, len(records)) + records)
    answer = ask(port, 0, 3, body)
    answer.number("i"), answer.text(), answer.number("i"), answer.number("i")  # topics, name, partitions, index
    _accept(answer.number("h"), f"Produce to {topic} {partition}")
    return answer.number("q")


def end_of(port, topic, partition, earliest=False):
    body = (struct.pack(">ii", -1, 1) + text(topic) + struct.pack(">iiq", 1, partition, -2 if earliest else -1))
    answer = ask(port, 2, 1, body)
    answer.number("i"), answer.text(), answer.number("i"), answer.number("i")
    _accept(answer.number("h"), f"ListOffsets of {topic} {partition}")
    answer.number("q")  # time
    return answer.number("q")


def fetch(port, topic, partition, begin=0, end=None, keyed=False):
    """{position: value}, or (key, value), of the records that stand there; markers of transactions are left out."""
    end = end_of(port, topic, partition) if end is None else end
    found, at = {}, begin
    while at < end:
        body = (struct.pack(">iiiib", -1, 1000, 1, 8 << 20, 0) + struct.pack(">i", 1) + text(topic) +
                struct.pack(">iiqi", 1, partition, at, 8 << 20))
        answer = ask(port, 1, 4, body)
        answer.number("i"), answer.number("i"), answer.text(), answer.number("i"), answer.number("i")
        _accept(answer.number("h"), f"Fetch of {topic} {partition}")
        answer.number("q"), answer.number("q")  # high watermark, last stable
        answer.many(lambda: (answer.number("q"), answer.number("q")))  # aborted transactions
        content = answer._content[answer._position + 4:][:answer.number("i")]
        at = max(at, _take_batches(content, at, found))
    return {position: value if keyed else value[1] for position, value in found.items() if begin <= position < end}


def _take_batches(content, at, found):
    """One past the last position of the batches that are whole."""
    place = 0
    while place + 61 <= len(content):
        base, length = struct.unpack_from(">qi", content, place)
        if place + 12 + length > len(content):
            break
        attributes, last_delta = struct.unpack_from(">hi", content, place + 21)
        if attributes & _CODEC_MASK:
            raise WireError("a compressed batch")
        if not attributes & _CONTROL:
            count, = struct.unpack_from(">i", content, place + 57)
            _take_records(content, place + 61, count, base, found)
        at = base + last_delta + 1
        place += 12 + length
    return at


def _take_records(content, place, count, base, found):
    def number():
        nonlocal place
        value = shift = 0
        while True:
            byte = content[place]
            place += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value >> 1 ^ -(value & 1)

    for _ in range(count):
        length = number()
        after = place + length
        place += 1  # attributes
        number()  # time
        position = base + number()
        key_size = number()
        key = None if key_size < 0 else content[place:place + key_size]
        place += max(0, key_size)
        size = number()
        found[position] = key, None if size < 0 else content[place:place + size]
        place = after


# Topics.

def create_topic(port, name, partitions, settings=None, replicas=1):
    body = struct.pack(">i", 1) + text(name) + struct.pack(">ihi", partitions, replicas, 0)
    body += struct.pack(">i", len(settings or {})) + b"".join(text(key) + text(value)
                                                              for key, value in (settings or {}).items())
    answer = ask(port, 19, 0, body + struct.pack(">i", _MS_MAX))
    answer.number("i"), answer.text()
    _accept(answer.number("h"), f"CreateTopics {name}")


def delete_topic(port, name):
    answer = ask(port, 20, 1, struct.pack(">i", 1) + text(name) + struct.pack(">i", _MS_MAX))
    answer.number("i"), answer.number("i"), answer.text()
    _accept(answer.number("h"), f"DeleteTopics {name}")


def add_partitions(port, topic, count):
    body = struct.pack(">i", 1) + text(topic) + struct.pack(">ii", count, -1) + struct.pack(">ib", _MS_MAX, 0)
    answer = ask(port, 37, 0, body)
    answer.number("i"), answer.number("i"), answer.text()
    _accept(answer.number("h"), f"CreatePartitions {topic}")


def until_done(request):
    """A topic that was just deleted or made is not known to everybody at once."""
    deadline = time.monotonic() + _SECONDS_MAX
    while True:
        try:
            return request()
        except WireError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def delete_records(port, topic, partition, before):
    """All records below this position are gone."""
    body = struct.pack(">i", 1) + text(topic) + struct.pack(">iiqi", 1, partition, before, _MS_MAX)
    answer = ask(port, 21, 0, body)
    answer.number("i"), answer.number("i"), answer.text(), answer.number("i"), answer.number("i"), answer.number("q")
    _accept(answer.number("h"), f"DeleteRecords {topic} {partition}")


def settings_of(port, topic):
    """Those that were set for the topic itself, {name: value}."""
    body = struct.pack(">ib", 1, _TOPIC) + text(topic) + struct.pack(">ib", -1, 0)
    answer = ask(port, 32, 1, body)
    answer.number("i"), answer.number("i")
    _accept(answer.number("h"), f"DescribeConfigs {topic}")
    answer.text(), answer.number("b"), answer.text()

    def setting():
        name, value = answer.text(), answer.text()
        _, source, _ = (answer.number("b") for _ in range(3))  # read only, source, sensitive
        answer.many(lambda: (answer.text(), answer.text(), answer.number("b")))  # synonyms
        return name, value, source

    return {name: value for name, value, source in answer.many(setting) if source == _SET_FOR_THE_TOPIC}


def set_settings(port, topic, settings):
    """These and no others."""
    body = struct.pack(">ib", 1, _TOPIC) + text(topic) + struct.pack(">i", len(settings))
    body += b"".join(text(name) + text(value) for name, value in settings.items()) + b"\0"
    answer = ask(port, 33, 0, body)
    answer.number("i"), answer.number("i")
    _accept(answer.number("h"), f"AlterConfigs {topic}")


# Transactions.

def begin_transaction(port, name, topic, partition):
    """(id, epoch) of a producer that has a transaction open on the partition. Its coordinator is asked for first, and
    answers when it has loaded."""
    deadline = time.monotonic() + 30
    while True:
        code = _find_coordinator(port, name)
        if code == 0:
            answer = ask(port, 22, 0, text(name) + struct.pack(">i", 60_000))
            answer.number("i")
            code = answer.number("h")
            if code == 0:
                producer = answer.number("q"), answer.number("h")
                break
        if time.monotonic() > deadline:
            _accept(code, "InitProducerId")
        time.sleep(0.1)
    body = text(name) + struct.pack(">qhi", *producer, 1) + text(topic) + struct.pack(">ii", 1, partition)
    answer = ask(port, 24, 0, body)
    answer.number("i"), answer.number("i"), answer.text(), answer.number("i"), answer.number("i")
    _accept(answer.number("h"), "AddPartitionsToTxn")
    return producer


def _find_coordinator(port, name):
    answer = ask(port, 10, 1, text(name) + b"\1")
    answer.number("i")
    return answer.number("h")


def end_transaction(port, name, producer, commit):
    answer = ask(port, 26, 0, text(name) + struct.pack(">qhb", *producer, commit))
    answer.number("i")
    _accept(answer.number("h"), "EndTxn")
