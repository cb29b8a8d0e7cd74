"""Rows 3 and 5: brokers that are killed, restarted in turn, or too few."""

import time

import benefits as tool
import kafka_wire
import oracle
from ledger_site import Site
from scene import CLUSTER, KAFKA, row
from workload import mixed
from writer import Writer

PAUSE_SECONDS_MAX = 30  # without any answer, one broker of three being away
AWAY_SECONDS = 2


@row(3, "broker killed and started again", "SIGKILL of the JVM under load", (KAFKA,))
def broker_killed(scene):
    site = Site(scene)
    writer = Writer(site, mixed(20_000, scene.dice), "writer", proxied=False)
    for _ in range(scene.times(2, 10)):
        scene.require(writer.works(), f"it doesn't work: {writer.submission.said()}")
        time.sleep(scene.dice.uniform(0, 0.5))
        site.brokers.kill()
        scene.injected += 1
        time.sleep(scene.dice.uniform(0, AWAY_SECONDS))
        site.brokers.start()
        scene.require(writer.works(), f"it doesn't work again: {writer.submission.said()}")
    writer.end()
    oracle.check(site)
    scene.remark(f"{writer.told()}; longest time without an answer {writer.longest_pause:.1f} s")


@row(3, "brokers restarted one after the other", "SIGKILL, then a stop in good order, of each of three", (CLUSTER,))
def rolling_restart(scene):
    site = Site(scene)
    writer = Writer(site, mixed(40_000, scene.dice), "writer", proxied=False)
    for _ in range(scene.times(1, 4)):
        for end in (site.brokers.kill, site.brokers.stop):
            for index in range(len(site.brokers.brokers)):
                scene.require(writer.works(), f"it doesn't work: {writer.submission.said()}")
                end(index)
                scene.injected += 1
                scene.require(writer.works(PAUSE_SECONDS_MAX),
                              f"with two of three brokers it doesn't work: {writer.submission.said()}")
                site.brokers.start(index)
    writer.end()
    oracle.check(site)
    scene.require(writer.begun == 1, f"the program gave up {writer.begun - 1} times with two of three brokers there")
    scene.remark(f"{writer.told()}; longest time without an answer {writer.longest_pause:.1f} s")


def require_min_in_sync(site, count):
    """Of the ledger's topic alone."""
    port = next(site.brokers.port_of(index) for index in range(3) if site.brokers.is_up(index))
    settings = kafka_wire.settings_of(port, site.ledger_topic())
    settings["min.insync.replicas"] = str(count)
    # The controller answers where it is; any broker passes the request on.
    kafka_wire.set_settings(port, site.ledger_topic(), settings)


@row(5, "in-sync replicas below the minimum", "minimum 3 and a broker stopped", (CLUSTER,))
def too_few_in_sync(scene):
    site = Site(scene)
    lines = mixed(60_000, scene.dice)
    for number in range(scene.times(1, 3)):
        writer = Writer(site, lines[number * 20_000:(number + 1) * 20_000], "writer", proxied=False, patience=5)
        scene.require(writer.works(), f"it doesn't work: {writer.submission.said()}")
        site.direct("show", "steady-000")  # A node that has read nothing yet has nothing to answer from.
        require_min_in_sync(site, 3)
        site.brokers.stop(number % 3)
        scene.injected += 1
        time.sleep(12)
        check_queries(scene, site, writer)
        site.brokers.start(number % 3)
        require_min_in_sync(site, 2)
        scene.require(writer.works(), f"it doesn't work again: {writer.submission.said()}")
        writer.end()
        not_said = [answer for answer in writer.submission.answers
                    if answer["outcome"] in ("failed", "unknown") and not answer.get("code")]
        scene.require(not not_said, f"without a code: {not_said[:1]}")
        scene.remark(writer.told())
    oracle.check(site)


@row(5, "majority of the brokers away", "SIGKILL of two of three", (CLUSTER,))
def two_of_three_away(scene):
    site = Site(scene)
    writer = Writer(site, mixed(20_000, scene.dice), "writer", proxied=False, patience=5)
    for number in range(scene.times(1, 3)):
        scene.require(writer.works(), f"it doesn't work: {writer.submission.said()}")
        site.direct("show", "steady-000")
        away = [(number + 1) % 3, (number + 2) % 3]
        for index in away:
            site.brokers.kill(index)
        scene.injected += 1
        time.sleep(12)
        check_queries(scene, site, writer)
        site.brokers.start_all(away)
        scene.require(writer.works(), f"it doesn't work again: {writer.submission.said()}")
    writer.end()
    oracle.check(site)
    scene.remark(writer.told())


def check_queries(scene, site, writer):
    """While nothing can be written, queries are answered, and say how old their answers are."""
    for command in (("show", "steady-000"), ("stat",)):
        run = site.direct(*command, seconds=60)
        if scene.require(run.code == tool.DONE, f"a query while writes wait: {run}"):
            scene.require(not run.err or "up to entries of 2" in run.err or "lag" in run.out,
                          f"an old answer that doesn't say how old it is: {run}")
            scene.notes.append(str(run))
