"""Rows 4, 7 and 18: what a network does between a writer and its brokers."""

import time

import oracle
from ledger_site import Site
from scene import KAFKA, row
from submission import Submission
from workload import mixed, of_partners
from writer import Writer

def cuts(proxy, dice):
    """Name of the fault, and what brings it about."""
    return [
        ("both ways cut", lambda: proxy.cut()),
        ("cut towards the broker", lambda: proxy.cut(up=True, down=False)),
        ("cut towards the client", lambda: proxy.cut(up=False, down=True)),
        ("late by 0.3 to 0.6 s", lambda: proxy.slow(0.3, jitter=0.3)),
        ("dropped after some bytes up", lambda: proxy.drop_after(up=dice.randint(1, 20_000))),
        ("dropped after some bytes down", lambda: proxy.drop_after(down=dice.randint(1, 20_000))),
        ("reset", lambda: proxy.reset()),
        ("refused", lambda: refuse(proxy)),
        ("held and let go", lambda: proxy.hold(up=True, down=True)),
    ]


def refuse(proxy):
    with proxy.rules():
        proxy.refuse = True
    proxy.reset()


@row(4, "client and broker cut apart", "proxy: cut, one way, late, dropped, reset, refused, held", (KAFKA,))
def cut_apart(scene):
    lines = mixed(10_000, scene.dice)
    patience = 2 if scene.quick else 10
    for number in range(scene.times(1, 4)):
        site = Site(scene, name=f"ledger-{number}")
        proxy = site.brokers.proxies[0]
        writer = Writer(site, lines, patience=patience)
        faults = cuts(proxy, scene.dice)
        scene.dice.shuffle(faults)
        for name, inject in faults:
            scene.require(writer.works(), f"it doesn't work before: {name}: {writer.submission.said()}")
            inject()
            scene.injected += 1
            # Sometimes shorter than its patience, sometimes longer.
            time.sleep(scene.dice.uniform(0.5, 1.0 if scene.quick else 2 * patience))
            proxy.heal()
            scene.require(writer.works(), f"it doesn't work after: {name}: {writer.submission.said()}")
        writer.end()
        oracle.check(site)
        scene.remark(writer.told())


@row(7, "record delayed past a takeover", "proxy holds Produce, another writer takes over, let go", (KAFKA,))
def delayed_past_a_takeover(scene):
    lines = mixed(2000, scene.dice)
    void = 0
    for number in range(scene.times(2, 20)):
        site = Site(scene, name=f"ledger-{number}", partitions=1)
        proxy = site.brokers.proxies[0]
        late = Submission(site, site.node("a", proxied=True), of_partners(lines, 0, 2))
        scene.require(late.wait_for_answers(100), f"it doesn't begin: {late.said()}")
        proxy.hold(up=True)
        scene.injected += 1
        deadline = time.monotonic() + 10
        while proxy.held_bytes("up") < 1000 and time.monotonic() < deadline:
            time.sleep(0.01)
        held = proxy.held_bytes("up")
        scene.require(held >= 1000, f"nothing was held: {held} bytes")
        dies = number % 2
        if dies:
            late.kill()
        site.submit(of_partners(lines, 1, 2), node=site.node("b"))
        site.submit(late.fed[-100:], node=site.node("b"))
        proxy.heal()
        if not dies:
            scene.require(late.wait_for_answers(50), f"it doesn't go on: {late.said()}")
            late.end()
        total = oracle.check(site)
        if total:
            scene.require(total["void"] > 0, f"nothing came late: {total}")
            void += total["void"]
    scene.remark(f"{void} records void")
