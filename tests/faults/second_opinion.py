"""Another program's opinion of the same log: docs/examples/check-ledger, which shares no code with `benefits`, reads it
all and compares it with every answer that was given and with the roots that `benefits` has."""

import json
import subprocess
import sys

import benefits as tool
from scene import EMBEDDED

PROGRAM = tool.ROOT / "docs" / "examples" / "check-ledger" / "check_ledger.py"
_SECONDS_MAX = 300


def is_there():
    return PROGRAM.exists()


def check(scene, site):
    """Adds what it finds to the scene's violations."""
    if not is_there():
        return
    answers = scene.folder / f"{site.name}-answers.jsonl"
    answers.write_text("".join(json.dumps(answer) + "\n" for _, answer in site.answers))
    place = (["--ledger", site.direct.folder] if scene.log == EMBEDDED else
             ["--kafka", site.brokers.bootstrap(), "--topics", site.topics])
    arguments = [sys.executable, PROGRAM, *place, "-o", "json"] + (["--answers", answers] if site.answers else [])
    done = subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True,
                          timeout=_SECONDS_MAX, check=False)
    if done.returncode == 0:
        return
    found = json.loads(done.stdout)["findings"] if done.returncode == 1 else []
    for finding in found[:5]:
        scene.violation(f"the independent reader: {finding}")
    if not found:
        scene.violation(f"the independent reader could not read it: {done.stderr.strip()[-500:]}")
