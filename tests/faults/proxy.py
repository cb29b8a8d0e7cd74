"""A TCP proxy for tests: it stands between a program and a server and does to their bytes what a network may do.

Each direction (`up`: from the client to the server, `down`: back) has rules of its own, which may be changed at any
time from any thread:

    delay       seconds that every byte takes, and up to `jitter` more
    hold        bytes are taken in and kept; let go later, they go on in order, also when their sender is gone
    blackhole   bytes are thrown away; a connection that has lost some is reset when the rules are healed
    drop_after  after so many more bytes the connection is reset, in the middle of whatever it is

and the proxy as a whole can refuse new connections and reset those it has. No privileges, one thread, one seed.
"""

import collections
import contextlib
import random
import selectors
import socket
import struct
import threading
import time

_CHUNK_BYTES = 64 * 1024
_QUEUE_MAX_BYTES = 64 * 1024 * 1024  # of one direction of one connection; more stays in the kernel
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: on, no time: a close is a reset


class Rules:
    """What happens to the bytes of one direction."""

    def __init__(self):
        self.delay = self.jitter = 0.0
        self.hold = self.blackhole = False
        self.drop_after = None


class _Flow:
    """One direction of one connection. Bytes wait here until they are due."""

    def __init__(self, rules, source, target):
        self.rules, self.source, self.target = rules, source, target
        self.queue = collections.deque()  # (due, bytes)
        self.queued_bytes = 0
        self.ended = False  # the source has no more
        self.passed_on_end = False
        self.lost_bytes = 0

    def put(self, due, content):
        self.queue.append((due, content))
        self.queued_bytes += len(content)

    def due(self):
        """When the first bytes may go on; None when nothing is to be done."""
        if self.rules.hold:
            return None
        if self.queue:
            return self.queue[0][0]
        return 0.0 if self.ended and not self.passed_on_end else None

    def send(self):
        if not self.queue:
            self.passed_on_end = True
            with contextlib.suppress(OSError):  # It may be gone already.
                self.target.shutdown(socket.SHUT_WR)
            return
        due, content = self.queue.popleft()
        sent = self.target.send(content)
        self.queued_bytes -= sent
        if sent < len(content):
            self.queue.appendleft((due, content[sent:]))


class _Connection:
    def __init__(self, proxy, client, server):
        self.sockets = (client, server)
        self.up = _Flow(proxy.up, client, server)
        self.down = _Flow(proxy.down, server, client)
        self.flows = (self.up, self.down)

    def has_lost(self):
        return any(flow.lost_bytes for flow in self.flows)

    def is_over(self):
        return all(flow.passed_on_end for flow in self.flows)


class Proxy:
    """Listens on a free loopback port and connects each client to 127.0.0.1:`server_port`."""

    def __init__(self, server_port, seed=0):
        self.server_port = server_port
        self.up, self.down = Rules(), Rules()
        self.refuse = False
        self.connections_made = self.connections_reset = self.bytes_lost = 0
        self._dice = random.Random(seed)
        self._lock = threading.Lock()
        self._connections = set()
        self._resets_wanted = None
        self._ending = False
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._listener.setblocking(False)
        self.port = self._listener.getsockname()[1]
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_out.setblocking(False)
        self._thread = threading.Thread(target=self._run, name=f"proxy-{self.port}", daemon=True)
        self._thread.start()

    @contextlib.contextmanager
    def rules(self):
        """Rules are changed within this block, all at once."""
        with self._lock:
            yield self
        self._wake()

    def cut(self, up=True, down=True):
        with self.rules():
            self.up.blackhole, self.down.blackhole = up, down

    def hold(self, up=False, down=False):
        with self.rules():
            self.up.hold, self.down.hold = up, down

    def slow(self, seconds, jitter=0.0):
        with self.rules():
            for side in (self.up, self.down):
                side.delay, side.jitter = seconds, jitter

    def drop_after(self, up=None, down=None):
        with self.rules():
            self.up.drop_after, self.down.drop_after = up, down

    def heal(self):
        """No rules any more; what is held goes on, a connection that has lost bytes is reset."""
        with self.rules():
            self.refuse = False
            for side in (self.up, self.down):
                side.__init__()
            self._want_reset(lambda connection: connection.has_lost())

    def reset(self):
        """Every connection ends at once, with what it holds."""
        with self.rules():
            self._want_reset(lambda connection: True)

    def held_bytes(self, direction):
        """Of "up" or "down", of all connections."""
        with self._lock:
            return sum(getattr(connection, direction).queued_bytes for connection in self._connections)

    def close(self):
        self._ending = True
        self._wake()
        self._thread.join()

    def _want_reset(self, chosen):
        before = self._resets_wanted
        self._resets_wanted = chosen if before is None else lambda one: before(one) or chosen(one)

    def _wake(self):
        # It is awake already, or has ended and closed this.
        with contextlib.suppress(OSError):
            self._wake_in.send(b"!")

    # The thread's own, under the lock but for its waits.

    def _run(self):
        while not self._ending:
            ready = self._wait()
            with self._lock:
                self._reset_chosen()
                for where in ready:
                    self._serve(where)
        for connection in list(self._connections):
            self._end(connection, reset=True)
        for one in (self._listener, self._wake_in, self._wake_out):
            one.close()

    def _wait(self):
        """What can be read or written now: the listener, or (connection, flow, "read" or "write")."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_out, selectors.EVENT_READ, [])
            selector.register(self._listener, selectors.EVENT_READ, ["accept"])
            with self._lock:
                timeout = self._register(selector)
            events = selector.select(timeout)
        ready = []
        for key, mask in events:
            if key.fileobj is self._wake_out:
                with contextlib.suppress(BlockingIOError):
                    self._wake_out.recv(4096)
            ready += [where for where in key.data if where == "accept" or where[3] & mask]
        return ready

    def _register(self, selector):
        """Returns the seconds until the next bytes are due, None for ever."""
        now, next_due = time.monotonic(), None
        for connection in self._connections:
            wanted = collections.defaultdict(list)
            for flow in connection.flows:
                if not flow.ended and flow.queued_bytes < _QUEUE_MAX_BYTES:
                    wanted[flow.source].append((connection, flow, "read", selectors.EVENT_READ))
                due = flow.due()
                if due is not None and due <= now:
                    wanted[flow.target].append((connection, flow, "write", selectors.EVENT_WRITE))
                elif due is not None:
                    next_due = due if next_due is None else min(next_due, due)
            for one, what in wanted.items():
                mask = 0
                for _, _, _, event in what:
                    mask |= event
                selector.register(one, mask, what)
        return None if next_due is None else max(0.0, next_due - now)

    def _serve(self, where):
        if where == "accept":
            return self._accept()
        connection, flow, what, _ = where
        if connection not in self._connections:
            return None
        try:
            if what == "read":
                self._read(connection, flow)
            elif flow.due() is not None:
                flow.send()
        except (BlockingIOError, InterruptedError):
            return None
        except OSError:
            return self._broken(connection, flow, what)
        if connection.is_over():
            self._end(connection)
        return None

    def _broken(self, connection, flow, what):
        """A client that was killed is gone, and what it sent before and is held still goes on."""
        if what == "read" and flow.queue and flow is connection.up:
            flow.ended = connection.down.ended = connection.down.passed_on_end = True
            connection.down.queue.clear()
            connection.down.queued_bytes = 0
        else:
            self._end(connection, reset=True)

    def _accept(self):
        try:
            client, _ = self._listener.accept()
        except OSError:
            return
        server = None
        try:
            if self.refuse:
                raise ConnectionRefusedError
            server = socket.create_connection(("127.0.0.1", self.server_port), 5)
        except OSError:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            client.close()
            return
        for one in (client, server):
            one.setblocking(False)
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connections.add(_Connection(self, client, server))
        self.connections_made += 1

    def _read(self, connection, flow):
        content = flow.source.recv(_CHUNK_BYTES)
        if not content:
            flow.ended = True
            return
        rules = flow.rules
        if rules.blackhole:
            flow.lost_bytes += len(content)
            self.bytes_lost += len(content)
            return
        if rules.drop_after is not None:
            if len(content) > rules.drop_after:
                with contextlib.suppress(OSError):
                    flow.target.send(content[:rules.drop_after])
                rules.drop_after = None
                self._end(connection, reset=True)
                return
            rules.drop_after -= len(content)
        wait = rules.delay + self._dice.uniform(0, rules.jitter)
        earliest = flow.queue[-1][0] if flow.queue else 0.0  # Bytes never overtake each other.
        flow.put(max(earliest, time.monotonic() + wait if wait else 0.0), content)

    def _reset_chosen(self):
        chosen, self._resets_wanted = self._resets_wanted, None
        if chosen:
            for connection in [one for one in self._connections if chosen(one)]:
                self._end(connection, reset=True)

    def _end(self, connection, reset=False):
        self._connections.discard(connection)
        self.connections_reset += reset
        for one in connection.sockets:
            if reset:
                with contextlib.suppress(OSError):
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            one.close()
