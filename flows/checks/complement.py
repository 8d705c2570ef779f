"""Complement: percentages that the text presents as all parts of one whole add up to 100 %.

"78 % cho rằng cần thiết, 21 % cho là không, 1 % cho là cần nhưng phải đổi mới" → 78 + 21 + 1 = 100.

Shares that stand one after another and reach 100 % are taken as a partition; shares that do not are one only where the
text names the rest ("còn lại 95 %").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.printed import Spread
from flows.checks.arithmetic.statement import joined, make_check, quoted_list
from flows.checks.reading.article import Reading, is_share
from flows.checks.reading.breakdowns import sum_of
from flows.model import Check

_MOST_SHARES = 12
_REST = re.compile(r"(?<!\w)còn lại(?!\w)")
_FROM = re.compile(r"(?<!\w)từ[^,;.]{0,25}\Z")
_TO = re.compile(r"(?<!\w)(?:lên|xuống|đến|tới|còn)[^,;.]{0,15}\Z")
_OTHERS = re.compile(r"(?<!\w)(?:các|những|số|phần)\s(?:\w+\s){0,3}còn lại\s(?:chiếm|là|không|đạt)")
_WHOLE = Spread.point(100)


def find(reading: Reading) -> Iterator[Check]:
    """The partitions of 100 % a text asserts."""
    shares = [i for i, figure in enumerate(reading.figures) if is_share(figure) and figure.value is not None]
    at = 0
    while at < len(shares):
        found = _from(reading, shares, at)
        if found is None:
            at += 1
            continue
        parts, confidence = found
        yield _check(reading, parts, confidence)
        at += len(parts)


def _from(reading: Reading, shares: list[int], at: int) -> tuple[tuple[int, ...], float] | None:
    """The longest partition that begins with share number `at`."""
    parts: list[int] = []
    total = Spread.point(0)
    found: tuple[int, ...] = ()
    for i in shares[at : at + _MOST_SHARES]:
        if parts:
            apart = reading.sentences_apart(parts[-1], i)
            rest = bool(_REST.search(reading.before(i)) or _REST.match(reading.after(i).strip()))
            if apart > (2 if rest else 1) or i - parts[-1] > 3:
                break
        if parts and _TO.search(reading.before(i)) and _FROM.search(reading.before(parts[-1])):
            break
        one = reading.plain(i)
        value = reading.figures[i].value
        if one is None or value is None or value <= 0 or value >= 100:
            break
        parts.append(i)
        total = total + one
        if total.rounded.low is not None and total.rounded.low > 100:
            break
        if len(parts) >= 2 and total.rounded.meets(_WHOLE.rounded):
            found = tuple(parts)
    if found and _OTHERS.search(reading.after(found[-1])):
        return None
    return (found, 0.9) if found else None


def _check(reading: Reading, parts: tuple[int, ...], confidence: float) -> Check:
    operands = [reading.figures[k] for k in parts]
    return make_check(
        "complement",
        None,
        [(figure, "part") for figure in operands],
        sum_of(reading, parts),
        expression=joined(operands, "+"),
        unit="%",
        claim=f"the text gives {quoted_list(operands)} as the parts of one whole",
        confidence=confidence,
        against=_WHOLE,
        causes=lambda: digit_slip(None, operands, lambda known: sum_spreads(known)),
    )


def sum_spreads(known: Sequence[Spread]) -> Spread | None:
    """The sum of spreads."""
    total = Spread.point(0)
    for one in known:
        total = total + one
    return total
