"""What `benefits submit` answered, held against what stands in the ledger (docs/design.md, "What an answer promises").

    accepted  its entry stands once, at the place that the answer names, and no other answer to that id contradicts it
    refused, nothing
              at the answer's position the partner had the answer's version, and no entry with that id stood there, but
              for a refusal that says so (command.id-reused). One that stands behind it was accepted later.
    failed    nothing of it is in the log, unless another answer accepted it
    unknown   nothing
"""

import collections
import json

from partition import Finding, partition_of

REUSED = "command.id-reused"


class NoAnswers(Exception):
    """A file that doesn't hold answers; in words."""


def read(paths):
    """The answers of some files. A last line that isn't whole, as of a program that was killed, is left out."""
    found = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith("\n"):
                    break
                try:
                    answer = json.loads(line)
                    answer["outcome"]
                except (ValueError, TypeError, KeyError) as error:
                    raise NoAnswers(f"{path}, line {number} is no answer of `submit`: {line[:60]!r}") from error
                found.append(answer)
    return found


def check(answers, partitions):
    """How many of each outcome there are. Findings go to the partitions."""
    answered = [answer for answer in answers if answer.get("partner")]  # the others moved a clock, or were no command
    accepted = {(answer["partner"], answer["id"]) for answer in answered
                if answer["outcome"] in ("accepted", "unknown")}
    for answer in answered:
        if "partition" not in answer:
            continue
        number = partition_of(answer["partner"], len(partitions))
        if answer["partition"] != number:
            partitions[number].find(answer.get("position"), _named(answer) + f"names partition {answer['partition']}")
            continue
        _check_one(answer, partitions[number], (answer["partner"], answer["id"]) in accepted)
    return collections.Counter(answer["outcome"] for answer in answers)


def _named(answer):
    where = f"line {answer['line']}, " if "line" in answer else ""
    return f"the answer {answer['outcome']!r} to {where}{answer['partner']!r} {answer['id']!r} "


def _check_one(answer, partition, may_stand):
    position = answer.get("position", partition.next)
    if partition.stopped and position >= partition.next:
        return  # of what was not read nothing is known
    stands = partition.commands.get((answer["partner"], answer["id"]))
    if answer["outcome"] == "accepted":
        _check_accepted(answer, partition, stands)
    elif answer["outcome"] == "failed":
        if stands and not may_stand:
            partition.find(stands[2], _named(answer) + "is not true: its entry stands here")
    elif answer["outcome"] in ("refused", "nothing"):
        _check_judged(answer, partition, stands, may_stand)


def _check_accepted(answer, partition, stands):
    place = (answer["seq"], answer["version"], answer["position"])
    if stands is None:
        partition.find(answer["position"], _named(answer) + "is not true: no entry with that id stands in the log")
    elif stands != place:
        partition.find(answer["position"], _named(answer) + "names seq {}, version {}, position {}".format(*place)
                       + "; its entry stands at seq {}, version {}, position {}".format(*stands))


def _check_judged(answer, partition, stands, may_stand):
    position, version = answer["position"], partition.version_at(answer["partner"], answer["position"])
    if version != answer["version"]:
        partition.find(position, _named(answer) + f"has version {answer['version']}; the partner was at {version}")
    reused = answer.get("code") == REUSED
    stood = stands is not None and stands[2] <= position
    if stood != reused:
        partition.find(position, _named(answer) + (f"is not true: an entry with that id stands at {stands[2]}"
                                                   if stood else "is not true: no entry has that id"))
    elif stands and not stood and not may_stand:
        partition.find(stands[2], _named(answer) + f"was given at {position}; an entry with that id stands here, and "
                       "no answer accepts it")
