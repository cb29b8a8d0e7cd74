"""A `submit` whose input stays open, spoken to line by line: what doesn't come in time is a violation."""

from kept_input import KeptInput

ANSWER_SECONDS_MAX = 15
END_SECONDS_MAX = 15


class Talk(KeptInput):
    def ask(self, line, seconds=ANSWER_SECONDS_MAX):
        answer = super().ask(line, seconds)
        self.scene.require(answer is not None, f"no answer within {seconds} s to {line[:200]}: {self.said()[-600:]}")
        return answer or {}

    def end(self, how, seconds=END_SECONDS_MAX):
        """Told to end, by the end of its input or a signal: its exit code."""
        self.tell(how)
        took = self.ended_after()
        if not self.scene.require(took is not None and took <= seconds,
                                  f"it has not ended {seconds} s after it was told to: {self.said()[-600:]}"):
            return None
        self.scene.remark(f"ended after {took:.1f} s")
        code = self.process.returncode
        self.scene.require(code >= 0, f"it was ended by signal {-code}: {self.said()[-600:]}")
        return code
