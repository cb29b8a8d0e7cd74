"""Row 29: how long a command may wait, whatever it waits for, and how long a process takes to end. The input stays open
and no other line comes."""

import errno
import json
import signal
import time

import benefits as tool
import oracle
from kept_input import KeptInput
from ledger_site import Site
from scene import EMBEDDED, KAFKA, row
from shim import WRITE, Shim
from submission import Submission
from talk import END_SECONDS_MAX
from workload import agreement, mixed

PATIENCE_SECONDS = 2
BEYOND_SECONDS_MAX = 5  # of its patience, until it is answered
PARTNER = "steady-000"


def registration(partner, number=0):
    return json.dumps(tool.command(number, partner=partner))


def same_agreement(number, partner):
    """There is nothing to do: it holds at a proven end of the log."""
    return json.dumps(tool.command(f"{number}-again", partner=partner, type="AcceptAgreement",
                                   body={"agreement": f"a{number}"}))


def adding(user):
    return json.dumps(tool.command(f"add-{user}", partner=PARTNER, type="AddUser", body={
        "user": {"id": user, "name": "Lee", "email": f"{user}@contoso.example"}}))


# Name, lines that were answered before, lines that are given while nothing answers.
PHASES = (
    ("before the first command", [], [agreement(2, PARTNER)]),
    ("in a term", [agreement(2, PARTNER)], [agreement(3, PARTNER)]),
    ("keys to be written, of more than wait side by side", [agreement(2, PARTNER)],
     [registration(f"newcomer-{number}") for number in range(40)]),
    ("the end of the log is asked for", [agreement(2, PARTNER)], [same_agreement(2, PARTNER)]),
)


def site_with_partner(scene, name, **more):
    site = Site(scene, partitions=2, name=name, **more)
    site.submit([registration(PARTNER), agreement(1, PARTNER)])
    return site


def in_phases(scene, name, phases=PHASES, **variables):
    """[(phase, submit, lines)], each a ledger of its own, so that they don't wait for each other."""
    found = []
    for number, (phase, before, lines) in enumerate(phases):
        site = site_with_partner(scene, f"{name}-{number}")
        kept = KeptInput(site, site.direct, PATIENCE_SECONDS, **variables)
        for each in before:
            answer = kept.ask(each)
            scene.require(answer and answer["outcome"] == "accepted", f"{phase}: it doesn't work: {answer}: {kept.said()}")
        found.append((phase, kept, lines))
    return found


def check_all_answered(scene, what, kept):
    begin = time.monotonic()
    for _, each, lines in kept:
        each.give(*lines)
        scene.injected += 1
    for phase, each, lines in kept:
        for number in range(len(lines)):
            left = begin + PATIENCE_SECONDS + BEYOND_SECONDS_MAX - time.monotonic()
            answer = each.answer(max(left, 0.01))
            if not scene.require(answer and answer["outcome"] in ("failed", "unknown") and answer.get("code"),
                                 f"{what}, {phase}: no answer to line {number} of {len(lines)} within "
                                 f"{PATIENCE_SECONDS} s and {BEYOND_SECONDS_MAX} s: {answer}"):
                break


def check_ends(scene, what, kept, ways):
    """All told at once. The longest that one took."""
    for number, (_, each, _) in enumerate(kept):
        each.tell(ways[number % len(ways)])
    longest = 0
    for phase, each, _ in kept:
        took = each.ended_after()
        scene.require(took is not None and took <= END_SECONDS_MAX,
                      f"{what}, {phase}: told to end, it takes {took} s: {each.said()}")
        scene.require("benefits: " in each.said(), f"{what}, {phase}: it ends without a word")
        longest = max(longest, took or 60)
    return longest


END_OF_INPUT = None
WAYS = (signal.SIGTERM, END_OF_INPUT, signal.SIGINT)


def brokers_away(scene, what, inject):
    kept = in_phases(scene, what)
    inject()
    check_all_answered(scene, what, kept)
    # A line that is open when it is told to end.
    for _, each, _ in kept:
        each.give(agreement(9, PARTNER))
    longest = check_ends(scene, what, kept, WAYS)
    kept[0][1].site.brokers.heal()
    for _, each, _ in kept if not scene.quick else kept[1:2]:
        oracle.check(each.site)
    scene.remark(f"{what}: ends within {longest:.0f} s")


@row(29, "patience, broker frozen", "SIGSTOP before and in a term, at keys, at the end of the log; input kept open", (KAFKA,))
def broker_frozen(scene):
    brokers = scene.brokers()
    for _ in range(scene.times(1, 3)):
        brokers_away(scene, "frozen", brokers.pause)


@row(29, "patience, broker gone", "SIGKILL in the same places", (KAFKA,))
def broker_gone(scene):
    brokers = scene.brokers()
    for _ in range(scene.times(1, 3)):
        brokers_away(scene, "gone", brokers.kill)


@row(29, "patience, disk full", "ENOSPC on the log and the keys in the same places; input kept open", (EMBEDDED,))
def disk_full(scene):
    for _ in range(scene.times(1, 3)):
        shims, kept = [], []
        for path, phases in (("/log/", PHASES[:2]), ("/keys/", PHASES[2:3])):
            shims.append(Shim(scene, path))
            kept += in_phases(scene, f"full{path.strip('/')}{scene.injected}", phases, **shims[-1].variables)
        for shim in shims:
            shim.fail(WRITE, code=errno.ENOSPC)
        check_all_answered(scene, "disk full", kept)
        check_ends(scene, "disk full", kept, WAYS)
        for shim in shims:
            shim.heal()
        for _, each, _ in kept if not scene.quick else kept[1:]:
            oracle.check(each.site)


@row(29, "patience, disk frozen", "every fsync takes a minute; input kept open", (EMBEDDED,))
def disk_frozen(scene):
    for number in range(scene.times(1, 3)):
        shim = Shim(scene, "/log/")
        site = site_with_partner(scene, f"frozen-{number}")
        kept = KeptInput(site, site.direct, PATIENCE_SECONDS, **shim.variables)
        kept.ask(agreement(2, PARTNER))
        shim.set(sync_delay_ns=60_000_000_000)
        in_a_term = [("in a term", kept, [agreement(3, PARTNER)])]
        check_all_answered(scene, "disk frozen", in_a_term)
        check_ends(scene, "disk frozen", in_a_term, [signal.SIGTERM])
        shim.heal()
        oracle.check(site)


@row(29, "patience, slow reader", "nobody takes the answers for longer than the patience; told to stop meanwhile", (EMBEDDED,))
def slow_reader(scene):
    site = Site(scene, partitions=2)
    lines = mixed(4000, scene.dice)
    submission = Submission(site, site.direct, lines, in_flight=64, window=1 << 20, patience=1)
    scene.require(submission.wait_for_answers(10), f"it doesn't work: {submission.said()}")
    submission.be_deaf()
    scene.injected += 1
    time.sleep(1 + BEYOND_SECONDS_MAX + 2)
    scene.require(submission.is_alive(), f"a slow reader ended it: {submission.said()}")
    submission.be_deaf(False)
    scene.require(submission.wait_for_answers(200), f"it doesn't go on: {submission.said()}")
    in_trouble = [answer for answer in list(submission.answers) if answer["outcome"] in ("failed", "unknown")]
    scene.require(not in_trouble, f"a slow reader is called a silent log: {in_trouble[:1]}")
    submission.be_deaf()
    wait_until_it_stands(submission)
    begin = time.monotonic()
    submission.process.send_signal(signal.SIGTERM)
    time.sleep(7)  # Longer than it takes to give up handing on, shorter than all the time it has.
    submission.be_deaf(False)
    submission.finish(seconds=END_SECONDS_MAX)
    took = time.monotonic() - begin
    scene.require(took <= END_SECONDS_MAX, f"told to stop, it takes {took:.0f} s")
    said = f"what follows line {len(submission.answers)} of stdin was not sent"
    scene.require(said in submission.said(), f"{len(submission.answers)} lines are answered: {submission.said()}")
    scene.require(len(submission.answers) < len(lines), "nothing was left to be sent")
    oracle.check(site)


@row(29, "patience, stopped itself", "SIGSTOP of the program for longer than its patience, with commands in flight",
     (EMBEDDED, KAFKA))
def stopped_itself(scene):
    """What came meanwhile is read before anybody's time is over."""
    site = Site(scene, partitions=2)
    submission = Submission(site, site.direct, mixed(20_000, scene.dice), in_flight=512, window=1024,
                            patience=PATIENCE_SECONDS)
    for _ in range(scene.times(2, 10)):
        scene.require(submission.wait_for_answers(100), f"it doesn't go on: {submission.said()}")
        submission.pause()
        scene.injected += 1
        time.sleep(PATIENCE_SECONDS + 1)
        submission.resume()
    submission.wait_for_answers(100)
    submission.end()
    in_trouble = [answer for answer in submission.answers if answer["outcome"] in ("failed", "unknown")]
    scene.require(not in_trouble, f"{len(in_trouble)} came to nothing because its own time was over: {in_trouble[:1]}")
    oracle.check(site)


def wait_until_it_stands(submission):
    """Everything between it and its reader is full: it takes no more lines."""
    deadline, fed, since = time.monotonic() + 30, -1, time.monotonic()
    while time.monotonic() < deadline and time.monotonic() - since < 1:
        if len(submission.fed) != fed:
            fed, since = len(submission.fed), time.monotonic()
        time.sleep(0.05)


@row(29, "order behind a failure", "a broker frozen for longer than the patience; then all of it again", (KAFKA,))
def order_behind_failure(scene):
    for number in range(scene.times(1, 3)):
        site = site_with_partner(scene, f"order-{number}")
        site.submit([registration("other")])
        for name, lost in (("no-log", agreement(2, PARTNER)),
                           ("no-keys", adding("lee"))):
            kept = KeptInput(site, site.direct, PATIENCE_SECONDS)
            kept.ask(agreement(1, PARTNER))
            site.brokers.pause()
            scene.injected += 1
            first = kept.ask(lost)
            scene.require(first and first["outcome"] in ("failed", "unknown"), f"{name}: {first}")
            site.brokers.resume()
            follows = kept.ask(json.dumps(tool.command(f"{name}-b", partner=PARTNER, type="AcceptAgreement",
                                                       body={"agreement": f"{name}-b"})))
            scene.require(follows and (follows["outcome"], follows.get("code")) == ("failed", "after-failed"),
                          f"{name}: a line of the partner whose line before it came to nothing: {follows}")
            other = kept.ask(agreement(f"{name}-c", "other"))
            scene.require(other and other["outcome"] == "accepted", f"{name}: another partner's: {other}")
            clock = kept.ask('{"clock": "2020-09-02"}') if name == "no-keys" else None
            scene.require(name == "no-log" or clock and clock.get("code") == "after-failed",
                          f"{name}: a clock line behind it: {clock}")
            kept.end_of_input()
            site.sent.pop('{"clock": "2020-09-02"}', None)
            site.answers = [each for each in site.answers if "partner" in each[1]]
            run = site.submit([line for line in kept.given if "clock" not in line])
            scene.require([answer["outcome"] for answer in run.answers()] == ["accepted"] * len(run.answers()),
                          f"{name}: all of it again: {run}")
        oracle.check(site)


PURCHASE = {"order": "o1", "offer": "action-pack", "payment": "card", "charge": {"amount": 47500, "currency": "USD"},
            "terms_accepted": True, "confirmed": True}


@row(29, "keys wait as long as the command", "a broker frozen for less than the patience: a user, and what that user buys", (KAFKA,))
def keys_wait(scene):
    for number in range(scene.times(1, 2)):
        site = site_with_partner(scene, f"keys-{number}")
        kept = KeptInput(site, site.direct, 60)
        verified = kept.ask(json.dumps(tool.command("v", partner=PARTNER, actor="mailer", kind="system", reason="test",
                                                    type="VerifyContact", body={})))
        scene.require(verified and verified["outcome"] == "accepted", f"it doesn't work: {verified}")
        site.brokers.pause()
        kept.give(adding("lee"), json.dumps(tool.command("buy", partner=PARTNER, actor="lee", type="PurchaseOffer",
                                                         body=PURCHASE)))
        scene.injected += 1
        early = kept.answer(14)  # Keys used to be waited for for 12 s.
        scene.require(early is None, f"the broker is away, and it is answered: {early}")
        site.brokers.resume()
        for what in ("the user", "the purchase"):
            answer = kept.answer(60)
            scene.require(answer and answer["outcome"] == "accepted", f"{what}: {answer}")
        kept.end_of_input()
        oracle.check(site)
