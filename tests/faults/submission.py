"""A `benefits submit` that is fed through a pipe while things are done to it: killed, stopped, let go on, not listened to.

Every answer line that came out whole counts, whatever happened to the process afterwards. Commands are handed over
only while few are unanswered, so that there is always work in flight and always more to come.
"""

import contextlib
import json
import signal
import subprocess
import threading
import time

import benefits as tool

IN_FLIGHT = 64
WINDOW = 256
END_SECONDS_MAX = 120
_TAIL_CHARACTERS = 600


class Submission:
    """`rate` is commands a second at most; `prefix` a command that runs the program, such as prlimit."""

    def __init__(self, site, node, lines, in_flight=IN_FLIGHT, window=WINDOW, patience=30, rate=None, prefix=(),
                 preexec=None, **variables):
        self.site, self.scene = site, site.scene
        self.name = node.folder.name
        self.lines, self.window, self.rate = lines, window, rate
        self.fed, self.answers = [], []
        self.answered_at = []  # seconds of the monotonic clock
        self.listen = True
        self.was_killed = False
        self._changed = threading.Condition()
        self._stop_feeding = False
        self._said = bytearray()
        self.process = subprocess.Popen(
            [*prefix, tool.BINARY, *node.options, "submit", "--in-flight", str(in_flight), "--patience", str(patience)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=tool.environment(**variables),
            preexec_fn=preexec)
        site.scene.cleanup.callback(self._clean_up)
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._feed, self._collect, self._listen_to_words)]
        for thread in self._threads:
            thread.start()

    def _feed(self):
        begin = time.monotonic()
        with contextlib.suppress(BrokenPipeError), self.process.stdin as pipe:
            for number, line in enumerate(self.lines):
                with self._changed:
                    self._changed.wait_for(
                        lambda: self._stop_feeding or len(self.fed) - len(self.answers) < self.window)
                    while self.rate and not self._stop_feeding:
                        early = begin + number / self.rate - time.monotonic()
                        if early <= 0:
                            break
                        self._changed.wait(early)
                    if self._stop_feeding:
                        return
                    self.fed.append(line)
                pipe.write(line.encode() + b"\n")
                pipe.flush()

    def _listen_to_words(self):
        """Through a pipe: a limit on the size of files is not to cut them off."""
        for line in self.process.stderr:
            self._said += line

    def _collect(self):
        for line in self.process.stdout:
            if not line.endswith(b"\n"):
                break  # killed while it wrote
            answer = json.loads(line)
            with self._changed:
                self._changed.wait_for(lambda: self.listen)
                self.answers.append(answer)
                self.answered_at.append(time.monotonic())
                self._changed.notify_all()
        with self._changed:
            self._stop_feeding = True  # Nobody takes them any more.
            self._changed.notify_all()

    def wait_for_answers(self, count, seconds=60):
        """More than there are now. False: they didn't come, or it has ended."""
        with self._changed:
            wanted = len(self.answers) + count
            self._changed.wait_for(lambda: len(self.answers) >= wanted or self._stop_feeding, seconds)
            return len(self.answers) >= wanted

    def be_deaf(self, deaf=True):
        """Answers are not read any more."""
        with self._changed:
            self.listen = not deaf
            self._changed.notify_all()

    def is_alive(self):
        return self.process.poll() is None

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        self.was_killed = True
        self.process.send_signal(signal.SIGKILL)
        return self._ended(END_SECONDS_MAX)

    def stop_feeding(self):
        with self._changed:
            self._stop_feeding = True
            self._changed.notify_all()

    def end(self, seconds=END_SECONDS_MAX, signals=()):
        """No more commands; waits for the answers of those that were fed and for the end of the process. Returns its
        exit code; one that doesn't end, or ends by another signal than these, is a violation."""
        self.stop_feeding()
        return self.finish(seconds, signals)

    def finish(self, seconds=END_SECONDS_MAX, signals=()):
        """The same after all the commands."""
        code = self._ended(seconds)
        if code is None:
            self.scene.violation(f"{self.name}: submit didn't end within {seconds} s: {self.said()}")
            self.was_killed = True
            self.kill()
        elif code < 0 and -code not in signals and not self.was_killed:
            self.scene.violation(f"{self.name}: submit was ended by {signal.Signals(-code).name}: {self.said()}")
        elif code >= 0 and len(self.answers) < len(self.fed) and code in (tool.DONE, tool.REFUSED):
            self.scene.violation(f"{self.name}: {len(self.fed)} commands, {len(self.answers)} answers, exit code {code}")
        return code

    def _ended(self, seconds):
        """Its code, and its answers noted; None while it goes on."""
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        self.be_deaf(False)
        for thread in self._threads:
            thread.join(END_SECONDS_MAX)
        for number, answer in enumerate(self.answers, 1):
            self.scene.require(answer["line"] == number, f"{self.name}: answer {number} is of line {answer['line']}")
        missing = [None] * (len(self.fed) - len(self.answers))
        self.site.note(zip(self.fed, self.answers + missing))
        return code

    def outcomes(self):
        counts = {}
        for answer in list(self.answers):
            counts[answer["outcome"]] = counts.get(answer["outcome"], 0) + 1
        return counts

    def longest_pause(self):
        """Seconds between two answers."""
        at = list(self.answered_at)
        return max((after - before for before, after in zip(at, at[1:])), default=0.0)

    def said(self):
        return bytes(self._said).decode(errors="replace")[-_TAIL_CHARACTERS:].strip()

    def _clean_up(self):
        if self.is_alive():
            self.process.kill()
            self.process.wait()
        for thread in self._threads:
            thread.join(END_SECONDS_MAX)
        self.process.stdout.close()
        self.process.stderr.close()
