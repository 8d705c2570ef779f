"""Product: a stated total is a number of items times what each has.

"15 bộ lồng bát quái, mỗi bộ dài 9 m, tổng chiều dài là 135 m" → 15 × 9 = 135; "104 căn hộ (gồm 26 căn x 4 tầng)".

A multiplication sign names the factors; "mỗi", "trung bình", "giá" and the like only suggest them, so there the numbers
must agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.printed import Spread, apply, spread
from flows.checks.arithmetic.statement import believable, make_check, number, quoted
from flows.checks.arithmetic.verdict import CONSISTENT
from flows.checks.reading.article import Reading, coarseness, is_level, same_measure, same_noun, significant_digits
from flows.checks.reading.dimensions import DURATIONS, conversion
from flows.checks.reading.words import alternation, words
from flows.model import Check, Figure

_SIGN = re.compile(r"\A[^\w(),;.]*(?:[^\d(),;.]{0,20}?\s)?[x×*]\s*\Z|\A\s*(?:nhân với|nhân)\s*\Z")
_EACH = re.compile(
    r"(?<!\w)(?:mỗi|từng|bình quân|trung bình|giá|mức|nặng|trọng lượng|dài|quãng đường|hỗ trợ|đơn giá)(?!\w)"
)
_EACH_NAMED = re.compile(r"(?<!\w)(?:mỗi|từng|bình quân|trung bình)(?!\w)|/")
_EACH_BEFORE = re.compile(r"(?<!\w)(?:mỗi|từng)(?!\w)[^,;.]{0,40}\Z")
_TOTAL = re.compile(
    r"(?<!\w)(?:tổng|tổng cộng|tổng số|tất cả|tương đương|có nghĩa|tức|là|thu|được|khoảng|"
    r"tới|tiết kiệm|trị giá|hết|gồm|cả|nhận|lĩnh|chi|tốn|mất|thu nhập)(?!\w)"
)
_OPENS = re.compile(r"\(|(?<!\w)(?:gồm|tức|bằng)(?!\w)|=")
_EACH_AFTER = re.compile(r"\A\s*[(,]\s*(?:[^,;.()\d]{0,30}\s)?mỗi (?P<item>\w+)(?!\w)[^,;.()]{0,40}\Z")
_DIVIDED = re.compile(r"(?<!\w)(?:chia|bình quân|trung bình|tính ra)(?!\w)")
_IS_AREA = re.compile(r"\A\s*[(,=]?\s*(?:tương đương|diện tích|tổng diện tích|tức|là|khoảng|\s)*\Z")
_EACH_ITEM = re.compile(r"\A[^,;.()]{0,40}[,(]?\s*mỗi (?P<item>\w+)(?!\w)[^,;.()]{0,40}\Z")
_IN_ALL = re.compile(r"\A\s*\)?\s*,?\s*(?:với |và )?(?:tổng|tổng cộng|tất cả)(?!\w)[^,;.()]{0,40}\Z")
_EACH_ONE = re.compile(r"(?<!\w)mỗi (?P<item>\w+)(?!\w)[^,;.()]{0,50}\Z")
_EACH_OF = re.compile(r"\A\s*(?:/|cho mỗi |mỗi )\s*(?P<item>\w+)")
_ONE_TIME = re.compile(rf"(?<!\w)(?:mỗi|một|1)\s+(?P<item>{alternation(words('occasion'))})[^;.()]{{0,50}}\Z")
_SPENT = re.compile(rf"{alternation(words('in_all'))}[^,;.()]{{0,30}}\Z")
_SAME = re.compile(r"\A\s*[,(]?\s*(?:tương đương|tương ứng|tức|hay)(?!\w)[^,;.()]{0,30}\Z")
_AT_PRICE = re.compile(r"(?<!\w)(?:theo (?:mức )?giá|với (?:mức )?giá này|tạm tính|thị giá)(?!\w)")
_CAPITAL = re.compile(r"(?<!\w)vốn(?: điều lệ| cổ phần)?(?!\w)[^,;.()]{0,30}\Z")
_FACE_VALUE = re.compile(r"(?<!\w)mệnh giá(?!\w)[^;.()]{0,30}\Z")
_FAR_SENTENCES = 8
_FAR_WINDOW = 14
_FOR = re.compile(r"\A\s*(?:cho|của|với)(?: tất cả| tổng số| cả| khoảng| hơn| gần)*\s*\Z")
_FEW_DIGITS = 2
_FACTOR_KINDS = frozenset({"count", "duration"})


def find(reading: Reading) -> Iterator[Check]:
    """The products a text asserts."""
    for i, figure in enumerate(reading.figures):
        if is_level(figure) and (figure.value is None or figure.value > 1) and figure.direction is None:
            whole = (_product(reading, i) or _capital(reading, i)) if figure.value is not None else None
            check = whole or _ranged(reading, i)
            if check is not None:
                yield check


def _product(reading: Reading, i: int) -> Check | None:
    figures = reading.figures
    near = [k for k in reading.backwards(i, 1, 4) if figures[k].value is not None]
    after = [k for k in reading.onwards(i, 0, 2) if figures[k].value is not None]
    if (
        len(after) == 2
        and _OPENS.search(reading.gap(i + 1))
        and _SIGN.match(reading.gap(after[1]))
        and after[0] == i + 1
    ):
        a, b = after
        if same_measure(figures[a], figures[i]) or same_measure(figures[b], figures[i]):
            check = _check(reading, i, a, b, 0.9)
            return check if believable(check) else None
    for read in (_area, _of_each_named, _each_time, _by_each, _for_each, _priced, _packed, _reckoned):
        found = read(reading, i)
        if found is not None:
            return found
    tried = 0
    doubted: tuple[int, int] | None = None
    for at, b in enumerate(near):
        for a in near[at + 1 :]:
            signed = b == a + 1 and bool(_SIGN.match(reading.gap(b)))
            for factor, each in ((a, b), (b, a)):
                if not _factors(figures[factor], figures[each], figures[i]):
                    continue
                tried += 1
                tied = figures[each].kind == "rate" and (
                    figures[factor].kind == "quantity" or _per_item(figures[factor], figures[each])
                )
                if (
                    not signed
                    and not tied
                    and not (
                        (_EACH_NAMED if _plain_numbers(figures[factor], figures[each]) else _EACH).search(
                            reading.before(min(a, b)) + reading.between(min(a, b), i) + reading.after(each)[:20]
                        )
                        and _TOTAL.search(reading.between(max(a, b), i))
                    )
                ):
                    continue
                if not doubted and _named(reading, i, factor, each):
                    doubted = (factor, each)
                if _fits(reading, i, factor, each, tried):
                    return _check(reading, i, factor, each, 0.9 if signed else 0.8)
    if doubted is None:
        return None
    check = _check(reading, i, *doubted, 0.7)
    return check if believable(check) else None


def _named(reading: Reading, i: int, factor: int, each: int) -> bool:
    """Whether "n suất quà, mỗi suất m, tổng (trị giá) T" stands there, the three figures side by side."""
    if not (factor + 1 == each == i - 1 and reading.same_sentence(factor, i)):
        return False
    if reading.figures[i].kind == "count":
        return False
    found = _EACH_ITEM.match(reading.gap(each))
    return (
        found is not None
        and found["item"] in reading.figures[factor].unit.lower().split()
        and _IN_ALL.match(reading.gap(i)) is not None
    )


def _plain_numbers(factor: Figure, each: Figure) -> bool:
    """Whether the two have so few digits that many a third number near by is their product."""
    return significant_digits(factor) + significant_digits(each) <= _FEW_DIGITS


def _area(reading: Reading, i: int) -> Check | None:
    """Length and breadth and the area: "diện tích 5 m x 8 m (40 m2)", "dài 30 m, rộng 20 m, diện tích 600 m2"."""
    figures = reading.figures
    if i < 2 or figures[i].kind != "quantity" or not reading.same_sentence(i - 2, i):
        return None
    a, b = figures[i - 2], figures[i - 1]
    if a.unit != b.unit or f"{a.unit}2" != figures[i].unit or a.value is None or b.value is None:
        return None
    signed = _SIGN.match(reading.gap(i - 1)) is not None and _IS_AREA.match(reading.gap(i)) is not None
    if not signed and "rộng" not in reading.gap(i - 1):
        return None
    check = _check(reading, i, i - 2, i - 1, 0.8)
    return check if (believable(check) if signed else check.verdict == CONSISTENT) else None


def _of_each_named(reading: Reading, i: int) -> Check | None:
    """What each costs, then how many: "mỗi con tốn 1.500 đồng …. Trại còn gần 9.000 con, tiêu tốn 13 triệu"."""
    figures = reading.figures
    each, factor = i - 2, i - 1
    if each < 0 or reading.sentences_apart(each, i) > 1 or not reading.same_sentence(factor, i):
        return None
    found = _EACH_ONE.search(reading.before(each))
    if found is None or found["item"] not in figures[factor].unit.lower().split():
        return None
    if figures[factor].kind != "count" or not _factors(figures[factor], figures[each], figures[i]):
        return None
    if not _SPENT.search(reading.before(i)):
        return None
    check = _check(reading, i, factor, each, 0.7)
    return check if check.verdict == CONSISTENT else None


def _each_time(reading: Reading, i: int) -> Check | None:
    """What one time makes, then how many times: "mỗi lần đi 320 m, một ngày 20 lần, quãng đường lên đến 6,4 km"."""
    figures = reading.figures
    for each in reading.backwards(i, 1, 4):
        found = _ONE_TIME.search(reading.before(each))
        if found is None:
            continue
        for factor in range(each + 1, i):
            if figures[factor].kind != "count" or figures[factor].unit.lower().split()[:1] != [found["item"]]:
                continue
            if _factors(figures[factor], figures[each], figures[i]) and _exactly(reading, i, factor, each):
                return _check(reading, i, factor, each, 0.8)
    return None


def _by_each(reading: Reading, i: int) -> Check | None:
    """The size of one item follows the total: "11 triệu đồng (mỗi sổ 1 triệu đồng)", the number of items before."""
    figures = reading.figures
    each = i + 1
    if each >= len(figures) or not reading.same_sentence(i, each):
        return None
    found = _EACH_AFTER.match(reading.gap(each))
    if found is None:
        return None
    finer = significant_digits(figures[each]) > significant_digits(figures[i]) + 1
    if _DIVIDED.search(reading.gap(each)) and not finer:
        return None
    for factor in reading.backwards(i, 1, 5):
        length = figures[factor].kind == "duration"
        counted = [DURATIONS.get(figures[factor].unit)] if length else figures[factor].unit.lower().split()
        if found["item"] in counted and _factors(figures[factor], figures[each], figures[i]):
            check = _check(reading, i, factor, each, 0.8)
            return check if believable(check) else None
    return None


def _for_each(reading: Reading, i: int) -> Check | None:
    """The number of items follows the total: "mỗi gia đình 30 triệu đồng, tổng cộng 600 triệu đồng cho 20 gia đình"."""
    figures = reading.figures
    each, factor = i - 1, i + 1
    if each < 0 or factor >= len(figures) or not reading.same_sentence(each, factor):
        return None
    if not (_FOR.match(reading.gap(factor)) and _factors(figures[factor], figures[each], figures[i])):
        return None
    found = _EACH_ONE.search(reading.before(each)) or _EACH_OF.match(reading.after(each))
    if found is None or found["item"] not in figures[factor].unit.lower().split():
        return None
    check = _check(reading, i, factor, each, 0.8)
    return check if believable(check) else None


def _priced(reading: Reading, i: int) -> Check | None:
    """A number, its value and the price of one: "3,5 triệu cổ phiếu trị giá 35 tỷ đồng, giá 10.000 đồng/cổ phiếu"."""
    figures = reading.figures
    factor, each = i - 1, i + 1
    if factor < 0 or each >= len(figures) or not reading.same_sentence(factor, each) or figures[each].kind != "rate":
        return None
    if not (_factors(figures[factor], figures[each], figures[i]) and _per_item(figures[factor], figures[each])):
        return None
    return _check(reading, i, factor, each, 0.8) if _fits(reading, i, factor, each, 1) else None


def _packed(reading: Reading, i: int) -> Check | None:
    """The price of a measure, of a pack and its size: "3.416 đồng/ml, tương đương 1.708.000 đồng một hộp 500 ml"."""
    figures = reading.figures
    each, factor = i - 1, i + 1
    if each < 0 or factor >= len(figures) or not reading.same_sentence(each, factor):
        return None
    if figures[each].kind != "rate" or figures[factor].kind != "quantity" or not _SAME.match(reading.gap(i)):
        return None
    if not _factors(figures[factor], figures[each], figures[i]):
        return None
    check = _check(reading, i, factor, each, 0.8)
    return check if believable(check) else None


def _reckoned(reading: Reading, i: int) -> Check | None:
    """A price and a number far apart, joined by words: "tạm tính theo mức giá này, số tiền … khoảng 50 tỷ đồng"."""
    figures = reading.figures
    if figures[i].kind != "money" or not _AT_PRICE.search(reading.before(i)):
        return None
    prices = [k for k in reading.backwards(i, 1, 3) if figures[k].kind == "rate"]
    for each in prices[:1]:
        for factor in reading.backwards(each, _FAR_SENTENCES, _FAR_WINDOW):
            if not _factors(figures[factor], figures[each], figures[i]) or figures[factor].kind != "count":
                continue
            if _per_item(figures[factor], figures[each]) and _fits(reading, i, factor, each, 1):
                return _check(reading, i, factor, each, 0.7)
    return None


def _capital(reading: Reading, i: int) -> Check | None:
    """Capital, shares and their face value: "vốn điều lệ 4.500 tỷ đồng … 450 triệu cổ phần, mệnh giá 10.000 đồng"."""
    figures = reading.figures
    if figures[i].kind != "money" or not _CAPITAL.search(reading.before(i)):
        return None
    for each in reading.onwards(i, 3, 6):
        if not _FACE_VALUE.search(reading.before(each)) or figures[each].kind not in ("money", "rate"):
            continue
        for factor in reading.backwards(each, 2, 4):
            if factor == i or not _factors(figures[factor], figures[each], figures[i]):
                continue
            if figures[factor].kind == "count" and _middles(reading, factor, each, Fraction(1)) == figures[i].value:
                return _check(reading, i, factor, each, 0.8)
    return None


def _ranged(reading: Reading, i: int) -> Check | None:
    """A price from … to …, end by end: "thu khoảng 2 tạ, giá 15 - 20 ngàn đồng/kg, thu về 3 - 4 triệu đồng"."""
    figures = reading.figures
    if i < 2 or not reading.same_sentence(i - 2, i):
        return None
    for factor, each in ((i - 2, i - 1), (i - 1, i - 2)):
        three = (figures[factor], figures[each], figures[i])
        if all(figures[k].value is not None for k in (factor, each)):
            return None
        if figures[each].kind != "rate" or not _per_item(figures[factor], figures[each]):
            continue
        fits = [_fits_end(*(_end(figure, high) for figure in three)) for high in (False, True)]
        if all(fits) or (figures[i].value is not None and any(fits)):
            check = _check(reading, i, factor, each, 0.7)
            return check if check.verdict == CONSISTENT else None
    return None


def _end(figure: Figure, high: bool) -> Figure:
    """The lower or the upper end of a figure, as a figure of its own; a single number is both."""
    value = figure.value_high if high else figure.value_low
    return figure if figure.value is not None else replace(figure, value=value, value_low=None, value_high=None)


def _fits_end(factor: Figure, each: Figure, total: Figure) -> bool:
    if not _factors(factor, each, total):
        return False
    computed, stated = _times(spread(factor), spread(each), _scale(factor, each, total) or Fraction(1)), spread(total)
    return computed is not None and stated is not None and computed.rounded.meets(stated.rounded)


def _factors(factor: Figure, each: Figure, total: Figure) -> bool:
    """Whether `factor` items of `each` can make `total`, by their units."""
    if factor.kind == "duration" and each.kind != "rate" and not total.kind == each.kind == "money":
        return False
    measured = (
        factor.kind == "quantity"
        and each.kind == "rate"
        and conversion(factor.unit, each.unit.partition("/")[2]) is not None
    )
    if (
        not (measured or factor.kind in _FACTOR_KINDS)
        or not is_level(each)
        or each.direction is not None
        or factor.unit == each.unit
    ):
        return False
    if factor.value is None or each.value is None or factor.value <= 0 or factor.value == 1 or each.value <= 0:
        return False
    return _scale(factor, each, total) is not None


def _scale(factor: Figure, each: Figure, total: Figure) -> Fraction | None:
    """What turns `factor` × `each` into the unit of `total`, None if they measure different things."""
    per = each.unit.partition("/")[2]
    times = (conversion(factor.unit, per) if factor.kind == "quantity" and per else None) or Fraction(1)
    if each.unit.split("/")[0] == total.unit.split("/")[0] or total.unit == f"{each.unit}2":
        return times
    into = conversion(each.unit, total.unit)
    return None if into is None else into * times


def _times(a: Spread | None, b: Spread | None, scale: Fraction) -> Spread | None:
    return None if a is None or b is None else apply(lambda x, y: x * y * scale, a, b)


def _fits(reading: Reading, i: int, factor: int, each: int, tried: int) -> bool:
    scale = _scale(reading.figures[factor], reading.figures[each], reading.figures[i]) or Fraction(1)
    computed = _times(reading.plain(factor), reading.plain(each), scale)
    stated = reading.plain(i)
    if computed is None or stated is None or not stated.cut.meets(computed.cut):
        return False
    if reading.figures[each].kind == "rate" and not _per_item(reading.figures[factor], reading.figures[each]):
        return False
    if _exactly(reading, i, factor, each):
        return True
    tied = reading.figures[each].kind == "rate" or _EACH_BEFORE.search(reading.before(each))
    return bool(tied) and coarseness(stated) * tried <= Fraction(1, 4)


def _exactly(reading: Reading, i: int, factor: int, each: int) -> bool:
    """Whether the product is the total as printed, and no number so small that many a product is it."""
    scale = _scale(reading.figures[factor], reading.figures[each], reading.figures[i]) or Fraction(1)
    total = reading.figures[i].value
    return total is not None and _middles(reading, factor, each, scale) == total >= (20 if scale == 1 else 2)


def _per_item(factor: Figure, each: Figure) -> bool:
    """Whether a rate is per what the factor counts: "2 USD/viên" and "4,6 triệu viên ma túy"."""
    per = each.unit.partition("/")[2].lower().split("/")[0]
    if factor.kind == "quantity":
        return conversion(factor.unit, per) is not None
    items = DURATIONS.get(factor.unit, "") if factor.kind == "duration" else factor.unit.lower()
    return bool(per and items) and (per in items or items.split()[0] in per or same_noun(items, per))


def _middles(reading: Reading, factor: int, each: int, scale: Fraction) -> Fraction | None:
    a, b = reading.figures[factor].value, reading.figures[each].value
    return None if a is None or b is None else Fraction(a) * Fraction(b) * scale


def _check(reading: Reading, i: int, factor: int, each: int, confidence: float) -> Check:
    stated, a, b = reading.figures[i], reading.figures[factor], reading.figures[each]
    scale = _scale(a, b, stated) or Fraction(1)
    return make_check(
        "product",
        stated,
        [(a, "factor"), (b, "each")],
        _times(reading.spread(factor), reading.spread(each), scale),
        expression=f"{number(a)} × {number(b)}" + ("" if scale == 1 else f" {b.unit}"),
        unit="" if scale == 1 else stated.unit,
        claim=f"the text gives {quoted(a)} times {quoted(b)} as {quoted(stated)}",
        confidence=confidence,
        causes=lambda: digit_slip(stated, [a, b], lambda known: _times(known[0], known[1], scale)),
    )
