"""Real brokers for the fault rows: one, or a cluster of three, each with a second listener that is advertised under the
address of a proxy.

A client that begins at `bootstrap()` meets the brokers themselves, one that begins at `proxied_bootstrap()` never gets
round the proxies; both may work on one topic at the same time. The brokers among themselves go the direct way.
"""

import pathlib
import shutil
import signal
import socket
import sys
import time

import benefits as tool
from proxy import Proxy
from scene import Skipped

sys.path.append(str(tool.ROOT / "tools" / "kafka"))
import cluster as clusters  # noqa: E402
import jars  # noqa: E402
import process  # noqa: E402
import readiness  # noqa: E402
import wire  # noqa: E402
from failure import Failure  # noqa: E402

_LISTENER = "PROXIED"
_SESSION_SECONDS = 2
readiness.READY_SECONDS_MAX = 240  # The machine may be busy; it is no fault of the ledger.


class _Cluster(clusters.Cluster):
    """With the proxied listener in every broker's properties."""

    def write_configuration(self, broker):
        super().write_configuration(broker)
        file = self.properties_file(broker)
        properties = dict(line.split("=", 1) for line in file.read_text().splitlines())
        properties["listeners"] += f",{_LISTENER}://127.0.0.1:{broker['proxied_port']}"
        properties["advertised.listeners"] += f",{_LISTENER}://127.0.0.1:{broker['proxy'].port}"
        properties["listener.security.protocol.map"] += f",{_LISTENER}:PLAINTEXT"
        # One that was killed may come back only when its session is over; the default is 9 s.
        properties.update({"broker.heartbeat.interval.ms": 300, "broker.session.timeout.ms": 1000 * _SESSION_SECONDS})
        file.write_text("".join(f"{key}={value}\n" for key, value in properties.items()))


class Brokers:
    def __init__(self, count, folder, seed):
        try:
            self._java, self._libs = jars.find_java(), jars.fetch()
        except Failure as failure:
            raise Skipped(f"no Kafka: {failure}") from failure
        self._paused_at = {}
        made = clusters.create(pathlib.Path(folder), count, None)
        self.cluster = _Cluster(made.directory, made.cluster_id, made.heap, made.brokers)
        for number, broker in enumerate(self.brokers):
            while not clusters.port_is_free(port := _free_port()):
                pass
            broker["proxied_port"] = port
            broker["proxy"] = Proxy(port, seed + number)
        begin = time.monotonic()
        try:
            for broker in self.brokers:
                self.cluster.write_configuration(broker)
                process.format_data(self.cluster, broker, self._java, self._libs)
            for broker in self.brokers:
                self._launch(broker)
            readiness.wait_until_works(self._ports(self.brokers), self._check_alive)
        except BaseException:
            self.close()
            raise
        self.start_seconds = time.monotonic() - begin

    @property
    def brokers(self):
        return self.cluster.brokers

    @property
    def proxies(self):
        return [broker["proxy"] for broker in self.brokers]

    def bootstrap(self):
        return self.cluster.bootstrap()

    def proxied_bootstrap(self):
        return ",".join(f"127.0.0.1:{proxy.port}" for proxy in self.proxies)

    def kill(self, index=0):
        process.kill(self.cluster, [self.brokers[index]])

    def stop(self, index=0):
        process.stop(self.cluster, [self.brokers[index]])

    def start(self, index=0):
        """Returns when it works, and is in sync."""
        broker = self.brokers[index]
        self._launch(broker)
        ports = self._ports([one for one in self.brokers if one["jvm"].poll() is None])
        if len(self.brokers) > 1:
            readiness.wait_until_caught_up(broker["id"], ports, self._check_alive)
        else:
            readiness.wait_until_works(ports, self._check_alive)

    def start_all(self, indexes):
        """Those of a cluster that has lost its majority: none is ready before all are there."""
        for index in indexes:
            self._launch(self.brokers[index])
        for index in indexes:
            readiness.wait_until_caught_up(self.brokers[index]["id"], self._ports(self.brokers), self._check_alive)

    def is_up(self, index=0):
        return self.brokers[index]["jvm"].poll() is None

    def pause(self, index=0):
        """Returns when it stands: on a busy machine some threads go on for a while."""
        self.brokers[index]["jvm"].send_signal(signal.SIGSTOP)
        tasks = pathlib.Path(f"/proc/{self.brokers[index]['jvm'].pid}/task")
        while any(_state(task) not in "TZX" for task in tasks.iterdir()):
            time.sleep(0.005)
        self._paused_at[index] = time.monotonic()

    def resume(self, index=0):
        """Returns when it works again: one that was away for its session has to come back first."""
        self.brokers[index]["jvm"].send_signal(signal.SIGCONT)
        away = time.monotonic() - self._paused_at.pop(index, time.monotonic())
        if away > _SESSION_SECONDS / 2 and len(self.brokers) == 1:
            readiness.wait_until_works(self._ports(self.brokers), self._check_alive)

    def heal(self):
        """Everybody is up, nobody is paused, no proxy has a rule."""
        for proxy in self.proxies:
            proxy.heal()
        away = []
        for index in range(len(self.brokers)):
            if self.is_up(index):
                self.resume(index)
            else:
                away.append(index)
        if len(self.brokers) > 1:
            self.start_all(away)
        elif away:
            self.start()

    def close(self):
        for proxy in self.proxies:
            proxy.close()
        process.kill(self.cluster, self.brokers)
        shutil.rmtree(self.cluster.directory, ignore_errors=True)

    def leader_port(self, topic, partition):
        some = next(broker for broker in self.brokers if broker["jvm"].poll() is None)
        _, partitions = wire.metadata(some["port"], [topic])
        leader = next(one["leader"] for one in partitions if one["index"] == partition)
        return next(broker["port"] for broker in self.brokers if broker["id"] == leader)

    def port_of(self, index=0):
        return self.brokers[index]["port"]

    def _launch(self, broker):
        broker["jvm"] = process.start(self.cluster, broker, self._java, self._libs)

    def _ports(self, brokers):
        return {broker["id"]: broker["port"] for broker in brokers}

    def _check_alive(self):
        for broker in self.brokers:
            # One that was killed on purpose has no pid file any more.
            if broker["jvm"].poll() is not None and (self.cluster.broker_directory(broker) / "pid").exists():
                raise Failure(f"broker {broker['id']} has ended:" + process.log_tail(self.cluster, broker))


def _state(task):
    """A letter, as proc(5) has them; X when it has ended."""
    try:
        return (task / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
