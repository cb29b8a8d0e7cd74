"""A `submit` whose input stays open: lines go in one by one, answers and words are collected."""

import json
import subprocess
import threading
import time

ANSWER_SECONDS_MAX = 15
END_SECONDS_MAX = 15


class Talk:
    def __init__(self, site, node, patience):
        self.scene = site.scene
        self.process = node.popen("submit", "--patience", str(patience), stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.scene.cleanup.callback(self._clean_up)
        self.site, self.sent, self.answers, self.words = site, [], [], []
        self._threads = [threading.Thread(target=self._collect, args=pair, daemon=True)
                         for pair in ((self.process.stdout, self.answers), (self.process.stderr, self.words))]
        for thread in self._threads:
            thread.start()

    @staticmethod
    def _collect(pipe, into):
        for line in pipe:
            into.append(line.strip())

    def ask(self, line, seconds=ANSWER_SECONDS_MAX):
        """The answer; none within the time is a violation."""
        self.sent.append(line)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        deadline = time.monotonic() + seconds
        while len(self.answers) < len(self.sent) and time.monotonic() < deadline and self.process.poll() is None:
            time.sleep(0.02)
        if not self.scene.require(len(self.answers) >= len(self.sent),
                                  f"no answer within {seconds} s to {line[:200]}: {self.said()}"):
            return {}
        return json.loads(self.answers[len(self.sent) - 1])

    def end(self, how, seconds=END_SECONDS_MAX):
        """Told to end, by the end of its input or a signal: its exit code. Later is a violation."""
        begin = time.monotonic()
        if how is None:
            self.process.stdin.close()
        else:
            self.process.send_signal(how)
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.scene.violation(f"it has not ended {seconds} s after it was told to: {self.said()}")
            return None
        self.scene.remark(f"ended after {time.monotonic() - begin:.1f} s")
        for thread in self._threads:
            thread.join(END_SECONDS_MAX)
        self.site.note(zip(self.sent, [json.loads(answer) for answer in self.answers]))
        self.scene.require(code >= 0, f"it was ended by signal {-code}: {self.said()}")
        return code

    def said(self):
        return " / ".join(self.words)[-600:]

    def _clean_up(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
