"""Which `benefits` is tested, and where the helpers of the tests at its level are. First of all imports."""

import os
import pathlib
import sys

_ROOT = pathlib.Path(__file__).resolve().parents[2]


def use(binary=None):
    """As named, or by BENEFITS_BINARY, or the release build."""
    binary = binary or os.environ.get("BENEFITS_BINARY") or _ROOT / "build" / "release" / "benefits"
    os.environ["BENEFITS_BINARY"] = os.path.abspath(binary)
    if not os.access(os.environ["BENEFITS_BINARY"], os.X_OK):
        sys.exit(f"{binary} is no program: name one with --benefits, or build it")
    sys.path.insert(1, str(_ROOT / "tests" / "tools"))


def switches(variable):
    """What a test build can be told by this variable of its environment; a release build knows none."""
    import benefits as tool
    run = tool.benefits("--version", **{variable: "list"})
    names = run.out.split() if run.code == tool.DONE else []
    return [] if names[:1] == ["benefits"] else names
