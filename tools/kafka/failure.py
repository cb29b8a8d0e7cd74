"""The two ways in which a command of tools/kafka/kafka ends badly, and how it talks meanwhile.

stdout carries results only (the bootstrap line, the status table); everything said goes to stderr.
"""

import sys


class Failure(Exception):
    """The environment failed: exit 1. The text is one sentence, log lines may follow it."""


class WrongUsage(Exception):
    """The caller asked for something that makes no sense: exit 2, one sentence."""


def say(text):
    print(f"kafka: {text}", file=sys.stderr, flush=True)
