"""The grammar of Vietnamese numerals.

A numeral is `[sign] [high tỷ] low`; `high` and `low` are groups times falling scales (triệu, vạn, nghìn) and a last
group; a group is hundreds, tens and a unit. Its short forms: a lone digit after a scale or trăm is the next place
("một triệu hai" = 1.200.000), as are one or three digits after digits and a scale ("2 tỷ 300"); "rưỡi" is half of the
scale before it. After tens, 5 is lăm or nhăm, so "hai mươi năm" is no numeral: its "năm" is the year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flows.recognizers.spelled.words import END, Token, numeral_words
from flows.text.normalise import normalise

BILLION = 1_000_000_000
_LONGEST = 64
_NOT_AFTER_UNIT = frozenset(("times_ten", "hundred", "dozen", "unit", "last_unit", "ten", "half"))
_MOST_DIGITS = 30
_CHUNK = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+")
_SIGNS = {"-": -1, "−": -1, "–": -1, "+": 1}
_SIGNED = re.compile(r"([-−–+])(?=[0-9])")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?\Z")
_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+\Z|[0-9]{1,3}(?:,[0-9]{3}){2,}\Z")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?\Z")

Number = int | Decimal


def _exact(value: Number) -> Number:
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value


def parse_digits(printed: str) -> tuple[Number, Number]:
    """Read digits as Vietnamese papers print them: the value and the size of the last digit.

    The dot parts thousands and the comma the decimals, unless the form allows only the other reading. Raises
    ValueError.

    >>> parse_digits("1.234.567,8")
    (Decimal('1234567.8'), Decimal('0.1'))
    >>> parse_digits("3.463"), parse_digits("1.5"), parse_digits("07")
    ((3463, 1), (Decimal('1.5'), Decimal('0.1')), (7, 1))
    >>> parse_digits("1.23.4")
    Traceback (most recent call last):
      ...
    ValueError: "1.23.4" is not a number; part thousands with dots and decimals with a comma
    """
    if len(printed) > _MOST_DIGITS:
        raise ValueError(f'"{printed[:20]}…" has too many digits for a number; check where it was cut')
    if _THOUSANDS.match(printed) and not printed.startswith("0"):
        plain = printed.replace(".", "").replace(",", ".")
    elif _ENGLISH.match(printed):
        plain = printed.replace(",", "")
    elif _PLAIN.match(printed):
        plain = printed.replace(",", ".")
    else:
        raise ValueError(f'"{printed}" is not a number; part thousands with dots and decimals with a comma')
    if "." not in plain:
        return int(plain), 1
    return Decimal(plain), Decimal(1).scaleb(-len(plain.partition(".")[2]))


@dataclass(frozen=True, slots=True)
class Reading:
    """A value read from tokens up to `end`, and the size of the last place that was named."""

    value: Number
    end: int
    place: Number
    is_lone_unit: bool = False
    is_closed: bool = False


class NumeralReader:
    """Reads numerals from a list of tokens.

    In running text (`in_text`) a last "năm" or "một" that only the short form could explain is left to the next words,
    where it is a year or an article ("hai nghìn năm", "ba triệu một tháng").
    """

    __slots__ = ("_in_text", "_size", "_tokens")

    def __init__(self, tokens: Sequence[Token], *, in_text: bool) -> None:
        self._tokens = tokens
        self._size = len(tokens)
        self._in_text = in_text

    def token(self, at: int) -> Token:
        """The token at `at`, or the end token."""
        return self._tokens[at] if at < self._size else END

    def _role(self, at: int) -> str:
        return self._tokens[at].role if at < self._size else "end"

    def read(self, at: int) -> Reading | None:
        """The longest numeral that begins at token `at`, or None."""
        if self._role(at) == "minus":
            if self._role(at + 1) == "minus":
                return None
            inner = self.read(at + 1)
            sign = int(self.token(at).value)
            return inner and Reading(_exact(sign * inner.value), inner.end, inner.place)
        if self._role(at) == "half_of":
            whole = self.token(at + 1)
            if whole.role != "scale":
                return None
            return Reading(_exact(whole.value / Decimal(2)), at + 2, whole.value // 10)
        first = self._below_billion(at, may_be_bare=True)
        if first is not None and self._role(first.end) == "point":
            decimal = self._decimal(first)
            if decimal is not None:
                return decimal
        if first is None:
            if not self._is_billion(at) or not self._continues(at + 1):
                return None
            first = Reading(1, at, 1)
        if not self._is_billion(first.end):
            return first
        return self._above_billion(first)

    def _is_billion(self, at: int) -> bool:
        return self._role(at) == "scale" and self.token(at).value == BILLION

    def _continues(self, at: int) -> bool:
        """Whether the token after a bare scale ("nghìn rưỡi", "triệu hai") makes it a number."""
        token = self.token(at)
        if self._in_text or token.role != "unit":
            return token.role == "half" or (token.role == "filler" and not self._in_text)
        return bool(token.value) and self._is_short_form(at)

    def _above_billion(self, high: Reading) -> Reading:
        value = high.value * BILLION
        place = high.place * BILLION
        at = high.end + 1
        if self._role(at) == "half":
            return Reading(_exact(value + BILLION // 2), at + 1, BILLION // 10, is_closed=True)
        if high.place < 1 or isinstance(high.value, Decimal):
            return Reading(_exact(value), at, _exact(place), is_closed=True)
        low = self._short_form(at, BILLION) or self._below_billion(at, may_be_bare=False, after_scale=True)
        if low is None or low.is_lone_unit or low.value >= BILLION or self._is_billion(low.end):
            return Reading(_exact(value), at, _exact(place))
        return Reading(_exact(value + low.value), low.end, low.place, is_closed=low.is_closed)

    def _decimal(self, whole: Reading) -> Reading | None:
        if isinstance(whole.value, Decimal):
            return None
        at = whole.end + 1
        digits = ""
        following = self._role(at + 1)
        if self._role(at) == "ten" or (self._role(at) == "unit" and following in ("times_ten", "hundred")):
            group = self._group(at, may_be_bare=False)
            if group is None:
                return None
            digits, at = str(group.value), group.end
        elif self._role(at) == "digits":
            if not self.token(at).printed.isdecimal():
                return None
            digits, at = self.token(at).printed, at + 1
        else:
            while self._role(at) in ("unit", "last_unit"):
                if self._in_text and digits and self.token(at).word == "năm" and self._role(at + 1) != "unit":
                    break
                digits += str(self.token(at).value)
                at += 1
        if not digits or len(digits) > _MOST_DIGITS:
            return None
        value = whole.value + Decimal(f"0.{digits}")
        place = Decimal(1).scaleb(-len(digits))
        while self._role(at) == "scale":
            scale = self.token(at).value
            value, place, at = value * scale, place * scale, at + 1
            if scale == BILLION or not self._is_billion(at):
                break
        return Reading(_exact(value), at, _exact(place), is_closed=True)

    def _is_short_form(self, at: int) -> bool:
        token = self.token(at)
        if self._role(at + 1) not in ("end", "scale", "minus", "point"):
            return False
        if self._in_text and token.value in (1, 5):
            return False
        return not (self._role(at + 1) == "scale" and self.token(at + 1).value != BILLION)

    def _short_form(self, at: int, scale: Number) -> Reading | None:
        """What stands for the place right below `scale`: a lone digit, or digits that fill it from the left."""
        token = self.token(at)
        if token.role == "digits":
            return self._short_digits(at, scale)
        tenth = _exact(scale / Decimal(10))
        if token.role == "unit" and token.value and self._is_short_form(at) and not self._is_billion(at + 1):
            return Reading(_exact(token.value * tenth), at + 1, tenth, is_closed=True)
        if token.word == "tư" and self._role(at + 1) == "end" and not self._in_text:
            return Reading(_exact(4 * tenth), at + 1, tenth, is_closed=True)
        return None

    def _short_digits(self, at: int, scale: Number) -> Reading | None:
        token = self.token(at)
        count = len(token.printed)
        if self._role(at + 1) != "end" or not token.printed.isdecimal():
            return None
        if count not in (1, 3) and not (token.glued and count == 2):
            return None
        share = scale / Decimal(10**count)
        return Reading(_exact(token.value * share), at + 1, _exact(share), is_closed=True)

    def _below_billion(self, at: int, *, may_be_bare: bool, after_scale: bool = False) -> Reading | None:
        value: Number = 0
        place: Number = 1
        last: Number = BILLION
        begun = after_scale
        while True:
            if begun and last < BILLION and (short := self._short_form(at, last)):
                return Reading(_exact(value + short.value), short.end, short.place, is_closed=True)
            group = self._group_of_number(at, may_be_bare=may_be_bare and not begun, begun=begun)
            if group is None:
                break
            token = self.token(group.end)
            if token.role == "short_scale" and self._role(group.end - 1) != "digits":
                break
            if token.role in ("scale", "short_scale") and token.value < BILLION:
                if token.value >= last or (begun and value == 0 and last < BILLION):
                    break
                begun = True
                last, at = token.value, group.end + 1
                value, place = value + group.value * last, group.place * last
                if self._role(at) == "half":
                    half, tenth = last / Decimal(2), last / Decimal(10)
                    return Reading(_exact(value + half), at + 1, _exact(tenth), is_closed=True)
                if group.is_closed or group.place < 1 or isinstance(value, Decimal):
                    return Reading(_exact(value), at, _exact(place), is_closed=True)
                continue
            would_be_short_form = last < BILLION and (group.is_lone_unit or self._role(at) == "digits")
            if group.end == at or would_be_short_form or (last < BILLION and group.value >= last):
                break
            return Reading(_exact(value + group.value), group.end, group.place, group.is_lone_unit)
        return Reading(_exact(value), at, _exact(place)) if last < BILLION else None

    def _group_of_number(self, at: int, *, may_be_bare: bool, begun: bool) -> Reading | None:
        role = self._role(at)
        if role == "filler" and begun:
            inner = self._tens(at + 1) or self._unit(at + 1)
            return inner and Reading(inner.value, inner.end, inner.place)
        if role == "scale" and may_be_bare and self.token(at).value < BILLION:
            return Reading(1, at, 1) if self._continues(at + 1) else None
        if role == "digits":
            token = self.token(at)
            if self._role(at + 1) in ("hundred", "dozen") and token.printed.isdecimal() and len(token.printed) < 3:
                times = self.token(at + 1).value
                return Reading(token.value * times, at + 2, times)
            return Reading(token.value, at + 1, parse_digits(token.printed)[1])
        return self._group(at, may_be_bare=may_be_bare, zero_hundreds=begun)

    def _group(self, at: int, *, may_be_bare: bool, zero_hundreds: bool = False) -> Reading | None:
        role = self._role(at)
        if role == "hundred" and may_be_bare:
            if not self._continues(at + 1) or self._role(at + 1) == "filler":
                return None
            return self._after_hundreds(100, at + 1)
        if role == "unit" and self._role(at + 1) == "hundred":
            if not self.token(at).value and not zero_hundreds:
                return None
            return self._after_hundreds(int(self.token(at).value) * 100, at + 2)
        return self._tens(at) or self._unit(at)

    def _after_hundreds(self, hundreds: int, at: int) -> Reading:
        token = self.token(at)
        if token.role == "filler":
            unit = self.token(at + 1)
            is_unit = unit.role == "unit" or unit.word == "tư"
            if is_unit and unit.value and self._role(at + 2) not in ("times_ten", "hundred"):
                return Reading(hundreds + unit.value, at + 2, 1)
            return Reading(hundreds, at, 100)
        if token.role == "half" and hundreds:
            return Reading(hundreds + 50, at + 1, 10)
        tens = self._tens(at)
        if tens is not None and self._role(tens.end - 1) != "dozen":
            return Reading(hundreds + tens.value, tens.end, tens.place)
        is_short = token.role == "unit" and hundreds and self._role(at + 1) in ("end", "scale")
        if is_short and token.value and not (self._in_text and token.value in (1, 5)):
            return Reading(hundreds + token.value * 10, at + 1, 10)
        if token.word == "tư" and hundreds and self._role(at + 1) in ("end", "scale") and not self._in_text:
            return Reading(hundreds + 40, at + 1, 10)
        return Reading(hundreds, at, 100)

    def _tens(self, at: int) -> Reading | None:
        token = self.token(at)
        following = self.token(at + 1)
        if token.role == "ten":
            return self._with_unit(10, at + 1, last_units=("lăm", "nhăm"))
        if token.role == "twenty_and":
            read = self._with_unit(int(token.value), at + 1)
            return read if read.end > at + 1 else None
        if token.role == "dozen" and following.role == "half":
            return Reading(15, at + 2, 1)
        if token.role != "unit" or not token.value:
            return None
        if following.role == "dozen":
            if self._role(at + 2) == "half":
                return Reading(token.value * 10 + 5, at + 3, 1)
            return Reading(token.value * 10, at + 2, 10)
        if token.value < 2:
            return None
        if following.role == "times_ten":
            return self._with_unit(int(token.value) * 10, at + 2)
        if following.role == "last_unit" and following.word != "răm":
            return Reading(token.value * 10 + following.value, at + 2, 1)
        return None

    def _with_unit(self, tens: int, at: int, last_units: tuple[str, ...] | None = None) -> Reading:
        token = self.token(at)
        if token.role == "last_unit" and (last_units is None or token.word in last_units):
            return Reading(tens + token.value, at + 1, 1)
        if token.role == "unit" and token.value not in (0, 5) and self._role(at + 1) not in _NOT_AFTER_UNIT:
            return Reading(tens + token.value, at + 1, 1)
        return Reading(tens, at, 1)

    def _unit(self, at: int) -> Reading | None:
        token = self.token(at)
        if token.role != "unit":
            return None
        if self._role(at + 1) == "half" and token.value:
            return Reading(token.value + Decimal("0.5"), at + 2, Decimal("0.1"), is_closed=True)
        return Reading(token.value, at + 1, 1, is_lone_unit=True)


def _tokens(text: str) -> list[Token]:
    known = numeral_words()
    tokens: list[Token] = []
    if signed := _SIGNED.match(text):
        tokens.append(Token("minus", _SIGNS[signed[1]], signed[1]))
        text = text[1:]
    for part in text.split():
        at = 0
        while at < len(part):
            found = _CHUNK.match(part, at)
            if found is None:
                raise ValueError(f'"{part}" is not part of a numeral')
            chunk = found[0]
            if chunk[0].isdecimal():
                tokens.append(Token("digits", parse_digits(chunk)[0], chunk, at > 0, chunk))
            elif chunk in known:
                tokens.append(known[chunk])
            else:
                raise ValueError(f'"{chunk}" is not a numeral word')
            if len(tokens) > _LONGEST:
                raise ValueError(f"more than {_LONGEST} words cannot be one numeral")
            at = found.end()
    return tokens


def parse_numeral(text: str) -> int | Decimal:
    """Read a numeral in words, digits (Vietnamese form) and scales, wholly, as an exact number.

    Raises ValueError for anything else, for what two numbers could stand behind, and for approximate numerals.

    >>> parse_numeral("ba mươi ba"), parse_numeral("một triệu hai"), parse_numeral("3tr5")
    (33, 1200000, 3500000)
    >>> parse_numeral("1,5 triệu"), parse_numeral("2 tỷ 300 triệu"), parse_numeral("âm hai phẩy năm")
    (1500000, 2300000000, Decimal('-2.5'))
    >>> parse_numeral("năm bảy")
    Traceback (most recent call last):
      ...
    ValueError: "năm bảy" is not one numeral: it is clear only up to "năm"
    """
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    tokens = _tokens(normalise(text).strip().lower())
    if not tokens:
        raise ValueError(f'"{shown}" holds no numeral')
    reading = NumeralReader(tokens, in_text=False).read(0)
    if reading is None:
        raise ValueError(f'"{shown}" is not a numeral')
    if reading.end < len(tokens):
        clear = " ".join(token.word for token in tokens[: reading.end])
        raise ValueError(f'"{shown}" is not one numeral: it is clear only up to "{clear}"')
    return reading.value
