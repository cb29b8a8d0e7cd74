"""docs/examples/check-ledger as the tests call it: the oracle's check of a finished ledger."""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "examples" / "check-ledger"
sys.path += [str(FOLDER), str(ROOT / "tests" / "tools")]

RUN_SECONDS_MAX = 300
AS_IT_MUST_BE, FINDINGS, NOT_CHECKED = range(3)


class Checked:
    """What a run of it came to."""

    def __init__(self, arguments, code, out, err):
        self.arguments, self.code, self.err = arguments, code, err
        self.document = json.loads(out) if out else {"findings": [], "partitions": []}

    def places(self):
        return [(found["partition"], found["position"]) for found in self.document["findings"]]

    def states(self):
        """The partitions as `benefits log state -o json` has them."""
        return [{name: value for name, value in each.items() if name not in ("genesis", "void_because")}
                for each in self.document["partitions"]]

    def voids(self):
        """How many records are void, by reason."""
        total = {}
        for each in self.document["partitions"]:
            for why, count in each["void_because"].items():
                total[why] = total.get(why, 0) + count
        return total

    def __str__(self):
        found = "\n".join(f"partition {each['partition']}, position {each['position']}: {each['what']}"
                          for each in self.document["findings"])
        return f"check_ledger.py {' '.join(self.arguments)}: exit code {self.code}\n{found}\n{self.err}"


def check(*arguments):
    arguments = [str(argument) for argument in arguments]
    done = subprocess.run([sys.executable, FOLDER / "check_ledger.py", *arguments, "-o", "json"], capture_output=True,
                          timeout=RUN_SECONDS_MAX, check=False, text=True)
    return Checked(arguments, done.returncode, done.stdout, done.stderr)
