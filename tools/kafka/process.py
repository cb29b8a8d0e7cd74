"""The JVM of one broker: started detached, found again by its pid file, stopped.

A pid file can outlive its process and its number can be given to another one. So a pid is ours only
while its command line names our server.properties, and nothing else is ever signalled.
"""

import contextlib
import os
import re
import select
import shutil
import signal
import subprocess
import time

from failure import Failure, say

# One broker stops in half a second; three at once take 6 s, because the last have no majority left to
# say goodbye to. What has not stopped by then has its log in the page cache: a KILL loses nothing.
STOP_SECONDS_MAX = 10
_KILL_SECONDS_MAX = 10
_FORMAT_SECONDS_MAX = 60
_TAIL_LINES = 20
_TAIL_BYTES_MAX = 16384
_HEAP_START = "128m"


def pid(cluster, broker):
    """Of the living process of this broker, None if there is none."""
    try:
        number = int((cluster.broker_directory(broker) / "pid").read_text())
        with open(f"/proc/{number}/cmdline", "rb") as file:
            arguments = file.read().split(b"\0")
    except (OSError, ValueError):
        return None
    return number if os.fsencode(cluster.properties_file(broker)) in arguments else None


def living(cluster):
    return [broker for broker in cluster.brokers if pid(cluster, broker)]


def format_data(cluster, broker, java, libs):
    """Once for each broker; what an interrupted call left is done again."""
    home = cluster.broker_directory(broker)
    if (home / "formatted").exists():
        return
    shutil.rmtree(home / "data", ignore_errors=True)
    command = [java, "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
               "-Dlog4j.configuration=file:log4j.properties", "-cp", f"{libs}/*",
               "kafka.tools.StorageTool", "format", "-t", cluster.cluster_id,
               "-c", "server.properties"]
    try:
        result = subprocess.run(command, cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, timeout=_FORMAT_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        raise Failure(f"formatting the data of broker {broker['id']} took more than "
                      f"{_FORMAT_SECONDS_MAX} s")
    if result.returncode != 0:
        raise Failure(f"could not format the data of broker {broker['id']}:\n{result.stdout.strip()}")
    (home / "formatted").touch()


def start(cluster, broker, java, libs):
    """Returns the Popen of a process in a session of its own, which outlives us."""
    home = cluster.broker_directory(broker)
    command = [java, f"-Xms{_HEAP_START}", f"-Xmx{cluster.heap}", "-XX:+UseSerialGC", "-Xss512k",
               "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError",
               f"-XX:ErrorFile={home}/logs/hs_err_%p.log", f"-Djava.io.tmpdir={home}/tmp",
               "-Dlog4j.configuration=file:log4j.properties", "-cp", f"{libs}/*",
               "kafka.Kafka", str(cluster.properties_file(broker))]
    for log in ("console.log", "server.log"):
        # The tail that a failure shows is to be of this start; the one before is kept beside it.
        if (home / "logs" / log).exists():
            os.replace(home / "logs" / log, home / "logs" / f"{log}.previous")
    with open(home / "logs" / "console.log", "wb") as console:
        process = subprocess.Popen(command, cwd=home, stdin=subprocess.DEVNULL, stdout=console,
                                   stderr=subprocess.STDOUT, start_new_session=True)
    (home / "pid").write_text(f"{process.pid}\n")
    return process


def stop(cluster, brokers):
    """TERM to all, a bounded wait, KILL to those that stay."""
    _end(cluster, brokers, ((signal.SIGTERM, STOP_SECONDS_MAX), (signal.SIGKILL, _KILL_SECONDS_MAX)))


def kill(cluster, brokers):
    _end(cluster, brokers, ((signal.SIGKILL, _KILL_SECONDS_MAX),))


def _end(cluster, brokers, steps):
    """Returns when the processes are gone, all their threads and sockets included.

    That is why we wait on a pidfd: the command line of an exiting process is empty well before its
    ports are free. It also keeps the number from being reused between the look and the signal.
    """
    with contextlib.ExitStack() as stack:
        rest = {}
        for broker in brokers:
            descriptor = _open(cluster, broker)
            if descriptor is not None:
                stack.callback(os.close, descriptor)
                rest[descriptor] = broker
        for number, seconds in steps:
            if number == signal.SIGKILL and len(steps) > 1 and rest:
                say("did not stop in time and is killed: " +
                    ", ".join(f"broker {broker['id']}" for broker in rest.values()))
            for descriptor in rest:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(descriptor, number)
            _wait_until_gone(rest, seconds)
    if rest:
        names = ", ".join(f"broker {broker['id']}" for broker in rest.values())
        raise Failure(f"{names}: still there {_KILL_SECONDS_MAX} s after a KILL")
    for broker in brokers:
        (cluster.broker_directory(broker) / "pid").unlink(missing_ok=True)


def _open(cluster, broker):
    """A pidfd of the broker's process, None if there is none."""
    number = pid(cluster, broker)
    if number is None:
        return None
    try:
        descriptor = os.pidfd_open(number)
    except ProcessLookupError:
        return None
    if pid(cluster, broker) == number:
        return descriptor
    os.close(descriptor)
    return None


def _wait_until_gone(processes, seconds):
    """Takes those that are gone out of the dict of pidfds."""
    deadline = time.monotonic() + seconds
    while processes and time.monotonic() < deadline:
        gone, _, _ = select.select(list(processes), [], [], deadline - time.monotonic())
        for descriptor in gone:
            del processes[descriptor]


def log_tail(cluster, broker):
    """The last lines of what the broker wrote since its start, with the names of the files."""
    text = ""
    for log in ("console.log", "server.log"):
        path = cluster.broker_directory(broker) / "logs" / log
        if path.exists() and path.stat().st_size > 0:
            lines = path.read_bytes()[-_TAIL_BYTES_MAX:].decode(errors="replace").splitlines()
            text += "\n".join(["", f"--- {path}"] + lines[-_TAIL_LINES:])
    return text or "\n(it has written no log)"


def port_was_taken(cluster, broker):
    """Whether a broker that has exited says so because of one of its ports."""
    return re.search("Address already in use|BindException", log_tail(cluster, broker)) is not None
