"""The periods of a sentence as they can date a figure: settings, comparisons, days of a report, names of plans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from flows.model import Figure, Period

_COMPARES = re.compile(
    r"so(?:\s+sánh)?\s+với(?:\s+[^\s,.;()\d]+){0,5}\s+$|"
    r"so(?:\s+với|\s+sánh với)\s+(?:mức|con số|tỷ lệ|tỉ lệ)[^,;()]{0,30}\s+của\s+$|"
    r"(?<!\w)bằng\s+(?:khoảng\s+|gần\s+|hơn\s+)?\d[\d.,]*\s?%\s+[^,.;()\d]{0,40}$|"
    r"gấp\s+(?:rưỡi|đôi|ba|\d+(?:,\d+)?\s+lần)\s+$|"
    r"(?:so(?:\s+sánh)?(?:\s+với)?|(?:hơn|kém|bằng|như)|tương (?:đương|tự)(?:\s+với)?|ngang(?:\s+bằng)?\s+với"
    r"|cùng thời điểm|mức)"
    r"(?:\s+(?:mức|con số|thời điểm|thời gian|giai đoạn|của|cả|trong|cuối|đầu|hồi|vụ|niên vụ|kết quả|bình quân"
    r"|tổng|số|dịp|ngày|hôm))*\s*$",
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
_NAMED_BEFORE = re.compile(
    r"[^\W\d]\s+[A-ZĐÂÊÔƠƯÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝ][^\W\dA-ZĐ]+\s+$"
)
_SINCE_WHEN = re.compile(r"(?<!\w)(?:kể\s+)?từ\s+(?:khi|lúc)\s[^.;,()]{0,100}$", re.IGNORECASE)
_SINCE_THEN = re.compile(r"(?:^|[.!?…\n“\"]\s*)Kể\s+từ\s+(?:tháng\s+|năm\s+)?$")
_HAS_DONE = re.compile(r"\s*,(?:(?!sẽ(?!\w))[^.;]){0,80}?(?<!\w)đã(?!\w)")
_REPORTS = re.compile(
    r"[^.;:]{0,90}?(?<!\w)(?:cho biết|cho hay|công bố|thông báo|thông tin|khẳng định|phát biểu|trả lời|trao đổi"
    r"|đưa tin|báo cáo|nói|cho rằng|chia sẻ)(?!\w)"
)
_BARE_TO = re.compile(r"(?<!tính )(?<!kể )(?:đến|tới)\s+$", re.IGNORECASE)
_THROUGH = re.compile(r"(?<!đến )(?<!tới )(?:tính hết|(?<!\w)hết)\s+$", re.IGNORECASE)
_SUMS = re.compile(
    r"(?:/\d+)?,?\s+(?:tổng\s+|cả nước\s+|Việt Nam\s+)*(?:kim ngạch|xuất khẩu|nhập khẩu|xuất siêu|nhập siêu"
    r"|thu ngân sách|tổng thu|doanh thu|giải ngân|tổng vốn đăng ký|vốn đăng ký)(?!\w)"
)
_DIGIT = re.compile(r"\d")
_ATTRIBUTE = re.compile(
    r"(?:triển khai|phương hướng|nhiệm vụ)[^,.;()]{0,30}$|"
    r"(?:kế hoạch|dự toán|nghị quyết|chương trình|đề án|quy hoạch|luật|chuẩn|giá so sánh|đầu tư)\s+(?:của\s+"
    r"|cả\s+)?$",
    re.IGNORECASE,
)
_NEVER = frozenset(("clock",))


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
    alone: bool
    """No other number follows it in its brackets: it may date what stands before them."""
    """Where the brackets around it stand: it dates what stands in them or right before them."""
    passing: bool
    """Stands in brackets or only says until when: dates a figure beside it, sets nothing for later."""
    reports: bool
    """The day on which someone said it, not the day it happened: "Ngày 29/6, Tổng cục Thống kê cho biết"."""


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
        if (
            text.find("từ", before_from, period.char_start) >= 0
            and _RECORD.search(text, before_from, period.char_start)
        ) or (
            period.form in ("month", "quarter") and _DELIVERY.search(text, before_from, period.char_start)
        ):
            continue
        since = period.form in ("month", "year") and _is_counted_since(text, period, from_char)
        if since and published_on is None:
            continue
        bracket = _bracket(text, period, from_char)
        compares = (
            period.form == "same_period"
            or bool(_COMPARES.search(text, before_from, period.char_start))
            or bracket is not None
            and bool(_COMPARED_BRACKET.search(text, max(from_char, period.char_start - 90), period.char_start))
        )
        one_day = period.start == period.end and not compares
        reports = one_day and bool(_REPORTS.match(text, period.char_end))
        attribute = bool(_ATTRIBUTE.search(text, before_from, period.char_start)) or (
            period.form == "year" and text[period.char_start] == "n"
            and bool(_NAMED_BEFORE.search(text, before_from, period.char_start))
        )
        passing = (
            attribute
            or bracket is not None
            or (period.start is None and bool(_BARE_TO.search(text, before_from, period.char_start)))
        )
        spans.append(
            Span(
                period.start,
                max(period.end, published_on) if since and published_on else period.end,
                period.char_start,
                period.char_end,
                period.form,
                compares,
                attribute,
                bracket,
                bracket is None or not _DIGIT.search(text, period.char_end, bracket[1]),
                passing,
                reports,
            )
        )
        _set_start(text, spans[-1], from_char, published_on)
    return spans


def _is_counted_since(text: str, period: Period, from_char: int) -> bool:
    """Whether what is told began then and goes on to now: "Từ khi nhậm chức năm 2011, ông đã ký 51 luật"."""
    if period.form == "year" and _SINCE_WHEN.search(text, max(from_char, period.char_start - 115), period.char_start):
        return True
    begins = _SINCE_THEN.search(text, max(0, period.char_start - 18), period.char_start)
    return begins is not None and _HAS_DONE.match(text, period.char_end) is not None


def _bracket(text: str, period: Period, from_char: int) -> tuple[int, int] | None:
    opened = text.rfind("(", from_char, period.char_start)
    if opened < 0 or text.rfind(")", opened, period.char_start) > opened:
        return None
    closed = text.find(")", period.char_end - 1, period.char_end + 120)
    return opened, closed if closed >= 0 else period.char_end


def reaches(span: Span, figure: Figure) -> bool:
    """Whether a period in brackets can date the figure: it stands in them or closely before them."""
    if span.bracket is None:
        return True
    opened, closed = span.bracket
    if span.char_start - opened <= 2 and closed - span.char_end <= 2:
        return True
    return opened < figure.char_start < closed or (span.alone and -3 <= opened - figure.char_end <= 40)


def _set_start(text: str, span: Span, from_char: int, published_on: date | None) -> None:
    """Gives a start to what is written like a stock and is none.

    "hết tháng 5/2017" sums the year up to then; "đến năm 2030" of a plan names the year itself.
    """
    if span.compares:
        return
    before_from = max(from_char, span.char_start - 40)
    if span.start is not None:
        return
    if (_THROUGH.search(text, before_from, span.char_start) and span.form in ("month", "quarter")) or (
        span.form in ("month", "quarter", "day") and _SUMS.match(text, span.char_end)
    ):
        span.start = date(span.end.year, 1, 1)
    elif published_on and _BARE_TO.search(text, before_from, span.char_start):
        if span.form == "year":
            span.start = date(span.end.year, 1, 1)
        elif span.form == "month" and span.end > published_on:
            span.start = span.end.replace(day=1)


def role_of(span: Span) -> str:
    """What a period does in its sentence, in one word.

    >>> role_of(Span(None, date(2017, 6, 1), 0, 9, "day", False, False, None, True, False, False))
    'setting'
    """
    if span.compares:
        return "compared"
    if span.reports:
        return "report"
    if span.attribute:
        return "plan"
    if span.bracket:
        return "bracket"
    return "passing" if span.passing else "setting"
