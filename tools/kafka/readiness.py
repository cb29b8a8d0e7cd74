"""When a cluster is ready: not when a port is open, but when it does what we start it for.

Every broker names all of them, a topic can be made over all of them, and an idempotent produce with
acks=all is acknowledged by each. The topic has a name of its own and is deleted again.
"""

import struct
import time

import wire
from failure import Failure

READY_SECONDS_MAX = 60
_POLL_SECONDS = 0.05


def wait_until_works(ports, check_alive):
    """ports: {broker id: port}, of all brokers. check_alive raises when waiting has lost its point."""
    topic = f"tools-kafka-ready-{time.time_ns()}"
    _until_passes(lambda: _probe(ports, topic), check_alive)


def wait_until_caught_up(broker, ports, check_alive):
    """The broker, back among those of ports, is in sync for every partition it is a replica of."""
    _until_passes(lambda: _caught_up(broker, ports), check_alive)


def _until_passes(probe, check_alive):
    deadline = time.monotonic() + READY_SECONDS_MAX
    while True:
        check_alive()
        try:
            return probe()
        except (wire.NotReady, struct.error, UnicodeDecodeError) as reason:
            if time.monotonic() > deadline:
                raise Failure(f"the brokers were not ready after {READY_SECONDS_MAX} s: {reason}")
        time.sleep(_POLL_SECONDS)


def _everyone_lists_everyone(ports):
    for broker, port in ports.items():
        listed, _ = wire.metadata(port, topics=[])
        if listed != set(ports):
            raise wire.NotReady(f"broker {broker} lists brokers {sorted(listed)}, "
                                f"not {sorted(ports)}")


def _probe(ports, topic):
    _everyone_lists_everyone(ports)
    some_port = next(iter(ports.values()))
    # As many partitions as brokers: KRaft places the leaders round robin, so each broker gets one.
    wire.create_topic(some_port, topic, partitions=len(ports), replicas=len(ports))
    _, partitions = wire.metadata(some_port, [topic])
    if len(partitions) != len(ports):
        raise wire.NotReady("the topic of the probe is not in the metadata yet")
    for partition in partitions:
        if partition["leader"] not in ports:
            raise wire.NotReady(f"partition {partition['index']} of the probe has no leader")
        port = ports[partition["leader"]]
        wire.produce(port, topic, partition["index"], wire.new_producer(port))
    wire.delete_topic(some_port, topic)


def _caught_up(broker, ports):
    _everyone_lists_everyone(ports)
    _, partitions = wire.metadata(ports[broker])
    for partition in partitions:
        if broker in partition["replicas"] and broker not in partition["in_sync"]:
            raise wire.NotReady(f"broker {broker} has not caught up with {partition['topic']} "
                                f"{partition['index']}")
