"""Multiple: a stated "n lần" is the quotient of two figures the text prints.

"sẽ tăng gấp 3 lần, từ 1,57 triệu chiếc lên 5,25 triệu" → 5.25 / 1.57 = 3.34, printed 3 if whole times are given.
"thu nhập 1 triệu nhân dân tệ, cao gấp 20 lần nhóm dưới cùng với 50.000 nhân dân tệ" → 20.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.printed import Spread, apply
from flows.checks.arithmetic.statement import believable, first_cause, is_fit, make_check, number, quoted
from flows.checks.reading.article import Reading, is_level, significant_digits
from flows.checks.reading.levels import comparable, from_to, loosely_fits, named_pair, years_in_order
from flows.checks.reading.words import alternation, words
from flows.model import Check

_CLOSE = Decimal("0.05")
_ROUGHLY = Decimal("0.1")
_THAN = re.compile(
    r"(?<!\w)(?:so với|hơn|của|với|nhóm|mức|con số|số|lượng|năm|kỳ|hiện|trước)(?!\w)[^,;()]{0,60}(?:\([^(),;]{0,30})?\Z"
    r"|\A[^,;.:()\d]{0,40}(?:\(|\s(?:là|chỉ|chỉ có)\s)[^()\d]{0,20}\Z"
)
_THUS = re.compile(
    r"(?:\A|[.;\n])\s*(?:như vậy|tính ra|tính toán|theo đó|như thế|có nghĩa|nghĩa là|tức là|so sánh|con số này|"
    r"mức này)(?!\w)"
)
_NAMELY = re.compile(r"[.;:\n]\s*(?:cụ thể|theo đó|như vậy|tức|nếu|nếu như|từ|tốc độ|trong đó)(?!\w)")
_INSTEAD = re.compile(r"(?<!\w)(?:thay vì|thay cho|so với|trong khi)(?!\w)[^;.()]{0,60}\Z")
_THAT_IS = re.compile(
    rf"\A\s*\)?,?\s*(?:{alternation(words('told_in'))}\s*)?(?:(?:đã|tăng|cao|lớn|nhiều)\s+)*gấp(?:\s{alternation(words('about'))})*\s*\Z"
)
_FINE = 2
_NEAR = 25
_OTHERS = frozenset({"percent", "duration"})
_SHARE = re.compile(rf"{alternation(words('share'))}(?:\s*(?:khoảng|gần|hơn|tới|đến|quá|trên|là))*\s*\Z")
_THAT_PART = re.compile(
    rf"(?:\(|(?<!\w)(?:tương đương|tương ứng|tức(?: là)?|hay))(?:\s(?:với|{alternation(words('about'))}))*\s*\Z"
)
_OF = re.compile(r"\A\s*(?:(?:của|trong|trên|so với|tổng|tổng số|số|con số|mức|giá trị|diện tích|dân số)(?!\w))")


def find(reading: Reading) -> Iterator[Check]:
    """The multiples a text asserts."""
    for i, figure in enumerate(reading.figures):
        if figure.kind == "multiple" and figure.value is not None and figure.value > 0 and figure.value != 1:
            check = _multiple(reading, i) if figure.value > 1 else _multiple(reading, i) or _fraction(reading, i)
            if check is None and figure.value < 1:
                check = _fraction_before(reading, i)
            if check is not None and (figure.value > 1 or figure.qualifier == "exact" or is_fit(check)):
                yield check


def _fraction(reading: Reading, i: int) -> Check | None:
    """A fraction of a printed whole: "24,5 tỷ đồng. Số còn nợ là 8,5 tỷ đồng, chiếm khoảng 1/3 số tiền"."""
    figures = reading.figures
    part = i - 1
    if part < 0 or not reading.same_sentence(part, i) or not figures[part].value:
        return None
    if not is_level(figures[part]) and figures[part].kind != "percent":
        return None
    if not _SHARE.search(reading.gap(i)) or not _OF.match(reading.after(i)):
        return None
    wholes = [*reading.onwards(i, 0, 1), *reading.backwards(part, 1, 4)]
    for whole in wholes:
        level = figures[whole]
        if level.kind != figures[part].kind or level.unit != figures[part].unit or level.direction is not None:
            continue
        if _near_fraction(reading, i, part, whole):
            check = _check(reading, i, part, whole, 0.75)
            return check if is_fit(check) else None
    return None


def _fraction_before(reading: Reading, i: int) -> Check | None:
    """The fraction first: "hơn 1/3 tổng diện tích, tương đương 4.000 m2 bị cháy. … có tổng diện tích 11.000 m2"."""
    figures = reading.figures
    part = i + 1
    if part >= len(figures) or not reading.same_sentence(i, part) or not figures[part].value:
        return None
    if not is_level(figures[part]) or not _OF.match(reading.after(i)) or not _THAT_PART.search(reading.gap(part)):
        return None
    for whole in [*reading.onwards(part, 3, 6), *reading.backwards(i, 2, 4)]:
        level = figures[whole]
        same = level.kind == figures[part].kind and level.unit == figures[part].unit and level.direction is None
        if same and _near_fraction(reading, i, part, whole):
            check = _check(reading, i, part, whole, 0.75)
            return check if is_fit(check) else None
    return None


def _near_fraction(reading: Reading, i: int, part: int, whole: int) -> bool:
    """Whether part / whole is what a writer calls this fraction."""
    stated, a, b = reading.figures[i], reading.figures[part].value, reading.figures[whole].value
    if stated.value is None or a is None or not b:
        return False
    off = a / b / stated.value - 1
    if reading.figures[part].kind == "percent":
        return off == 0
    if stated.qualifier == "over":
        return 0 <= off <= _ROUGHLY
    if stated.qualifier == "under":
        return -_ROUGHLY <= off <= 0
    return abs(off) <= _CLOSE


def _multiple(reading: Reading, i: int) -> Check | None:
    doubted: tuple[int, int] | None = None
    for tried, (new, base, named) in enumerate(_pairs(reading, i), 1):
        computed = _quotient(reading.spread(new), reading.spread(base))
        stated = reading.spread(i)
        if computed is None or stated is None:
            continue
        if named:
            if stated.cut.meets(computed.cut):
                return _check(reading, i, new, base, 0.95)
            doubted = doubted or (new, base)
        elif (reading.figures[i].value or 0) > 1 and _beside(reading, i, new, base):
            if _closely_fits(reading, i, new, base):
                return _check(reading, i, new, base, 0.75)
            if loosely_fits(reading, i, _quotient(reading.plain(new), reading.plain(base)), tried):
                return _check(reading, i, new, base, 0.8)
    if doubted is None:
        return None
    check = _check(reading, i, *doubted, 0.9)
    return check if believable(check) else None


def _beside(reading: Reading, i: int, new: int, base: int) -> bool:
    """Whether a rough multiple stands right behind its levels or between them ("8 MP, khung hình gấp đôi" does not)."""
    if significant_digits(reading.figures[i]) >= _FINE:
        return True
    if max(new, base) < i:
        return len(reading.gap(i).strip()) <= _NEAR
    return min(new, base) < i or _goes_on(reading, i, new, base)


def _closely_fits(reading: Reading, i: int, new: int, base: int) -> bool:
    """Whether the quotient is within a twentieth of the stated multiple ("gấp đôi" of two levels in one sentence)."""
    stated, a, b = reading.figures[i].value, reading.figures[new].value, reading.figures[base].value
    if stated is None or a is None or not b or significant_digits(reading.figures[new]) < 2 and abs(new - base) > 1:
        return False
    return abs(a / b / stated - 1) <= _CLOSE


def _pairs(reading: Reading, i: int) -> Iterator[tuple[int, int, bool]]:
    figures = reading.figures
    around = [
        k
        for k in [*reading.backwards(i, 1, 5), *reading.onwards(i, 0, 4), *_namely(reading, i)]
        if (is_level(figures[k]) or figures[k].kind in _OTHERS) and figures[k].value and figures[k].unit != "lần"
    ]
    concludes = figures[i].direction is None or _THUS.search(reading.gap(i)) is not None
    beyond = concludes and significant_digits(figures[i]) >= _FINE
    placed: list[tuple[int, int, bool]] = []
    for new in around:
        for base in around:
            if new == base or not comparable(figures[new], figures[base]) or figures[new].kind != figures[base].kind:
                continue
            if named_pair(reading, i, new, base) or _than(reading, i, new, base):
                yield new, base, True
            elif (figures[new].kind != "duration" and reading.same_sentence(new, base)) and (
                reading.same_sentence(new, i) or _goes_on(reading, i, new, base) or (beyond and max(new, base) < i)
            ):
                placed.append((new, base, False))
    placed.sort(key=lambda pair: abs(pair[0] - i) + abs(pair[1] - i))
    yield from placed[:6]


def _namely(reading: Reading, i: int) -> list[int]:
    """Levels of the next sentence, where it goes on to name them: "nhanh gấp 50 lần. Tốc độ đạt 1.000, thay vì 20"."""
    after = reading.onwards(i, 1, 3)
    return [k for k in after if not reading.same_sentence(k, i)] if _NAMELY.search(reading.gap(i + 1)) else []


def _goes_on(reading: Reading, i: int, new: int, base: int) -> bool:
    first, second = min(new, base), max(new, base)
    if first != i + 1 or second != i + 2:
        return False
    return from_to(reading, first) or bool(_INSTEAD.search(reading.before(second)))


def _than(reading: Reading, i: int, new: int, base: int) -> bool:
    """Whether "<new>, cao gấp n lần … với <base>" stands there, or "năm 2015 <base>, năm 2016 <new>, tức gấp n lần"."""
    if base == i - 2 and new == i - 1 and reading.same_sentence(base, i):
        return _THAT_IS.match(reading.gap(i)) is not None and years_in_order(reading, base, new)
    return (
        base == i + 1
        and new == i - 1
        and reading.same_sentence(new, i)
        and reading.same_sentence(base, i)
        and bool(_THAN.search(reading.before(base)))
    )


def _quotient(new: Spread | None, base: Spread | None) -> Spread | None:
    return None if new is None or base is None else apply(lambda a, b: a / b, new, base)


def _check(reading: Reading, i: int, new: int, base: int, confidence: float) -> Check:
    stated, a, b = reading.figures[i], reading.figures[new], reading.figures[base]
    computed = _quotient(reading.spread(new), reading.spread(base))

    def causes() -> str | None:
        target, x, y = reading.spread(i), reading.spread(new), reading.spread(base)
        if target is None or x is None or y is None:
            return None
        return first_cause(
            (
                (apply(lambda p, q: (p - q) / q, x, y), "this is how many times the base was added, not the multiple"),
                (apply(lambda p, q: q / p, x, y), "the two levels may have been exchanged"),
            ),
            target,
        ) or digit_slip(stated, [a, b], lambda known: _quotient(known[0], known[1]))

    return make_check(
        "multiple",
        stated,
        [(a, "new"), (b, "base")],
        computed,
        expression=f"{number(a)} / {number(b)}",
        claim=f"the text gives {quoted(a)} as {quoted(stated)} of {quoted(b)}",
        confidence=confidence,
        causes=causes,
    )
