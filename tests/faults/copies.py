"""Copies of a ledger's folder, of which one store or file is damaged, cut or put back."""

import os
import pathlib
import re
import shutil

import benefits as tool

NUMBERED = re.compile(r"(\d+)\.log$")


class Copied:
    """A ledger at another place: same log or topics, another folder."""

    def __init__(self, site, name):
        self.ledger = tool.Ledger(site.scene.folder / name)
        self.ledger.options = ["--ledger", str(self.ledger.folder), *site.direct.options[2:]]
        shutil.rmtree(self.ledger.folder, ignore_errors=True)
        shutil.copytree(site.direct.folder, self.ledger.folder)

    @property
    def folder(self):
        return self.ledger.folder

    def __call__(self, *arguments, **more):
        return self.ledger(*arguments, **more)

    def remove(self, *names):
        for name in names:
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def put_back(self, name, older):
        """A store, or a file, as it is in another folder."""
        self.remove(name)
        source = pathlib.Path(older) / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, self.folder / name)


def newest_wal(store):
    """The write-ahead log that a RocksDB wrote last."""
    return max(store.glob("*.log"), key=lambda file: int(NUMBERED.search(file.name).group(1)))


def truncate(file, size):
    os.truncate(file, size)


def flip(file, dice):
    """One bit; returns where."""
    content = bytearray(file.read_bytes())
    bit = dice.randrange(8 * len(content))
    content[bit // 8] ^= 1 << bit % 8
    file.write_bytes(content)
    return f"{file.name} byte {bit // 8}"
