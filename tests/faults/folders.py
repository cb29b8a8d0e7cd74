"""Making, filling and switching folders, disturbed: what each of these commands must leave, whoever runs it at the same
time, wherever it is killed and however little room there is.

A round takes a command with a target folder, disturbs it, then runs it again undisturbed. It must hold that

* who says done has made what works: it opens, takes a command with a person in it, shows that person, verifies;
* of several at once that make one thing at most one says done;
* who fails without being killed leaves the folder as it was found;
* the next one brings it to an end, or finds that it is there;
* a master key that was in the folder is never another one afterwards, and never gone.
"""

import os
import pathlib
import shutil
import subprocess

import benefits as tool
from workload import generated

CLOCK = "2020-09-01"
KEY = "master.key"
PARTNERS = 12
PERSON = "kim@contoso.example"  # of every partner, sealed
SECONDS_MAX = 120


def names_in(folder):
    """Every name below a folder, but what nobody reads."""
    folder = pathlib.Path(folder)
    if not folder.exists():
        return None
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if ".making" not in path.parts)


def key_in(folder):
    file = pathlib.Path(folder) / KEY
    return file.read_bytes() if file.exists() else None


def start(arguments, **variables):
    return subprocess.Popen([tool.BINARY, *[str(word) for word in arguments]], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            stdin=subprocess.DEVNULL, env=tool.environment(**variables))


def end_of(process, arguments):
    out, err = process.communicate(timeout=SECONDS_MAX)
    return tool.Run([str(word) for word in arguments], process.returncode, out.decode(), err.decode())


def wait_a_little(process, seconds):
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


class Source:
    """A small ledger with persons in it, and a backup of it: made once, copied where something is done to it."""

    def __init__(self, folder):
        self.folder = folder / "source"
        self.ledger = tool.Ledger(self.folder)
        self.backup = folder / "backup"
        self.keyless = folder / "backup-without-key"
        self._must(self.ledger("create", "--sandbox", "--clock", CLOCK, "--partitions", 2))
        lines = tool.lines(*[tool.command(f"r{i}", partner=f"known-{i}") for i in range(PARTNERS)])
        self._must(self.ledger("submit", given=lines + "\n".join(generated(10, 7)) + "\n"), tool.DONE, tool.REFUSED)
        self._must(self.ledger("backup", self.backup, "--with-master-key"))
        self._must(self.ledger("backup", self.keyless))

    @staticmethod
    def _must(run, *codes):
        if run.code not in (codes or (tool.DONE,)):
            raise RuntimeError(f"the source can't be made: {run}")


class Round:
    """One command with its target, as a subclass says. `prepare` may put something into place first."""

    one_is_done = True  # of several at once
    partner = "known-3"      # whose person must be shown afterwards

    def __init__(self, scene, source, place, options=()):
        self.scene, self.source, self.options = scene, source, list(options)
        self.target = place / "target"
        self.place = place
        self.prepare()
        self.found, self.key = names_in(self.target), key_in(self.target)

    def prepare(self):
        pass

    def arguments(self):
        raise NotImplementedError

    def ledger(self):
        made = tool.Ledger(self.target)
        made.options += self.options
        return made

    def is_there(self, run):
        """The answer of one who finds it done."""
        return run.code == tool.FAILED and any(
            word in run.err for word in ("already", "not empty", "put into place"))

    def works(self, what):
        ledger, require = self.ledger(), self.scene.require
        given = tool.lines(tool.command("after", partner="afterwards", actor="zoe"))
        run = ledger("submit", given=given, seconds=SECONDS_MAX)
        if not require(run.code == tool.DONE, f"{what}: it takes no command: {run}"):
            return
        for partner in filter(None, ("afterwards", self.partner)):
            run = ledger("show", partner, "--unseal", "-o", "json", seconds=SECONDS_MAX)
            require(run.code == tool.DONE and PERSON in run.out, f"{what}: {partner} isn't shown: {run}")
        run = ledger("verify", "-o", "json", seconds=SECONDS_MAX)
        require(run.code == tool.DONE and run.document()["clean"], f"{what}: it doesn't verify: {run}")

    def check_key(self, what):
        if self.key is not None:
            self.scene.require(key_in(self.target) == self.key, f"{what}: the master key that was there is gone or another")

    def check(self, what, runs, killed=False):
        """After the disturbance: `runs` are those that came to an end by themselves."""
        done = [run for run in runs if run.code == tool.DONE]
        self.check_key(what)
        if self.one_is_done:
            self.scene.require(len(done) <= 1, f"{what}: {len(done)} say that they have done it: {[run.out for run in done]}")
        for run in runs:
            self.scene.require(run.code == tool.DONE or run.err.strip(), f"{what}: {run.code}, and not a word")
        if not done and not killed and not any(self.is_there(run) for run in runs):
            self.scene.require(names_in(self.target) == self.found,
                               f"{what}: it failed and left {names_in(self.target)}, found {self.found}: {runs[0]}")
        if done:
            self.works(what)
        return bool(done)

    def bring_to_an_end(self, what, done=False):
        key = key_in(self.target) if (self.target / "log").exists() else self.key
        run = tool.benefits(*self.arguments(), seconds=SECONDS_MAX)
        expected = self.is_there(run) if done and self.one_is_done else run.code == tool.DONE or self.is_there(run)
        self.scene.require(expected, f"{what}: run again: {run}")
        self.works(what + ", run again")
        if key is not None:
            self.scene.require(key_in(self.target) == key, f"{what}: the master key changed")


class Create(Round):
    partner = None

    def arguments(self):
        return [*self.ledger().options, "create", "--sandbox", "--clock", CLOCK, "--partitions", 2]


class CreateWithKey(Create):
    """Where somebody has put a key of his own."""

    def prepare(self):
        self.target.mkdir(mode=0o700)
        (self.target / KEY).write_bytes(os.urandom(32))
        (self.target / KEY).chmod(0o600)


class Restore(Round):
    def arguments(self):
        return [*self.ledger().options, "restore", self.source.backup]


class RestoreToKey(Round):
    """The key was not in the backup, and the operator has put it there before."""

    def prepare(self):
        self.target.mkdir(mode=0o700)
        shutil.copy2(self.source.folder / KEY, self.target)

    def arguments(self):
        return [*self.ledger().options, "restore", self.source.keyless]


class _OfOwnLedger(Round):
    """Of a ledger of its own beside the target, so that nobody else has it open."""

    def prepare(self):
        self.own = self.place / "own"
        shutil.copytree(self.source.folder, self.own)

    def is_there(self, run):
        return super().is_there(run) or "was moved" in run.err


class Copy(_OfOwnLedger):
    def arguments(self):
        return ["--ledger", self.own, "log", "copy", "--to-ledger", self.target, "--with-master-key"]


class Move(_OfOwnLedger):
    def arguments(self):
        return ["--ledger", self.own, "log", "move", "--to-ledger", self.target, "--with-master-key"]

    def works(self, what):
        super().works(what)
        run = tool.Ledger(self.own)("submit", given=tool.lines(tool.command("both", partner="both")), seconds=SECONDS_MAX)
        self.scene.require(run.code == tool.FAILED, f"{what}: both ledgers take commands: {run}")


class Backup(_OfOwnLedger):
    def arguments(self):
        return ["--ledger", self.own, "backup", self.target, "--with-master-key"]

    def works(self, what):
        back = self.place / "restored"
        shutil.rmtree(back, ignore_errors=True)
        run = tool.Ledger(back)("restore", self.target, seconds=SECONDS_MAX)
        if not self.scene.require(run.code == tool.DONE, f"{what}: the backup can't be restored: {run}"):
            return
        run = tool.Ledger(back)("verify", "-o", "json", seconds=SECONDS_MAX)
        self.scene.require(run.code == tool.DONE and run.document()["clean"], f"{what}: what is restored doesn't verify: {run}")


class Rebuild(Round):
    one_is_done = False

    def prepare(self):
        shutil.copytree(self.source.folder, self.target)

    def arguments(self):
        return [*self.ledger().options, "rebuild"]

    def check(self, what, runs, killed=False):
        self.check_key(what)
        self.works(what)
        return False

    def works(self, what):
        run = self.ledger()("verify", "-o", "json", seconds=SECONDS_MAX)
        self.scene.require(run.code == tool.DONE and run.document()["clean"], f"{what}: it doesn't verify: {run}")


ROUNDS = (Create, CreateWithKey, Restore, RestoreToKey, Copy, Move, Backup, Rebuild)
CRASHES = {
    Create: ("filling_begun", "filling_filled", "filling_synced", "filling_counts", *[f"filling_moved_up:{n}" for n in (1, 2, 3)],
             "genesis_sent:1", "genesis_sent:2", "genesis_made"),
    CreateWithKey: ("filling_begun", "filling_synced", "filling_counts", "filling_moved_up:1", "genesis_sent:2"),
    Restore: ("filling_begun", "filling_filled", "filling_synced", "filling_counts", *[f"filling_moved_up:{n}" for n in range(1, 7)]),
    RestoreToKey: ("filling_begun", "filling_synced", "filling_counts", *[f"filling_moved_up:{n}" for n in range(1, 6)]),
    Copy: ("filling_begun", "filling_filled", "filling_counts", "filling_moved_up:2"),
    Move: ("filling_begun", "filling_filled", "filling_counts", "filling_moved_up:2", "move_copied"),
    Backup: ("filling_begun", "backup_listed", "filling_filled", "filling_counts", *[f"filling_moved_up:{n}" for n in range(1, 8)]),
    Rebuild: ("rebuild_begun", "rebuild_finished", "views_moved_away", "views_moved_in"),
}

CRASHES_ON_KAFKA = ("key_made", "genesis_sent:1", "genesis_sent:2", "genesis_made")
# Those that a command on a ledger that stands doesn't pass.
POINTS = {point.split(":")[0] for points in (*CRASHES.values(), CRASHES_ON_KAFKA) for point in points}


def together(one, count):
    """`count` processes started together."""
    what = f"{type(one).__name__}, {count} at once"
    processes = [(start(one.arguments()), one.arguments()) for _ in range(count)]
    runs = [end_of(process, arguments) for process, arguments in processes]
    one.bring_to_an_end(what, one.check(what, runs))


def crashed(one, point):
    what = f"{type(one).__name__}, killed at {point}"
    run = tool.benefits(*one.arguments(), seconds=SECONDS_MAX, BENEFITS_CRASH_AT=point)
    one.scene.require(run.code < 0, f"{what}: it was not killed there: {run}")
    one.check_key(what)
    one.bring_to_an_end(what)


def killed(one, seconds):
    what = f"{type(one).__name__}, killed after {seconds * 1000:.0f} ms"
    process = start(one.arguments())
    wait_a_little(process, seconds)
    process.kill()  # nothing, when it has ended
    run = end_of(process, one.arguments())
    one.check_key(what)
    one.bring_to_an_end(what, one.check(what, [run]) if run.code >= 0 else False)


def out_of_room(one, filler, kibibytes):
    """With so much room on the target's disk; then again with enough."""
    what = f"{type(one).__name__}, {kibibytes} KiB of room"
    filler.leave(kibibytes)
    run = tool.benefits(*one.arguments(), seconds=SECONDS_MAX)
    if run.code != tool.DONE:
        one.check(what, [run])
    filler.free()
    if run.code == tool.DONE:
        one.check(what, [run])
    one.bring_to_an_end(what, run.code == tool.DONE)
