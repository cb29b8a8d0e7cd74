"""A caller that doesn't give up: hands commands to one node at a steady rate, and when the program gave up, or won't
decide what stands behind one that came to nothing, begins another with what follows."""

import collections

from submission import Submission

RATE = 200  # commands a second


class Writer:
    def __init__(self, site, lines, name="proxied", proxied=True, patience=30, rate=RATE, **more):
        self.site, self.lines, self.node = site, lines, site.node(name, proxied)
        self.more = dict(more, patience=patience, rate=rate)
        self.at = self.begun = 0
        self.outcomes, self.codes = collections.Counter(), collections.Counter()
        self.longest_pause = 0.0
        self.begin()

    def begin(self):
        self.submission = Submission(self.site, self.node, self.lines[self.at:], **self.more)
        self.begun += 1

    def works(self, seconds=60, answers=20):
        """Whether it answers (again)."""
        if not self.submission.is_alive() or self._stands_behind_a_failure():
            self.end()
            self.begin()
        return self.submission.wait_for_answers(answers, seconds)

    def _stands_behind_a_failure(self):
        return any(answer.get("code") == "after-failed" for answer in list(self.submission.answers))

    def end(self):
        code = self.submission.end()
        self.at += len(self.submission.fed)
        self.longest_pause = max(self.longest_pause, self.submission.longest_pause())
        for answer in self.submission.answers:
            self.outcomes[answer["outcome"]] += 1
            if answer["outcome"] in ("failed", "unknown"):
                self.codes[f"{answer['outcome']} {answer.get('code', '')}".strip()] += 1
        return code

    def told(self):
        """Outcomes, and of what isn't settled the codes."""
        settled = [f"{count} {outcome}" for outcome, count in sorted(self.outcomes.items())
                   if outcome not in ("failed", "unknown")]
        return ", ".join(settled + [f"{count} {code}" for code, count in sorted(self.codes.items())])
