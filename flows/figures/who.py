"""Who: the organisation, place or person that a figure is about.

Tried in this order: the last name before the figure in its clause; the last name before it in the sentence;
a name right after it ("32 ca tại Bắc Giang"); the name the text last spoke of; the first name of the article.
A name that only gives the source ("Theo Tổng cục Thống kê", "… cho biết") is taken when there is no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.figures.names import Name, words_of
from flows.model import Figure

_KNOWN = re.compile(r"(?<=[a-zà-ỹđ] )[A-ZĐÀ-Ỹ][^\W_]+")
_CLAUSE_END = re.compile(r"[;:]|\.\s|,\s+(?:còn|trong khi|nhưng|riêng|trong đó)(?!\w)")
_GROUP = re.compile(
    r"(?:(?:(?:[Cc]ác|[Nn]hững|[Tt]oàn bộ|[Nn]hiều|[Hh]ai)\s+)(?:" + "|".join(sorted(words_of("collective"), key=len, reverse=True)) + r")"
    r"|[Ll]ực lượng|[Cc]ơ quan|[Cc]ả nước|[Tt]oàn quốc|[Tt]oàn ngành|[Tt]oàn xã|[Nn]hóm)(?:\s[^\s,;.:()]+){0,9}?"
    r"(?=\s+(?:đã|cũng|sẽ|đang|vừa|mới|phải|chỉ|có|tiếp tục|tổ chức|thực hiện|xảy ra|ghi nhận|giảm|tăng)(?!\w))")
_AFTER = re.compile(r"[^.;:,()]{0,60}")
_NO_SUBJECT = re.compile(r"(?:so với|thấp hơn|cao hơn|hơn|sang|từ|như|sau|trước|thuộc|cùng với|với|giữa|cho|trong|tại|đến|tới|do|bởi|về|là|ở)\s+$", re.IGNORECASE)


@dataclass(slots=True)
class Cast:
    """The names that carry over: the last one spoken of, and the first of the article."""

    known: frozenset[str]
    last: str | None = None
    first: str | None = None


def known_names(text: str) -> frozenset[str]:
    """The words that stand capitalised inside a sentence of `text`: there they are names."""
    return frozenset(_KNOWN.findall(text))


def set_who(text: str, figures: list[Figure], names: list[Name], cast: Cast, start: int, end: int) -> None:
    """Fills `who` of the figures of one sentence."""
    for index, figure in enumerate(figures):
        limit = figures[index + 1].char_start if index + 1 < len(figures) else end
        name = _choose(text, figure, names, start, limit)
        group = _group(text, figure, start, name)
        if group is not None:
            figure.who = group
        elif name is not None:
            figure.who = text[name.char_start:name.char_end]
        else:
            figure.who = cast.last or cast.first


def _group(text: str, figure: Figure, start: int, name: Name | None) -> str | None:
    """A subject that is no name: "Các cấp ủy và tổ chức đảng trong Khối đã tiến hành kiểm tra 167 lượt …"."""
    after = name.char_end if name is not None else start
    clause = max(text.rfind(mark, start, figure.char_start) for mark in (";", ". ", "\n"))
    found = None
    for match in _GROUP.finditer(text, max(start, clause + 1), figure.char_start):
        if match.end() >= after or name is None or match.start() <= name.char_start < match.end():
            found = match
    if found is None or len(found[0]) > 70 or len(found[0]) < 7:
        return None
    return found[0]


def _choose(text: str, figure: Figure, names: list[Name], start: int, limit: int) -> Name | None:
    if figure.kind == "age":
        for name in names:
            if 0 <= name.char_start - figure.char_end <= 2:
                return name
    before = [name for name in names if name.char_end <= figure.char_start]
    actors = [name for name in before if not name.is_source]
    if actors:
        subjects = [name for name in actors if not _NO_SUBJECT.search(text, max(start, name.char_start - 12), name.char_start)]
        return (subjects or actors)[-1]
    after = [name for name in names if figure.char_end <= name.char_start < limit and not name.is_source]
    if after and _AFTER.fullmatch(text, figure.char_end, after[0].char_start):
        return after[0]
    return before[-1] if before else None


def carry(text: str, names: list[Name], cast: Cast) -> None:
    """What this sentence leaves for the next: its first name that is no source."""
    actors = [name for name in names if not name.is_source]
    chosen = (actors or names)[0] if names else None
    if chosen is None:
        return
    words = text[chosen.char_start:chosen.char_end]
    if actors or cast.last is None:
        cast.last = words
    if cast.first is None:
        cast.first = words
