"""shim.c, compiled when it is first wanted, and its control in the hands of a test."""

import errno
import functools
import mmap
import pathlib
import shutil
import struct
import subprocess
import tempfile

from scene import Skipped

SYNC, WRITE = 1, 2
_FIELDS = ("clock_offset_ns", "clock_frozen_ns", "kinds", "errno", "calls_before", "failed", "synced_again",
           "sync_delay_ns")
_SOURCE = pathlib.Path(__file__).with_name("shim.c")
_COMPILE_SECONDS_MAX = 60


@functools.lru_cache(maxsize=1)
def _library():
    compiler = shutil.which("cc")
    if not compiler:
        raise Skipped("no C compiler for the preloaded shim")
    folder = tempfile.TemporaryDirectory(prefix="benefits-faults-shim-")
    library = pathlib.Path(folder.name) / "shim.so"
    command = [compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, _SOURCE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_COMPILE_SECONDS_MAX, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"shim.c doesn't compile: {done.stderr}")
    return folder, library


class Shim:
    """For files whose name has `path` in it. `variables` go into the environment of the program."""

    def __init__(self, scene, path=""):
        _, library = _library()
        self._file = open(tempfile.mktemp(prefix="shim-", dir=scene.folder), "w+b")
        self._file.write(bytes(8 * len(_FIELDS)))
        self._file.flush()
        self._control = mmap.mmap(self._file.fileno(), 8 * len(_FIELDS))
        scene.cleanup.callback(self._close)
        self.variables = {"LD_PRELOAD": str(library), "FAULTS_CONTROL": self._file.name, "FAULTS_PATH": path or "\n"}

    def get(self, field):
        return struct.unpack_from("q", self._control, 8 * _FIELDS.index(field))[0]

    def set(self, **fields):
        for field, value in fields.items():
            struct.pack_into("q", self._control, 8 * _FIELDS.index(field), value)

    def fail(self, kinds, calls_before=0, code=errno.EIO):
        """From the call after so many on."""
        self.set(errno=code, calls_before=calls_before)
        self.set(kinds=kinds)

    def heal(self):
        self.set(kinds=0, clock_offset_ns=0, clock_frozen_ns=0, sync_delay_ns=0)

    def _close(self):
        self._control.close()
        self._file.close()
