#!/usr/bin/env python3
"""The proxy does what its rules say, to an echo server."""

import contextlib
import socket
import threading
import time
import unittest

from proxy import Proxy

SECONDS_MAX = 10
SHORT = 0.2


class Echo:
    """Sends back what it gets; keeps it too, in the order of the connections."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.heard = []
        self.changed = threading.Condition()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.heard.append(b"")
                threading.Thread(target=self._serve, args=(connection, len(self.heard) - 1), daemon=True).start()

    def _serve(self, connection, number):
        with connection, contextlib.suppress(OSError):
            while content := connection.recv(4096):
                with self.changed:
                    self.heard[number] += content
                    self.changed.notify_all()
                connection.sendall(content)

    def wait_for(self, number, content):
        with self.changed:
            return self.changed.wait_for(lambda: len(self.heard) > number and self.heard[number] == content,
                                         SECONDS_MAX)


class ProxyTest(unittest.TestCase):
    def setUp(self):
        self.echo = Echo()
        self.addCleanup(self.echo.listener.close)
        self.proxy = Proxy(self.echo.port, seed=7)
        self.addCleanup(self.proxy.close)

    def connect(self):
        client = socket.create_connection(("127.0.0.1", self.proxy.port), SECONDS_MAX)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.addCleanup(client.close)
        return client

    def read(self, client, count):
        content = b""
        while len(content) < count:
            piece = client.recv(count - len(content))
            if not piece:
                break
            content += piece
        return content

    def exchange(self, client, content):
        client.sendall(content)
        self.assertEqual(self.read(client, len(content)), content)

    def assert_silent(self, client):
        client.settimeout(SHORT)
        with self.assertRaises(TimeoutError):
            client.recv(1)
        client.settimeout(SECONDS_MAX)

    def assert_reset(self, client):
        with self.assertRaises(ConnectionError):
            if not client.recv(1):
                raise AssertionError("it was closed in good order")

    def test_without_rules_bytes_pass_both_ways_in_order(self):
        client = self.connect()
        for number in range(100):
            self.exchange(client, b"%d " % number * (number * 50 + 1))

    def test_an_end_passes_too(self):
        client = self.connect()
        client.sendall(b"bye")
        client.shutdown(socket.SHUT_WR)
        self.assertEqual(self.read(client, 4), b"bye")
        self.assertEqual(client.recv(1), b"")

    def test_a_delay_takes_time_and_keeps_the_order(self):
        client = self.connect()
        self.proxy.slow(0.1, jitter=0.05)
        begin = time.monotonic()
        for number in range(20):
            client.sendall(b"%02d" % number)
        self.assertEqual(self.read(client, 40), b"".join(b"%02d" % number for number in range(20)))
        self.assertGreaterEqual(time.monotonic() - begin, 0.2)

    def test_what_is_held_goes_on_when_it_is_let_go(self):
        client = self.connect()
        self.exchange(client, b"a")
        self.proxy.hold(up=True)
        client.sendall(b"b")
        self.assert_silent(client)
        self.assertEqual(self.proxy.held_bytes("up"), 1)
        self.proxy.heal()
        self.assertEqual(self.read(client, 1), b"b")

    def test_what_is_held_arrives_though_its_sender_was_killed(self):
        client = self.connect()
        self.exchange(client, b"a")
        self.proxy.hold(up=True)
        client.sendall(b"late")
        while self.proxy.held_bytes("up") < 4:
            time.sleep(0.001)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        client.close()
        self.proxy.heal()
        self.assertTrue(self.echo.wait_for(0, b"alate"), self.echo.heard)

    def test_one_way_cut(self):
        client = self.connect()
        self.exchange(client, b"a")
        self.proxy.cut(up=False, down=True)
        client.sendall(b"b")
        self.assertTrue(self.echo.wait_for(0, b"ab"))
        self.assert_silent(client)
        self.proxy.heal()
        self.assert_reset(client)
        self.exchange(self.connect(), b"c")

    def test_both_ways_cut(self):
        client = self.connect()
        self.exchange(client, b"a")
        self.proxy.cut()
        client.sendall(b"b")
        self.assert_silent(client)
        self.assertEqual(self.proxy.bytes_lost, 1)
        self.proxy.heal()
        self.assert_reset(client)
        self.assertEqual(self.echo.heard, [b"a"])

    def test_dropped_after_some_bytes(self):
        client = self.connect()
        self.exchange(client, b"a")
        self.proxy.drop_after(up=3)
        client.sendall(b"bcdef")
        self.assertTrue(self.echo.wait_for(0, b"abcd"), self.echo.heard)
        with self.assertRaises(ConnectionError):
            while client.recv(1):
                pass
            raise ConnectionError  # An end instead of a reset: the echo was under way.
        self.exchange(self.connect(), b"again")

    def test_reset_and_refuse(self):
        client = self.connect()
        self.exchange(client, b"a")
        self.proxy.reset()
        self.assert_reset(client)
        with self.proxy.rules():
            self.proxy.refuse = True
        with self.assertRaises(ConnectionError):
            refused = self.connect()
            refused.sendall(b"x")
            if not refused.recv(1):
                raise ConnectionError
        self.proxy.heal()
        self.exchange(self.connect(), b"c")

    def test_a_server_that_is_away(self):
        self.echo.listener.shutdown(socket.SHUT_RDWR)  # Before a close, which would wait for the accept under way.
        self.echo.listener.close()
        with self.assertRaises(ConnectionError):
            client = self.connect()
            client.sendall(b"x")
            if not client.recv(1):
                raise ConnectionError


if __name__ == "__main__":
    unittest.main()
