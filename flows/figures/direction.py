"""Whether a figure is a change and which way: tăng 5% · giảm gần 54% · vượt 12 tỷ · thấp hơn 0,3 điểm · (-0,6%).

Rule: reading leftwards from the number through at most seven words, a row of seeds/directions.csv gives the
direction; a stop, or a word that makes the number a level (từ, lên, xuống, còn, so với …), ends the reading.
A percentage in the clause of "tăng trưởng" or "tốc độ tăng" is growth. A percentage in brackets after a change,
or after "tương đương", changes the same way. A sign before the number decides by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from flows.figures.number import Number, last_word
from flows.figures.qualifier import is_beyond, is_exceeded, is_height
from flows.figures.unit import is_times_in_bracket
from flows.recognizers.phrases import TailTable
from flows.recognizers.roles import role_pattern, role_words
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """A word of change and its direction, `up` or `down`."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)
    word: str
    direction: str | None
    """None for a look-alike that ends the reading: vượt trội, giảm nghèo."""

    def __post_init__(self) -> None:
        if self.direction not in ("up", "down", None):
            raise ValueError(f'direction "{self.direction}" is not a direction; write up, down or nothing')


@cache
def direction_table() -> TailTable[str | None]:
    """The rows, found where they end."""
    return TailTable((row.word, row.direction) for row in read_seed("directions", DirectionRow))


_TABLE = direction_table()
_LEVEL_WORDS = role_words("level")
_STEPS = 7
_STEPS_OF_MEASURES = 4
_EXTENT_WORDS = role_words("extent")
_STEPS_FROM_BRACKET = 3
_QUOTES = frozenset("\"”“'’")
_COMPARED_LEVELS = role_words("compared_level")
"""What something is higher or lower than: the number after it is that level, no difference."""
_EXTENT = re.compile(r"(?:cao|dài|rộng|nặng|sâu|lớn|dày) hơn")
_EXTENT_UNITS = role_words("extent_unit")
_OCCASIONS = role_words("occasion")
_THROUGH_DIRECT = role_words("through_level")
_GROWTH = role_pattern("growth")
_DECLINE = role_pattern("decline")
_TO_LEVEL = role_pattern("growth_stop")
_INHERITED = re.compile(r"\s?\((?:tương (?:đương|ứng)(?: với)?|hay|tức|khoảng|gần|hơn|\+|-|–)?\s?\Z|"
                        r",? ?(?:tương đương|tương ứng|hay|tức)(?: với| là| khoảng| gần| tăng| giảm)*\s?\Z")
_ALSO = re.compile(r"((?: [^\W\d_]+){0,5}) và (?:(?:khoảng|gần|hơn|trên|các mức|mức) )*")
"""giảm 1 triệu đồng ở chiều mua và 550.000 đồng ở chiều bán: the second changes the same way."""
_OF_ANOTHER = re.compile(r",? (?:và )?(?:về|của) [^,;:().\d]{2,40} (?:là|đạt) ")
_SINCE_THEN = re.compile(r" (?:so )?(?:với )?(?:cùng kỳ|cùng thời|(?:năm|tháng|quý|tuần|niên vụ|vụ) (?:ngoái|trước)|"
                         r"trước đó|hồi |đầu năm|một năm trước)")
_COMPARED = re.compile(r" (so với|hơn) (?!mức |con số |ngưỡng )[^,;:().]{2,32}?"
                       r"(?: (?:tới|đến|từ|chỉ|khoảng|gần|hơn|thêm|là))+ ?\Z")
_FIRST_LISTED = re.compile(r"(?<!\w)(tăng|giảm)(?: trưởng)?(?: (?:mạnh|cao|nhiều|khá|nhanh|nhẹ|nhất|sâu|rất|đáng kể))*"
                           r" (?:là|gồm|như|ở|bao gồm|đó là|thuộc về|phải kể đến|phải kể tới)(?: [^().;0-9]*)?\(\Z")
_NEXT_LISTED = re.compile(r"\)(?:,|;|,? và|,? hay)(?: [^\W\d_]+){1,8} \(")
_STEPS_OF_RANK = frozenset(("bậc", "hạng"))
_CLIMBS = role_words("climb")
_BEYOND_WORDS = frozenset(("vượt", "hơn", "trên"))
_LIMITS = frozenset(("mức", "quá", "ngưỡng", "chuẩn", "hơn", "tới", "đến"))
_FEW_WORDS = 3
_NEAR = 20
_COMPARED_WINDOW = 64
_OVER_ANOTHER = re.compile(r", hơn \Z")
_IN_TURN = "(lần lượt "
_LOST = role_words("lost")
_PAIRED = re.compile(r"%?(?: so với [^,;:()]{1,25})?(?: và|,)(?: (?:khoảng|gần|hơn|trên|mức|các mức))? ")


_COMPARING = frozenset(("là", "tới", "đến", "từ", "chỉ", "khoảng", "gần", "hơn", "thêm"))
_OF_PLACE = frozenset(("ở", "về", "tại", "so", "với", "cho", "của"))


def read_direction(number: Number, low: str, previous: Number | None) -> str | None:
    """The direction of `number`; `previous` is the figure before it in the sentence, or None."""
    if number.sign and number.kind in ("percent", "score", "money", "rate", "quantity"):
        return "up" if number.sign == "+" else "down"
    if number.kind in ("age", "duration") and number.word not in ("tăng", "giảm", "thêm"):
        return None
    if number.unit in _STEPS_OF_RANK and number.word in _CLIMBS:
        return "up"
    if number.word in _BEYOND_WORDS and low.find("vượt", max(0, number.start - _NEAR), number.start) >= 0 and (
            is_exceeded(number, low)):
        return None
    if number.kind == "multiple" and ((number.word in _LIMITS and is_beyond(number, low)) or (
            low[number.start - 1:number.start] == "(" and is_times_in_bracket(number, low))):
        return "up"
    by_word = _by_word(number, low)
    if by_word is not None:
        return None if number.unit in _OCCASIONS else by_word
    if number.word == "hơn" and low.startswith(" so với", number.unit_end) and _OVER_ANOTHER.search(
            low, max(number.floor, number.start - 6), number.start):
        number.qualifier = "exact"
        return "up"
    if number.kind == "multiple" and number.unit == "x" and _rises(number, low):
        return "up"
    if number.word in _COMPARING and (compared := _compared(number, low)) is not None:
        return compared
    percent = number.kind == "percent"
    if percent and low[number.start - 1:number.start] == "(" and (
            listed := _listed(number, low, previous)) is not None:
        return listed
    clause_start = max(number.floor, number.start - 110)
    if percent:
        clause = low[clause_start:number.start]
        if ("tăng" in clause or "giảm" in clause) and (found := _growth(clause, number.ranged)) is not None:
            return found
    if previous is not None and previous.direction is not None and previous.kind != "age":
        between = low[previous.unit_end or previous.end:number.start]
        if len(between) < 40:
            if _INHERITED.match(between) and (
                    percent or (previous.kind == "percent" and ("(" not in between or "tương" in between))):
                return previous.direction
            if percent and previous.kind == "percent" and _PAIRED.fullmatch(between):
                return previous.direction
            if ((number.kind, number.unit) == (previous.kind, previous.unit) or (
                    previous.kind == "money" and number.unit.startswith(previous.unit + "/"))) and (
                    _goes_on(between, percent)):
                return previous.direction
    return None


def _listed(number: Number, low: str, previous: Number | None) -> str | None:
    """"tăng mạnh là Thái Lan (49,6%), Pakistan (37,9%)": each of those named changes so."""
    if low[number.unit_end:number.unit_end + 1] != ")":
        return None
    if previous is not None and previous.direction is not None and previous.kind == "percent" and (
            low[previous.start - 1] == "(" and _NEXT_LISTED.fullmatch(low, previous.unit_end, number.start)):
        return previous.direction
    found = _FIRST_LISTED.search(low, max(number.floor, number.start - _COMPARED_WINDOW * 2), number.start)
    return None if found is None else "up" if found[1] == "tăng" else "down"


def _goes_on(between: str, percent: bool) -> bool:
    """Whether what stands between two figures of one unit says that both change: "và", "về … là"."""
    if not between.startswith((" ", ",")):
        return False
    also = _ALSO.fullmatch(between)
    if also is not None:
        return not any(word in _LEVEL_WORDS and word not in _OF_PLACE for word in also[1].split())
    return percent and _OF_ANOTHER.fullmatch(between) is not None


def _rises(number: Number, low: str) -> bool:
    """"số ca gấp 2,6 lần cùng kỳ" compares with an earlier time."""
    before = low[max(number.floor, number.start - 12):number.end]
    return "gấp" in before and _SINCE_THEN.match(low, number.unit_end) is not None


def _compared(number: Number, low: str) -> str | None:
    """"thấp hơn so với cùng kỳ năm 2016 tới hơn 5.500 USD": what it is compared with stands between."""
    start = max(number.floor, number.start - _COMPARED_WINDOW)
    if number.word == "là" and low.find(" so với ", start, number.start) < 0:
        return None
    found = _COMPARED.search(low, start, number.start)
    if found is None:
        return None
    end = found.start() if found[1] == "so với" else found.end(1)
    for _ in range(_FEW_WORDS if number.word == "là" else 1):
        word = last_word(low, end)
        if not word or end <= start:
            return None
        before = _TABLE.match_from(low, end, word)
        if before is not None:
            return None if before[0] < start else before[1]
        if word in _LEVEL_WORDS and word != "thành":
            return None
        end -= len(word) + 1
    return None


def _growth(clause: str, ranged: bool) -> str | None:
    grown = None
    for found in _GROWTH.finditer(clause):
        grown = (found.end(), "up")
    for found in _DECLINE.finditer(clause):
        if grown is None or found.end() > grown[0]:
            grown = (found.end(), "down")
    if grown is None:
        return None
    rest = clause[grown[0]:]
    if ";" in rest or ". " in rest or rest.count(",") > 1:
        return None
    level = _TO_LEVEL.search(rest)
    if level is not None and not (level[0] == "từ" and level.end() + 1 >= len(rest) and ranged):
        return None
    return grown[1]


def _by_word(number: Number, low: str) -> str | None:
    end, word = number.left, number.word
    ranged = number.ranged
    compared_to_level = number.word in _COMPARED_LEVELS
    steps = _STEPS
    measured = number.kind == "quantity"
    if word == "lượt" and low.startswith(_IN_TURN, end - len(_IN_TURN) + 1):
        end -= len(_IN_TURN) - 1
        word = last_word(low, end - 1) if low[end - 1:end] == " " else last_word(low, end)
        end -= low[end - 1:end] == " "
        steps = _STEPS_FROM_BRACKET
    elif not word and end and low[end - 1] == "(" and number.kind in ("percent", "score"):
        end -= 1 + (end > 1 and low[end - 2] == " ")
        word = last_word(low, end)
        steps = _STEPS_FROM_BRACKET
    for step in range(steps):
        if not word and end and low[end - 1] in _QUOTES:
            end -= 1
            word = last_word(low, end)
        if not word or end <= number.floor:
            return None
        found = _TABLE.match_from(low, end, word)
        if found is not None:
            if found[0] < number.floor:
                return None
            if low.startswith("hơn", end - 3) and (compared_to_level or _EXTENT.match(low, found[0]) and (
                    number.unit in _EXTENT_UNITS and (
                        not low.startswith(" so với", number.unit_end) or is_height(number, low)))):
                return None
            if step and low.startswith("tăng trưởng", found[0]):
                return "up" if number.kind == "percent" else None
            if low.startswith("mất", found[0]) and number.kind not in ("percent", "score") and number.unit not in _LOST:
                return None
            return found[1] or None
        if step and word in _COMPARED_LEVELS:
            compared_to_level = True
        if measured and (step >= _STEPS_OF_MEASURES or word in _EXTENT_WORDS):
            return None
        if word in _LEVEL_WORDS and not (
                (word in _THROUGH_DIRECT and step < 3)
                or (word == "từ" and ranged)):
            return None
        end -= len(word)
        if end and low[end - 1] in " \xa0":
            end -= 1
        word = last_word(low, end) if end > 0 else ""
    return None
