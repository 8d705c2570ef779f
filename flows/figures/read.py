"""Reading the figures of a text: every number that quantifies something, with kind, value, unit and how exact it is.

The steps, each in its own file: numbers from the digits outwards (`number`), their printed units (`unit`), words and
forms that make them no figures (`recognizers.blocking`, `recognizers.codes`, dates from `recognizers.period`), ranges
and parts (`join`), shared and understood units (`share`), qualifier and direction. Overlapping readings: a date or
period claims its characters first, then codes; of the units after a number the longest print wins; a number belongs
to one figure only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, getcontext
from operator import attrgetter
from typing import Protocol

from flows.figures.composed import (
    add_smaller_step,
    dimensions_end,
    is_lasting,
    join_lower_end,
    measures_end,
    settle_metres,
)
from flows.figures.direction import read_direction
from flows.figures.join import is_share, join_numbers, opens_share
from flows.figures.labels import block_names, is_label
from flows.figures.number import Number, NumberScanner, block_by_form, last_word, set_left
from flows.figures.prices import settle_prices
from flows.figures.qualifier import move_to_part, read_qualifier, spread_in_turn
from flows.figures.share import share_units
from flows.figures.unit import attach_unit
from flows.figures.worded import read_words
from flows.model import Figure, Sentence
from flows.recognizers.blocking import blocking_word
from flows.recognizers.digits import DIGITS
from flows.recognizers.fractions import Fraction, scan_fractions
from flows.recognizers.names import is_foreign, is_name_number
from flows.recognizers.phrases import lower_keeping_offsets
from flows.recognizers.roles import role_words
from flows.recognizers.spelled import SpelledNumeral, scan_spelled

_RANGE_FOLLOWS = re.compile(r" ?[-–] ?[0-9]")
_GLUED_WORD = re.compile(r"[a-zà-ỹđ]{2,}\Z")
_SHARE_FOLLOWS = re.compile(r" ?(?:%|triệu|tỷ|tỉ|nghìn)")
_LONGEST_COORDINATION = 25
_FIRM_KINDS = frozenset(("money", "percent", "rate"))
_ONE = Decimal(1)
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_DATED = re.compile(r" (?:(?:19|20)[0-9]{2}\b|[0-9]{1,2}[-/][0-9])")
_CLOCK_RANGE = re.compile(r"từ ([0-9]{1,2}) ?[-–] ?\Z")
_BODIES = role_words("body")
_YEAR_AFTER = re.compile(r" (?:19|20)[0-9]{2}\b")
_LEVELS_BEFORE_YEAR = role_words("level_before_year")
_LONGEST_PLAIN = 8
"""So many digits in a row are an account or telephone number, no count."""
_LENS = re.compile(r"[0-9]{1,3}(?: ?[-–] ?[0-9]{2,3})?(?: ?mm)? f/[0-9]")
"""The focal lengths that name a lens: "ống kính 16-35mm f/2.8"."""
_LONGEST_MODEL = 4
"""Digits of a model: Mazda 3, Boeing 787, NVX 1552; more after a foreign name are a code ("Article 2696547")."""
_MINUTE_MARKS = frozenset("'’′")
_HOURS = 24
_HOUR_OF_DAY = re.compile(r" (?:sáng|trưa|chiều|tối|đêm|khuya) (?:ngày|hôm|qua|nay|mai|cùng)(?!\w)")
"""vào 21 tối ngày 11/5: the word for the hour is left out."""
_BEST_GRADE = 10
_MARKED = role_words("marked")
_LONGEST_SHIFT = 4
_LONGEST_OR = 6
_OR_CLOCK = frozenset(("-", "–", " - ", " – ", " đến ", " tới ", " hoặc ", " hay "))
"""khoảng 2-3 giờ sáng: two o'clock or three."""
_DASHES = frozenset("-–")
_START = attrgetter("char_start")
_TIMES = frozenset("x×")
_SPACED_TIMES = frozenset((" x", " ×"))
_SHARE_AFTER = frozenset(" )")
_HOW_LONG = role_words("roughly") | role_words("told_apart")
_COUNTED_BEFORE = re.compile(r"(?<![0-9.,/-])[0-9]{1,3} [a-zà-ỹđ]+(?: [a-zà-ỹđ]+)?\Z")
_LONGEST_FIRST = 20
_IN_TURN = "lần lượt"
_EACH = role_words("each")
_AFTER_NOUN = role_words("between_noun_and_number")
"""Words that may stand between a blocking noun and its number: mã vùng cũ 511."""


class Span(Protocol):
    """Anything with a span, such as a period."""

    char_start: int
    char_end: int


def read_figures(text: str, sentences: Sequence[Sentence], periods: Sequence[Span]) -> list[Figure]:
    """The figures of `text` in reading order, complete but for their context (what, who, when).

    `periods` are the spans of dates and periods, in reading order; no number within one is a figure. Never raises.

    >>> from flows.text.sentences import split_sentences
    >>> def show(text):
    ...     return [(f.surface, f.kind, str(f.value), f.unit) for f in read_figures(text, split_sentences(text), [])]
    >>> show("Xã kết nạp 12 đảng viên, thu 3,5 tỷ đồng, tăng 7%.")
    [('12 đảng viên', 'count', '12', 'đảng viên'), ('3,5 tỷ đồng', 'money', '3500000000', 'VND'), \
('7%', 'percent', '7', '%')]
    >>> show("Theo Điều 23 Nghị định 81/2015/NĐ-CP, lớp 12A ở phòng 5.")
    []
    """
    if not sentences:
        return []
    low = lower_keeping_offsets(text)
    numbers = _scan(text, low, sentences, periods)
    block_names(numbers, text)
    settle_prices(numbers)
    numbers = join_numbers(numbers, text, low)
    part: Number | None = None
    for number in numbers:
        if not number.blocked and not number.ranged:
            number.qualifier = read_qualifier(number, text, low) or "exact"
            if part is not None and number.whole:
                move_to_part(part, number)
        part = number if number.part else None
    if _IN_TURN in low:
        spread_in_turn(numbers, low)
    share_units(numbers, text, low, [sentence.char_start for sentence in sentences])
    settle_metres(numbers, low)
    figures: list[Figure] = []
    previous: Number | None = None
    for number in numbers:
        if number.blocked:
            continue
        if previous is not None and previous.sentence != number.sentence:
            previous = None
        number.direction = read_direction(number, low, previous)
        _finish(number, text, low, previous)
        figures.append(_figure(number, text))
        previous = number
    return figures


def _scan(text: str, low: str, sentences: Sequence[Sentence], periods: Sequence[Span]) -> list[Number]:
    scanner = NumberScanner(text, low)
    numbers: list[Number] = []
    sentence_index, sentence = 0, sentences[0]
    period_index, period_count = 0, len(periods)
    taken = measured = apart = 0
    words = _worded(text, low)
    word_index, word_count = 0, len(words)
    next_digits = DIGITS.finditer(text)
    token = next(next_digits, None)
    while token is not None or word_index < word_count:
        worded = None
        if token is None or (word_index < word_count and words[word_index].char_start <= token.start()):
            worded = words[word_index]
            word_index += 1
            start, end = worded.char_start, worded.char_end
            printed = text[start:end]
        elif token is not None:
            start, end = token.span()
            printed = token[0]
            token = next(next_digits, None)
        if start < taken:
            continue
        while period_index < period_count and periods[period_index].char_end <= start:
            period_index += 1
        if period_index < period_count and periods[period_index].char_start <= start and not (
                _is_no_date(periods[period_index], text, low)):
            continue
        while sentence.char_end <= start and sentence_index + 1 < len(sentences):
            sentence_index += 1
            sentence = sentences[sentence_index]
        floor = taken if taken > sentence.char_start else sentence.char_start
        if worded is not None:
            spelled = read_words(worded, printed, text, low, sentence_index, floor)
            if spelled is None:
                continue
            number = spelled
        else:
            number = scanner.read(printed, start, end, sentence_index, floor)
            after = text[end:end + 1]
            if after in _TIMES or (after == " " and text[end:end + 2] in _SPACED_TIMES):
                measured = max(measured, dimensions_end(low, start))
            elif after in _DASHES and start >= measured and (stop := measures_end(low, start)):
                measured = apart = stop
            if end <= apart:
                number.apart = True
            if not number.blocked:
                _settle(number, text, low, sentence.char_start, end <= measured)
                if period_index < period_count:
                    period = periods[period_index]
                    if period.char_start <= number.end + _LONGEST_OR and not number.kind and (
                            low[number.end:period.char_start] in _OR_CLOCK and number.scale == 1
                            and getattr(period, "form", "") == "clock"):
                        number.blocked = True
                    if number.end < period.char_start < number.unit_end:
                        _yield_unit(number, period, text, low, sentence.char_start)
        taken = max(number.end, number.unit_end)
        numbers.append(number)
    return numbers


def _yield_unit(number: Number, period: Span, text: str, low: str, sentence_start: int) -> None:
    """Leave the unit to a period that begins with it, unless it is the number that makes the period ("2 tuần sau")."""
    if number.scale > 1 or number.kind not in ("duration", "count") or not (
            number.kind == "count" or _is_date(period, text)):
        return
    number.kind, number.unit_end, number.known_noun = "", 0, False
    if _is_blocked_by_word(number, text, low) or is_name_number(
            text, number.left, number.word, sentence_start, number.value, known_noun=False):
        number.blocked = True


def _is_date(period: Span, text: str) -> bool:
    """Whether digits stand in the period: in "14 ngày 04/7" the date takes "ngày", in "2 tuần sau" the number does."""
    return any(letter in "0123456789" for letter in text[period.char_start:period.char_end])


def _is_no_date(period: Span, text: str, low: str) -> bool:
    """Whether what looks like a date or time says how long or how many of how many."""
    form = getattr(period, "form", "")
    if form == "last_units":
        return _is_duration(period, low)
    start, end = period.char_start, period.char_end
    if form == "clock":
        return is_lasting(low, start, end)
    return form == "day" and text[end:end + 1] in _SHARE_AFTER and is_share(low, start, end)


def _is_duration(period: Span, low: str) -> bool:
    """"hơn 5 năm nay" and "5-6 năm nay" say how long; "5 năm nay" alone says when."""
    start = period.char_start
    return low[start - 1:start] in _DASHES or last_word(low, start - 1) in _HOW_LONG if start else False


def _worded(text: str, low: str) -> list[SpelledNumeral | Fraction]:
    """Numerals and fractions in words, in reading order."""
    words: list[SpelledNumeral | Fraction] = [*scan_spelled(text), *scan_fractions(low)]
    words.sort(key=_START)
    return words


def _settle(number: Number, text: str, low: str, sentence_start: int, measured: bool = False) -> None:
    """Unit, sign and everything that blocks a single number; `measured` within lengths joined by x."""
    if measured:
        set_left(number, low)
        attach_unit(number, text, low)
        return
    if block_by_form(number, text, sentence_start) and not _is_glued_to_word(number, text, low) and not (
            _is_second_of_two(number, text)):
        number.blocked = True
        return
    if "f/" in low[number.end:number.end + 12] and _LENS.match(low, number.start):
        number.blocked = True
        return
    set_left(number, low)
    attach_unit(number, text, low)
    if number.blocked:
        return
    start = number.start
    if start and text[start - 1] in "+-−–" and (start == 1 or text[start - 2] in " (\n\xa0[") and (
            number.kind in ("percent", "score", "money", "quantity", "rate")):
        number.sign = "+" if text[start - 1] == "+" else "-"
    kind = number.kind
    end = number.end
    if end == start + len(number.token) and text[end:end + 1].isalpha() and (
            not kind or (kind == "count" and not number.known_noun)):
        number.blocked = True
        return
    if not kind and number.style == "en" and (number.token.endswith(".0") or (
            text[start - 1:start] == "(" and text[end:end + 1] == ")")):
        number.blocked = True
        return
    if kind == "duration" and number.word in _LEVELS_BEFORE_YEAR and _YEAR_AFTER.match(low, number.unit_end):
        number.kind, number.unit_end, kind = "", 0, ""
    elif kind == "duration" and (_DATED.match(low, number.unit_end) or _is_clock(number, low)):
        number.blocked = True
        return
    if not kind and (text[end:end + 1] in _MINUTE_MARKS or (
            number.value <= _HOURS and number.scale == 1 and _HOUR_OF_DAY.match(low, end))):
        number.blocked = True
        return
    if _is_blocked_by_word(number, text, low) or is_label(number, text, low):
        number.blocked = True
        number.kind = ""
        number.unit_end = 0
        return
    if kind == "duration":
        add_smaller_step(number, low)
    join_lower_end(number, low)
    if not kind and len(number.token) > _LONGEST_MODEL and number.token.isdigit() and number.word and (
            text[number.left - len(number.word)].isupper() and is_foreign(number.word)):
        number.blocked = True
        return
    if len(number.token) >= _LONGEST_PLAIN and number.token.isdigit() and kind in ("", "count") and number.scale == 1:
        number.blocked = True
        return
    if len(number.token) == 4 and number.scale == 1 and number.token.isdigit() and (
            _FIRST_YEAR <= number.value <= _LAST_YEAR) and (
            not kind or (kind == "count" and (not number.known_noun or _after_name(number, text)))):
        number.blocked = True
        return
    if number.word == "điểm" and kind == "count" and number.scale == 1 and number.value <= _BEST_GRADE and (
            number.unit not in _MARKED or text[number.unit_end + 1:number.unit_end + 2].isupper()):
        number.kind, number.unit, number.unit_end = "score", "point", number.end
        return
    if (not kind or kind == "count") and number.scale == 1 and not (
            text[end:end + 1] == "/" and opens_share(low, start)) and is_name_number(
            text, number.left, number.word, sentence_start, number.value, number.known_noun):
        number.blocked = number.named = True


def _after_name(number: Number, text: str) -> bool:
    """Whether the word or code before the number begins with a capital or holds a digit: GLA45 4Matic 2018."""
    before = text[max(number.floor, number.start - 16):number.start].split()
    return bool(before) and (before[-1][0].isupper() or before[-1][0].isdigit())


def _names_a_place(number: Number, text: str) -> bool:
    """"số 1 tỉnh Điện Biên": the noun begins a name of its own."""
    end = number.unit_end
    return (number.unit in _BODIES and text[end - 1].islower()
            and text[end:end + 1] == " " and (text[end + 1:end + 2].isupper() or text[end + 1:end + 2].isdigit()))


def _is_clock(number: Number, low: str) -> bool:
    """"từ 9-20 giờ": from nine to twenty o'clock."""
    if number.unit != "hour":
        return False
    if number.word == "lúc":
        return True
    found = _CLOCK_RANGE.search(low, max(number.start - 12, 0), number.start)
    return found is not None and number.value - int(found[1]) > _LONGEST_SHIFT


def _is_glued_to_word(number: Number, text: str, low: str) -> bool:
    """"ở mức17%": the space before a share or a scaled number is missing."""
    start = number.start
    return (start > 0 and text[start - 1].islower()
            and (number.scale > 1 or _SHARE_FOLLOWS.match(low, number.end) is not None)
            and _GLUED_WORD.search(text, max(0, start - 8), start) is not None)


def _is_second_of_two(number: Number, text: str) -> bool:
    """"2 ghế trước/3 ghế sau": what stands before the slash is a word, and what follows the number counts."""
    start, end = number.start, number.end
    return (start > 1 and text[start - 1] == "/" and text[start - 2].islower() and number.token.isdigit()
            and number.value > 1 and text[end:end + 1] == " " and text[end + 1:end + 2].islower()
            and _COUNTED_BEFORE.search(text, max(number.floor - _LONGEST_FIRST, start - _LONGEST_FIRST), start - 1)
            is not None)


def _is_blocked_by_word(number: Number, text: str, low: str) -> bool:
    if not number.word or number.left - len(number.word) < number.floor:
        return False
    left, word = number.left, number.word
    opens_range = word == "từ" and not number.kind and _RANGE_FOLLOWS.match(low, number.end) is not None
    if (word in _AFTER_NOUN or opens_range) and left - len(word) > number.floor:
        left -= len(word) + 1
        word = last_word(low, left)
    found = blocking_word(low, left, word)
    if found is None:
        return False
    row = found[1]
    if row.strength == "allow":
        return False
    if row.strength == "year":
        return number.token.isdigit() and len(number.token) == 4 and _FIRST_YEAR <= number.value <= _LAST_YEAR
    if number.scale > 1 or number.kind in _FIRM_KINDS:
        return False
    if number.kind and number.known_noun and found[0] and last_word(low, found[0] - 1) in _EACH:
        return False
    if row.strength == "strong":
        number.doubtful = opens_range
        return not number.doubtful
    if number.kind and number.known_noun:
        return row.strength == "weak" and number.kind == "count" and _names_a_place(number, text)
    if not number.kind and _RANGE_FOLLOWS.match(low, number.end):
        number.doubtful = True
        return False
    return True


def _finish(number: Number, text: str, low: str, previous: Number | None) -> None:
    if (number.kind == "score" and number.word == "từ" and not number.ranged and number.qualifier == "exact"
            and low[number.unit_end:number.unit_end + 5] not in (" lên ", " xuốn")):
        number.qualifier = "at_least"
    if previous is not None and previous.estimated and number.qualifier == "exact":
        between = low[previous.unit_end:number.start]
        if len(between) < _LONGEST_COORDINATION and between.endswith(" và ") and "," not in between:
            number.qualifier = "about"
    if number.kind == "quantity" and number.sign == "-" and number.unit in ("degC", "degF", "độ"):
        number.value = -number.value
        number.direction = None
    elif number.word == "âm":
        if number.kind == "quantity":
            number.value = -number.value
        elif number.kind in _FIRM_KINDS:
            number.direction = "down"


def _plain(value: Decimal) -> Decimal:
    """A whole number without an empty fraction: 14.60 × 10^9 as 14600000000."""
    if value.adjusted() >= getcontext().prec:  # 2016 tỷ tỷ tỷ: more digits than a Decimal is reckoned with
        return value
    whole = value.to_integral_value()
    return whole.quantize(_ONE) if whole == value and value.as_tuple().exponent != 0 else value


def _figure(number: Number, text: str) -> Figure:
    factor = number.factor
    value: Decimal | None = None
    low = high = None
    qualifier = number.qualifier
    if number.ranged and number.low is not None and number.high is not None:
        low, high, qualifier = _plain(number.low * factor), _plain(number.high * factor), "range"
    else:
        value = _plain(number.value * factor)
    start, end = number.start, max(number.unit_end, number.end)
    return Figure(
        char_start=start, char_end=end, surface=text[start:end], kind=number.kind, value=value, unit=number.unit,
        value_low=low, value_high=high, qualifier=qualifier, direction=number.direction,
        resolution=_plain(number.resolution * factor), number_end=number.end, number_style=number.style,
        unit_source=number.source, sentence_no=number.sentence)
