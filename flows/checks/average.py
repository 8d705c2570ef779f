"""Average: a stated mean is a total divided by a number of items or a length of time.

"17 bàn sau 44 trận đấu, hiệu suất 0,38 bàn/trận" → 17 / 44 = 0.386; "3 tháng … hơn 2.900 chiếc, bình quân mỗi tháng bán
được 1.000 chiếc" → 967 to 1,015.

The words (bình quân, trung bình, mỗi …) or a "per" unit mark the mean; total and number stand before it in this or the
last sentence and must agree with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.printed import Spread, apply
from flows.checks.arithmetic.statement import make_check, number, quoted
from flows.checks.reading.article import Reading, coarseness, is_level, same_noun, significant_digits
from flows.checks.reading.words import alternation, holds
from flows.model import Check, Figure

_MEANS = ("bình quân", "trung bình", "hiệu suất", "mỗi", "tính ra", "chia đều")
_MEAN = re.compile(rf"{alternation(_MEANS)}[^;]{{0,60}}\Z")
_PER = re.compile(r"(?<!\w)(?:mỗi|một|trên)\s+(?P<item>\w+(?:\s\w+)?)")
_DURATIONS = {"year": "năm", "month": "tháng", "week": "tuần", "day": "ngày", "hour": "giờ", "minute": "phút"}
_LOOSEST = 0.35
_CLOSE = Fraction(1, 20)


def find(reading: Reading) -> Iterator[Check]:
    """The averages a text asserts."""
    for i, figure in enumerate(reading.figures):
        if is_level(figure) and figure.value is not None and figure.value > 0 and figure.direction is None:
            per = _per(reading, i)
            if per is not None:
                check = _average(reading, i, per)
                if check is not None:
                    yield check


def _per(reading: Reading, i: int) -> str | None:
    """What the mean at `i` is per ("trận", "tháng"), "" if the words only say that it is a mean, None if it is none."""
    figure = reading.figures[i]
    if figure.kind == "rate" and "/" in figure.unit:
        return figure.unit.split("/")[-1].lower()
    before = reading.before(i)
    if not (holds(before, _MEANS) and _MEAN.search(before)):
        return None
    found = list(_PER.finditer(before))
    return found[-1]["item"] if found else ""


def _average(reading: Reading, i: int, per: str) -> Check | None:
    figures = reading.figures
    mean = figures[i]
    near = [k for k in reading.backwards(i, 1, 6) if figures[k].value]
    for total in near:
        if not _is_total(figures[total], mean):
            continue
        for items in near:
            if items == total or not _is_number_of(figures[items], per, figures[total]):
                continue
            computed = _mean(reading.spread(total), reading.spread(items))
            stated = reading.spread(i)
            if computed is None or stated is None or not stated.cut.meets(computed.cut):
                continue
            if not _MEAN.search(reading.before(i)) and not _plainly(reading, i, total, items):
                continue
            if float(max(coarseness(stated), coarseness(computed))) <= _LOOSEST:
                return _check(reading, i, total, items)
    return None


def _plainly(reading: Reading, i: int, total: int, items: int) -> bool:
    """Whether the numbers agree without their qualifiers, and closely: needed where only the unit makes it a mean."""
    computed, stated = _mean(reading.plain(total), reading.plain(items)), reading.plain(i)
    if computed is None or stated is None or not stated.rounded.meets(computed.rounded):
        return False
    return coarseness(stated) <= _CLOSE and significant_digits(reading.figures[i]) >= 2


def _is_total(total: Figure, mean: Figure) -> bool:
    if not is_level(total) or total.direction is not None:
        return False
    head = mean.unit.split("/")[0]
    if total.kind == "count":
        return mean.kind in ("count", "rate") and same_noun(total.unit, head)
    return total.unit.split("/")[0] == head


def _is_number_of(items: Figure, per: str, total: Figure) -> bool:
    if items.value is None or items.value <= 1 or items.direction is not None:
        return False
    if items.kind == "duration":
        name = _DURATIONS.get(items.unit, items.unit)
        return bool(per) and per.startswith(name)
    return (
        items.kind == "count"
        and bool(per)
        and per.split()[0] in items.unit.lower().split()
        and items.unit != total.unit
    )


def _mean(total: Spread | None, items: Spread | None) -> Spread | None:
    return None if total is None or items is None else apply(lambda t, n: t / n, total, items)


def _check(reading: Reading, i: int, total: int, items: int) -> Check:
    stated, a, b = reading.figures[i], reading.figures[total], reading.figures[items]
    return make_check(
        "average",
        stated,
        [(a, "total"), (b, "number")],
        _mean(reading.spread(total), reading.spread(items)),
        expression=f"{number(a)} / {number(b)}",
        claim=f"the text gives {quoted(stated)} as the average of {quoted(a)} over {quoted(b)}",
        confidence=0.85,
        causes=lambda: digit_slip(stated, [a, b], lambda known: _mean(known[0], known[1])),
    )
