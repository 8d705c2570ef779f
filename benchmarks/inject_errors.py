"""How many injected errors the checks flag.

    python benchmarks/inject_errors.py GOLD_DIR [--seed N] [--misses]

Takes the consistent checks that are found in the annotated articles of GOLD_DIR (articles.jsonl) and that an annotation
confirms (gold/<id>.json), and alters one operand, or the stated figure, of each by at least one unit of its last digit,
such that the intervals part. Two questions are asked of each alteration:

- *judged*: is the same relation, computed again with the altered figure, flagged as inconsistent?
- *read again*: is the article, printed with the altered figure and read anew, given an alarm on these figures? Here the
  words alone must show the relation, because its numbers no longer do; a relation that only its numbers gave away
  falls silent instead, which is the price of raising no false alarm.

A third count alters figures within their rounding, where nothing may be flagged.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from flows import Check, Figure, find_checks, find_figures
from flows.checks.arithmetic.printed import Spread, apply, spread
from flows.checks.arithmetic.verdict import INCONSISTENT, judge

FAMILY = {"sum": "breakdown", "bound": "breakdown"}
SKIPPED = frozenset({"bound", "repeat", "convert", "weekday", "integrality", "implied_base", "share_of_sum"})
STEPS = (1, -1, 2, -2, 3, -3, 5, -5, 9, 10, -10, 20, 50, 100)


def recompute(check: Check, figures: list[Figure]) -> Spread | None:
    """The relation of `check` with other figures for its operands."""
    known = [found for figure in figures if (found := spread(figure)) is not None]
    if len(known) != len(figures):
        return None
    total = Spread.point(0)
    for one in known:
        total = total + one
    way = -1 if check.stated is not None and check.stated.direction == "down" else 1
    relations: dict[str, Any] = {
        "ratio": lambda a, b: 100 * a / b,
        "change": lambda a, b: way * 100 * (a - b) / b,
        "increment": lambda a, b: 100 * a / (b - way * a),
        "multiple": lambda a, b: a / b,
        "average": lambda a, b: a / b,
        "product": lambda a, b: a * b,
    }
    if check.kind in ("sum", "complement"):
        return total
    if check.kind == "difference":
        return abs(known[0] - known[1])
    return apply(relations[check.kind], *known)


def flagged(check: Check, figures: list[Figure], stated: Figure | None) -> bool:
    """Whether the relation with these figures is inconsistent."""
    target = Spread.point(100) if stated is None else spread(stated)
    return target is not None and judge(target, recompute(check, figures)) == INCONSISTENT


def altered(figure: Figure, step: int) -> Figure | None:
    """The figure moved by `step` units of its last printed digit; None where it would change sign or is a range."""
    if figure.value is None:
        return None
    value = figure.value + step * figure.resolution
    return replace(figure, value=value) if value > 0 else None


def variants(check: Check) -> Iterator[tuple[int, Figure]]:
    """Alterations of each figure of the check; position -1 is the stated figure."""
    members = [(n, operand.figure) for n, operand in enumerate(check.operands)]
    if check.stated is not None:
        members.append((-1, check.stated))
    for position, figure in members:
        for step in STEPS:
            other = altered(figure, step)
            if other is not None:
                yield position, other


def printed_again(text: str, figure: Figure, other: Figure) -> str | None:
    """The text with `figure` printed as `other`, None where the numeral cannot be rewritten in its own form."""
    numeral = text[figure.char_start : figure.number_end]
    digits = "".join(sign for sign in numeral if sign.isdigit())
    if not digits or figure.value is None or other.value is None or int(digits) == 0:
        return None
    unit = Fraction(figure.value) / int(digits)
    number = Fraction(other.value) / unit
    if number.denominator != 1:
        return None
    new = str(number.numerator).rjust(len(digits), "0")
    if len(new) != len(digits):
        return None
    supply = iter(new)
    rewritten = "".join(next(supply) if sign.isdigit() else sign for sign in numeral)
    return text[: figure.char_start] + rewritten + text[figure.number_end :]


def spans(check: Check) -> set[int]:
    """Where the figures of a check begin."""
    members = {operand.figure.char_start for operand in check.operands}
    return members | ({check.stated.char_start} if check.stated is not None else set())


def annotated(gold: dict[str, Any], text: str) -> set[tuple[str, frozenset[int]]]:
    """The annotated consistent checks of an article: kind and where the figures begin."""
    starts: dict[str, int] = {}
    for figure in gold["figures"]:
        at = -1
        end = 0
        for _ in range(figure.get("nth", 1)):
            at = text.index(figure["quote"], end)
            end = at + len(figure["quote"])
        starts[figure["id"]] = at
    found = set()
    for check in gold["checks"]:
        if check["verdict"] == "consistent":
            members = [i for i in (check.get("stated"), *check["operands"]) if i]
            found.add((FAMILY.get(check["kind"], check["kind"]), frozenset(starts[i] for i in members)))
    return found


def main() -> int:
    """Run the injection over a gold folder and print the counts by kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="print the alterations that are not flagged")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    tried: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    read: Counter[str] = Counter()
    reprinted: Counter[str] = Counter()
    within = wrong = 0
    for line in (options.gold / "articles.jsonl").open(encoding="utf-8"):
        article = json.loads(line)
        text = article["text"]
        gold = json.loads((options.gold / "gold" / f"{article['id']}.json").read_text(encoding="utf-8"))
        confirmed = annotated(gold, text)
        for check in find_checks(text, find_figures(text)):
            if check.kind in SKIPPED or check.verdict == INCONSISTENT:
                continue
            if (FAMILY.get(check.kind, check.kind), frozenset(spans(check))) not in confirmed:
                continue
            operands = [operand.figure for operand in check.operands]
            options_found = [
                (position, other) for position, other in variants(check) if _parts(check, operands, position, other)
            ]
            for _, other in ((p, o) for p, o in variants(check) if not _parts(check, operands, p, o)):
                within += 1
                wrong += other.value is None
            if not options_found:
                continue
            position, other = chance.choice(options_found)
            tried[check.kind] += 1
            judged[check.kind] += 1
            original = check.stated if position < 0 else operands[position]
            again = printed_again(text, original, other) if original is not None else None
            if again is None:
                continue
            reprinted[check.kind] += 1
            alarms = [c for c in find_checks(again, find_figures(again)) if c.verdict == INCONSISTENT]
            hit = any(original is not None and original.char_start in spans(c) for c in alarms)
            read[check.kind] += hit
            if options.misses and not hit:
                print(article["id"], check.kind, check.formula, "->", other.value)
    print(f"{'kind':<12} {'altered':>8} {'judged':>8} {'reprinted':>10} {'read again':>11}")
    for kind in sorted(tried):
        print(f"{kind:<12} {tried[kind]:>8} {judged[kind]:>8} {reprinted[kind]:>10} {read[kind]:>11}")
    total, again_total = sum(tried.values()), sum(reprinted.values())
    print(f"judged: {sum(judged.values())} of {total} flagged; altered within rounding: {wrong} of {within} flagged")
    print(f"read again: {sum(read.values())} of {again_total} flagged")
    return 0


def _parts(check: Check, operands: list[Figure], position: int, other: Figure) -> bool:
    """Whether the intervals part when the figure at `position` is replaced."""
    changed = list(operands)
    stated = check.stated
    if position < 0:
        stated = other
    else:
        changed[position] = other
    return flagged(check, changed, stated)


if __name__ == "__main__":
    sys.exit(main())
