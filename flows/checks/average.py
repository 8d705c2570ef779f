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
from flows.checks.arithmetic.statement import believable, make_check, number, quoted
from flows.checks.reading.article import Reading, coarseness, is_level, same_noun, significant_digits
from flows.checks.reading.dimensions import DURATIONS, conversion
from flows.checks.reading.words import alternation, holds, words
from flows.model import Check, Figure
from flows.recognizers.units import unit_named

_MEANS = words("mean", "unit_cost")
_MEAN = re.compile(rf"{alternation(_MEANS)}[^;]{{0,60}}\Z")
_MEANT = re.compile(r"(?<!\w)(?:bình quân|trung bình|chia đều|hiệu suất|năng suất)(?!\w)[^,;()]{0,40}\Z")
_UNIT_COST = re.compile(rf"{alternation(words('unit_cost'))}[^,;()]{{0,40}}\Z")
_PER = re.compile(r"(?<!\w)(?:mỗi|một|trên)\s+(?P<item>\w+(?:\s\w+)?)")
_PER_AFTER = re.compile(
    r"\A\s*(?:(?:trên|cho|tính trên)\s+)?(?:mỗi|một|từng)\s+(?P<item>\w+(?:\s\w+)?)|\A\s*/\s*(?P<unit>\w+(?:\s\w+)?)"
)
_OF_A_KIND = re.compile(r"\A\s*(?:mỗi|một|/)\s*\w+ \w")
"""The mean is per a kind of items only ("2,5 bàn mỗi trận sân nhà")."""
_EACH_AFTER = re.compile(r"\A\s*(?:(?:trên|cho|tính trên)\s+)?mỗi(?!\w)")
_ONE = Fraction(1)
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
    behind = _PER_AFTER.match(reading.after(i))
    if behind is not None:
        return behind["item"] or behind["unit"]
    if not (holds(before, _MEANS) and _MEAN.search(before)):
        return None
    found = list(_PER.finditer(before))
    return found[-1]["item"] if found else ""


def _average(reading: Reading, i: int, per: str) -> Check | None:
    figures = reading.figures
    mean = figures[i]
    near = [k for k in reading.backwards(i, 1, 6) if figures[k].value]
    near += [k for k in reading.onwards(i, 0, 2) if mean.kind == "rate" or figures[k].kind == "duration"]
    doubted: tuple[int, int, Fraction] | None = None
    for total in near:
        if not _is_total(figures[total], mean):
            continue
        for items in near:
            if items == total or not _is_number_of(figures[items], per, figures[total]):
                continue
            scale = _scale(figures[items], per) / _unit_of_total(figures[total], mean)
            computed = _mean(reading.spread(total), reading.spread(items), scale)
            stated = reading.spread(i)
            if computed is None or stated is None:
                continue
            if not stated.cut.meets(computed.cut):
                if doubted is None and _named(reading, i, total, items):
                    doubted = total, items, scale
                continue
            if not _MEAN.search(reading.before(i)) and not _plainly(reading, i, total, items, scale):
                continue
            if significant_digits(mean) > significant_digits(figures[total]) + 1 and total == i - 1 and total > items:
                continue
            if stated.central == computed.central or max(coarseness(stated), coarseness(computed)) <= _LOOSEST:
                before = reading.before(i)
                reckoned = total < i and (_MEANT.search(before) or _UNIT_COST.search(before)) is not None
                return _check(reading, i, total, items, scale, 0.85 if reckoned else 0.75)
    if doubted is None:
        return None
    check = _check(reading, i, *doubted, 0.7)
    return check if believable(check) else None


def _named(reading: Reading, i: int, total: int, items: int) -> bool:
    """Whether total and number stand side by side right before the mean in its sentence."""
    return (
        {total, items} == {i - 1, i - 2}
        and not _OF_A_KIND.match(reading.after(i))
        and reading.same_sentence(i - 2, i)
        and (
            (_MEANT.search(reading.before(i)) is not None and reading.figures[items].kind == "count")
            or (reading.figures[items].kind == "quantity" and _EACH_AFTER.match(reading.after(i)) is not None)
            or (reading.figures[i].kind == "rate" and _UNIT_COST.search(reading.before(i)) is not None)
        )
    )


def _scale(items: Figure, per: str) -> Fraction:
    """How many of what the mean is per are in one unit of the items: 1000 for a length in km and a cost per metre."""
    if items.kind != "quantity":
        return Fraction(1)
    return conversion(items.unit, _measure(per)) or Fraction(1)


def _measure(per: str) -> str:
    """The unit named by the word after "mỗi" or "/"."""
    word = per.split()[0] if per else ""
    return unit_named(word) or word


def _plainly(reading: Reading, i: int, total: int, items: int, scale: Fraction) -> bool:
    """Whether the numbers agree without their qualifiers, and closely: needed where only the unit makes it a mean."""
    computed, stated = _mean(reading.plain(total), reading.plain(items), scale), reading.plain(i)
    if computed is None or stated is None or not stated.rounded.meets(computed.rounded):
        return False
    return coarseness(stated) <= _CLOSE and significant_digits(reading.figures[i]) >= 2


def _is_total(total: Figure, mean: Figure) -> bool:
    if not is_level(total) or total.direction is not None:
        return False
    head = mean.unit.split("/")[0]
    if total.kind == "count":
        return mean.kind in ("count", "rate") and same_noun(total.unit, head)
    return total.unit.split("/")[0] == head or conversion(total.unit, head) is not None


def _unit_of_total(total: Figure, mean: Figure) -> Fraction:
    """How many units of the mean are in one of the total: 1000 for tonnes and a yield in kg."""
    return conversion(total.unit, mean.unit.split("/")[0]) or _ONE


def _is_number_of(items: Figure, per: str, total: Figure) -> bool:
    if items.value is None or items.value <= 1 or items.direction is not None:
        return False
    if items.kind == "duration":
        name = DURATIONS.get(items.unit, items.unit)
        return bool(per) and per.startswith(name)
    if items.kind == "quantity":
        return conversion(items.unit, _measure(per)) is not None
    return (
        items.kind == "count"
        and bool(per)
        and per.split()[0] in items.unit.lower().split()
        and items.unit != total.unit
    )


def _mean(total: Spread | None, items: Spread | None, scale: Fraction = _ONE) -> Spread | None:
    return None if total is None or items is None else apply(lambda t, n: t / (n * scale), total, items)


def _check(reading: Reading, i: int, total: int, items: int, scale: Fraction, confidence: float) -> Check:
    stated, a, b = reading.figures[i], reading.figures[total], reading.figures[items]
    return make_check(
        "average",
        stated,
        [(a, "total"), (b, "number")],
        _mean(reading.spread(total), reading.spread(items), scale),
        expression=f"{number(a)} / {number(b)}" + ("" if scale == 1 else f" × {1 / scale}"),
        claim=f"the text gives {quoted(stated)} as the average of {quoted(a)} over {quoted(b)}",
        confidence=confidence,
        causes=lambda: digit_slip(stated, [a, b], lambda known: _mean(known[0], known[1], scale)),
    )
