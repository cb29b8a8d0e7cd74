"""Row 32: media that can't be written, no right to write, no master key: whatever shows nothing sealed is answered."""

import contextlib
import os
import shutil
import subprocess

import benefits as tool
import mounts
import oracle
from ledger_site import Site
from scene import BOTH, EMBEDDED, Skipped, row
from talk import Talk
from workload import agreement, mixed

PARTNER = "steady-000"
NOBODY = 65534
REFUSALS = ("refusals", "--as-support", "desk")
QUESTIONS = (("show", PARTNER), ("history", PARTNER), ("find", PARTNER), ("stat",), REFUSALS, ("log", "stat"),
             ("log", "state"), ("log", "dump"), ("verify",), ("can", PARTNER), ("clock",), ("policy", "list"))


# Says more than before: why nothing is written; what time it is.
SAYS_MORE = {("stat",): "closed", ("clock",): "newest entry"}


def ask_everything(scene, what, ledger, before, questions=QUESTIONS, preexec=None):
    for question in questions:
        run = run_as(ledger, preexec, *question)
        same = SAYS_MORE[question] in run.out if question in SAYS_MORE else run.out == before[question].out
        scene.require(run.code == tool.DONE and same,
                      f"{what}: {' '.join(question)} has to be answered as before: {run}")


class Nobody:
    """Another user, who runs a copy of the program: the folder it was built in may be closed to him."""

    def __init__(self, scene):
        self.program = scene.folder / "benefits"
        shutil.copy2(tool.BINARY, self.program)
        self.program.chmod(0o755)

    def __call__(self):
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def run_as(ledger, preexec, *arguments, given=""):
    program = preexec.program if preexec else tool.BINARY
    done = subprocess.run([program, *ledger.options, *arguments], input=given.encode(), capture_output=True,
                          timeout=tool.RUN_SECONDS_MAX, env=tool.environment(), preexec_fn=preexec, check=False)
    return tool.Run(list(arguments), done.returncode, done.stdout.decode(), done.stderr.decode())


def check_refused(scene, what, ledger, *words, preexec=None):
    """A command is refused, and for the true reason."""
    run = run_as(ledger, preexec, "submit", given=agreement(9_000, PARTNER) + "\n")
    said = run.out + run.err
    scene.require(run.code == tool.FAILED and all(word in said for word in words),
                  f"{what}: a command has to be refused and say {words}: {run}")
    scene.require("another process" not in said and "in use" not in said, f"{what}: nobody else is there: {run}")


def answers(ledger, questions=QUESTIONS):
    return {question: ledger(*question) for question in questions}


@row(32, "read-only media", "the disk mounted read-only; without views, too", (EMBEDDED,))
def read_only_mount(scene):
    disk = mounts.tmpfs(scene, "disk", 64)
    site = Site(scene, folder=disk)
    site.submit(mixed(200, scene.dice))
    before = answers(site.direct)
    mounts.remount(disk, "ro")
    scene.injected += 1
    ask_everything(scene, "a read-only mount", site.direct, before)
    check_refused(scene, "a read-only mount", site.direct, "Read-only file system")
    mounts.remount(disk, "rw")
    for name in ("views", "refusals"):
        shutil.rmtree(site.direct.folder / name)
    mounts.remount(disk, "ro")
    scene.injected += 1
    fresh = [question for question in QUESTIONS if question not in (REFUSALS, ("stat",))]
    ask_everything(scene, "a read-only mount without views", site.direct, before, fresh)
    mounts.remount(disk, "rw")
    oracle.check(site)


@row(32, "no right to write", "another user, who may read; a process that has it open", (EMBEDDED,))
def no_right(scene):
    if os.geteuid() != 0:
        raise Skipped("only root can become somebody else")
    site = Site(scene)
    site.submit(mixed(200, scene.dice))
    before = answers(site.direct)
    scene.folder.chmod(0o755)
    open_to_readers(site.direct.folder)
    become_nobody = Nobody(scene)
    scene.injected += 1
    ask_everything(scene, "another user", site.direct, before, preexec=become_nobody)
    check_refused(scene, "another user", site.direct, "Permission denied", preexec=become_nobody)
    run = run_as(site.direct, become_nobody, "show", PARTNER, "--unseal")
    scene.require(run.code == tool.FAILED and "master.key" in run.err, f"unsealed without the master key: {run}")

    holder = Talk(site, site.direct, patience=30)
    holder.ask(agreement(8_000, PARTNER))
    open_to_readers(site.direct.folder)
    run = run_as(site.direct, become_nobody, "show", PARTNER)
    scene.injected += 1
    scene.require(run.code == tool.FAILED and f"process {holder.process.pid}" in run.err,
                  f"a process has it open, and it isn't said which: {run}")
    holder.end(None)
    oracle.check(site)


def open_to_readers(folder):
    """All but the master key. Whoever has it open may clear a file away meanwhile."""
    for path in [folder, *folder.rglob("*")]:
        if path.name != "master.key":
            with contextlib.suppress(FileNotFoundError):
                path.chmod(0o755 if path.is_dir() else 0o644)


@row(32, "no master key", "removed; then put back", BOTH)
def no_master_key(scene):
    site = Site(scene)
    site.submit(mixed(200, scene.dice))
    questions = [question for question in QUESTIONS if question != REFUSALS]
    before = answers(site.direct, questions)
    key = site.direct.folder / "master.key"
    key.rename(scene.folder / "kept.key")
    scene.injected += 1
    ask_everything(scene, "no master key", site.direct, before, questions)
    check_refused(scene, "no master key", site.direct, "master.key")
    for command in (("show", PARTNER, "--unseal"), ("history", PARTNER, "--unseal"), ("log", "dump", "--unseal"),
                    ("find", "--secret", "-")):
        run = run_as(site.direct, None, *command, given="some secret")
        scene.require(run.code == tool.FAILED and "master.key" in run.err, f"nothing can be unsealed: {run}")
    (scene.folder / "kept.key").rename(key)
    oracle.check(site)
