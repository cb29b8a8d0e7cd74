"""Commands to work with: what `benefits generate` prints, and retries of some."""

import functools
import json

import benefits as tool


@functools.lru_cache(maxsize=8)
def generated(partners, seed):
    """Lines without their ends."""
    run = tool.benefits("generate", "--partners", partners, "--seed", seed)
    assert run.code == tool.DONE, run
    return tuple(run.out.splitlines())


def key_of(line):
    """What names a command for ever."""
    command = json.loads(line)
    return command["partner"], command["id"]


def of_partners(lines, share, shares):
    """Those of every partner whose turn it is: the `share`th of so many, whole histories."""
    partners = sorted({key_of(line)[0] for line in lines})
    mine = set(partners[share::shares])
    return [line for line in lines if key_of(line)[0] in mine]


def with_retries(lines, dice, one_in):
    """Now and then a line comes again soon after, as from an impatient caller."""
    made = []
    for line in lines:
        made.append(line)
        if dice.randrange(one_in) == 0:
            made.append(made[dice.randrange(max(0, len(made) - 50), len(made))])
    return made


def mixed(count, dice, partners=20):
    """So many lines: short commands that are all accepted, among them the lives of some made-up partners, and retries.
    Few new persons, since each costs a key that is written and synced by itself."""
    lives = iter(generated(max(4, partners // 2), dice.randrange(1 << 30)))
    names = [f"steady-{number:03}" for number in range(partners)]
    lines = [json.dumps(tool.command(0, partner=name)) for name in names]
    number = 0
    while len(lines) < count:
        number += 1
        lines += [agreement(number, name) for name in names]
        lines += [line for line, _ in zip(lives, range(partners // 4))]
    return with_retries(lines, dice, 20)[:count]


def agreement(number, partner):
    """Accepted as often as it comes with another number."""
    return json.dumps(tool.command(number, partner=partner, type="AcceptAgreement", body={"agreement": f"a{number}"}))
