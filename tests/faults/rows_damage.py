"""Rows 13, 14 and 15: files that are cut, files with a wrong bit, and older copies of them put back."""

import json
import subprocess

import benefits as tool
import copies
import embedded_records
import mounts
import oracle
from copies import Copied
from ledger_site import Site
from scene import BOTH, EMBEDDED, row
from submission import Submission
from workload import generated, mixed

LAST_LINES = 6
IMAGE_MEBIBYTES = 96
COPY_SECONDS_MAX = 60


def small_ledger(scene, last_lines=LAST_LINES, killed=False):
    """Of one partition, whose newest file holds the last lines' entries. Killed, its views may be far behind."""
    site = Site(scene, partitions=1)
    lines = generated(4, scene.seed)
    site.submit(lines[:40])
    submission = Submission(site, site.direct, lines[40:40 + last_lines])
    scene.require(submission.wait_for_answers(last_lines), f"{submission.said()}")
    if killed:
        submission.kill()
    else:
        submission.end()
    return site


def cuts_of(scene, size):
    """Every byte; in a hurry the last ones and some others."""
    if not scene.quick:
        return range(size)
    return sorted(set(scene.dice.sample(range(size), min(size, scene.times(20, 0)))) | set(range(size - 4, size)))


@row(13, "log cut, nothing else left", "last file cut at every byte; no tail file, no views", (EMBEDDED,))
def log_cut(scene):
    """What is left is the beginning of what was there, and it is said that its end was torn."""
    site = small_ledger(scene, killed=True)
    whole = Copied(site, "whole").ledger.dump()  # An opening of the ledger itself would begin another file.
    copy = Copied(site, "cut")
    wal = copies.newest_wal(copy.folder / "log")
    content = wal.read_bytes()
    clean_ends = 0
    for size in cuts_of(scene, len(content)):
        copy = Copied(site, "cut")
        copies.truncate(wal, size)
        copy.remove("tail", "views")
        scene.injected += 1
        run = copy("log", "dump")
        if not scene.require(run.code == tool.DONE, f"cut at {size} of {len(content)}: {run}"):
            continue
        left = run.answers()
        scene.require(left == whole[:len(left)], f"cut at {size}: not a beginning of what was there")
        said = "unfinished" in run.err or "torn" in run.err or "dropped" in run.err
        clean_ends += not said
        scene.require(len(left) < len(whole), f"cut at {size} of {len(content)}, and nothing is missing")
        if size % 16 == 0:
            run = copy("verify", "-o", "json")
            scene.require(run.code == tool.DONE and run.document()["clean"], f"cut at {size}: {run}")
    # A commit is one record: only cuts between two of them leave nothing torn behind.
    scene.require(clean_ends <= 2 * LAST_LINES + 4, f"{clean_ends} cuts left a torn end and nothing was said")
    scene.remark(f"{len(content)} bytes, {clean_ends} cuts at a clean end")


@row(13, "log cut, witnesses left", "last file cut; the tail file or the views are ahead of it", (EMBEDDED,))
def log_cut_with_witness(scene):
    """Acknowledged entries are gone: refused."""
    site = small_ledger(scene)
    size_whole = copies.newest_wal(site.direct.folder / "log").stat().st_size
    step = 1 if scene.quick else 7
    for number, size in enumerate(list(cuts_of(scene, size_whole))[::step]):
        copy = Copied(site, "cut")
        copies.truncate(copies.newest_wal(copy.folder / "log"), size)
        kept, removed = ("views", "tail") if number % 2 else ("tail", "views")
        copy.remove(removed)
        scene.injected += 1
        for command in (("show", "p000001"), ("submit",)):
            run = copy(*command, given=generated(4, scene.seed)[0] + "\n" if command == ("submit",) else "")
            scene.require(run.code == tool.FAILED and ("acknowledged" in run.err or "views" in run.err),
                          f"cut at {size} of {size_whole}, {kept} left: {run}")


@row(13, "any other last file cut", "the newest file of keys, views, refusals, and the tail files, cut", BOTH)
def others_cut(scene):
    site = small_ledger(scene, 20)
    stores = ["views", "refusals"] + (["keys", "tail", "keys.tail"] if scene.log == EMBEDDED else [])
    said = {}
    for store in stores:
        for number in range(scene.times(3, 200)):
            copy = Copied(site, "cut")
            place = copy.folder / store
            files = [place] if place.is_file() else [file for file in place.iterdir() if file.stat().st_size]
            file = place if place.is_file() else newest(files, number)
            copies.truncate(file, scene.dice.randrange(file.stat().st_size))
            scene.injected += 1
            came = check_damaged(scene, site, copy, f"{store}/{file.name} cut", store)
            said.setdefault(store, set()).add(came)
    scene.remark("; ".join(f"{store}: {', '.join(sorted(came))}" for store, came in said.items()))


def newest(files, number):
    """That was written last, or the one before, and so on."""
    data = [file for file in files if not file.name.startswith(("LOG", "LOCK", "OPTIONS", "IDENTITY"))]
    return sorted(data, key=lambda file: file.stat().st_mtime_ns)[-1 - number % min(3, len(data))]


def check_damaged(scene, site, copy, what, store):
    """Found and named, or without any consequence; never a wrong answer, never an end by a signal. Views are made anew,
    keys and log are left as they are. Returns which of them."""
    runs = [copy("log", "dump"), copy("show", "p000001"), copy("verify")]
    for run in runs:
        scene.require(run.code >= 0, f"{what}: {run}")
        scene.require(run.code == tool.DONE or run.err.strip(), f"{what}, and not a word: {run}")
    if all(run.code == tool.DONE for run in runs):
        scene.require(runs[0].answers() == site.direct.dump(), f"{what}: another log is shown")
        scene.require(runs[1].out == site.direct("show", "p000001").out, f"{what}: another answer")
        return "no consequence"
    named = runs[0].code != tool.DONE or "damaged" in runs[2].err
    if store == "views":
        run = copy("rebuild")
        clean = copy("verify", "-o", "json")
        scene.require(run.code == tool.DONE and clean.code == tool.DONE and clean.document()["clean"],
                      f"{what}: not mended by a rebuild: {run} {clean}")
        return "rebuilt"
    scene.require(str(copy.folder) in runs[0].err + runs[1].err + runs[2].err, f"{what}: the place isn't named: {runs[1]}")
    return "refused" if named else "named"


@row(13, "power cut", "image of an ext4 copied while the process is stopped", (EMBEDDED,))
def power_cut(scene):
    image = scene.folder / "disk.img"
    mounts.make_ext4(image, IMAGE_MEBIBYTES)
    disk = mounts.loop(scene, "disk", image)
    site = Site(scene, folder=disk)
    lines = mixed(40_000, scene.dice)
    submission = Submission(site, site.direct, lines, rate=1000)
    for number in range(scene.times(2, 30)):
        scene.require(submission.wait_for_answers(scene.dice.randint(20, 400)), f"{submission.said()}")
        submission.pause()
        answers, before = list(submission.answers), scene.folder / "before.img"
        subprocess.run(["cp", "--sparse=always", image, before], check=True, timeout=COPY_SECONDS_MAX)
        submission.resume()
        scene.injected += 1
        after = mounts.loop(scene, f"after-{number}", before)
        check_after_power_cut(scene, tool.Ledger(after / "ledger"), answers)
        mounts.unmount(after)
    submission.end()
    oracle.check(site)


def check_after_power_cut(scene, ledger, answers):
    run = ledger("log", "dump")
    if not scene.require(run.code == tool.DONE, f"after a power cut: {run}"):
        return
    standing = oracle.entries_of(scene, run.answers())
    lost = [answer for answer in answers if answer["outcome"] == "accepted"
            and (answer["partner"], answer["id"]) not in standing]
    scene.require(not lost, f"a power cut took {len(lost)} accepted actions: {lost[:1]}")
    run = ledger("verify", "-o", "json")
    scene.require(run.code == tool.DONE and run.document()["clean"], f"after a power cut: {run}")


OF_A_STORE = ("*.log", "*.sst", "MANIFEST-*", "CURRENT", "OPTIONS-*", "IDENTITY")
CLASSES = {"log": OF_A_STORE, "keys": OF_A_STORE, "views": OF_A_STORE, "refusals": OF_A_STORE,
           "": ("tail", "keys.tail", "master.key")}


@row(14, "bit rot", "one bit flipped in a file of each class", BOTH)
def bit_rot(scene):
    site = Site(scene, partitions=1)
    lines = generated(8, scene.seed)
    site.submit(lines[:100])
    if scene.log == EMBEDDED:
        for store in ("log", "keys"):  # Sorted files, which a ledger of this size hasn't yet.
            with embedded_records.opened(site.direct.folder / store) as opened:
                opened.flush()
    site.submit(lines[100:])
    came = {}
    for store, patterns in CLASSES.items():
        for pattern in patterns:
            for _ in range(scene.times(1, 40)):
                copy = Copied(site, "rot")
                files = [file for file in (copy.folder / store).glob(pattern) if file.stat().st_size]
                if not files:
                    break
                scene.injected += 1
                where = copies.flip(scene.dice.choice(files), scene.dice)
                found = check_damaged(scene, site, copy, f"{store}/{where} flipped", store)
                came.setdefault(f"{store}/{pattern}".lstrip("/"), set()).add(found)
    came["moved"] = {mark_rots(scene, site, mark) for mark in ("moved", "moving")} if scene.log == EMBEDDED else set()
    came["clock"] = {clock_rots(scene)}
    scene.remark("; ".join(f"{name}: {', '.join(sorted(found))}" for name, found in came.items()))


def mark_rots(scene, site, mark):
    """Whatever it says, it marks."""
    copy = Copied(site, "marked")
    (copy.folder / mark).write_text("another folder goes on with it\n")
    scene.injected += 1
    copies.flip(copy.folder / mark, scene.dice)
    run = copy("submit", "--patience", 5, given=generated(8, scene.seed)[0] + "\n")
    scene.require(run.code == tool.FAILED, f"{mark} with a flipped bit is passed over: {run}")
    return "refused"


def clock_rots(scene):
    """Of a production ledger, the only one that heeds it: no question waits for it, and none is answered otherwise."""
    site = Site(scene, partitions=1, sandbox=False, name="production")
    site.submit([json.dumps(tool.command(0, partner="p000001"))])
    came = set()
    for _ in range(scene.times(1, 40)):
        copy = Copied(site, "rot")
        scene.injected += 1
        where = copies.flip(copy.folder / "clock", scene.dice)
        came.add(check_damaged(scene, site, copy, f"{where} flipped", "clock"))
    return " or ".join(sorted(came))


@row(15, "older copy put back", "views, log, tail, keys, keys.tail, refusals, clock of before; another ledger's files", BOTH)
def older_copy(scene):
    site, other = Site(scene, partitions=2), Site(scene, partitions=2, name="other")
    lines = mixed(4000, scene.dice)
    other.submit(lines[:60])
    for number in range(scene.times(1, 10)):
        at = number * 300
        site.submit(lines[at:at + 150])
        older = Copied(site, "older").folder
        site.submit(lines[at + 150:at + 300] + [json.dumps(tool.command(9, partner=f"fresh-{number}"))])
        for what, source, made in (("older", older, older_copies(scene)),
                                   ("another ledger's", other.direct.folder, foreign_copies(scene))):
            for names, show_code, word in made:
                copy = Copied(site, "mixed")
                for name in names:
                    copy.put_back(name, source)
                scene.injected += 1
                check_put_back(scene, site, copy, f"{what} {' and '.join(names)} put back", show_code, word)
    clock_put_back(scene)
    oracle.check(site)


def clock_put_back(scene):
    """What a production ledger's machine said earlier in the same run is as good: time has passed since."""
    site = Site(scene, partitions=1, sandbox=False, name="production")
    site.submit([json.dumps(tool.command(0, partner="steady-000"))])
    older = Copied(site, "older-clock").folder
    site.submit([json.dumps(tool.command(1, partner="steady-001"))])
    copy = Copied(site, "mixed-clock")
    copy.put_back("clock", older)
    scene.injected += 1
    check_put_back(scene, site, copy, "older clock put back", tool.DONE, None)
    run = copy("submit", given=json.dumps(tool.command(2, partner="steady-002")) + "\n") if not site.brokers else None
    scene.require(run is None or run.code == tool.DONE, f"older clock put back: {run}")


def check_put_back(scene, site, copy, what, show_code, word):
    """Refused, or answered with a sentence and not verified, where there is a word; otherwise of no consequence."""
    runs = [copy("show", "steady-000"), copy("verify", "-o", "json")]
    for run, code in zip(runs, (show_code, tool.FAILED if word else tool.DONE)):
        scene.require(run.code == code and (word or "") in run.err, f"{what}: {run}")
    if show_code == tool.DONE:
        scene.require(runs[0].out == site.direct("show", "steady-000").out, f"{what}: {runs[0]}")
    if not word:
        scene.require(runs[1].document()["clean"], f"{what}: {runs[1]}")


def older_copies(scene):
    """What is put back, how `show` ends, and the word with which it is said; none: it catches up, or it doesn't matter."""
    made = [(["views"], tool.DONE, None), (["refusals"], tool.DONE, None), (["views", "refusals"], tool.DONE, None)]
    if scene.log == EMBEDDED:
        made += [(["tail"], tool.DONE, None), (["views", "tail"], tool.DONE, None), (["keys.tail"], tool.DONE, None),
                 (["views", "tail", "keys.tail"], tool.DONE, None), (["log"], tool.FAILED, "acknowledged"),
                 (["log", "tail"], tool.FAILED, "views"), (["log", "views"], tool.FAILED, "acknowledged"),
                 (["log", "keys", "views"], tool.FAILED, "acknowledged"), (["keys"], tool.DONE, "older copy"),
                 (["keys", "views"], tool.DONE, "older copy"), (["keys", "keys.tail"], tool.DONE, "views")]
    return made


def foreign_copies(scene):
    made = [(["views"], tool.FAILED, "another ledger"), (["refusals"], tool.FAILED, "are those of ledger"),
            (["master.key"], tool.FAILED, "master key")]
    if scene.log == EMBEDDED:
        made += [(["log"], tool.FAILED, "tail"), (["tail"], tool.FAILED, "another"),
                 (["log", "tail"], tool.FAILED, "master key"), (["keys"], tool.DONE, "is not that of ledger"),
                 (["keys", "keys.tail"], tool.DONE, "is not that of ledger")]
    return made
