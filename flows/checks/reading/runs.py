"""Runs of figures of one measure that no word opens as a list, and the total they make.

Numbers alone in brackets ("8 ca mắc mới tại Nam Định (1), Đà Nẵng (1) và Khánh Hòa (6)"), a list in apposition ("3
người, 2 nam và 1 nữ"), a list whose total stands a sentence or two before, and items given with percentages that make
up 100 %. Three or more of one printed noun may have their total farther back.

Only the numbers speak for most of these, so the whole run must add up exactly as printed, and its total must be
telling: a count of ten or more for three items, a number no coarser than one in 150 for two. A run is never cut to
make it fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from flows.checks.reading.article import Reading, coarseness, is_share, same_measure
from flows.checks.reading.list_words import any_of
from flows.checks.reading.lists import may_end
from flows.checks.reading.partition import Breakdown, adds_up, as_printed, in_parallel, same_head
from flows.checks.reading.shares import share_lists
from flows.checks.reading.words import noun_class, pattern
from flows.figures.sexes import stands_behind
from flows.recognizers.roles import role_words

_KINDS = frozenset({"count", "money", "quantity"})
_MOST = 60
_LONGEST_STEP = 110
_ONE_BREATH = 60
_TELLING = Fraction(1, 150)
_TELLING_COUNT = 10
_FEW = 5
_FAR_SENTENCES, _FAR_WINDOW = 12, 24
_PLAIN = ("exact", "over", "under", "about")
_GLUE = re.compile(rf"[,;+]|{any_of('join')}")
_ARE = re.compile(r"\A[^,;.()\n]{0,30}(?<!\w)là\s*\Z")
_STOP = re.compile(r"\n|[.!?…][\"”’)]*\s|:")
_TOTAL_WORD = re.compile(rf"{any_of('called_total')}[^,;.]{{0,30}}\Z")
_BRACKET_STEP = re.compile(r"\A\)[^().!?\n]{1,60}\(\Z")
_NEXT_ITEM = re.compile(rf"\A[^,;.()]{{0,60}}[,;]\s*(?:{any_of('more')}\s*)?\Z")
_REST = re.compile(rf"{any_of('rest')}[^,;.]{{0,20}}\Z")
_SEXES_JOINED = re.compile(r"\A(?:,|,? (?:và|với))?\s\Z")
_LACKING = re.compile(r"(?<!\w)thiếu(?!\w)")
_FROM_TO = re.compile(r"(?<!\w)(?:từ|lên|xuống|đến|tới|hoặc|hay|gấp)[^,;.]{0,20}\Z")


def runs(reading: Reading) -> Iterator[Breakdown]:
    """The breakdowns of runs, in reading order."""
    k = 0
    while k < len(reading.figures):
        bracketed = _bracketed(reading, k)
        if len(bracketed) >= 2:
            yield from _in_brackets(reading, bracketed)
            k = bracketed[-1] + 1
            continue
        joined = k + 1 < len(reading.figures) and reading.same_sentence(k, k + 1)
        run = _run(reading, k) if joined else []
        if len(run) >= 2:
            yield from _made_up(reading, run)
        k = run[-1] + 1 if run else k + 1
    yield from _of_both_sexes(reading)
    yield from _shared_out(reading)


def _bracketed(reading: Reading, first: int) -> list[int]:
    """The figures from `first` on that stand alone in brackets, each after its item."""
    found: list[int] = []
    for k in range(first, min(len(reading.figures), first + _MOST)):
        figure = reading.figures[k]
        start, end = figure.char_start, figure.char_end
        if reading.text[start - 1 : start] != "(" or reading.text[end : end + 1] != ")":
            break
        if figure.kind not in _KINDS or figure.value is None:
            break
        if found and (not _BRACKET_STEP.match(reading.gap(k)) or not same_measure(reading.figures[found[0]], figure)):
            break
        found.append(k)
    return found


def _in_brackets(reading: Reading, parts: Sequence[int]) -> Iterator[Breakdown]:
    """The total of numbers in brackets: the nearest figure of their measure before them in the sentence."""
    first = reading.figures[parts[0]]
    for total in reading.backwards(parts[0], sentences=0, window=4):
        whole = reading.figures[total]
        if whole.kind != first.kind or whole.value is None or whole.direction is not None:
            continue
        if not (same_measure(whole, first) or first.unit_source != "printed"):
            continue
        fits = adds_up(reading, total, parts, plainly=True)
        bare = len(parts) >= 3 and all(same_head(reading.figures[k], whole) for k in parts)
        if fits or bare and (total == parts[0] - 1 or _announced(reading, total, parts)):
            yield Breakdown(total, tuple(parts), "brackets", True, fits, 0.9)
            return


def _announced(reading: Reading, total: int, parts: Sequence[int]) -> bool:
    """Whether the text says how many parts there are: "6.000 tỷ đồng cho 3 loại kỳ hạn: 5 năm (3.000 tỷ), …"."""
    figures = reading.figures
    told = sum((figures[k].value or Decimal(0) for k in parts), Decimal(0))
    near = 5 * abs(told - (figures[total].value or Decimal(0))) <= told
    return near and any(
        figures[k].kind == "count" and figures[k].value == len(parts) for k in range(total + 1, parts[0])
    )


def _run(reading: Reading, first: int) -> list[int]:
    """The figures of one measure from `first` on that separators join in one sentence, asides passed over."""
    figures = reading.figures
    if not _may_belong(reading, first):
        return []
    run = [first]
    for k in range(first + 1, min(len(figures), first + _MOST)):
        between = reading.between(run[-1], k)
        if len(between) > _LONGEST_STEP or figures[k].sentence_no != figures[first].sentence_no:
            break
        if figures[k].kind != figures[first].kind:
            continue
        if not _may_belong(reading, k) or not same_measure(figures[first], figures[k]):
            if figures[k].direction is not None or figures[k].kind != "count":
                continue
            break
        told = figures[first].kind == "count" and _ARE.search(between) is not None
        if told and len(run) > 1:
            return run[:-1]
        glued = told or _GLUE.search(between) or len(run) == 1 and not between.strip()
        if not glued or _STOP.search(between) or pattern("compared").search(between):
            break
        run.append(k)
    return run


def _may_belong(reading: Reading, k: int) -> bool:
    figure = reading.figures[k]
    if figure.kind not in _KINDS or figure.value is None or figure.value <= 0 or figure.direction is not None:
        return False
    return figure.qualifier in _PLAIN and not _FROM_TO.search(reading.before(k)[-30:])


def _made_up(reading: Reading, run: Sequence[int]) -> Iterator[Breakdown]:
    head, rest = run[0], run[1:]
    if all(reading.figures[k].qualifier == "under" for k in rest):
        return
    if _goes_on(reading, run[-1]) or _LACKING.search(reading.before(run[-1])):
        return
    if reading.figures[head].kind == "quantity" and len(run) < 3:
        return
    for size in range(2, len(rest) + 1):
        ends = size == len(rest) or may_end(reading, rest[size - 1], rest[size], rest[size - 2])
        if not ends or reading.figures[head].kind != "count" or in_parallel(reading, head, rest[:size]):
            continue
        if adds_up(reading, head, rest[:size], plainly=True):
            yield Breakdown(head, tuple(rest[:size]), "apposition", True, True, 0.75)
            return
    if _ARE.search(reading.between(head, rest[0])):
        return
    for total in _near(reading, run):
        if adds_up(reading, total, run, plainly=True) and _telling(reading, total, run):
            yield Breakdown(total, tuple(run), "run", True, True, 0.75)
            return


def _of_both_sexes(reading: Reading) -> Iterator[Breakdown]:
    """Boys and girls that make up the count right before them: "3 con, 2 gái 1 trai"."""
    figures, male, female = reading.figures, role_words("male"), role_words("female")
    for t in range(len(figures) - 2):
        one, other = figures[t + 1].unit, figures[t + 2].unit
        if not (one in male and other in female or one in female and other in male):
            continue
        told = reading.same_sentence(t, t + 2) and _SEXES_JOINED.match(reading.gap(t + 2)) is not None
        behind = told and figures[t].kind == "count" and stands_behind(reading.gap(t + 1))
        if behind and _may_belong(reading, t) and adds_up(reading, t, (t + 1, t + 2), plainly=True):
            yield Breakdown(t, (t + 1, t + 2), "apposition", True, True, 0.85)


def _goes_on(reading: Reading, last: int) -> bool:
    """Whether a list of other nouns goes on after the run: "07 kế toán, 03 thủ quỹ, 06 dược sĩ"."""
    following = last + 1
    return (
        following < len(reading.figures)
        and reading.same_sentence(last, following)
        and reading.figures[following].kind == reading.figures[last].kind
        and _NEXT_ITEM.match(reading.gap(following)) is not None
    )


def _telling(reading: Reading, total: int, run: Sequence[int]) -> bool:
    figure = reading.figures[total]
    if figure.kind == "count" and (len(run) >= 3 or _people_side_by_side(reading, total, run)):
        return (figure.value or 0) >= (_FEW if _nearest_people(reading, total, run) else _TELLING_COUNT)
    return coarseness(as_printed(reading, total)) <= (3 if len(run) >= 3 else 1) * _TELLING


def _nearest_people(reading: Reading, total: int, run: Sequence[int]) -> bool:
    """Whether a run tells on about the people just told of: "7 người thiệt mạng. … 2 người … và 5 người …"."""
    figures = reading.figures
    named = all(same_head(figures[k], figures[total]) and figures[k].unit_source == "printed" for k in run)
    joined = " và " in reading.between(run[-2], run[-1])
    return named and joined and not reading.same_sentence(total, run[0]) and total < run[0]


def _people_side_by_side(reading: Reading, total: int, run: Sequence[int]) -> bool:
    """Whether two groups of people are told in one breath: "17 y tá, kèm theo đó là 7 người dân" of 24 people."""
    if reading.figures[total].resolution > 1:
        return False
    people = all(noun_class(reading.figures[k].unit) == "person" for k in (total, *run))
    return people and len(reading.between(run[0], run[-1])) <= _ONE_BREATH


def _near(reading: Reading, run: Sequence[int]) -> Iterator[int]:
    first = reading.figures[run[0]]
    window = 20 if _REST.search(reading.before(run[-1])) else 8
    for k in reading.backwards(run[0], sentences=3, window=window):
        if _same(reading, k, first.kind, run[0]):
            yield k
    if len(run) >= 3 and all(_is_printed_like(reading, k, run[0]) for k in run):
        for k in reading.backwards(run[0], sentences=_FAR_SENTENCES, window=_FAR_WINDOW):
            if _same(reading, k, first.kind, run[0]) and _is_printed_like(reading, k, run[0]):
                yield k
    for k in reading.onwards(run[-1], sentences=1, window=2):
        if _same(reading, k, first.kind, run[0]) and _TOTAL_WORD.search(reading.before(k)):
            yield k


def _is_printed_like(reading: Reading, k: int, part: int) -> bool:
    """Whether a figure is printed with the noun or unit of another."""
    one, other = reading.figures[k], reading.figures[part]
    return one.unit_source == "printed" == other.unit_source and same_head(one, other)


def _same(reading: Reading, k: int, kind: str, part: int) -> bool:
    figure = reading.figures[k]
    if figure.kind != kind or figure.direction is not None or figure.value is None:
        return False
    return same_measure(figure, reading.figures[part])


def _shared_out(reading: Reading) -> Iterator[Breakdown]:
    """Items whose percentages make up 100 %: their total is a figure before them that they add up to."""
    for found in share_lists(reading):
        shares = sum((reading.figures[item.percent].value or 0 for item in found), Decimal(0))
        if not 99 <= shares <= 101 or not all(is_share(reading.figures[item.percent]) for item in found):
            continue
        parts = tuple(item.part for item in found)
        for total in reading.backwards(parts[0], sentences=8, window=24):
            if _same(reading, total, reading.figures[parts[0]].kind, parts[0]) and adds_up(reading, total, parts):
                yield Breakdown(total, parts, "shares", True, True, 0.9)
                break
