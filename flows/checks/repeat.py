"""Repeat: the same fact stated again in the same article (title, lead, caption, body).

"Gần 400 tên miền '.vn' bị tấn công" (title) … "ghi nhận gần 400 tên miền “.vn” bị tấn công" (lead).

Two mentions can be one fact when they are of one unit and mean the same number: equal, or one of them rounded or with
"hơn", "gần", "khoảng" ("trên 265 tỷ đồng" and "265,21 tỷ đồng"). Whether they are is weighed by
`flows.checks.reading.sameness`: the rarity of the number, the words they share, names, periods, place in the article.
One check a later mention; what is stated is the first.

Each number is compared with at most the first FIRST and the last LAST mentions of it, so the work is linear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from flows.checks.arithmetic.statement import make_check, number, quoted
from flows.checks.reading.article import Reading
from flows.checks.reading.sameness import Background, Mention, evidence, mention_of, probability, score, value_of
from flows.model import Check, Figure

KINDS = frozenset({"count", "money", "percent", "quantity", "rate", "duration", "age", "score", "multiple"})
THRESHOLD = 0.7
"""The logarithm of the odds from which two mentions are taken for one fact."""
FIRST, LAST = 3, 5
_ROUNDED_COMPARED = 3
_SMALLEST_ROUNDED = 10
_CLOSE = Decimal("0.05")
_NEVER_ROUNDED = frozenset({"age", "score", "duration"})
Key = tuple[str, str, object]


def find(reading: Reading) -> Iterator[Check]:
    """The repeats of an article."""
    head: dict[int, int] = {}
    odds: dict[int, float] = {}
    best: dict[int, tuple[float, int]] = {}
    for a, b, found in pairs(reading):
        weighed = score(found)
        if weighed >= THRESHOLD and weighed > best.get(b.index, (THRESHOLD - 1.0, 0))[0]:
            best[b.index] = (weighed, a.index)
    for later in sorted(best):
        weighed, earlier = best[later]
        head[later] = head.get(earlier, earlier)
        odds[later] = weighed
    for later in sorted(head):
        yield _check(reading, head[later], later, probability(odds[later]))


def pairs(reading: Reading) -> Iterator[tuple[Mention, Mention, dict[str, float]]]:
    """The mentions that might be one fact, with the evidence: equal numbers first, then one that rounds the other."""
    groups: dict[Key, list[int]] = defaultdict(list)
    for i, figure in enumerate(reading.figures):
        if figure.kind in KINDS:
            groups[_key(figure)].append(i)
    known: dict[int, Mention] = {}

    def mention(i: int) -> Mention:
        if i not in known:
            known[i] = mention_of(reading, i)
        return known[i]

    background = Background.of(reading)
    for members in groups.values():
        for at, later in enumerate(members):
            earlier = members[:at] if at <= FIRST + LAST else members[:FIRST] + members[at - LAST : at]
            for first in earlier:
                a, b = mention(first), mention(later)
                yield a, b, evidence(a, b, background)
    for first, later in _rounded(reading, [members[0] for members in groups.values()]):
        a, b = mention(first), mention(later)
        yield a, b, evidence(a, b, background)


def _rounded(reading: Reading, candidates: list[int]) -> Iterator[tuple[int, int]]:
    """Mentions whose numbers are not equal, but one may be the other rounded."""
    groups: dict[tuple[str, str], list[tuple[Decimal, int]]] = defaultdict(list)
    for i in candidates:
        figure = reading.figures[i]
        if figure.value is not None and figure.value >= _SMALLEST_ROUNDED and figure.kind not in _NEVER_ROUNDED:
            groups[_key(figure)[:2]].append((figure.value, i))
    for members in groups.values():
        members.sort()
        for at, (_, i) in enumerate(members):
            for _, j in members[at + 1 : at + 1 + _ROUNDED_COMPARED]:
                if one_rounds_the_other(reading, i, j):
                    yield min(i, j), max(i, j)


def one_rounds_the_other(reading: Reading, i: int, j: int) -> bool:
    """Whether two unequal figures can be one number, printed more or less roughly."""
    first, second = reading.spread(i), reading.spread(j)
    if first is None or second is None or not first.cut.meets(second.cut):
        return False
    x, y = reading.figures[i], reading.figures[j]
    if x.value is None or y.value is None or abs(x.value - y.value) > _CLOSE * max(abs(x.value), abs(y.value)):
        return False
    return x.qualifier != "exact" or y.qualifier != "exact" or x.resolution != y.resolution


def _key(figure: Figure) -> Key:
    unit = "" if figure.kind == "count" else figure.unit
    return figure.kind, unit, value_of(figure)


def _check(reading: Reading, first: int, later: int, confidence: float) -> Check:
    stated, again = reading.figures[first], reading.figures[later]
    return make_check(
        "repeat",
        stated,
        [(again, "later")],
        reading.spread(later),
        expression=number(again),
        claim=f"{quoted(stated)} is stated again as {quoted(again)}",
        confidence=confidence,
    )
