"""Repeat: the same fact stated again in the same article (title, lead, caption, body).

"Gần 400 tên miền '.vn' bị tấn công" (title) … "ghi nhận gần 400 tên miền “.vn” bị tấn công" (lead).

Two mentions are one fact when they are of one unit, mean the same number (equal, or one of them rounded or with "hơn",
"gần", "khoảng"), and the words beside them agree. How much agreement is needed depends on how telling the number is:
"514,5 tỉ đồng" twice in an article is hardly chance, "hai" nearly always is. Mentions whose organisation, place or
period are known to differ are two facts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from flows.checks.arithmetic.statement import make_check, number, quoted
from flows.checks.reading.article import Reading, same_measure, significant_digits
from flows.checks.reading.words import words
from flows.model import Check, Figure

ENOUGH = 3.0
"""Evidence needed for one fact: what the number tells plus what the words share."""
ENOUGH_WORDS = 2.0
"""Of which so much must come from the words where the two numbers are not equal."""
_MENTIONS_COMPARED = 6
_NEIGHBOURS = 3
_NEAR = 70
_WORDS_BESIDE = 6
_SMALL = 10
_CLOSE = Decimal("0.03")
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(r"[;\n]|[.!?…](?=\s|\Z)")
_FUNCTION_WORDS = frozenset(words("function"))
Key = tuple[str, str, object]


@dataclass(slots=True)
class _Mention:
    index: int
    left: tuple[str, ...]
    right: tuple[str, ...]
    telling: float


def find(reading: Reading) -> Iterator[Check]:
    """The repeats of an article."""
    candidates = [i for i, figure in enumerate(reading.figures) if figure.kind in _TELLING]
    keys = {i: _key(reading.figures[i]) for i in candidates}
    counted = Counter(keys.values())
    facts: dict[Key, list[_Mention]] = {}
    taken: set[int] = set()
    for i in candidates:
        if counted[keys[i]] < 2:
            continue
        known = facts.setdefault(keys[i], [])
        mention = _mention(reading, i)
        best, most = None, 0.0
        for earlier in known:
            evidence = _evidence(reading, earlier, mention)
            if evidence > most:
                best, most = earlier, evidence
        if best is not None and most >= ENOUGH:
            taken.add(i)
            yield _check(reading, best.index, i, most)
        elif len(known) < _MENTIONS_COMPARED:
            known.append(mention)
    yield from _rounded(reading, [i for i in candidates if i not in taken])


def _rounded(reading: Reading, candidates: list[int]) -> Iterator[Check]:
    """Repeats whose numbers are not equal: "trên 265 tỷ đồng" in the title, "265,21 tỷ đồng" in the body."""
    groups: dict[tuple[str, str], list[int]] = {}
    for i in candidates:
        figure = reading.figures[i]
        if figure.value is not None and figure.value >= _SMALL and figure.kind not in ("age", "score", "percent"):
            groups.setdefault(_key(figure)[:2], []).append(i)
    for members in groups.values():
        if len(members) < 2:
            continue
        members.sort(key=lambda i: (reading.figures[i].value, i))
        for at, i in enumerate(members):
            for j in members[at + 1 : at + 1 + _NEIGHBOURS]:
                first, later = min(i, j), max(i, j)
                if reading.figures[i].value != reading.figures[j].value and _one_rounds_the_other(reading, first, later):
                    a, b = _mention(reading, first), _mention(reading, later)
                    shared = _shared(reading, a, b)
                    if shared >= ENOUGH_WORDS and _compatible(reading.figures[first], reading.figures[later]):
                        yield _check(reading, first, later, shared + 1)


def _one_rounds_the_other(reading: Reading, a: int, b: int) -> bool:
    first, second = reading.spread(a), reading.spread(b)
    if first is None or second is None or not first.cut.meets(second.cut):
        return False
    x, y = reading.figures[a], reading.figures[b]
    if x.value is None or y.value is None or abs(x.value - y.value) > _CLOSE * max(abs(x.value), abs(y.value)):
        return False
    return x.qualifier != "exact" or y.qualifier != "exact" or x.resolution != y.resolution


def _key(figure: Figure) -> Key:
    unit = "" if figure.kind == "count" else figure.unit
    value: object = figure.value if figure.value is not None else (figure.value_low, figure.value_high)
    return figure.kind, unit, value


def _mention(reading: Reading, i: int) -> _Mention:
    figure = reading.figures[i]
    left = reading.text[max(0, figure.char_start - _NEAR) : figure.char_start].lower()
    right = reading.text[figure.char_end : figure.char_end + _NEAR].lower()
    for end in _CLAUSE_END.finditer(left):
        left = " " * end.end() + left[end.end() :]
    stop = _CLAUSE_END.search(right)
    right = right[: stop.start()] if stop else right
    return _Mention(i, _content(left)[-_WORDS_BESIDE:], _content(right)[:_WORDS_BESIDE], _telling(figure))


def _content(stretch: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(stretch) if len(word) > 1 and word not in _FUNCTION_WORDS)


_TELLING = {
    "count": 0.0, "money": 1.0, "rate": 1.5, "quantity": 1.0, "percent": 0.5, "age": 2.0, "duration": 0.0, "score": -1.5
}


def _telling(figure: Figure) -> float:
    """How unlikely it is that the number stands twice in an article by chance."""
    evidence = _TELLING[figure.kind]
    if figure.value is None:
        return evidence + 2.5
    size = abs(figure.value)
    digits = significant_digits(figure)
    if size < _SMALL and figure.resolution >= 1 and figure.kind in ("count", "duration"):
        return evidence + (0.5 if any(sign.isdigit() for sign in figure.surface) else -1.0)
    evidence += 1.0 if digits <= 1 else 2.0 if digits == 2 else 3.5
    if figure.qualifier == "at_least":
        evidence -= 2.5
    if figure.kind == "count" and size >= 1000:
        evidence += 1.2 if size >= 10000 else 0.8
    return evidence


def _compatible(first: Figure, second: Figure) -> bool:
    """Whether nothing that is known of the two mentions makes them two facts."""
    if first.sentence_no == second.sentence_no or (first.kind == "count" and not same_measure(first, second)):
        return False
    if first.direction != second.direction and first.kind in ("percent", "count"):
        return False
    if first.period_end is not None and second.period_end is not None:
        if first.period_end != second.period_end and first.period_start != second.period_start:
            return False
    return True


def _evidence(reading: Reading, a: _Mention, b: _Mention) -> float:
    if not _compatible(reading.figures[a.index], reading.figures[b.index]):
        return 0.0
    return min(a.telling, b.telling) + _shared(reading, a, b)


def _shared(reading: Reading, a: _Mention, b: _Mention) -> float:
    """How much the words beside two mentions agree."""
    evidence = 0.0
    first, second = reading.figures[a.index], reading.figures[b.index]
    if first.kind == "count":
        nouns = set(_content(first.unit.lower())) & set(_content(second.unit.lower()))
        evidence += min(0.7 * len(nouns), 1.4)
    right, left = set(a.right) & set(b.right), set(a.left) & set(b.left)
    evidence += min(1.0 * len(right), 2.0) + min(0.7 * len(left), 2.1)
    crossed = (set(a.left) & set(b.right) | set(a.right) & set(b.left)) - right - left
    return evidence + min(0.3 * len(crossed), 0.9)


def _check(reading: Reading, first: int, later: int, evidence: float) -> Check:
    stated, again = reading.figures[first], reading.figures[later]
    return make_check(
        "repeat",
        stated,
        [(again, "later")],
        reading.spread(later),
        expression=number(again),
        claim=f"{quoted(stated)} is stated again as {quoted(again)}",
        confidence=min(0.99, 0.5 + evidence / 20),
    )
