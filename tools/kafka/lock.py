"""A lock on a directory, held by one process until the block ends or the process dies.

flock on the directory itself: no lock file to clean up, and nothing stale after a crash.
"""

import contextlib
import fcntl
import os
import time

from failure import Failure, say

_POLL_SECONDS = 0.1


@contextlib.contextmanager
def locked(directory, wait_seconds):
    """Makes the directory if need be. Raises Failure when another caller keeps it for too long."""
    os.makedirs(directory, exist_ok=True)
    descriptor = os.open(directory, os.O_RDONLY)
    deadline = time.monotonic() + wait_seconds
    told = False
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Failure(f"another call has kept {directory} locked for {wait_seconds} s")
            if not told:
                say(f"waiting for another call that works in {directory}")
                told = True
            time.sleep(_POLL_SECONDS)
        yield
    finally:
        os.close(descriptor)
