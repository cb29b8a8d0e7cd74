"""The ledger read by the independent reader in Python, when it is there: another program's opinion of the same log."""

import os
import pathlib
import subprocess
import sys

import benefits as tool

PROGRAM = tool.ROOT / "docs" / "examples" / "check-ledger" / "check_ledger.py"
_SECONDS_MAX = 120


def is_there():
    return PROGRAM.exists()


def check(scene, site):
    """Adds what it finds to the scene's violations."""
