"""What a stranger does to a ledger's topic on a broker: appends any bytes, leaves transactions, deletes records."""

import itertools
import struct
import time

import oracle  # noqa: F401  (says where the modules of the check are)

import kafka_batch
from kafka_connection import Connection, text

_PRODUCE, _FIND_COORDINATOR, _DELETE_RECORDS = 0, 10, 21
_INIT_PRODUCER_ID, _ADD_PARTITIONS_TO_TXN, _END_TXN = 22, 24, 26
_VERSIONS = {_PRODUCE: 3, _FIND_COORDINATOR: 1, _DELETE_RECORDS: 0, _INIT_PRODUCER_ID: 0, _ADD_PARTITIONS_TO_TXN: 0,
             _END_TXN: 0}
_ACKS_ALL = -1
_MS_MAX = 10_000
_TRANSACTION_MS_MAX = 600_000
_TRANSACTIONAL = 0x10
_NO_PRODUCER = (-1, -1)
_OF_TRANSACTIONS = 1  # type of a coordinator
_LOADING = (14, 15, 16)  # errors: the coordinator of transactions isn't there yet
_LOADING_SECONDS_MAX, _PAUSE_SECONDS = 30, 0.1


def _varint(value):
    value = value << 1 ^ value >> 63
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(made) + bytes([value])


def _batch(values, producer=_NO_PRODUCER, sequence=-1, attributes=0):
    """No headers. A value may be (key, value), of which the value may be None."""
    records = b""
    for number, value in enumerate(values):
        key, value = value if isinstance(value, tuple) else (None, value)
        record = b"\0\0" + _varint(number) + b"".join(
            _varint(-1) if each is None else _varint(len(each)) + each for each in (key, value)) + b"\0"
        records += _varint(len(record)) + record
    checked = struct.pack(">hiqqqhii", attributes, len(values) - 1, 0, 0, *producer, sequence, len(values)) + records
    content = struct.pack(">ibI", -1, 2, kafka_batch.crc32c(checked)) + checked
    return struct.pack(">qi", 0, len(content)) + content


class Stranger:
    """Of a cluster of one broker."""

    def __init__(self, broker, topic):
        host, _, port = broker.rpartition(":")
        self._connection = Connection(host, int(port), _VERSIONS)
        self._topic, self._names = text(topic), (f"{topic}-{number}" for number in itertools.count())

    def close(self):
        self._connection.close()

    def append(self, partition, values):
        self._produce(partition, _batch(values), struct.pack(">h", -1))

    def leave_transaction(self, partition, values, end=None):
        """A transaction with these records: committed, aborted or, with None, left open."""
        name = text(next(self._names))
        producer = self._new_producer(name)
        answer = self._connection.ask(_ADD_PARTITIONS_TO_TXN, name + struct.pack(">qhi", *producer, 1) + self._topic +
                                      struct.pack(">ii", 1, partition))
        answer.number("i"), answer.number("i"), answer.text()
        self._accept(answer.numbers("iih")[2])
        self._produce(partition, _batch(values, producer, 0, _TRANSACTIONAL), name)
        if end:
            body = name + struct.pack(">qh?", *producer, end == "committed")
            self._accept(self._connection.ask(_END_TXN, body).numbers("ih")[1])

    def delete_records(self, partition, before):
        answer = self._connection.ask(_DELETE_RECORDS, struct.pack(">i", 1) + self._topic +
                                      struct.pack(">iiqi", 1, partition, before, _MS_MAX))
        answer.number("i"), answer.number("i"), answer.text()
        self._accept(answer.numbers("iiqh")[3])

    def _produce(self, partition, batch, transaction):
        body = (transaction + struct.pack(">hii", _ACKS_ALL, _MS_MAX, 1) + self._topic +
                struct.pack(">iii", 1, partition, len(batch)) + batch)
        answer = self._connection.ask(_PRODUCE, body)
        answer.number("i"), answer.text()
        self._accept(answer.numbers("iih")[2])

    def _new_producer(self, name):
        give_up = time.monotonic() + _LOADING_SECONDS_MAX
        while True:
            error = self._connection.ask(_FIND_COORDINATOR, name + bytes([_OF_TRANSACTIONS])).numbers("ih")[1]
            if not error:
                answer = self._connection.ask(_INIT_PRODUCER_ID, name + struct.pack(">i", _TRANSACTION_MS_MAX))
                _, error, identity, epoch = answer.numbers("ihqh")
            if error not in _LOADING or time.monotonic() > give_up:
                self._accept(error)
                return identity, epoch
            time.sleep(_PAUSE_SECONDS)

    @staticmethod
    def _accept(error):
        if error:
            raise AssertionError(f"the broker answers with error {error}")
