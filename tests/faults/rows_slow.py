"""Rows 18 and 19: what is slow, and what is scarce."""

import resource
import signal
import time

import oracle
from ledger_site import Site
from scene import BOTH, CLUSTER, EMBEDDED, KAFKA, row
from shim import Shim
from submission import Submission
from workload import mixed
from writer import Writer

MEMORY_MEBIBYTES_MAX = 512
BUSY_SECONDS = 3
MEBIBYTE = 1 << 20


def memory_mebibytes(submission):
    """The most that the process has had so far."""
    try:
        with open(f"/proc/{submission.process.pid}/status") as status:
            return next(int(line.split()[1]) >> 10 for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0


def watch(scene, submission, seconds):
    """Its memory is bounded, however long things take."""
    used, deadline = 0, time.monotonic() + seconds
    while time.monotonic() < deadline and submission.is_alive():
        used = max(used, memory_mebibytes(submission))
        time.sleep(0.05)
    scene.require(0 < used <= MEMORY_MEBIBYTES_MAX, f"{used} MiB of memory")
    scene.remark(f"{used} MiB at the most")


@row(18, "slow network", "proxy: every byte 0.2 to 0.4 s late, as much in flight as may be", (KAFKA,))
def slow_network(scene):
    site = Site(scene)
    lines = mixed(8000 if scene.quick else 200_000, scene.dice)
    site.brokers.proxies[0].slow(0.2, jitter=0.2)
    scene.injected += 1
    submission = Submission(site, site.node("proxied", proxied=True), lines, in_flight=8192, window=1 << 20)
    scene.require(submission.wait_for_answers(1000), f"it doesn't work: {submission.said()}")
    watch(scene, submission, BUSY_SECONDS if scene.quick else 10 * BUSY_SECONDS)
    site.brokers.proxies[0].heal()
    submission.end()
    check_settled(scene, submission)
    oracle.check(site)


def check_settled(scene, submission):
    """Slow is neither lost nor in doubt."""
    open_ = [answer for answer in submission.answers if answer["outcome"] in ("failed", "unknown")]
    scene.require(not open_, f"{len(open_)} commands came to nothing: {open_[:1]}")


@row(18, "slow reader", "nobody takes the answers for a while", BOTH)
def slow_reader(scene):
    site = Site(scene)
    lines = mixed(8000 if scene.quick else 200_000, scene.dice)
    submission = Submission(site, site.direct, lines, in_flight=8192, window=1 << 20)
    scene.require(submission.wait_for_answers(100), f"it doesn't work: {submission.said()}")
    for _ in range(scene.times(1, 10)):
        submission.be_deaf()
        scene.injected += 1
        watch(scene, submission, BUSY_SECONDS)
        submission.be_deaf(False)
        submission.wait_for_answers(500)
    submission.end()
    check_settled(scene, submission)
    oracle.check(site)


@row(18, "slow broker", "SIGSTOP and SIGCONT of a broker in turn", (KAFKA, CLUSTER))
def slow_broker(scene):
    site = Site(scene)
    writer = Writer(site, mixed(40_000, scene.dice), "direct", proxied=False)
    for number in range(scene.times(8, 60)):
        index = number % len(site.brokers.brokers)
        site.brokers.pause(index)
        time.sleep(scene.dice.uniform(0.05, 0.5))
        site.brokers.resume(index)
        scene.injected += 1
        time.sleep(scene.dice.uniform(0, 0.3))
    scene.require(writer.works(), f"it doesn't work: {writer.submission.said()}")
    watch(scene, writer.submission, 0.1)
    writer.end()
    check_settled(scene, writer.submission)
    oracle.check(site)
    scene.remark(f"longest time without an answer {writer.longest_pause:.1f} s")


@row(18, "slow disk", "every fsync takes 0.1 s longer", (EMBEDDED,))
def slow_disk(scene):
    site, shim = Site(scene), Shim(scene, "/log/")
    shim.set(sync_delay_ns=100_000_000)
    scene.injected += 1
    submission = Submission(site, site.direct, mixed(5000 if scene.quick else 50_000, scene.dice), in_flight=8192, window=1 << 20,
                            **shim.variables)
    scene.require(submission.wait_for_answers(200), f"it doesn't work: {submission.said()}")
    watch(scene, submission, BUSY_SECONDS if scene.quick else 10 * BUSY_SECONDS)
    submission.end()
    check_settled(scene, submission)
    oracle.check(site)


# Of address space, of files. On Kafka less than 2 GiB of addresses are refused at once.
MEMORY_LIMITS_MEBIBYTES = {EMBEDDED: (60, 120, 250, 400, 700), KAFKA: (60, 250, 1500, 2048, 2400)}
FILE_LIMITS = (8, 24, 40, 64, 100)


@row(19, "out of memory", "RLIMIT_AS from too little to scarcely enough", BOTH)
def out_of_memory(scene):
    limits = [limit * MEBIBYTE for limit in MEMORY_LIMITS_MEBIBYTES[scene.log]]
    limited(scene, resource.RLIMIT_AS, limits, MEBIBYTE, "MiB")


@row(19, "out of file descriptors", "RLIMIT_NOFILE from too few to scarcely enough", BOTH)
def out_of_files(scene):
    limited(scene, resource.RLIMIT_NOFILE, FILE_LIMITS, 1, "files")


def limited(scene, what, limits, unit, word):
    site = Site(scene)
    lines = mixed(20_000, scene.dice)
    at, came = 0, []
    for number in range(scene.times(1, 10)):
        for limit in limits:
            if number:
                limit += scene.dice.randrange(limit)
            submission = Submission(site, site.direct, lines[at:at + 1000], window=1 << 20, patience=5,
                                    preexec=lambda: resource.setrlimit(what, (limit, limit)))
            scene.injected += 1
            code = submission.finish(signals=(signal.SIGABRT,))
            at += min(len(submission.fed), 500)
            said = submission.said()
            scene.require(code >= 0 or "the process ends" in said.lower(), f"{limit // unit} {word}: {code}: {said}")
            scene.require(code in (0, 3) or said, f"{limit // unit} {word}: exit code {code} and not a word")
            came.append(f"{limit // unit} {word}: exit {code}")
    oracle.check(site)
    scene.remark(", ".join(came[:len(limits)]))
