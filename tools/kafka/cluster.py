"""What a development cluster is on disk. One state directory holds one cluster:

    cluster.json            cluster id, heap, and of each broker id, port, controller port
    broker-I/               working directory of broker I (paths in its properties are relative to it)
        server.properties   written anew at each start
        log4j.properties
        pid
        formatted           there once data/ has been formatted in full
        data/               the log
        logs/               server.log, console.log, JVM crash reports
        tmp/                native libraries that the JVM unpacks

Ports are chosen once and kept, so that a broker comes back under its old address; only `up` of a
cluster of which no broker lives may choose new ones, when somebody else has taken an old one.
"""

import base64
import json
import os
import pathlib
import shutil
import socket
import uuid

from failure import Failure

_HEAP_OF_ONE_BROKER = "512m"
_HEAP_OF_THREE_BROKERS = "256m"

_LOG4J = """\
log4j.rootLogger=INFO, file
log4j.appender.file=org.apache.log4j.RollingFileAppender
log4j.appender.file.File=logs/server.log
log4j.appender.file.MaxFileSize=20MB
log4j.appender.file.MaxBackupIndex=2
log4j.appender.file.layout=org.apache.log4j.PatternLayout
log4j.appender.file.layout.ConversionPattern=%d{ISO8601} %p %m (%c)%n
"""


class Cluster:
    """The contents of cluster.json, in a directory."""

    def __init__(self, directory, cluster_id, heap, brokers):
        self.directory = directory
        self.cluster_id = cluster_id
        self.heap = heap
        self.brokers = brokers

    def broker_directory(self, broker):
        return self.directory / f"broker-{broker['id']}"

    def properties_file(self, broker):
        """Absolute: it stands in the command line of the process and tells whose broker that is."""
        return self.broker_directory(broker) / "server.properties"

    def bootstrap(self):
        return ",".join(f"127.0.0.1:{broker['port']}" for broker in self.brokers)

    def choose_ports(self):
        ports = _free_ports(2 * len(self.brokers))
        for broker in self.brokers:
            broker["port"], broker["controller_port"] = ports.pop(), ports.pop()

    def save(self):
        """Atomic: a reader sees the old or the new state."""
        content = {"cluster_id": self.cluster_id, "heap": self.heap, "brokers": self.brokers}
        draft = self.directory / "cluster.json.draft"
        draft.write_text(json.dumps(content, indent=4) + "\n")
        os.rename(draft, self.directory / "cluster.json")

    def write_configuration(self, broker):
        home = self.broker_directory(broker)
        for folder in ("logs", "tmp"):
            (home / folder).mkdir(parents=True, exist_ok=True)
        (home / "log4j.properties").write_text(_LOG4J)
        lines = (f"{key}={value}\n" for key, value in self._properties(broker).items())
        (home / "server.properties").write_text("".join(lines))

    def _properties(self, broker):
        replicas = len(self.brokers)
        in_sync_min = 1 if replicas == 1 else 2
        listener = f"PLAINTEXT://127.0.0.1:{broker['port']}"
        properties = {
            "process.roles": "broker,controller",
            "node.id": broker["id"],
            "controller.quorum.voters": ",".join(
                f"{voter['id']}@127.0.0.1:{voter['controller_port']}" for voter in self.brokers),
            "controller.listener.names": "CONTROLLER",
            "listeners": f"{listener},CONTROLLER://127.0.0.1:{broker['controller_port']}",
            "advertised.listeners": listener,
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "inter.broker.listener.name": "PLAINTEXT",
            "log.dirs": "data",
            "auto.create.topics.enable": "false",
            "default.replication.factor": replicas,
            "min.insync.replicas": in_sync_min,
            "num.network.threads": 2,
            "num.io.threads": 2,
            "background.threads": 2,
            "offsets.topic.num.partitions": 1,
            "offsets.topic.replication.factor": replicas,
            "transaction.state.log.num.partitions": 1,
            "transaction.state.log.replication.factor": replicas,
            "transaction.state.log.min.isr": in_sync_min,
            "group.initial.rebalance.delay.ms": 0,
            # The default of 128 MiB does not go together with a heap this small.
            "log.cleaner.dedupe.buffer.size": 4194304,
        }
        if replicas > 1:
            # A killed broker is to be noticed in a test's time, not in the default 9 s.
            properties["broker.heartbeat.interval.ms"] = 500
            properties["broker.session.timeout.ms"] = 3000
        return properties


def create(directory, count, heap):
    """Not saved yet. Ids are 1 to count."""
    # Java's Uuid in base64; one that starts with '-' would be read as an option by StorageTool.
    cluster_id = "-"
    while cluster_id.startswith("-"):
        cluster_id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    heap = heap or (_HEAP_OF_ONE_BROKER if count == 1 else _HEAP_OF_THREE_BROKERS)
    cluster = Cluster(directory, cluster_id, heap, [{"id": identity + 1} for identity in range(count)])
    cluster.choose_ports()
    return cluster


def load(directory):
    """None when the directory holds no cluster."""
    try:
        content = json.loads((directory / "cluster.json").read_text())
        return Cluster(directory, content["cluster_id"], content["heap"], content["brokers"])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise Failure(f"{directory / 'cluster.json'} is damaged ({error!r}): remove {directory}")


def delete(cluster):
    """Removes what is ours in the directory and nothing else; cluster.json last."""
    for broker in cluster.brokers:
        shutil.rmtree(cluster.broker_directory(broker), ignore_errors=True)
    (cluster.directory / "cluster.json").unlink()


def default_directory():
    state = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return pathlib.Path(state) / "benefits-ledger" / "kafka"


def port_is_free(port):
    with socket.socket() as probe:
        # As Java binds its listeners: what a killed broker left in TIME_WAIT does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_ports(count):
    """All bound at the same time, so that they differ."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
