"""The unit of a number that stands alone: shared with a neighbour in a list, or understood from the sentence.

Rule: a bare number joined to the next by a comma, "và", "xuống còn", "trên tổng số" … takes the next one's unit
("13, 7 và 2 đảng viên"; "500 và 1.000 rupee"), and its scale where it is smaller ("592 và 642 triệu đồng").
Otherwise it is a figure only with evidence: a scale word, grouped or decimal digits, a qualifier, or a word before it
that seeds/bare_words.csv lists; its unit is then "điểm" or age where the words before say so, money where a currency
or a money word stands in the sentence, else the noun counted before it, else the noun named before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from flows.figures.labels import CodeLists
from flows.figures.number import Number
from flows.figures.those import is_some, noun_of_those
from flows.recognizers.counted import match_noun
from flows.recognizers.phrases import spellings
from flows.recognizers.rates import match_rate
from flows.recognizers.roles import role_pattern, role_words
from flows.seeds import read_seed

_WITHIN = re.compile(r"\b(?:trong|trên)\b")
_TO_NEXT = re.compile(
    r"(?: \(mua(?: vào)?\))?(?: (?:trong |vào |hồi )?(?:năm|tháng|quý) [0-9]{1,4}(?:/[0-9]{4})?(?= (?:xuống|lên)))?"
    r"(?:, ?|; ?| ?[-–+x&] ?|,? (?:và|hoặc|hay|đến|tới|xuống|lên|còn|trên|trong|so với|thay vì|thành|cùng|hoặc là)"
    r"(?: còn| tới| đến| tổng số| tổng cộng| số| mức| là| chỉ)*)"
    r"(?: ?(?:khoảng|hơn|gần|trên|dưới|còn|và|hay|tổng|đến|tới|chỉ|các|những))* ?")
_MONEY_WORDS = role_pattern("money_context")
_SCORE_WORDS = re.compile(
    r"điểm\b(?<!\wđiểm)(?<!thời điểm)(?<!thởi điểm)(?<!địa điểm)(?<!quan điểm)(?<!khởi điểm)(?<!đặc điểm)"
    r"(?<!nhược điểm)(?<!ưu điểm)(?<!cao điểm)(?<!luận điểm)(?<!trọng điểm)(?<!thí điểm)(?<!yếu điểm)(?<!tâm điểm)"
    r"(?! (?:đến|nóng|dừng|bán|tựa|nhấn|nghẽn))")
_AGE_LEFT = re.compile(r"\btrạc(?: ngoài| khoảng| gần| hơn)?\Z|"
                       r"\btuổi(?: đời)?(?: (?:trung bình|bình quân))?(?: nhất)?"
                       r"(?: từ| khoảng| là| còn| chỉ| ngoài| trên| dưới| mới)?\Z")
_WORD_STARTS = re.compile(r"(?<![^\W\d_])[^\W\d_]")
_NUMBER_OF_BEHIND = re.compile(r",? (?:đó |đây )?là (?:số lượng|tổng số|số) ")
_COEFFICIENT = ("hệ số", "hệ số là")
_POINTS = "điểm"
_NAME = r"(?:[^\W\da-zà-ỹđ_][^\W\d_]* ){1,4}"
_NAMED_NEXT = re.compile(rf"[,;] {_NAME}[0-9]{{1,4}}[,;.…)]")
_NAMED_BEFORE = re.compile(rf"[^\W\d_] [0-9]{{1,4}}[,;] {_NAME}\Z")
_ITEM_ENDS = frozenset((",", ";", ".", "…", ")", ""))
_NOT_NAMED = role_words("not_named")
_NUMBER_OF = re.compile(r"(?<!doanh )(?<!dân )(?<!con )(?<!đa )(?<!chỉ )(?<!thiểu )(?<!điểm )(?<!hệ )\b"
                        r"(?:tổng số|số lượng|số lượt|lượng|số) ")
_CHILD = role_pattern("child")
_OLDEST_CHILD = 18
_TIMES_SIGNS = frozenset((" x ", "x", " x", "x "))
_LENGTHS = role_words("extent_unit")
_SMALLEST_SUM = 10_000
_HIGH_PRICE = 10_000_000
_THOUSAND = 1000
_PRICE_WINDOW = 400
_TRADE = frozenset((" nhập ", " xuất "))
_NEAR_SENTENCES = 2
_SCORE_WINDOW = 60
_WINDOW = 160
_LARGEST_GRADE = 100
_MONEY_SCALE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class BareWordRow:
    """A word before which a number that stands alone quantifies something."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)
    word: str


@cache
def bare_words() -> frozenset[str]:
    """The words of seeds/bare_words.csv in every spelling."""
    return frozenset(word for row in read_seed("bare_words", BareWordRow) for word in spellings(row.word))


_EVIDENCE = bare_words()


def share_units(numbers: list[Number], text: str, low: str, sentence_starts: list[int]) -> None:
    """Give every unblocked bare number a unit, or block it for want of evidence."""
    for index in range(len(numbers) - 2, -1, -1):
        number = numbers[index]
        if number.kind or number.blocked:
            continue
        following = numbers[index + 1]
        if following.sentence == number.sentence and following.kind and not following.blocked:
            _from_next(number, following, low)
    for index in range(1, len(numbers)):
        number = numbers[index]
        if not number.kind and not number.blocked:
            _from_column(number, numbers[index - 1], low)
    last_count: Number | None = None
    last_told: Number | None = None
    last_money: Number | None = None
    codes = CodeLists(low, sentence_starts)
    for number in numbers:
        if number.blocked:
            continue
        if not number.kind and number.scale == 1 and number.token.isdigit() and (
                text[number.left - len(number.word)].isupper() and codes.holds(number)):
            number.blocked = True
            continue
        if number.kind == "count" and number.resolution < 1 and number.scale == 1 and not number.ranged and (
                _SCORE_WORDS.search(low, max(sentence_starts[number.sentence], number.start - _SCORE_WINDOW),
                                    number.start)):
            _give(number, "score", "point", "understood")
        if not number.kind and not _is_of_those(number, low, last_told):
            _from_before(number, text, low, sentence_starts[number.sentence], last_count, last_money)
        if number.kind == "count":
            last_told = number
            last_count = last_count if number.unit == "lần" else number
        elif number.source != "understood" and (
                number.kind == "money" or (number.kind == "rate" and number.unit[:3].isupper())):
            last_money = number


def _is_of_those(number: Number, low: str, whole: Number | None) -> bool:
    """Whether a bare number is some of those told before; one in words is no figure else."""
    noun = noun_of_those(number, low, whole)
    if noun is not None:
        _give(number, "count", noun, "understood")
        return True
    number.blocked = number.style == "words" and is_some(low, number.end, number.value)
    return number.blocked


def _from_next(number: Number, following: Number, low: str) -> None:
    between = low[number.end:following.span_start]
    if len(between) > 30 or not _TO_NEXT.fullmatch(between):
        return
    if between in _TIMES_SIGNS and following.unit not in _LENGTHS:
        return
    if number.word == "tuổi" and following.kind != "age":
        return
    if following.kind in ("duration", "age") and (number.scale > 1 or _WITHIN.search(between)):
        return
    if following.kind in ("percent", "age") and following.low is None and between.strip() in ("-", "–"):
        return
    if number.scale == 1 and following.scale > 1:
        mantissa = following.value / following.scale if following.value else (following.low or following.value)
        if number.value >= 1000 or mantissa == 0:
            if number.value >= following.scale:
                pass
            elif number.value >= 1000 and mantissa < 1000:
                return
        number.value *= following.scale
        number.resolution *= following.scale
        number.scale = following.scale
    number.kind, number.unit, number.factor = following.kind, following.unit, following.factor
    number.unit_end, number.source = number.end, "shared"
    number.known_noun = following.known_noun


def _from_column(number: Number, before: Number, low: str) -> None:
    """In a flattened table the unit stands before its row: "VND/kg 44.800 45.000 +200"."""
    if before.heads_row and before.sentence == number.sentence and low[before.end:number.start] in (" ", " +", " -"):
        number.kind, number.unit, number.unit_end, number.source = before.kind, before.unit, number.end, "shared"
        number.heads_row, number.factor = True, before.factor
        if number.scale == 1 < before.scale:
            number.value *= before.scale
            number.resolution *= before.scale
            number.scale = before.scale
        if low[number.start - 1] in "+-":
            number.sign = low[number.start - 1]


def _has_evidence(number: Number) -> bool:
    return (number.scale > 1 or number.ranged or not number.token.isdigit() or number.qualifier != "exact"
            or number.word in _EVIDENCE)


def _from_before(number: Number, text: str, low: str, sentence_start: int, last_count: Number | None,
                 last_money: Number | None) -> None:
    start = max(sentence_start, number.start - _WINDOW)
    left = low[start:number.left]
    if number.scale >= 1000 and _is_money(number, low, sentence_start, last_money):
        kind, unit = "money", "VND"
        rate = match_rate(low, number.end)
        if rate is not None:
            _give(number, "rate", unit + rate[1], "understood")
            number.unit_end = rate[0]
            return
        if last_money is not None and last_money.sentence == number.sentence:
            kind, unit = last_money.kind, last_money.unit
        elif last_money is not None and last_money.sentence == number.sentence - 1:
            unit = last_money.unit.split("/")[0]
        _give(number, kind, unit, "understood")
        return
    if number.scale == 1 and number.value >= _HIGH_PRICE and number.value % _THOUSAND == 0 and _MONEY_WORDS.search(
            low, max(sentence_start, number.start - _PRICE_WINDOW), number.start):
        _give(number, "money", "VND", "understood")
        return
    if last_money is not None and last_money.sentence == number.sentence and _is_sum(number, last_count, last_money):
        _give(number, last_money.kind, last_money.unit, "understood")
        return
    if left.endswith(_COEFFICIENT):
        _give(number, "multiple", "x", "understood")
        return
    if _AGE_LEFT.search(left):
        _give(number, "age", "year", "understood")
        return
    if (number.part or number.whole) and _SCORE_WORDS.search(left, max(0, len(left) - _SCORE_WINDOW)):
        _give(number, "count", _POINTS, "understood")
        return
    if (number.scale == 1 and (number.high or number.value) <= _LARGEST_GRADE
            and _SCORE_WORDS.search(left, max(0, len(left) - _SCORE_WINDOW))):
        _give(number, "score", "point", "understood")
        return
    if number.word == "lên" and number.value <= _OLDEST_CHILD and number.scale == 1 and _CHILD.search(left):
        _give(number, "age", "year", "understood")
        return
    if "độ ph" in left and number.scale == 1:
        _give(number, "quantity", "pH", "understood")
        return
    if number.part or number.whole:
        named_part = _named_noun(low, start, number.left)
        unit = last_count.unit if last_count is not None and last_count.sentence >= number.sentence - 1 else ""
        _give(number, "count", unit or named_part or "", "understood")
        return
    listed = last_count is not None and last_count.sentence == number.sentence
    if last_count is not None and not listed and last_count.sentence >= number.sentence - 1 and (
            _is_named_item(number, text)):
        _give(number, "count", last_count.unit, "understood")
        return
    if not _has_evidence(number) and not (listed and _is_item(number, text)):
        number.blocked = True
        return
    number_of = _number_of(low, start, number.left)
    if number_of is not None and (last_count is None or not listed or number_of[1] > last_count.start):
        _give(number, "count", number_of[0], "understood")
    elif listed and last_count is not None:
        _give(number, "count", last_count.unit, "understood")
    elif (named := _named_noun(low, start, number.left)) is not None:
        _give(number, "count", named, "understood")
    elif last_count is not None and last_count.sentence >= number.sentence - _NEAR_SENTENCES:
        _give(number, "count", last_count.unit, "understood")
    else:
        behind = _NUMBER_OF_BEHIND.match(low, number.end)
        noun_end = match_noun(low, behind.end()) if behind is not None else None
        unit = "" if behind is None or noun_end is None else low[behind.end():noun_end]
        _give(number, "count", unit, "understood")


def _is_sum(number: Number, last_count: Number | None, last_money: Number) -> bool:
    """A round bare number of thousands after an amount is an amount: "giảm khoảng 200.000 trong 2 ngày"."""
    value = number.high if number.high is not None else number.value
    return (number.scale == 1 and value >= _SMALLEST_SUM and value % _THOUSAND == 0 and "." in number.token
            and (last_count is None or last_count.start < last_money.start))


def _give(number: Number, kind: str, unit: str, source: str) -> None:
    number.kind, number.unit, number.source, number.unit_end = kind, unit, source, number.end


def _is_item(number: Number, text: str) -> bool:
    """A number that closes an item ("khiển trách 13, cảnh cáo 07") or opens one ("(0 khiển trách, 01 cảnh cáo")."""
    if number.word and number.left > number.floor:
        return text[number.end:number.end + 1] in (",", ";", ".", ")", "") or text.startswith(" và ", number.end)
    closes = text[number.end:number.end + 1] in (",", ";", ")")
    if closes and text[number.left - 1:number.left] in (":", "("):
        return True
    return (text[number.left - 1:number.left] in ("(", ",", ";", ":")
            and text[number.end:number.end + 1] == " " and text[number.end + 1:number.end + 2].islower())


def _is_named_item(number: Number, text: str) -> bool:
    """"Đống Đa 372, Hoàng Mai 253, …": names with a number each."""
    return number.token.isdigit() and (
        _NAMED_NEXT.match(text, number.end) is not None
        or (text[number.end:number.end + 1] in _ITEM_ENDS
            and _NAMED_BEFORE.search(text, max(0, number.start - 48), number.start) is not None))


def _is_money(number: Number, low: str, sentence_start: int, last_money: Number | None) -> bool:
    if last_money is not None and last_money.sentence == number.sentence:
        return True
    if number.scale >= _MONEY_SCALE:
        return True
    return bool(_MONEY_WORDS.search(low, max(sentence_start, number.start - 80), number.start))


def _number_of(low: str, start: int, end: int) -> tuple[str, int] | None:
    """The noun of the last "số …", "tổng số …" of `low[start:end]` and where it stands."""
    found = None
    for match in _NUMBER_OF.finditer(low, start, end):
        noun_end = match_noun(low, match.end())
        if noun_end is not None and noun_end <= end:
            found = low[match.end():noun_end], match.end()
    return found


def _named_noun(low: str, start: int, end: int) -> str | None:
    """The last counted noun of two words or more named in `low[start:end]`."""
    found = None
    for match in _WORD_STARTS.finditer(low, start, end):
        noun_end = match_noun(low, match.start())
        if noun_end is not None and noun_end <= end:
            noun = low[match.start():noun_end]
            if " " in noun and noun not in _NOT_NAMED and low[match.start() - 6:match.start()] not in _TRADE:
                found = noun
    return found
