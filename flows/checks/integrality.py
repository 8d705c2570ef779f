"""Integrality: a percentage of n counted things must be k/n for some whole number k.

"trong số 62 cấp ủy viên có 20,5 % là nữ": 12/62 is 19.4 %, 13/62 is 21.0 %; no whole number of people is 20.5 %.

Rule and source: GRIM (Brown & Heathers 2017). It can tell something only when n is small beside the digits of the
percentage, and only where the words say what the percentage is of ("trong (tổng) số n", "p % trong số n") and print no
count of it; a percentage whose count is printed is a ratio.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread
from flows.checks.arithmetic.statement import make_check, number, quoted
from flows.checks.reading.article import Reading, is_share
from flows.model import Check

_WITHIN = re.compile(r"(?<!\w)(?:trong tổng số|trong số|trong tổng)\s*\Z")
_OF = re.compile(r"\A[^\d,.;()]{0,40}(?<!\w)(?:trong|trên) (?:tổng )?số\s*\Z")
_HAVE = re.compile(r"\A[^\d.;()]{0,80}(?<!\w)(?:có|thì)(?: đến| tới| khoảng)?\s*\Z")
_CONFIDENCE = 0.65


def find(reading: Reading) -> Iterator[Check]:
    """The percentages of small printed numbers a text asserts."""
    for i, figure in enumerate(reading.figures):
        if not is_share(figure) or figure.value is None or figure.qualifier != "exact" or not 0 < figure.value < 100:
            continue
        for whole in (i - 1, i + 1):
            if 0 <= whole < len(reading.figures) and _is_whole(reading, i, whole):
                yield _check(reading, i, whole)


def _is_whole(reading: Reading, i: int, whole: int) -> bool:
    total = reading.figures[whole]
    if (
        total.kind != "count"
        or total.value is None
        or total.qualifier != "exact"
        or not reading.same_sentence(i, whole)
    ):
        return False
    if total.resolution > 1 or total.value * reading.figures[i].resolution >= 100 or total.value < 2:
        return False
    if whole < i:
        return bool(_WITHIN.search(reading.before(whole)) and _HAVE.match(reading.gap(i)))
    return bool(_OF.match(reading.gap(whole)))


def _check(reading: Reading, i: int, whole: int) -> Check:
    stated, total = reading.figures[i], reading.figures[whole]
    count = Fraction(total.value or 0)
    share = Fraction(stated.value or 0)
    nearest = Fraction(round(share * count / 100))
    computed = 100 * nearest / count
    known = reading.spread(i)
    if known is not None and not known.cut.contains(computed):
        other = nearest + (1 if computed < share else -1)
        second = 100 * other / count
        if known.cut.contains(second):
            nearest, computed = other, second
    point = Interval.point(computed)
    return make_check(
        "integrality",
        stated,
        [(total, "whole")],
        Spread(point, point),
        expression=f"{nearest} / {number(total)}",
        unit="%",
        claim=f"the text gives {quoted(stated)} of {quoted(total)}, and the nearest whole number is {nearest}",
        confidence=_CONFIDENCE,
    )
