"""Which figures are the items of a list, and where the list may end.

The grammar is over figures and the words between them:

- an *item* is a figure at the list's own level. Figures in brackets behind an item, behind a second opening ("Hà Nội
  20 vụ, trong đó 5 vụ …") or behind a word of comparison are asides or items of the level below;
- a bracket that holds the only number of an item ("Câu 1 (2 điểm), Câu 2 (5 điểm)") is the item;
- the list *ends* with its sentence (bullets on lines of their own run on), with the bracket it stands in, at a
  semicolon that is not its own separator, and before words of comparison;
- it *may end*, though figures of its measure follow, only where the text can begin a new statement: "và đã …", ",
  tăng …", after other levels, after a long stretch of words, before another noun. Never at a mere comma or "và": or
  else an error in the last item would be hidden by the sum of the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.checks.reading.article import Reading, is_level
from flows.checks.reading.list_words import any_of, list_words
from flows.checks.reading.openings import NAMING, Opening, closes_first, opening_at
from flows.checks.reading.partition import same_head
from flows.checks.reading.words import holds, pattern

MOST_ITEMS = 400
"""Longer lists are not read: no article prints one, and the work stays bounded."""
_LONGEST_STEP = 160
_NAMED = 2
_LONGEST_ITEM = 90
_BULLET = re.compile(r"\A[^.\n]{0,120}[;,.]?\s*\n\s*[-+•–*]\s")
_CLAUSE_BREAK = re.compile(rf"[.!?…]\s|(?:(?<!\w)và|,)\s*{any_of('break')}")
_BREAK = re.compile(rf";|{_CLAUSE_BREAK.pattern}")
_CLAUSE = re.compile(rf"[,;]\s*(?:và\s*)?{any_of('clause')}")
_GLUE = re.compile(rf"[,;+\n•]|{any_of('join')}")
_SEPARATOR = re.compile(rf"[,;\n•]|{any_of('more')}")
_UNNUMBERED = re.compile(rf"{any_of('unnumbered')}|…|\.\.\.|(?<!\w)(?:các|những)\s[^,;.\d]{{0,30}}(?<!\w)khác(?!\w)")
_MORE_ITEMS = re.compile(rf",|{any_of('more')}")
_LAST_OF = re.compile(rf"{any_of('more')}[^,;.()]{{0,40}}\Z")
_MORE_AGAIN = re.compile(rf"\A[^,;.()]*{any_of('more')}|[,;]\s*{any_of('more')}")
_REST = re.compile(r"(?<!\w)còn lại(?!\w)")
_REST_BEHIND = re.compile(r"\A[^,;.:()\n]{0,15}?(?<!\w)(?:còn lại(?!\w)|khác\s*(?:\Z|[.(;]))")
"""Behind the last part: "30 triệu đồng còn lại", "và 7 dự án khác (…)"."""
_ALIKE_WORDS = list_words("alike")
_ALIKE = re.compile(
    rf"(?P<names>[^;:.()\n\d]{{3,120}}?)\s{any_of('alike')}(?:\s\w+){{0,3}}?(?:\s{any_of('about')})*\s*\Z"
)
_NAMES = re.compile(r",|(?<!\w)và(?!\w)")
_MOST_NAMES = 8
_COMMA = re.compile(r"[,;]")
_BRACKETED = re.compile(r"\([^()]*\)")


def items(reading: Reading, first: int, opening: Opening) -> list[int]:
    """The figures at the level of the list that begins at `first`."""
    figures, form = reading.figures, opening.form
    listed: list[int] = []
    intro = reading.gap(first)[opening.end :]
    in_brackets = intro.rfind("(") > intro.rfind(")")
    depth, nested = int(in_brackets), False
    for k in range(first, min(len(figures), first + MOST_ITEMS)):
        if k == first:
            listed.append(k)
            continue
        gap = reading.gap(k)
        bullet = form != "bracket" and _BULLET.match(gap) is not None
        if figures[k].sentence_no != figures[k - 1].sentence_no and not bullet or len(gap) > _LONGEST_STEP:
            break
        if depth == 0 and closes_first(gap):
            break
        closed = depth == 1 and closes_first(gap)
        depth += gap.count("(") - gap.count(")")
        if depth < 0:
            break
        inner = opening_at(reading, k) if depth <= 0 else None
        if inner is not None and _opens_anew(gap, inner):
            break
        if inner is not None and _opens_below(gap, inner):
            nested = True
        elif nested and (";" in gap or bullet):
            nested = False
        own = in_brackets and closed and depth == 1 and _SEPARATOR.search(gap[: gap.rfind("(")]) is not None
        if own and ")" in reading.gap(k + 1)[:40] or depth <= 0 and not nested:
            listed.append(k)
    return listed


def each_named(reading: Reading, listed: Sequence[int], opening: Opening) -> list[int]:
    """The items, a number told of several names at once as often as there are names: "sinh và địa đều có 2 bài"."""
    every: list[int] = []
    for k in listed:
        words = reading.gap(k)[opening.end :] if k == listed[0] else reading.before(k)
        alike = _ALIKE.search(words) if holds(words, _ALIKE_WORDS) else None
        named = [name for name in _NAMES.split(alike["names"]) if name.strip()] if alike else []
        every += [k] * (len(named) if 2 <= len(named) <= _MOST_NAMES else 1)
    return every


def _opens_anew(gap: str, inner: Opening) -> bool:
    """Whether another list begins behind a semicolon: "…; gồm 3 xã"."""
    return inner.form == "whole" and gap[: inner.start].rstrip().endswith(";")


def _opens_below(gap: str, inner: Opening) -> bool:
    """Whether a list of the level below begins in the gap behind an item."""
    if inner.form not in NAMING:
        return False
    separator = _SEPARATOR.search(gap)
    names_item = separator is not None and re.search(r"\w", gap[separator.end() : inner.start])
    return not (inner.form == "whole" and names_item)


def may_end(reading: Reading, part: int, following: int, earlier: int = -1) -> bool:
    """Whether the list may end after `part` although a figure of its measure follows.

    `earlier` is the part before: where a semicolon stands between the two, it is the list's own separator.
    """
    figures = reading.figures
    for k in range(part + 1, following):
        if is_level(figures[k]) and figures[k].kind == figures[part].kind and figures[k].direction is None:
            return True
    between = _BRACKETED.sub("", reading.between(part, following))
    if len(between) > _LONGEST_ITEM or not same_head(figures[part], figures[following]):
        return True
    if earlier >= 0 and ";" in reading.between(earlier, part):
        return _CLAUSE_BREAK.search(between) is not None
    return _BREAK.search(between) is not None


def unbroken(reading: Reading, parts: Sequence[int], listed: Sequence[int], form: str) -> list[int]:
    """Parts up to where the list plainly ends."""
    kept: list[int] = []
    for k in parts:
        if kept:
            between = reading.between(kept[-1], k)
            apart = form == "partial" and ";" in between and not between.lstrip(") ").startswith(";")
            if apart and not _parallel(reading.before(kept[-1]), between):
                break
            if pattern("compared").search(between) or _CLAUSE.search(between) or not _GLUE.search(between):
                break
            if any(kept[-1] < x < k and same_head(reading.figures[x], reading.figures[k]) for x in listed):
                break
        kept.append(k)
    return kept


def _parallel(before: str, between: str) -> bool:
    """Whether the item behind a semicolon is named like the one before: "nợ thuế …; nợ phí …" begins with its word."""
    named = between.rpartition(";")[2].split()[:_NAMED]
    return len(named) == _NAMED and f" {' '.join(named)} " in f" {before} "


def names_all(reading: Reading, parts: Sequence[int], listed: Sequence[int], opening: Opening) -> bool:
    """Whether the words say that these are all parts, each with its number."""
    kind = reading.figures[parts[0]].kind
    levels = [k for k in listed if reading.figures[k].value is not None and _could_be_item(reading, k, kind)]
    rest = _REST.search(reading.before(parts[-1])) or _REST_BEHIND.match(reading.after(parts[-1]))
    closed_by_rest = opening.form == "partial" and rest is not None
    closed = opening.form == "whole" or opening.form == "bracket" or closed_by_rest
    if not closed or len(parts) < 2 or list(parts) != levels:
        return False
    for a, b in zip(parts, parts[1:], strict=False):
        between = _BRACKETED.sub("", reading.between(a, b))
        if len(_COMMA.findall(between)) > 1 or _UNNUMBERED.search(between):
            return False
    after = reading.after(parts[-1])
    if closes_first(after):
        after = after[: after.find(")")]
    elif opening.form == "bracket":
        return False
    if _LAST_OF.search(reading.gap(parts[-1])):
        return not _MORE_AGAIN.search(after) and not _UNNUMBERED.search(_COMMA.split(after)[0])
    return not _UNNUMBERED.search(after) and not _MORE_ITEMS.search(after)


def _could_be_item(reading: Reading, k: int, kind: str) -> bool:
    """Whether a level is as good as an item: not the area or cost told with counted things ("18 dự án, 1.222 ha")."""
    figure = reading.figures[k]
    if figure.kind == kind:
        return True
    return is_level(figure) and not (kind == "count" and figure.kind in ("quantity", "money", "rate"))


def names_more(reading: Reading, parts: Sequence[int]) -> bool:
    """Whether the list names parts without their number ("và nhiều vụ khác")."""
    told = reading.between(parts[0], parts[-1]) + reading.after(parts[-1])
    return _UNNUMBERED.search(told) is not None
