#!/usr/bin/env python3
"""compare.py EXPECTED ANSWERS: each answer of `benefits submit` says what the expected line beside it says.

Only the members that stand in the expected line are compared: where an entry came to stand is not part of it.
Exits 1 and names the first lines that differ.
"""
import collections
import json
import sys


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def differences(expected, answers):
    if len(expected) != len(answers):
        yield f"{len(expected)} answers expected, {len(answers)} given"
    for want, got in zip(expected, answers):
        for name, value in want.items():
            if got.get(name) != value:
                yield f"line {want.get('line')}: {name} should be {value!r}, is {got.get(name)!r}"


def main():
    expected, answers = lines(sys.argv[1]), lines(sys.argv[2])
    found = list(differences(expected, answers))
    for difference in found[:10]:
        print(difference)
    if found:
        return 1
    count = collections.Counter(answer["outcome"] for answer in answers)
    print(f"{len(answers)} answers, all as expected: " + ", ".join(f"{n} {what}" for what, n in sorted(count.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
