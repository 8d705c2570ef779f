"""How exact a number is said to be: khoảng (about), hơn (over), gần (under), ít nhất, tối đa, … trở lên.

Rule: the word nearest to the number that says something wins ("khoảng hơn 400.000" is over), reading leftwards
through words that say nothing ("đạt", "mức", "lên tới"); "ít nhất" and "tối đa" also win through a nearer "khoảng".
"trở lên" and "trở xuống" after the unit win over everything. "ước …" earlier in the clause makes it about.
Words: seeds/qualifiers.csv.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from flows.figures.number import Number, last_word
from flows.recognizers.phrases import PhraseTable, TailTable
from flows.recognizers.roles import role_words
from flows.seeds import read_seed

QUALIFIERS = frozenset(("", "exact", "about", "over", "under", "at_least", "at_most"))


@dataclass(frozen=True, slots=True)
class QualifierRow:
    """A word and the qualifier it gives; an empty one is read through, `exact` ends the reading."""

    KEY: ClassVar[tuple[str, ...]] = ("word", "side")
    word: str
    qualifier: str | None
    side: str
    why: str | None

    def __post_init__(self) -> None:
        if (self.qualifier or "") not in QUALIFIERS:
            raise ValueError(f'qualifier "{self.qualifier}" is none of {", ".join(sorted(QUALIFIERS))}')
        if self.side not in ("before", "after"):
            raise ValueError(f'side "{self.side}" is not a side of a number; write before or after')


@cache
def _tables() -> tuple[TailTable[str], PhraseTable[str]]:
    rows = read_seed("qualifiers", QualifierRow)
    return (TailTable((row.word, row.qualifier or "") for row in rows if row.side == "before"),
            PhraseTable((row.word, row.qualifier or "") for row in rows if row.side == "after"))


_BEFORE, _AFTER = _tables()
_SIGNS = {"~": "about", "≈": "about", ">": "over", "<": "under", "≥": "at_least", "≤": "at_most"}
_BOUNDS = frozenset(("at_least", "at_most"))
_AGE_BOUNDS = {"trước": "under", "ngoài": "over"}
"""mổ trước 2 tuổi, ngoài 30 tuổi."""
_ESTIMATE = re.compile(r"\bước (?:tính|đạt|khoảng|thực|thu|chi|tăng|giảm|có|là|cả|tổng|kim|xuất|nhập|giá|hết|trong)")
_ESTIMATED_BY = role_words("estimated_by")
_ON_WORDS = role_words("place_on")
_MOST_ON = 10
_SIZES = frozenset(("mm", "inch", "cm"))
"""cỡ 533 mm is a size, cỡ 500 người an estimate."""
_EXTREMES = frozenset(("đa", "thiểu"))
"""tối đa, tối thiểu; "ít nhất (18 lần)" says which was least."""
_UPPER_END = re.compile(r"(?: \([^()]{1,40}\))? (?:đến|tới) (?:hơn |gần |khoảng |trên )?[0-9]")
"""giá từ 750 USD (17 triệu đồng) đến 800 USD: the lower end of a range, no bound."""
_EXCEEDED = re.compile(r"(?<!\w)(?<!cầu )vượt(?: (?:hơn|trên|khoảng))? ?\Z")
_BEYOND = re.compile(r"(?<!\w)vượt (?:(?:mức|quá|ngưỡng|chuẩn|quy chuẩn|tiêu chuẩn|cho phép|hơn|tới|đến)(?: |\Z))+\Z")
_EXCEEDED_WINDOW = 40
_PLANNED = (r"(?<!\w)(?:so với|so|kế hoạch|chỉ tiêu|dự toán|tiến độ|định mức|mục tiêu|cùng kỳ|thiết kế|quy định|"
            r"cho phép)(?!\w)")
_PLANNED_AFTER = re.compile(r"[^,;.()\n]{0,24}?" + _PLANNED)
_PLANNED_BEFORE = re.compile(_PLANNED + r"[^,;.()\n]*\Z")
_PLANNED_WINDOW = 30
_LEAST_LEVEL = 50
_LEAST_ROUND = 10
_ROUNDEST = 2
_UPWARDS = re.compile(r"(?: [^\W\d_]+){1,4}? (trở lên|trở xuống)(?!\w)")
_NEGATED = re.compile(r"(?<!\w)(?:không|chớ|đừng|cấm|chẳng)(?: [^\W\d_]+){1,5} quá ?\Z")
_NEGATED_WINDOW = 44
_IN_TURN = re.compile(r"(?<!\w)lần lượt(?: là| ở mức| đạt)? (?:khoảng|trên|dưới|ước|xấp xỉ|chừng) ?\Z")
_NEXT_IN_TURN = re.compile(r",? (?:và )?")
_EXTENTS = role_words("extent_unit")
_EXTENT_WORDS = ("dài", "cao", "rộng", "nặng", "sâu", "lớn", "dày", "lâu")


def read_qualifier(number: Number, text: str, low: str) -> str:
    """The qualifier of `number`, by the words before and after it."""
    after = number.unit_end or number.end
    if low[after:after + 1] == " ":
        found = _AFTER.match(low, after + 1)
        if found is not None:
            return found[1]
        if number.word == "từ" and (bound := _UPWARDS.match(low, after)) is not None:
            return "at_least" if bound[1] == "trở lên" else "at_most"
    if number.kind == "age" and number.word in _AGE_BOUNDS:
        return _AGE_BOUNDS[number.word]
    before = _before(number, low)
    if number.word == "quá" and before == "over" and _NEGATED.search(
            low, max(number.floor, number.start - _NEGATED_WINDOW), number.start):
        return "at_most"
    if number.kind == "multiple" and before == "over" and is_beyond(number, low):
        return ""
    if not before and number.word == "vượt" and is_exceeded(number, low):
        return "over"
    if before == "exact":
        return ""
    if not before and number.word in _ESTIMATED_BY and _estimated(number, low):
        number.estimated = True
        return "about"
    return before


def spread_in_turn(numbers: Sequence[Number], low: str) -> None:
    """Give "lần lượt dưới 3,1 triệu đồng, 4,2 triệu đồng và 4,7 triệu đồng" one qualifier throughout."""
    said = ""
    before: Number | None = None
    for number in numbers:
        if number.blocked or number.ranged:
            before = None
            continue
        if before is not None and said and number.qualifier == "exact" and number.sentence == before.sentence and (
                number.kind == before.kind or not before.kind) and (
                _NEXT_IN_TURN.fullmatch(low, before.unit_end or before.end, number.span_start)):
            number.qualifier = said
        else:
            said = number.qualifier if number.qualifier != "exact" and _IN_TURN.search(
                low, max(number.floor, number.start - _EXCEEDED_WINDOW), number.start) else ""
        before = number


def move_to_part(part: Number, whole: Number) -> None:
    """In "từ 60/100 điểm trở lên" it is the part that has the bound."""
    if whole.qualifier in _BOUNDS and part.qualifier == "exact":
        part.qualifier, whole.qualifier = whole.qualifier, "exact"


def _before(number: Number, low: str) -> str:
    end, word = number.left, number.word
    said = ""
    for _ in range(5):
        if end <= number.floor:
            break
        if not word:
            if not said and low[end - 1] == "(":
                return _bound_before(low, end - 1, number.floor)
            sign = _SIGNS.get(low[end - 1])
            return said or sign or ""
        found = _BEFORE.match_from(low, end, word)
        if found is None:
            break
        start, qualifier = found
        if start < number.floor:
            break
        if word == "cỡ" and number.unit in _SIZES:
            return said
        if qualifier == "at_least" and word == "từ" and _UPPER_END.match(low, number.unit_end):
            return said
        if qualifier == "exact" and not said and _is_measured_over(number, low, start):
            return "over"
        if qualifier and not (word == "trên" and start == end - 4 and not said and _means_on(number, low, start)):
            if not said:
                said = qualifier
                if qualifier in _BOUNDS:
                    return said
            elif qualifier in _BOUNDS and said == "about":
                return qualifier
            elif qualifier not in _BOUNDS:
                return said
        end = start - 1 if start and low[start - 1] in " \xa0" else start
        word = last_word(low, end) if end > 0 else ""
    return said


def _bound_before(low: str, end: int, floor: int) -> str:
    """"điểm tối thiểu (75 điểm)": the word before the bracket is said of what is in it."""
    end -= end > 0 and low[end - 1] == " "
    word = last_word(low, end) if end > floor else ""
    found = _BEFORE.match_from(low, end, word) if word in _EXTREMES else None
    return found[1] if found is not None and found[0] >= floor and found[1] in _BOUNDS else ""


def _is_measured_over(number: Number, low: str, start: int) -> bool:
    """"dài hơn 2,5 km" says how long, "cao hơn 5%" by how much more."""
    return ((number.kind == "duration" or number.unit in _EXTENTS) and low.startswith(_EXTENT_WORDS, start)
            and (not low.startswith(" so với", number.unit_end) or is_height(number, low)))


def is_height(number: Number, low: str) -> bool:
    """"cao hơn 122 mét so với mặt đất" says how high."""
    return low.startswith((" so với mặt ", " so với mực "), number.unit_end)


def is_exceeded(number: Number, low: str) -> bool:
    """Whether "vượt" says what level is passed ("đã vượt 30.000 MW"), not by how much ("vượt 5% kế hoạch")."""
    found = _EXCEEDED.search(low, max(number.floor, number.start - _EXCEEDED_WINDOW), number.start)
    if found is None or number.kind in ("multiple", "score") or number.ranged:
        return False
    if number.kind in ("duration", "age"):
        return True
    if _PLANNED_AFTER.match(low, number.unit_end) or _PLANNED_BEFORE.search(
            low, max(number.floor, found.start() - _PLANNED_WINDOW), found.start()):
        return False
    if number.kind == "percent":
        return number.value >= _LEAST_LEVEL
    digits = number.token.replace(".", "").rstrip("0")
    return len(digits) <= _ROUNDEST and digits.isdigit() and number.value / number.scale >= _LEAST_ROUND


def is_beyond(number: Number, low: str) -> bool:
    """"vượt mức 1,34 lần": so many times beyond."""
    return _BEYOND.search(low, max(number.floor, number.start - _EXCEEDED_WINDOW), number.start) is not None


def _means_on(number: Number, low: str, start: int) -> bool:
    """"trên 2 tuyến đường" is a place, "17 trên tổng số 82" a part of a whole."""
    if low[start - 1:start] == " " and low[max(0, start - 6):start - 1].rstrip()[-1:].isdigit():
        return True
    return number.scale == 1 and number.value <= _MOST_ON and (
        number.unit in _ON_WORDS or number.unit.split(" ")[0] in _ON_WORDS)


def _estimated(number: Number, low: str) -> bool:
    start = max(number.floor, number.start - 90)
    at = low.rfind("ước ", start, number.start)
    if at < 0 or (at and low[at - 1] not in " (\n,.:\"“"):
        return False
    found = _ESTIMATE.match(low, at)
    return not (found is None or ". " in low[at:number.start] or ";" in low[at:number.start])
