"""When: the period each figure refers to, and the period a change is measured against.

The rules, tried in this order for every figure of a sentence:

1. A figure in brackets right after a comparison belongs to it: "tăng 49,3% so với năm 2015 (537 tỷ đồng)".
2. The old level of a change belongs to the comparison: "So với tháng trước … từ 234 triệu USD xuống còn 165 triệu".
3. A period that follows with nothing but a few words between: "2,5% năm 2014", "đạt 7% trong năm nay".
4. The last period before it in the sentence: "ngày 26/1 có 27 website; ngày 27/1 có 169 website".
5. The first period after it in the sentence that compares nothing.
6. "hiện", "hiện nay": a stock, known as of the publication.
7. The period that the discourse has set: it holds within a paragraph until another takes over, and from the
   headline and lead into the text.
8. A figure that is repeated further on with its period takes that one: headlines tell what the body dates.

A change ("tăng", "giảm", "so với") takes as its base the comparison that follows it, or one that opens the
sentence ("So với quý IV/2016, …").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from flows.figures.spans import Scene, Span, reaches, role_of
from flows.model import Figure
from flows.recognizers.period.calendar import years_shifted

_OLD_LEVEL = re.compile(
    r"(?:từ|từ mức|thay vì|so với mức)\s+(?:(?:mức|con số|chỉ|hơn|gần|khoảng|trên)\s+)*$", re.IGNORECASE
)
_NEW_LEVEL = re.compile(r"\s*[^.;()]{0,80}?(?:xuống|lên|sang|còn|thành)(?!\w)")
_DIRECT = re.compile(r"[^.;:()\d]{0,60}")
_NOT_OTHER_WORD = (
    r"(?<!\w)(?<!phát )(?<!thực )(?<!thể )(?<!xuất )(?<!biểu )(?<!tái )(?<!hiển )(?<!Phát )(?<!Thực )(?<!Xuất )"
)
_NOW = re.compile(
    _NOT_OTHER_WORD + r"(?:[Hh]iện|[Hh]iện có|[Hh]iện đang)(?!\w)(?!\s+(?:tại|nay|giờ|đại|trường|thực|trạng|tượng|vật"
    r"|hữu|diện))"
)
_AND_NOW = re.compile(r"(?<!\w)(?:và|nhưng|còn)\s+\Z")
_NEW_AFTER = re.compile(
    r"(?:lên|xuống|còn|sang|thành)\s+(?:(?:mức|con số|chỉ|còn|hơn|gần|khoảng|trên|tới|đến)\s+)*$", re.IGNORECASE
)
_IN_TURN = re.compile(r"lần lượt|tương ứng", re.IGNORECASE)
_OPENS_CLAUSE = re.compile(r"(?:[,;]\s*(?:và|còn|trong|đến|sang|riêng)?|\s(?:và|còn|nhưng|trong khi))\s*$")
_SESSION = re.compile(r"phiên (?:giao dịch|sáng|chiều|hôm nay|này)|khớp lệnh|[Ii]ndex(?!\w)|chứng khoán")
_NOW_BEFORE = re.compile(
    _NOT_OTHER_WORD
    + r"[Hh]iện(?:\s+(?:nay|tại|có|đang|đã|ở|mức|chỉ|là|từ|còn|khoảng|hơn|gần|trên|vào)){0,4}\s+$"
)
_LISTED = re.compile(r"(?:\s+[^\s,.;()]+){0,4}?(?:\s*,|\s+và)\s+(?:[^\s,.;()]+\s+){0,2}")
_NEXT_PART = re.compile(r"(?<!\w)(?:và|còn|nhưng)(?!\w)")
_YEARLY = frozenset(("first_months", "quarter", "month", "year"))
_ASIDE = re.compile(r"\([^()]{0,60}\)|\)(?=\s)|^\)|(?<!\w)(?:trong|suốt)\s+\d+\s+$")
_AND = re.compile(r"\s+và\s+(?:trong\s+|ngày\s+)?", re.IGNORECASE)
_MERGED = frozenset(("day", "month", "quarter", "year"))
_RIGHT_BEHIND, _LITTLE = 3, 9
_MOST_IN_TURN = 12
_FARTHEST_ATTACHED = 120
"""With an aside between them; without one a period stands within thirty characters of its figure."""


Note = tuple[str, str, str, str]
"""How a sentence dated a figure: form of the period, how far it stands, what parts them, its role."""


@dataclass(slots=True)
class Discourse:
    """What the text so far has compared with, and what holds for all of it."""

    base: tuple[date | None, date | None] = (None, None)
    base_sentence: int = -9
    compared: list[Span] = field(default_factory=list)
    """The one period of the last sentence that named any, if it only compares with it."""
    session: bool = False
    """Reports a trading session: what it tells of now is of the day it appeared."""
    term: tuple[date | None, date | None] | None = None


def set_when(
    text: str,
    figures: list[Figure],
    scene: Scene,
    discourse: Discourse,
    published_on: date | None,
    notes: dict[int, Note],
) -> None:
    """Fills period and base of the figures of one sentence from its own periods.

    For each that gets one, `notes` tells by the figure's start how it was come by.
    """
    spans, sentence_start, sentence_end = scene.spans, scene.char_start, scene.char_end
    settings = [span for span in spans if not span.compares and not span.reports]
    settings = [span for span in settings if not span.attribute] or settings
    bases = [span for span in spans if span.compares]
    for index, figure in enumerate(figures):
        next_figure = figures[index + 1].char_start if index + 1 < len(figures) else sentence_end
        _set_base(text, figure, bases, sentence_start, next_figure, discourse, scene.number)
        chosen = _choose(text, figures, index, settings, bases, scene) if spans and figure.kind != "age" else None
        at = figure.char_start
        if published_on and _NOW_BEFORE.search(text, max(sentence_start, at - 30), at):
            figure.period_start, figure.period_end = (published_on if figure.kind == "rate" else None), published_on
            notes[at] = ("now", "near", "-", "-")
        elif chosen is not None and not (published_on and _now_since(text, chosen, at)):
            figure.period_start, figure.period_end = chosen.start, chosen.end
            if chosen.form in ("span", "years"):
                _set_end_of_span(text, figure, chosen, sentence_start)
            notes[at] = (chosen.form, *_place_of(text, figure, chosen), role_of(chosen))
        elif published_on and (chosen is not None or not settings and _NOW.search(text, sentence_start, at)):
            of_the_day = discourse.session or figure.kind == "rate"
            figure.period_start, figure.period_end = (published_on if of_the_day else None), published_on
            notes[at] = ("now", "far", "-", "-")
        elif _take_step(figure, spans or _compared_before(discourse, scene), published_on):
            notes[at] = ("step", "-", "-", "-")
        elif _take_old_level(text, figure, scene, discourse):
            notes[at] = ("old level", "-", "-", "-")
    _share_following(text, figures, notes)


def source_of(note: Note | None) -> str:
    """How a period that a figure has is known, by the note of how its sentence dated it, if that did.

    >>> source_of(("shared", "-", "-", "-")), source_of(None)
    ('shared', 'understood')
    """
    if note is None or note[0] in ("step", "old level"):
        return "understood"
    return "shared" if note[0] == "shared" else "printed"


def _place_of(text: str, figure: Figure, span: Span) -> tuple[str, str]:
    """How far the period that dates a figure stands from it, and what parts them."""
    before = span.char_end <= figure.char_start
    first, last = (span.char_end, figure.char_start) if before else (figure.char_end, span.char_start)
    gap = last - first
    far = "close" if gap <= 12 else "near" if gap <= 40 else "middle" if gap <= 90 else "far"
    if not before:
        return far, "after"
    if text.find(";", first, last) >= 0:
        return far, "semicolon"
    return far, "comma" if text.find(",", first, last) >= 0 else "before"


def _take_old_level(text: str, figure: Figure, scene: Scene, discourse: Discourse) -> bool:
    """ "So với năm ngoái …. Chỉ tiêu giảm mạnh (từ 250 xuống còn 60)": the first belongs to what was compared with."""
    start, end = discourse.base
    if end is None or scene.number - discourse.base_sentence > 2:
        return False
    before = max(scene.char_start, figure.char_start - 30)
    if _OLD_LEVEL.search(text, before, figure.char_start) and _NEW_LEVEL.match(text, figure.char_end):
        figure.period_start, figure.period_end = start, end
        return True
    return False


def _share_following(text: str, figures: list[Figure], notes: dict[int, Note]) -> None:
    """ "kiểm tra 12 tổ chức và 30 đảng viên trong năm 2018": what the last of a list is dated by dates the others."""
    for figure, following in zip(reversed(figures[:-1]), reversed(figures[1:]), strict=True):
        if (
            figure.period_end is None
            and following.period_end is not None
            and _LISTED.fullmatch(text, figure.char_end, following.char_start)
        ):
            figure.period_start, figure.period_end = following.period_start, following.period_end
            notes[figure.char_start] = ("shared", "-", "-", "-")


def _compared_before(discourse: Discourse, scene: Scene) -> list[Span]:
    """ "So với 6 tháng đầu năm 2016, tai nạn giảm. Cụ thể, số vụ giảm 636 vụ": the sentence before told what with."""
    return discourse.compared if scene.number - discourse.base_sentence == 1 else []


def _take_step(figure: Figure, spans: list[Span], published_on: date | None) -> bool:
    """Only the comparison is named: the period is the one it is usually compared with.

    "giảm 1,47% so với tháng trước": the month after it. "So với 6 tháng đầu năm 2016, … giảm 636 vụ": the same
    months a year later, if they were over when the text appeared.
    """
    if len(spans) != 1 or not spans[0].compares or figure.direction is None:
        return False
    start, end = spans[0].start, spans[0].end
    if start is None or end.year == date.max.year:
        return False
    if spans[0].form == "relative" and 27 <= (end - start).days <= 30:
        following = end + timedelta(days=1)
        figure.period_start = following
        figure.period_end = (following.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return True
    if start == end and published_on is not None and 0 < (published_on - end).days <= 3:
        figure.period_start = figure.period_end = published_on
        return True
    if start.day != 1:
        return False
    if spans[0].form == "month" and published_on is not None and end.year == published_on.year:
        following = end + timedelta(days=1)
        last = (following.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        if last <= published_on <= last + timedelta(days=45):
            figure.period_start, figure.period_end = following, last
            return True
    if spans[0].form in _YEARLY and published_on is not None:
        later = years_shifted((start, end), 1)
        if later[1] is not None and later[1] <= published_on + timedelta(days=31) and published_on.year < 9999:
            figure.period_start, figure.period_end = later
            return True
    return False


def is_session(text: str) -> bool:
    """Whether the text reports a trading session: its undated figures are those of the day it appeared."""
    return bool(_SESSION.search(text, 0, 600))


def _now_since(text: str, chosen: Span, at: int) -> bool:
    """Whether the sentence turns to now between a period and a figure: "lên sàn năm 2014 và hiện có giá trị 10 tỷ"."""
    return chosen.char_end <= at and any(
        _AND_NOW.search(text, chosen.char_end, found.start()) for found in _NOW.finditer(text, chosen.char_end, at)
    )


def _set_base(
    text: str,
    figure: Figure,
    bases: list[Span],
    sentence_start: int,
    next_figure: int,
    discourse: Discourse,
    sentence_no: int,
) -> None:
    if figure.direction is None and figure.kind not in ("percent", "multiple"):
        return
    following = [span for span in bases if span.char_start >= figure.char_end]
    chosen = following[0] if following else (bases[-1] if bases and figure.direction else None)
    if chosen is not None:
        figure.base_start, figure.base_end = chosen.start, chosen.end
    elif figure.direction is not None and discourse.base[1] and sentence_no - discourse.base_sentence <= 1:
        figure.base_start, figure.base_end = discourse.base


def _set_end_of_span(text: str, figure: Figure, span: Span, sentence_start: int) -> None:
    """ "Từ năm 1995 đến năm 2015 … tăng từ 56% lên 83%": each level belongs to its end of the span."""
    figure.period_start, figure.period_end = span.start, span.end
    before = max(sentence_start, figure.char_start - 30)
    if span.start is None or span.end.year - span.start.year < 2:
        return
    if _OLD_LEVEL.search(text, before, figure.char_start) and _NEW_LEVEL.match(text, figure.char_end):
        figure.period_end = date(span.start.year, 12, 31)
    elif _NEW_AFTER.search(text, before, figure.char_start):
        figure.period_start = date(span.end.year, 1, 1)


def _choose(
    text: str,
    figures: list[Figure],
    index: int,
    settings: list[Span],
    bases: list[Span],
    scene: Scene,
) -> Span | None:
    figure = figures[index]
    settings = [span for span in settings if reaches(span, figure)]
    start, end = figure.char_start, figure.char_end
    before_from = max(scene.char_start, start - 30)
    for span in scene.spans:
        if (
            (span.compares or span.attribute)
            and 0 <= start - span.char_end <= 3
            and "(" in text[span.char_end : start]
        ):
            return span
    if bases and _OLD_LEVEL.search(text, before_from, start) and _NEW_LEVEL.match(text, end):
        return min(bases, key=lambda span: abs(span.char_start - start))
    if not settings:
        return None
    following = next((span for span in settings if span.char_start >= end), None)
    if following is not None and _fills_bracket_behind(figure, following):
        return following
    preceding = [span for span in settings if span.char_end <= start]
    if following is not None and _is_attached(text, end, following):
        between = len(_between(text, end, following))
        if not preceding or between < 16 or start - preceding[-1].char_end > 80:
            return _with_next(text, settings, following)
    if preceding:
        return _in_turn(text, figures, index, preceding)
    if following is None or following.char_start > end + 120 or _belongs_to_another(text, figures, index, following):
        return None
    return following


def _fills_bracket_behind(figure: Figure, span: Span) -> bool:
    """Whether brackets right behind the figure hold the period and little else: "2.963 tỷ đồng (2012), …"."""
    if span.bracket is None or not span.alone:
        return False
    opened, closed = span.bracket
    inside = closed - opened - (span.char_end - span.char_start)
    return 0 <= opened - figure.char_end < _RIGHT_BEHIND and inside < _LITTLE


def _between(text: str, end: int, span: Span) -> str:
    """The words between a figure and a period behind it, without an aside in brackets."""
    return _ASIDE.sub("", text[end : span.char_start])


def _with_next(text: str, settings: list[Span], first: Span) -> Span:
    """ "trong 2 ngày 30/4 và 1/5": both days."""
    following = next((span for span in settings if span.char_start >= first.char_end), None)
    return _together(text, [first, following]) or first if following is not None else first


def _together(text: str, listed: list[Span]) -> Span | None:
    """The whole of periods that follow one another and are joined by "và": "quý I và quý II/2017"."""
    first, last = listed[0], listed[-1]
    for one, other in pairwise(listed):
        if (
            one.form != other.form
            or one.form not in _MERGED
            or one.start is None
            or other.start != one.end + timedelta(days=1)
            or not _AND.fullmatch(text, one.char_end, other.char_start)
        ):
            return None
    return replace(last, start=first.start, char_start=first.char_start)


def _is_attached(text: str, end: int, span: Span) -> bool:
    if span.char_start - end > _FARTHEST_ATTACHED:
        return False
    between = _between(text, end, span)
    opens_small = text[span.char_start].islower() or text[span.char_start].isdecimal()
    return (
        len(between) < 30
        and not span.attribute
        and opens_small
        and "," not in between
        and not _NEXT_PART.search(between)
        and bool(_DIRECT.fullmatch(between))
    )


def _belongs_to_another(text: str, figures: list[Figure], index: int, span: Span) -> bool:
    """Whether the period ahead dates a nearer figure: the one right before it, or those of the clause it opens."""
    between = [other for other in figures[index + 1 :] if other.char_end <= span.char_start]
    if between and _is_attached(text, between[-1].char_end, span):
        return True
    later = any(other.char_start >= span.char_end for other in figures[index + 1 :])
    return later and bool(_OPENS_CLAUSE.search(text, max(0, span.char_start - 14), span.char_start))


def _in_turn(text: str, figures: list[Figure], index: int, preceding: list[Span]) -> Span:
    """ "năm 2017, 2018 lần lượt là A và B": each figure takes the period of its place in the list.

    So do the cells of a row under the heads of a table: "Năm 2017 Năm 2018 Doanh thu 100 120".
    """
    last = preceding[-1]
    listed = [last]
    for span in reversed(preceding[:-1]):
        if listed[0].char_start - span.char_end > 8:
            break
        listed.insert(0, span)
    if len(listed) == 1:
        return last
    if all(
        a.form == b.form and not text[a.char_end : b.char_start].strip(" |")
        for a, b in zip(listed, listed[1:], strict=False)
    ):
        first = index
        while first and not text[figures[first - 1].char_end : figures[first].char_start].strip(" +|"):
            first -= 1
        return listed[min(index - first, len(listed) - 1)]
    near = figures[max(0, index - _MOST_IN_TURN) : index + _MOST_IN_TURN]
    later = [figure for figure in near if figure.char_start > last.char_end]
    if not _IN_TURN.search(text, last.char_end, figures[index].char_start):
        told = sum(1 for figure in later if figure.unit == figures[index].unit)
        whole = _together(text, listed)
        if told != len(listed) or whole is None:
            return whole or last
    place = sum(1 for other in later if other.char_start < figures[index].char_start)
    return listed[min(place, len(listed) - 1)]


def set_discourse(discourse: Discourse, scene: Scene) -> None:
    """What this sentence leaves for the next: what it compares with."""
    for span in scene.spans:
        if span.compares:
            discourse.base, discourse.base_sentence = (span.start, span.end), scene.number
            discourse.compared = scene.spans if len(scene.spans) == 1 else []
