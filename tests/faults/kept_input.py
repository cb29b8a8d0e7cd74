"""A `benefits submit` whose input is kept open: a line is given when the test says so, its answer waited for, and nothing
else comes."""

import json
import pathlib
import queue
import subprocess
import threading
import time

import benefits as tool

START_SECONDS_MAX = 60


class KeptInput:
    def __init__(self, site, node, patience, *options, **variables):
        self.site, self.scene, self.patience = site, site.scene, patience
        self.given, self._answered = [], 0
        self._answers = queue.Queue()
        self._said = bytearray()
        self._told_at = self._ended_at = None
        self.process = subprocess.Popen(
            [tool.BINARY, *node.options, "submit", "--patience", str(patience), *options], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=tool.environment(**variables))
        site.scene.cleanup.callback(self._clean_up)
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._collect, self._listen)]
        for thread in self._threads:
            thread.start()
        self._wait_until_it_reads()

    def _wait_until_it_reads(self):
        """It has opened the ledger when its node is at work."""
        deadline = time.monotonic() + START_SECONDS_MAX
        while self.process.poll() is None and "worker" not in self._thread_names():
            assert time.monotonic() < deadline, "submit doesn't begin"
            time.sleep(0.02)

    def _thread_names(self):
        names = set()
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/comm"):
            try:
                names.add(task.read_text().strip())
            except OSError:  # It has ended meanwhile.
                pass
        return names

    def _collect(self):
        for line in self.process.stdout:
            if line.endswith(b"\n"):
                self._answers.put((time.monotonic(), json.loads(line)))

    def _listen(self):
        for line in self.process.stderr:
            self._said += line
        self._ended_at = time.monotonic()  # It has it open until the end.

    def give(self, *lines):
        self.given += lines
        self.process.stdin.write("".join(line + "\n" for line in lines).encode())
        self.process.stdin.flush()
        return time.monotonic()

    def answer(self, seconds):
        """The next one, or None when it doesn't come."""
        try:
            _, answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            return None
        self.site.note([(self.given[self._answered], answer)])
        self._answered += 1
        return answer

    def ask(self, line, seconds=60):
        self.give(line)
        return self.answer(seconds)

    def tell(self, number):
        """It is told to end by a signal, or with None by the end of its input."""
        self._told_at = time.monotonic()
        if number is None:
            self.process.stdin.close()
        else:
            self.process.send_signal(number)

    def ended_after(self):
        """Seconds from when it was told until it has ended, or None."""
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            return None
        for thread in self._threads:
            thread.join(60)
        took = self._ended_at - self._told_at
        while self._answered < len(self.given) and self.answer(0.01):
            pass
        self.site.note((line, None) for line in self.given[self._answered:])
        return took

    def end_of_input(self):
        self.tell(None)
        return self.ended_after()

    def said(self):
        return bytes(self._said).decode(errors="replace").strip()

    def _clean_up(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                pipe.close()
            except OSError:  # What was still to be written.
                pass
