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
from dataclasses import dataclass
from datetime import date, timedelta

from flows.model import Figure, Period
from flows.recognizers.period.calendar import years_shifted

_COMPARES = re.compile(
    r"so(?:\s+sánh)?\s+với(?:\s+[^\s,.;()\d]+){0,5}\s+$|"
    r"(?:so(?:\s+sánh)?(?:\s+với)?|(?:hơn|kém|bằng|như)|cùng thời điểm|mức)"
    r"(?:\s+(?:mức|con số|thời điểm|thời gian|giai đoạn|của|cả|trong|cuối|đầu|hồi|vụ|niên vụ|kết quả|bình quân"
    r"|tổng|số|dịp))*\s*$",
    re.IGNORECASE,
)
_NOT_A_SETTING = re.compile(
    r"(?:(?<!tuyển )(?<!thí )(?<!học )sinh(?:\s+(?:ngày|năm))?|SN|Nghị định|Quyết định|Thông tư|Nghị quyết"
    r"|văn bản|Luật|Chỉ thị|Công văn|QĐ\S*|NĐ\S*|CP|ký|khóa|số \d\S*)\s+(?:ngày\s+)?$",
    re.IGNORECASE,
)
_DELIVERY = re.compile(r"(?:giao|kỳ hạn|giao hàng|giao ngay)\s+(?:trong\s+|vào\s+|kỳ hạn\s+)?$", re.IGNORECASE)
_RECORD = re.compile(r"(?:nhất|kỷ lục)(?:\s+[^\W\d]+){0,2}?\s+(?:kể\s+từ|tính từ|từ)\s+(?:hồi\s+)?$")
_COMPARED_BRACKET = re.compile(r"so(?:\s+sánh)?\s+với[^.;()\d]{0,60}\(\s*(?:tức\s+|từ\s+|ngày\s+)*$")
_NAMED_BEFORE = re.compile(r"[^\W\d]\s+[A-ZĐÂÊÔƠƯÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝ][^\W\dA-ZĐ]+\s+$")
_SINCE_WHEN = re.compile(r"(?:kể\s+)?từ\s+(?:khi|lúc)\s[^.;,()]{0,60}$", re.IGNORECASE)
_OLD_LEVEL = re.compile(
    r"(?:từ|từ mức|thay vì|so với mức)\s+(?:(?:mức|con số|chỉ|hơn|gần|khoảng|trên)\s+)*$", re.IGNORECASE
)
_NEW_LEVEL = re.compile(r"\s*[^.;()]{0,80}?(?:xuống|lên|sang|còn|thành)(?!\w)")
_DIRECT = re.compile(r"[^.;:()\d]{0,60}")
_NEAR_AFTER = re.compile(
    r"\s*(?:[^\W\d]+\s+){0,5}(?:trong|vào|của|hồi|ở|tại|cho|đến|từ|cả|vào|trong cả|tính đến)?\s*")
_REPORTS = re.compile(
    r"[^.;:]{0,90}?(?<!\w)(?:cho biết|cho hay|công bố|thông báo|thông tin|khẳng định|phát biểu|trả lời|trao đổi"
    r"|đưa tin|báo cáo|nói|cho rằng|chia sẻ)(?!\w)"
)
_NOW = re.compile(
    r"(?<!\w)(?:[Hh]iện|[Hh]iện có|[Hh]iện đang)(?!\w)(?!\s+(?:tại|nay|giờ|đại|trường|thực|trạng|tượng|vật|hữu"
    r"|diện))"
)
_NEW_AFTER = re.compile(
    r"(?:lên|xuống|còn|sang|thành)\s+(?:(?:mức|con số|chỉ|còn|hơn|gần|khoảng|trên|tới|đến)\s+)*$", re.IGNORECASE
)
_BARE_TO = re.compile(r"(?<!tính )(?<!kể )(?:đến|tới)\s+$", re.IGNORECASE)
_THROUGH = re.compile(r"(?<!đến )(?<!tới )(?:tính hết|(?<!\w)hết)\s+$", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?:triển khai|phương hướng|nhiệm vụ)[^,.;()]{0,30}$|"
    r"(?:kế hoạch|dự toán|nghị quyết|chương trình|đề án|quy hoạch|luật|chuẩn|giá so sánh|đầu tư)\s+(?:của\s+"
    r"|cả\s+)?$",
    re.IGNORECASE,
)
_IN_TURN = re.compile(r"lần lượt|tương ứng", re.IGNORECASE)
_OPENS_CLAUSE = re.compile(r"(?:[,;]\s*(?:và|còn|trong|đến|sang|riêng)?|\s(?:và|còn|nhưng|trong khi))\s*$")
_SESSION = re.compile(r"phiên (?:giao dịch|sáng|chiều|hôm nay|này)|khớp lệnh|[Ii]ndex(?!\w)|chứng khoán")
_SINCE = re.compile(r"(?:từ khi|kể từ|từ ngày|từ lúc)[^.;,]{0,50}$", re.IGNORECASE)
_NOW_BEFORE = re.compile(
    r"(?<!\w)[Hh]iện(?:\s+(?:nay|tại|có|đang|đã|ở|mức|chỉ|là|từ|còn|khoảng|hơn|gần|trên|vào)){0,4}\s+$"
)
_OUT_OF_DISCOURSE = frozenset(("clock", "edition", "decade", "weekday", "now", "same_period", "bare_months"))
_LISTED = re.compile(r"(?:\s+[^\s,.;()]+){0,4}?(?:\s*,|\s+và)\s+(?:[^\s,.;()]+\s+){0,2}")
_NEXT_PART = re.compile(r"(?<!\w)(?:và|còn|nhưng)(?!\w)")
_OF_OLD_LEVEL = re.compile(
    r"(?:từ|thay vì)\s+(?:mức\s+|con số\s+)?(?:hơn\s+|gần\s+|khoảng\s+)?\d[\d.,]*[^.;,]{0,30}$")
_YEARLY = frozenset(("first_months", "quarter", "month", "year"))
_DAYS = frozenset(("day", "relative", "weekday"))
_NEVER = frozenset(("clock", "edition"))


@dataclass(slots=True)
class Span:
    """A resolved period of the sentence, and whether the words before it only compare with it."""

    start: date | None
    end: date
    char_start: int
    char_end: int
    form: str
    compares: bool
    attribute: bool
    """Names the plan, law or budget of a year ("kế hoạch năm 2017"): dates a figure only where nothing else does."""
    bracket: tuple[int, int] | None
    """Where the brackets around it stand: it dates what stands in them or right before them."""
    passing: bool
    """Stands in brackets or only says until when: dates a figure beside it, sets nothing for later."""
    reports: bool
    """The day on which someone said it, not the day it happened: "Ngày 29/6, Tổng cục Thống kê cho biết"."""


@dataclass(slots=True)
class Discourse:
    """The period that the text so far has set, and where."""

    start: date | None = None
    end: date | None = None
    paragraph: int = -1
    sentence: int = -1
    form: str = ""
    base: tuple[date | None, date | None] = (None, None)
    base_sentence: int = -9
    main: Span | None = None
    session: bool = False
    term: tuple[date | None, date | None] | None = None


@dataclass(slots=True)
class Scene:
    """A sentence with figures or periods: its number, span, paragraph, and the periods that can date a figure."""

    number: int
    char_start: int
    char_end: int
    paragraph: int
    spans: list[Span]
    periods: list[Period]


def read_spans(text: str, periods: list[Period], from_char: int, published_on: date | None) -> list[Span]:
    """The periods of a sentence that can date a figure; clock times, names and birth dates cannot."""
    spans: list[Span] = []
    for period in periods:
        if period.end is None or period.form in _NEVER:
            continue
        before_from = max(from_char, period.char_start - 40)
        if _NOT_A_SETTING.search(text, before_from, period.char_start) or text.startswith("SN", period.char_start):
            continue
        if _RECORD.search(text, before_from, period.char_start) or (
            period.form in ("month", "quarter") and _DELIVERY.search(text, before_from, period.char_start)
        ):
            continue
        compares = (
            period.form == "same_period"
            or bool(_COMPARES.search(text, before_from, period.char_start))
            or bool(_COMPARED_BRACKET.search(text, max(from_char, period.char_start - 90), period.char_start))
        )
        one_day = period.start == period.end and not compares
        reports = one_day and bool(_REPORTS.match(text, period.char_end))
        attribute = bool(_ATTRIBUTE.search(text, before_from, period.char_start)) or (
            period.form == "year" and text[period.char_start] == "n"
            and bool(_NAMED_BEFORE.search(text, before_from, period.char_start))
        )
        bracket = _bracket(text, period, from_char)
        passing = (
            attribute
            or bracket is not None
            or (period.start is None and bool(_BARE_TO.search(text, before_from, period.char_start)))
        )
        spans.append(
            Span(
                period.start,
                period.end,
                period.char_start,
                period.char_end,
                period.form,
                compares,
                attribute,
                bracket,
                passing,
                reports,
            )
        )
        _set_start(text, spans[-1], before_from, published_on)
    return spans


def _bracket(text: str, period: Period, from_char: int) -> tuple[int, int] | None:
    opened = text.rfind("(", from_char, period.char_start)
    if opened < 0 or text.rfind(")", opened, period.char_start) > opened:
        return None
    closed = text.find(")", period.char_end - 1, period.char_end + 120)
    return opened, closed if closed >= 0 else period.char_end


def _reaches(span: Span, figure: Figure) -> bool:
    """Whether a period in brackets can date the figure: it stands in them or closely before them."""
    if span.bracket is None:
        return True
    opened, closed = span.bracket
    if span.char_start - opened <= 2 and closed - span.char_end <= 2:
        return True
    return opened < figure.char_start < closed or -3 <= opened - figure.char_end <= 40


def _set_start(text: str, span: Span, before_from: int, published_on: date | None) -> None:
    """Gives a start to what is written like a stock and is none.

    "hết tháng 5/2017" sums the year up to then; "đến năm 2030" of a plan names the year itself.
    """
    if span.compares:
        return
    if span.start is not None:
        if published_on and span.form == "year" and span.end < published_on and _SINCE_WHEN.search(
            text, max(before_from, span.char_start - 70), span.char_start
        ):
            span.end = published_on
        return
    if _THROUGH.search(text, before_from, span.char_start) and span.form in ("month", "quarter"):
        span.start = date(span.end.year, 1, 1)
    elif published_on and _BARE_TO.search(text, before_from, span.char_start):
        if span.form == "year":
            span.start = date(span.end.year, 1, 1)
        elif span.form == "month" and span.end > published_on:
            span.start = span.end.replace(day=1)


def set_when(
    text: str,
    figures: list[Figure],
    scene: Scene,
    discourse: Discourse,
    published_on: date | None,
) -> None:
    """Fills period and base of the figures of one sentence from its periods and the discourse."""
    spans, sentence_start, sentence_end = scene.spans, scene.char_start, scene.char_end
    settings = [span for span in spans if not span.compares and not span.reports]
    settings = [span for span in settings if not span.attribute] or settings
    bases = [span for span in spans if span.compares]
    for index, figure in enumerate(figures):
        next_figure = figures[index + 1].char_start if index + 1 < len(figures) else sentence_end
        _set_base(text, figure, bases, sentence_start, next_figure, discourse, scene.number)
        chosen = _choose(text, figures, index, settings, bases, scene)
        if published_on and _NOW_BEFORE.search(text, max(sentence_start, figure.char_start - 30), figure.char_start):
            figure.period_start, figure.period_end = None, published_on
        elif chosen is not None and chosen.form in ("span", "years"):
            _set_end_of_span(text, figure, chosen, sentence_start)
        elif chosen is not None:
            figure.period_start, figure.period_end = chosen.start, chosen.end
        elif figure.kind == "age":
            figure.period_start, figure.period_end = None, published_on
        elif not settings and published_on and _NOW.search(text, sentence_start, figure.char_start):
            figure.period_start, figure.period_end = (published_on if discourse.session else None), published_on
        elif not _take_step(figure, spans, published_on):
            if discourse.session and published_on and (discourse.end is None or discourse.form in _DAYS):
                figure.period_start = figure.period_end = published_on
            else:
                _take_discourse(figure, discourse, scene)
    _share_following(text, figures)


def _share_following(text: str, figures: list[Figure]) -> None:
    """ "kiểm tra 12 tổ chức và 30 đảng viên trong năm 2018": what the last of a list is dated by dates the others."""
    for figure, following in zip(reversed(figures[:-1]), reversed(figures[1:]), strict=True):
        if (
            figure.period_end is None
            and following.period_end is not None
            and _LISTED.fullmatch(text, figure.char_end, following.char_start)
        ):
            figure.period_start, figure.period_end = following.period_start, following.period_end


def _take_step(figure: Figure, spans: list[Span], published_on: date | None) -> bool:
    """Only the comparison is named: the period is the one it is usually compared with.

    "giảm 1,47% so với tháng trước": the month after it. "So với 6 tháng đầu năm 2016, … giảm 636 vụ": the same
    months a year later, if they were over when the text appeared.
    """
    if len(spans) != 1 or not spans[0].compares or figure.direction is None:
        return False
    start, end = spans[0].start, spans[0].end
    if start is None or start.day != 1 or end.year == date.max.year:
        return False
    if spans[0].form == "relative" and 27 <= (end - start).days <= 30:
        following = end + timedelta(days=1)
        figure.period_start = following
        figure.period_end = (following.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return True
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


def _take_discourse(figure: Figure, discourse: Discourse, scene: Scene) -> None:
    near = discourse.paragraph == scene.paragraph or scene.number - discourse.sentence <= 2
    if discourse.end is not None and near:
        figure.period_start, figure.period_end = discourse.start, discourse.end


def main_period(scenes: list[Scene]) -> Span | None:
    """The period the article is about: the one it names most, the earlier of two."""
    counts: dict[tuple[date | None, date], int] = {}
    firsts: dict[tuple[date | None, date], Span] = {}
    for scene in scenes:
        for span in _settings_of(scene.spans):
            key = (span.start, span.end)
            counts[key] = counts.get(key, 0) + 1
            firsts.setdefault(key, span)
    if not counts:
        return None
    return firsts[max(counts, key=lambda key: counts[key])]


def is_session(text: str) -> bool:
    """Whether the text reports a trading session: its undated figures are those of the day it appeared."""
    return bool(_SESSION.search(text, 0, 600))


def _settings_of(spans: list[Span]) -> list[Span]:
    return [
        span
        for span in spans
        if not (span.compares or span.reports or span.passing) and span.form not in _OUT_OF_DISCOURSE
    ]


def copy_from_repeats(figures: list[Figure]) -> None:
    """Gives an undated figure the period of a later one with the same number and unit."""
    dated: dict[tuple[object, object, str], Figure] = {}
    for figure in reversed(figures):
        key = (figure.value, figure.value_high, figure.unit)
        if figure.period_end is not None:
            dated[key] = figure
        elif (later := dated.get(key)) is not None and figure.kind != "age":
            figure.period_start, figure.period_end = later.period_start, later.period_end


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
    settings = [span for span in settings if _reaches(span, figure)]
    start, end = figure.char_start, figure.char_end
    before_from = max(scene.char_start, start - 30)
    for span in bases:
        if 0 <= start - span.char_end <= 3 and "(" in text[span.char_end : start]:
            return span
    if bases and _OLD_LEVEL.search(text, before_from, start) and _NEW_LEVEL.match(text, end):
        return min(bases, key=lambda span: abs(span.char_start - start))
    if not settings:
        return None
    following = next((span for span in settings if span.char_start >= end), None)
    preceding = [span for span in settings if span.char_end <= start]
    if following is not None and _is_attached(text, end, following):
        between = following.char_start - end
        if not preceding or between < 16 or start - preceding[-1].char_end > 80:
            return following
    if preceding:
        return _in_turn(text, figures, index, preceding)
    if following is None or following.char_start > end + 120 or _belongs_to_another(text, figures, index, following):
        return None
    return following


def _is_attached(text: str, end: int, span: Span) -> bool:
    between = text[end : span.char_start]
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
    """ "năm 2017, 2018 lần lượt là A và B": each figure takes the period of its place in the list."""
    last = preceding[-1]
    listed = [last]
    for span in reversed(preceding[:-1]):
        if listed[0].char_start - span.char_end > 8:
            break
        listed.insert(0, span)
    if len(listed) == 1 or not _IN_TURN.search(text, last.char_end, figures[index].char_start):
        return last
    place = sum(1 for other in figures[:index] if other.char_start > last.char_end)
    return listed[min(place, len(listed) - 1)]


def set_discourse(discourse: Discourse, scene: Scene) -> None:
    """What this sentence leaves set for the next: its last period that is no comparison and no passing day."""
    for span in scene.spans:
        if span.compares:
            discourse.base, discourse.base_sentence = (span.start, span.end), scene.number
    kept = [span for span in _settings_of(scene.spans) if span.start is not None or discourse.end is None]
    if kept:
        last = kept[-1]
        discourse.start, discourse.end, discourse.form = last.start, last.end, last.form
        discourse.paragraph, discourse.sentence = scene.paragraph, scene.number
