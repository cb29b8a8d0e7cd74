"""A terminal with a person at it, for the tests beside this file: a program runs on it as the shell would run it, in front,
and what it shows is read as it comes."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

import benefits as tool

SECONDS_MAX = 60


class Terminal:
    """Of 24 lines. Ends what still runs on it when it goes."""

    def __init__(self, *arguments, width=80, program=None, **variables):
        self.seen, self.code = "", None
        variables.setdefault("TERM", "xterm")
        variables.setdefault("NO_COLOR", "1")
        command = [program or tool.BINARY, *[str(each) for each in arguments]]
        self.child, self.master = pty.fork()
        if self.child == 0:
            for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
            os.execvpe(command[0], command, tool.environment(**variables))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.master)
        if self.code is None:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)

    def _read(self, seconds):
        ready, _, _ = select.select([self.master], [], [], max(0.0, seconds))
        if not ready:
            raise AssertionError(f"nothing more came: {self.seen!r}")
        try:
            more = os.read(self.master, 65536)
        except OSError:
            more = b""
        self.seen += more.decode(errors="replace").replace("\r\n", "\n")
        return bool(more)

    def until(self, pattern):
        """Reads until it was shown; gives all that was."""
        end = time.monotonic() + SECONDS_MAX
        while not re.search(pattern, self.seen):
            if not self._read(end - time.monotonic()):
                raise AssertionError(f"ended without {pattern!r}: {self.seen!r}")
        return self.seen

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        """Reads to the end; gives the exit code, negative for a signal."""
        end = time.monotonic() + SECONDS_MAX
        while self._read(end - time.monotonic()):
            pass
        _, status = os.waitpid(self.child, 0)
        self.code = os.waitstatus_to_exitcode(status)
        return self.code

    def echoes(self):
        return bool(termios.tcgetattr(self.master)[3] & termios.ECHO)
