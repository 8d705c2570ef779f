"""Numbers that belong together: ranges (từ 5 đến 7, 9–10 triệu đồng), parts (527/600), and chains of codes.

A range is one number with `low` and `high`; scale and unit are carried back from the second to the first. "a/b"
is two counts of the second's noun, or one fraction (2/3 dân số). What a blocking word refuses, it refuses for the
whole list that follows (Nghị quyết 18, 19; lớp 10 và 11; câu 41-80). Two bare small numbers joined by a hyphen
are a score line.
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import gcd

from flows.figures.number import Number
from flows.figures.unit import is_times, settle_grouping
from flows.recognizers.roles import role_pattern, role_words

_HYPHEN = re.compile(r"\s?[-–—~]\s?(?:(?:hơn|gần|khoảng|trên|dưới) )?")
_UNTIL = re.compile(r" (?:đến|tới)(?: (?:hơn|gần|khoảng|trên|dưới|hết|cả))? ")
_AND = re.compile(r" (?:và|đến|với) ")
_SCORE_VERBS = role_words("score_verb")
_RANKS = role_words("rank")
_ADDRESS_UNITS = role_words("address_unit")
_ADDRESS_WORDS = role_words("address")
_IN_BRACKETS = re.compile(r"\)")
_PERCENT_FOLLOWS = re.compile(r" ?\([0-9.,]+ ?%")
_PER = re.compile(r" ?/ ?")
_CHAIN = re.compile(r"(?:, ?|; ?| ?[-–—/&] ?| (?:và|hoặc|hay|đến|tới) )(?:số |điều |khoản )?")
_RANGE_OPENERS = role_words("range_opener")
_BOUGHT_AND_SOLD = re.compile(r" ?\(mua(?: vào)? ?[-–] ?bán")
"""Gold is quoted "36,55 - 37,35 triệu đồng/lượng (mua vào - bán ra)": two figures."""
_PAIR = 2
_COORDINATES = frozenset((" và ", ", ", " hay ", " hoặc ", " rồi "))
_OR = re.compile(r" (?:hoặc|hay) ")
_FRACTION_WHOLE = role_pattern("fraction_whole")
_SHARE = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")
_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,2})?) ?%")
_PERCENT_IN_BRACKETS = re.compile(r" ?\(([0-9]{1,3}(?:[.,][0-9]{1,2})?) ?%")
_PERCENT_WINDOW = 120
_DATE_LEFT = role_words("date_left")
_HALVES = 2
"""1/2 lưỡi: nobody counts one of two."""
_MONTHS = 12
_EITHER = frozenset(("count", "duration", "quantity", "age", "multiple"))
_LARGEST_PAIR = 10
_PAIRS_APART = ((Decimal(5), Decimal(7)),)
_IN_TURN = re.compile(r"lần lượt|tương ứng|theo thứ tự")
_IN_TURN_WINDOW = 60
_SMALLEST_CUT = 10
_MEASURED = frozenset(("quantity", "duration", "money", "percent", "rate"))
_WIDEST = 3
"""Kuala Terengganu 35-36 hải lý: the number after the name begins a range."""
_NEXT_OF_CHAIN = re.compile(r" ?[-–—] ?[0-9]")
"""điểm ba môn là 6,75 - 8,25 – 6: three in a row are no range."""
_SCORE_OF = re.compile(r"(?<!\w)t[ỷỉ] số(?!\w)[^,;:()0-9]*\Z")
_SCORE_WINDOW = 60
_SHARE_OF = re.compile(r"(?<!\w)t[ỷỉ] lệ (?:chiến )?(?:thắng|thành công|chính xác|chuyền)[^;()\n]*\Z")
_ALWAYS = (Decimal(24), Decimal(7))
_TIMES = frozenset(("duration", "age"))
_OF_NEXT = {("minute", "hour"): 60, ("hour", "day"): 24, ("month", "year"): 12}
"""How many of a unit of time make one of the next: "18 tháng đến 2 năm", "từ 6 tháng đến 11 tuổi"."""
_FINELY = Decimal("0.000001")
_LARGEST_FRACTION = 10
_LARGEST_SCORE = 30


def join_numbers(numbers: list[Number], text: str, low: str) -> list[Number]:
    """Merge ranges, mark parts and fractions, carry blocks along lists; returns the numbers that stay."""
    joined: list[Number] = []
    index = 0
    count = len(numbers)
    while index < count:
        number = numbers[index]
        index += 1
        while index < count:
            following = numbers[index]
            if following.sentence != number.sentence:
                break
            between = low[number.unit_end or number.end:following.span_start]
            if len(between) > 14 or not _join_pair(number, following, between, text, low):
                break
            index += 1
        if number.doubtful and not number.kind:
            number.blocked = True
        joined.append(number)
        if number.unit == "lần" and len(joined) >= _PAIR:
            _times_as_well(joined[-_PAIR], number, low)
        if index < count:
            following = numbers[index]
            if number.blocked and not following.blocked and following.sentence == number.sentence:
                _carry_block(number, following, low)
    return joined


def _times_as_well(before: Number, number: Number, low: str) -> None:
    """"cao gấp 245 và 260 lần": the second says how many times as much too."""
    if before.unit == "x" and number.sentence == before.sentence and (
            low[max(before.end, before.unit_end):number.start] in _COORDINATES):
        number.kind, number.unit = "multiple", "x"


def _carry_block(number: Number, following: Number, low: str) -> None:
    if low[number.end:following.start] == "/" and number.word not in _RANKS:
        following.blocked = True
        return
    if following.kind and (following.kind != "count" or following.known_noun):
        return
    if following.scale > 1:
        return
    between = low[number.end:following.start]
    if len(between) <= 10 and _CHAIN.fullmatch(between):
        following.blocked = True


def _join_pair(number: Number, following: Number, between: str, text: str, low: str) -> bool:
    """Join two neighbours; True if `following` has gone into `number`."""
    if following.blocked and not number.kind and _HYPHEN.fullmatch(between):
        number.blocked = True
    if number.named and not following.blocked and following.kind in _MEASURED and number.token.isdigit() and (
            following.token.isdigit() and number.value < following.value <= number.value * _WIDEST
            and _HYPHEN.fullmatch(between)):
        number.blocked = False
    if number.named and number.blocked and not following.blocked and _HYPHEN.fullmatch(between) and (
            _is_score_between_names(number, following, text)):
        following.blocked = True
    if number.blocked or following.blocked:
        return False
    hyphen = _HYPHEN.fullmatch(between)
    if hyphen is not None:
        if number.apart and following.apart:
            return False
        if following.sign:
            following.sign = ""
        if _is_score_line(number, following, text, low):
            number.blocked = following.blocked = True
            return False
        if not following.kind and _NEXT_OF_CHAIN.match(low, following.end):
            following.apart = True
            return False
        return not number.apart and _merge_range(number, following, low)
    if _UNTIL.fullmatch(between):
        if number.kind and number.word not in _RANGE_OPENERS:
            return False
        return _merge_range(number, following, low)
    if _OR.fullmatch(between) and not number.kind and following.value == number.value + 1:
        return _merge_range(number, following, low)
    if number.word == "giữa" and _AND.fullmatch(between):
        return _merge_range(number, following, low)
    if between == ", " and (not number.kind or (number.kind == "multiple" and number.unit_end == number.end)) and (
            _is_either(number, following, low)):
        return _merge_range(number, following, low)
    if _PER.fullmatch(between) and not number.kind:
        return _join_part(number, following, text, low)
    return False


def _is_either(number: Number, following: Number, low: str) -> bool:
    """"2, 3 tiếng": two neighbours in the count of a thing say about how many; the items of a list do not."""
    if not (following.kind in _EITHER and following.known_noun and not following.ranged
            and number.scale == following.scale == 1 and number.token.isdigit() and following.token.isdigit()):
        return False
    if following.value > _LARGEST_PAIR or len(number.token) > len(str(number.value)) or not (
            following.value == number.value + 1 or (number.value, following.value) in _PAIRS_APART):
        return False
    before = low[max(0, number.start - 2):number.start]
    return (number.word not in ("và", "hoặc") and not before.startswith((",", ";", "/"))
            and not low.startswith((" và ", ", "), following.unit_end)
            and _IN_TURN.search(low, max(number.floor, number.start - _IN_TURN_WINDOW), number.start) is None)


def _is_score_line(number: Number, following: Number, text: str, low: str) -> bool:
    if number.token.isdigit() and following.token.isdigit() and not number.kind and following.scale == 1 and (
            max(number.value, following.value) <= _LARGEST_SCORE):
        if not following.kind and _SCORE_OF.search(low, max(number.floor, number.start - _SCORE_WINDOW), number.start):
            return True
        if _is_score_between_names(number, following, text):
            return True
    if number.word in _SCORE_VERBS:
        return number.kind == "" and number.token.isdigit() and following.token.isdigit() and (
            following.value <= _LARGEST_SCORE and following.scale == 1)
    return (number.kind == following.kind == ""
            and (number.word not in _RANGE_OPENERS or number.value >= following.value)
            and number.token.isdigit() and following.token.isdigit() and number.scale == following.scale == 1
            and number.value <= _LARGEST_SCORE and following.value <= _LARGEST_SCORE)


def _is_score_between_names(number: Number, following: Number, text: str) -> bool:
    """"Pháp 3-2 Anh": no noun is counted that is printed like a name, after a name."""
    return (following.kind == "count" and following.scale == 1 and number.token.isdigit() and following.token.isdigit()
            and max(number.value, following.value) <= _LARGEST_SCORE
            and text[following.end + 1:following.end + 2].isupper()
            and text[number.left - len(number.word):number.left][:1].isupper())


def _merge_range(number: Number, following: Number, low: str) -> bool:
    if number.ranged or following.ranged:
        return False
    if following.kind == "rate" and _BOUGHT_AND_SOLD.match(low, following.unit_end):
        return False
    if number.kind == "multiple" and following.unit == "lần":
        following.kind, following.unit = "multiple", "x"
    if number.kind == "duration" and following.kind in _TIMES and (number.unit, following.unit) in _OF_NEXT:
        value = number.value / _OF_NEXT[number.unit, following.unit]
        if value != (short := value.quantize(_FINELY)):
            value = short
        if value >= following.value:
            return False
        number.value, number.kind, number.unit = value, following.kind, following.unit
    if number.kind and (number.kind, number.unit) != (following.kind, following.unit) and not (
            following.unit.startswith(number.unit + "/")):
        return False
    if number.grouped_doubt and following.scale == 1 and (
            following.kind not in ("money", "rate") or following.resolution >= 1):
        settle_grouping(number)
    value = number.value
    if number.token.isdigit() and value >= _SMALLEST_CUT:
        thousands = _thousands_of(following)
        if value * thousands < following.value and value < following.value / thousands * 10:
            value *= thousands
    if number.scale == 1 and following.scale > 1 and value < following.value / following.scale:
        value *= following.scale
    if value >= following.value:
        return False
    number.low, number.high = value, following.value
    number.resolution = following.resolution
    number.scale = max(number.scale, following.scale)
    number.end, number.unit_end = following.end, following.unit_end
    number.kind, number.unit, number.factor = following.kind, following.unit, following.factor
    number.known_noun = following.known_noun
    if number.unit == "lần" and is_times(number, low, number.unit_end):
        number.kind, number.unit = "multiple", "x"
    number.ranged = True
    return True


def _thousands_of(number: Number) -> Decimal:
    """What its dots multiply by: "250-280.000 đồng" leaves out the thousands of the first."""
    if number.scale > 1 or "," in number.token or number.value != number.value.to_integral_value():
        return Decimal(1)
    return Decimal(1000) ** number.token.count(".")


def _is_whole(low: str, at: int) -> bool:
    """Whether a noun that fractions are of begins at `at`: 2/3 dân số."""
    return _FRACTION_WHOLE.match(low, at + 1 if low[at:at + 1] == " " else at) is not None


def is_share(low: str, start: int, end: int) -> bool:
    """Whether "1/8" at `start`…`end` is the share a percentage beside it states, and so no day and month.

    >>> low = "thắng 1/8 (13%), 36,36% khách (4/11), hôm 1/8 (20% khách)"
    >>> [is_share(low, at, at + length) for at, length in ((6, 3), (31, 4), (42, 3))]
    [True, True, False]
    """
    found = _SHARE.fullmatch(low, start, end)
    if found is None:
        return False
    stated = _PERCENT_IN_BRACKETS.match(low, end)
    if stated is None and low[start - 1:start] == "(" and low[end:end + 1] == ")":
        for earlier in _PERCENT.finditer(low, max(0, start - _PERCENT_WINDOW), start):
            stated = earlier
    if stated is None:
        return False
    part, whole = int(found[1]), int(found[2])
    return 0 < whole >= part and abs(100 * part / whole - float(stated[1].replace(",", "."))) <= 1


def opens_share(low: str, start: int) -> bool:
    """Whether the number at `start` is the part of such a share: Điểm Break 1/8 (13%)."""
    found = _SHARE.match(low, start)
    return found is not None and is_share(low, start, found.end())


def _join_part(number: Number, following: Number, text: str, low: str) -> bool:
    """"527/600 đảng viên" are two numbers, "2/3 dân số" one; True for the latter."""
    whole = following.value
    plain = number.token.isdigit() and following.token.isdigit() and number.scale == following.scale == 1
    if plain and not following.kind and is_share(low, number.start, following.end):
        number.part = following.whole = True
        return False
    if plain and not _is_whole(low, following.end) and (
            number.word in _DATE_LEFT if not following.kind else number.word == "từ" and whole <= _MONTHS):
        number.blocked = following.blocked = True
        return False
    if plain and not following.kind and whole <= _LARGEST_FRACTION and _SHARE_OF.search(
            low, max(0, number.start - _SCORE_WINDOW), number.start):
        number.part = following.whole = True
        return False
    if plain and 0 < number.value < whole <= _LARGEST_FRACTION and (
            (not following.kind and gcd(int(number.value), int(whole)) == 1) or _is_whole(low, following.end)
            or (following.kind == "count" and number.value == 1 and whole == _HALVES)):
        number.value = (number.value / whole).quantize(Decimal("0.000001"))
        number.resolution = Decimal("0.000001")
        number.end = number.unit_end = following.end
        number.kind, number.unit = "multiple", "x"
        number.known_noun = True
        return True
    if plain and number.value == _ALWAYS[0] and whole == _ALWAYS[1]:
        number.blocked = following.blocked = True
        return False
    if plain and number.word in _ADDRESS_WORDS and (not following.kind or (following.kind == "count" and not (
            following.known_noun and " " in following.unit and number.value < whole))):
        number.blocked = following.blocked = True
        return False
    if following.unit in _ADDRESS_UNITS and low[following.unit_end:following.unit_end + 1] == " " and (
            (opening := text[following.unit_end + 1:following.unit_end + 2]).isupper() or opening.isdigit()):
        number.blocked = following.blocked = True
        return False
    if following.kind == "money" and number.scale == 1 and number.value <= whole / following.scale:
        number.value *= following.scale
        number.resolution *= following.scale
        number.scale = following.scale
    if following.kind in ("money", "count", "score", "quantity", "rate", "duration", "percent"):
        number.part = following.whole = True
        number.kind, number.unit, number.factor = following.kind, following.unit, following.factor
        number.unit_end = number.end
        number.source, number.known_noun = "shared", following.known_noun
        return False
    if following.kind:
        return False
    if number.value > whole:
        number.blocked = following.blocked = True
    elif plain and (_IN_BRACKETS.match(low, following.end) and low[number.start - 1] == "("
                    or _PERCENT_FOLLOWS.match(low, following.end)):
        number.part = following.whole = True
    return False
