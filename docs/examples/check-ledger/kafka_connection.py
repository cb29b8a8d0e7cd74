"""A connection to one Kafka broker: a request out, its response in (https://kafka.apache.org/protocol).

Versions of requests are the caller's; all that are used are older than the "flexible" ones, so numbers are big-endian,
a text begins with its length (2), an array with its count (4). Plain connections only, no TLS and no SASL.
"""

import itertools
import socket
import struct

_API_VERSIONS = 18
_ANSWER_BYTES_MAX = 256 << 20
_ANSWER_SECONDS_MAX = 10


class NoLog(Exception):
    """It can't be read; in words."""


class TryAgain(Exception):
    """A broker that doesn't answer, or not what was asked for; it may later."""


class Answer:
    """Reads the fields of a response, one after the other."""

    def __init__(self, content):
        self._content, self._at = content, 0

    def numbers(self, layout):
        found = struct.unpack_from(">" + layout, self._content, self._at)
        self._at += struct.calcsize(">" + layout)
        return found

    def number(self, layout):
        return self.numbers(layout)[0]

    def data(self, length):
        self._at += max(length, 0)
        return self._content[self._at - max(length, 0):self._at]

    def text(self):
        return self.data(self.number("h")).decode()

    def many(self, read):
        return [read() for _ in range(max(self.number("i"), 0))]


def text(value):
    """As a request has it."""
    return struct.pack(">h", len(value)) + value.encode()


class Connection:
    """`versions` are those of the requests that will be asked: number -> version."""

    def __init__(self, host, port, versions):
        self._name, self._versions, self._numbers = f"{host}:{port}", versions, itertools.count(1)
        try:
            self._socket = socket.create_connection((host, port), _ANSWER_SECONDS_MAX)
        except OSError as error:
            raise TryAgain(f"{self._name}: {error}") from error
        answer = self._ask(_API_VERSIONS, 0, b"")
        if answer.number("h"):
            raise NoLog(f"{self._name} doesn't speak as Kafka does")
        spoken = {request: (first, last) for request, first, last in answer.many(lambda: answer.numbers("hhh"))}
        for request, version in versions.items():
            first, last = spoken.get(request, (0, -1))
            if not first <= version <= last:
                raise NoLog(f"the broker {self._name} takes request {request} in versions {first} to {last}, not in "
                            f"{version}")

    def close(self):
        self._socket.close()

    def ask(self, request, body):
        return self._ask(request, self._versions[request], body)

    def _ask(self, request, version, body):
        number = next(self._numbers)
        content = struct.pack(">hhi", request, version, number) + text("check-ledger") + body
        try:
            self._socket.sendall(struct.pack(">i", len(content)) + content)
            length, = struct.unpack(">i", self._receive(4))
            if not 4 <= length <= _ANSWER_BYTES_MAX:
                raise NoLog(f"{self._name} doesn't speak as Kafka does")
            content = self._receive(length)
        except OSError as error:
            raise TryAgain(f"{self._name}: {error}") from error
        if struct.unpack_from(">i", content) != (number,):
            raise TryAgain(f"{self._name} answered another question")
        return Answer(content[4:])

    def _receive(self, count):
        content = bytearray()
        while len(content) < count:
            piece = self._socket.recv(count - len(content))
            if not piece:
                raise TryAgain(f"{self._name} closed the connection")
            content += piece
        return bytes(content)
