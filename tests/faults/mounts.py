"""Small disks of their own, where this machine lets us mount: a tmpfs with a size, an ext4 in a file."""

import contextlib
import os
import subprocess

from scene import Skipped

_SECONDS_MAX = 60


def _run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=_SECONDS_MAX,
                          check=False)
    if done.returncode != 0:
        raise Skipped(f"{command[0]}: {(done.stderr or done.stdout).strip()}")


def _mounted(scene, place, *options):
    place.mkdir()
    try:
        _run("mount", *options, place)
    except FileNotFoundError as missing:
        raise Skipped("no mount on this machine") from missing
    scene.cleanup.callback(unmount, place)
    return place


def unmount(place):
    with contextlib.suppress(Skipped):
        _run("umount", place)


def remount(place, how):
    """`how` is ro or rw."""
    _run("mount", "-o", f"remount,{how}", place)


def tmpfs(scene, name, mebibytes):
    return _mounted(scene, scene.folder / name, "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs")


def make_ext4(image, mebibytes):
    with open(image, "wb") as file:
        file.truncate(mebibytes << 20)
    try:
        _run("mkfs.ext4", "-q", "-F", image)
    except FileNotFoundError as missing:
        raise Skipped("no mkfs.ext4 on this machine") from missing


def loop(scene, name, image):
    """What was not written out yet when the image was copied is gone, as after a power cut."""
    return _mounted(scene, scene.folder / name, "-o", "loop", image)


class Filler:
    """Takes all the room of a disk."""

    def __init__(self, place):
        self.file = place / "filler"

    def fill(self):
        with open(self.file, "ab", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(bytes(size))

    def leave(self, kibibytes):
        """So much room and no more."""
        room = os.statvfs(self.file.parent)
        left = room.f_bavail * room.f_frsize - kibibytes * 1024
        with open(self.file, "wb", buffering=0) as file:
            os.posix_fallocate(file.fileno(), 0, max(1, left))

    def free(self):
        self.file.unlink(missing_ok=True)
