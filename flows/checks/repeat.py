"""Repeat: the same fact stated again in the same article (title, lead, caption, body).

"Gần 400 tên miền '.vn' bị tấn công" (title) … "ghi nhận gần 400 tên miền “.vn” bị tấn công" (lead).

Two mentions are one fact when they are of one unit, mean the same number (equal, or one of them rounded or with "hơn",
"gần", "khoảng"), and the words beside them agree. How much agreement is needed depends on how telling the number is:
"514,5 tỉ đồng" twice in an article is hardly chance, "hai" nearly always is. Mentions whose organisation, place or
period are known to differ are two facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.checks.arithmetic.statement import make_check, number, quoted
from flows.checks.reading.article import Reading, same_measure
from flows.checks.reading.words import words
from flows.model import Check, Figure

ENOUGH = 4.0
"""Evidence needed for one fact: what the number tells plus what the words share."""
_MENTIONS_COMPARED = 6
_NEAR = 60
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = 10
_CLAUSE_END = re.compile(r"[;\n]|[.!?…](?=\s|\Z)")


@dataclass(slots=True)
class _Mention:
    index: int
    left: frozenset[str]
    right: frozenset[str]
    telling: float


def find(reading: Reading) -> Iterator[Check]:
    """The repeats of an article."""
    facts: dict[tuple[str, str, object], list[_Mention]] = {}
    keys = [_key(figure) for figure in reading.figures]
    seen: dict[tuple[str, str, object], int] = {}
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
    for i, key in enumerate(keys):
        if seen[key] < 2:
            continue
        known = facts.setdefault(key, [])
        mention = _mention(reading, i)
        best, most = None, 0.0
        for earlier in known:
            evidence = _evidence(reading, earlier, mention)
            if evidence > most:
                best, most = earlier, evidence
        if best is not None and most >= ENOUGH:
            yield _check(reading, best.index, i, most)
        elif len(known) < _MENTIONS_COMPARED:
            known.append(mention)


def _key(figure: Figure) -> tuple[str, str, object]:
    unit = "" if figure.kind == "count" else figure.unit
    value: object = figure.value if figure.value is not None else (figure.value_low, figure.value_high)
    return figure.kind, unit, value


def _mention(reading: Reading, i: int) -> _Mention:
    figure = reading.figures[i]
    text = reading.text
    left = text[max(0, figure.char_start - _NEAR) : figure.char_start].lower()
    right = text[figure.char_end : figure.char_end + _NEAR].lower()
    for end in _CLAUSE_END.finditer(left):
        cut = end.end()
        left_kept = left[cut:]
        break
    else:
        left_kept = left
    ends = list(_CLAUSE_END.finditer(left))
    left_kept = left[ends[-1].end() :] if ends else left
    stop = _CLAUSE_END.search(right)
    right = right[: stop.start()] if stop else right
    return _Mention(i, _content(left_kept), _content(right), _telling(figure))


def _content(stretch: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(stretch) if len(word) > 1 and word not in _function_words())


def _function_words() -> frozenset[str]:
    return _FUNCTION_WORDS


_FUNCTION_WORDS = frozenset(words("function"))


def _telling(figure: Figure) -> float:
    """How unlikely it is that the number stands twice in an article by chance."""
    if figure.value is None:
        return 3.0
    digits = str(abs(figure.value).normalize()).replace(".", "").split("E")[0].strip("0") or "0"
    small = abs(figure.value) < _SMALL and figure.resolution >= 1
    spelled = not any(sign.isdigit() for sign in figure.surface)
    base = {1: 0.8, 2: 1.7}.get(len(digits), 3.0)
    if figure.kind in ("count", "duration") and small:
        return -1.5 if spelled else 0.0
    if figure.kind in ("money", "age", "rate"):
        base += 1.0
    return base


def _evidence(reading: Reading, a: _Mention, b: _Mention) -> float:
    first, second = reading.figures[a.index], reading.figures[b.index]
    if first.sentence_no == second.sentence_no:
        return 0.0
    if first.direction != second.direction and first.kind != "money":
        return 0.0
    if first.kind == "count" and not same_measure(first, second):
        return 0.0
    shared = len(a.left & b.left) + len(a.right & b.right) + 0.5 * (len(a.left & b.right) + len(a.right & b.left))
    return a.telling + min(shared, 5.0)


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
