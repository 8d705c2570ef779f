"""Plans, targets and forecasts: figures of what shall be, kept apart from what has been."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from flows.figures.wording import fold_words
from flows.model import Figure
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class TargetWord:
    """A row of `seeds/target_words.csv`: words before a figure that make it a target, or that only look so (`not`)."""

    KEY = ("words",)

    words: str
    role: str

    def __post_init__(self) -> None:
        if self.role not in ("target", "not"):
            raise ValueError(f'role "{self.role}" is not known; write target or not')


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = read_seed("target_words", TargetWord)

    def pattern(role: str) -> re.Pattern[str]:
        words = sorted((row.words for row in rows if row.role == role), key=len, reverse=True)
        return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")

    return pattern("target"), pattern("not")


_CUT = re.compile(r"[.;:!?]|\s(?:nhưng|song|đã|vừa|thực tế)\s")
_OF_PLAN = re.compile(
    r"\s*(?:\)\s*)?(?:so với\s+)?(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết|cả nhiệm kỳ)", re.IGNORECASE
)
_BRACKETED_PLAN = re.compile(r"(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu)\s+(?:\S+\s+){0,4}\(\s*$", re.IGNORECASE)
_FULFILMENT = re.compile(
    r"\s*\(?(?:đạt|bằng|vượt|hoàn thành)?[^.;()]{0,30}?(?:kế hoạch|chỉ tiêu|cả nhiệm kỳ|nghị quyết"
    r"|dự toán)(?:\s+\S+){0,3}",
    re.IGNORECASE,
)
_TERM = re.compile(r"nhiệm kỳ", re.IGNORECASE)
_YEAR = re.compile(r"(?:cả|của|kế hoạch|chỉ tiêu|dự toán|toàn)\s+năm", re.IGNORECASE)


def plan_of(text: str, figure: Figure, left: int, right: int) -> str | None:
    """What plan `figure` is the target of: "term", "year", "" for a plan of no named length; None for a result.

    `left` is where the figure before it ends or the sentence starts, `right` the end of the sentence. A share of a
    plan ("đạt 45% kế hoạch") is a result; the plan itself, in "121/120 đảng viên (đạt 100,8% kế hoạch năm)" the
    second number, is a target.

    >>> text = "Đảng bộ kết nạp 121/120 đảng viên (đạt 100,8% kế hoạch năm)."
    >>> plan_of(text, Figure(20, 33, "120 đảng viên", "count", None, "đảng viên"), 19, len(text))
    'year'
    >>> plan_of(text, Figure(16, 19, "121", "count", None, "đảng viên"), 0, len(text)) is None
    True
    """
    start = figure.char_start
    if text[start - 1 : start] == "/" and figure.kind == "count":
        found = _FULFILMENT.match(text, figure.char_end, right)
        return _length(found[0]) if found else None
    before = text[max(left, start - 100) : start]
    if found := _BRACKETED_PLAN.search(before):
        return _length(found[0])
    if text[left - 1 : left] == "%" and (share := _OF_PLAN.match(text, left, start)):
        before = text[max(share.end(), start - 100) : start]
    if figure.kind == "percent" and _OF_PLAN.match(text, figure.char_end, right):
        return None
    target, other = _patterns()
    if not target.search(before.lower()):
        return None
    cuts = [match.end() for match in _CUT.finditer(before)]
    clause = fold_words(before[cuts[-1] :] if cuts else before)
    return "" if target.search(other.sub(" ", clause)) else None


def _length(words: str) -> str:
    return "term" if _TERM.search(words) else "year" if _YEAR.search(words) else ""
