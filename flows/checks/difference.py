"""Difference: a stated amount is the distance between two levels the text prints.

"tăng thêm 3 triệu đồng, từ 79,9 triệu đồng lên 82,9 triệu đồng" → |82.9 − 79.9| = 3; "đạt gần 66 %, thấp hơn gần 10 %
so với chỉ tiêu 75,8 %"; "nhập siêu", "xuất siêu", "chênh lệch", "còn lại".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.printed import Spread
from flows.checks.arithmetic.statement import believable, first_cause, make_check, number, quoted
from flows.checks.arithmetic.verdict import CONSISTENT
from flows.checks.reading.article import Reading, significant_digits
from flows.checks.reading.breakdowns import breakdowns
from flows.checks.reading.bullion import quoted_apart
from flows.checks.reading.distances import LEFT_OVER, PARTS, risen, told_apart
from flows.checks.reading.levels import comparable, from_to, loosely_fits, named_pair
from flows.checks.reading.trade import near, trade
from flows.checks.reading.words import alternation, words
from flows.model import Check, Figure

_KINDS = frozenset({"count", "money", "quantity", "rate", "score", "percent", "duration", "age"})
_GAP_WORDS = re.compile(rf"{alternation(words('gap'))}[^;.:]{{0,60}}\Z")
_OF_SEVERAL = re.compile(r"(?<!\w)(?:các|những)\s+\w+(?:\s\w+)?\s+còn lại")
_MORE = re.compile(rf"{alternation(words('rise', 'fall'))}[^,;.()]{{0,30}}\Z")
_GAP_HINTS = frozenset(word.split()[-1] for word in words("gap"))
_MORE_HINTS = frozenset(word.split()[-1] for word in words("rise", "fall"))
_LEVEL_BEFORE = re.compile(
    r"(?<!\w)(?:từ|từ mức|lên|xuống|còn|lên mức|xuống còn|đạt|mức|tới mức|vượt|vượt qua|vượt mốc|vượt ngưỡng|vượt mức)"
    r"\s*(?:khoảng|gần|hơn)?\s*\Z"
)
_ALSO = re.compile(r"\A\s*[(,]?\s*(?:tương đương|tương ứng|tức|hay|khoảng)(?!\w)[^,;.()]{0,25}\Z")
_BETWEEN = re.compile(rf"{alternation(words('gap'))}\s+(?:\w+\s+){{0,3}}giữa(?!\w)[^,;.]{{0,40}}\Z")
_IS = re.compile(r"\A[^,;.]{0,40}(?<!\w)(?:là|tới|đến|lên tới)(?!\w)[^,;.]{0,12}\Z")
_FROM_ONLY = re.compile(r"\A\s*,?\s*(?:từ|từ mức|so với mức|so với)\s*(?:khoảng|gần|hơn)?\s*\Z")
_FAR_WINDOW = 40
_FAR_SENTENCES = 25
_SIGNED = re.compile(r"\A\s*[(]?[+−–-]\s?\Z")
_LEAST_ROUND = 100
_USED = re.compile(rf"{alternation(words('used_up'))}[^,;.()\d]{{0,30}}\Z")
_LACKING = re.compile(rf"{alternation(words('lacking'))}[^,;.()\d]{{0,25}}\Z")
_LACKING_HINTS = frozenset(word.split()[-1] for word in words("lacking"))
_LEFT = re.compile(r"(?<!\w)(?:chỉ còn|còn|còn lại|xuống còn|xuống|lên|thành)(?!\w)[^,;.()]{0,25}\Z")
_MOST_LIKEWISE = 12
_SEVERAL = re.compile(r"(?<!\w)(?:các|những|nhiều|mỗi|đồng loạt|cùng)(?!\w)")
_REACH = 120
_SIDES = (("mua", "bán"), ("xuất khẩu", "nhập khẩu"))
_SIDE_REACH = 60
_WITH_OTHERS = re.compile(r"(?<!\w)(?:với|thế giới|quốc tế)(?!\w)")


def find(reading: Reading) -> Iterator[Check]:
    """The differences a text asserts."""
    for i, figure in enumerate(reading.figures):
        if figure.kind in _KINDS and figure.value is not None:
            role = _role(reading, i)
            if role is not None:
                check = _difference(reading, i, role)
                if check is not None:
                    yield check
                    yield from _likewise(reading, i, check)
                    continue
            told = told_apart(reading, i)
            if told is not None and believable(found := _check(reading, i, *told)):
                yield found
    for i, told in risen(reading):
        yield _check(reading, i, *told)
    for i, new, base in quoted_apart(reading):
        yield _check(reading, i, new, base, 0.85)
    yield from _trade_balance(reading)


def _likewise(reading: Reading, i: int, first: Check) -> Iterator[Check]:
    """The same change of several levels: "giảm 0,25 % các mức: … từ 6,5 % xuống 6,25 %; … từ 4,5 % xuống 4,25 %"."""
    figures = reading.figures
    at = i + 2
    if at >= len(figures) or first.verdict != CONSISTENT or not _is_operand(first, figures[i + 1], figures[at]):
        return
    if not from_to(reading, i + 1) or not _SEVERAL.search(reading.gap(i + 1)):
        return
    for base in range(at + 1, min(at + _MOST_LIKEWISE, len(figures) - 1), 2):
        old, new = figures[base].value, figures[base + 1].value
        if not reading.same_sentence(i, base + 1) or not from_to(reading, base) or old is None or new is None:
            return
        if figures[base].unit != figures[at].unit or abs(new - old) != figures[i].value:
            return
        yield _check(reading, i, base + 1, base, 0.9)


def _is_operand(check: Check, *figures: Figure) -> bool:
    told = {id(operand.figure) for operand in check.operands}
    return all(id(figure) in told for figure in figures)


def _trade_balance(reading: Reading) -> Iterator[Check]:
    """Exports and imports whose difference is the stated surplus or deficit, however far off they stand."""
    found = trade(reading)
    given: set[object] = set()
    for i in found.balance:
        if reading.figures[i].value in given:
            continue
        for exports in near(found.exports, i, reading):
            for imports in near(found.imports, i, reading):
                x, y = reading.plain(exports), reading.plain(imports)
                if x is None or y is None or reading.figures[exports].unit != reading.figures[i].unit:
                    continue
                if reading.figures[imports].unit != reading.figures[i].unit or reading.figures[i].value in given:
                    continue
                if loosely_fits(reading, i, abs(x - y)):
                    given.add(reading.figures[i].value)
                    yield _check(reading, i, exports, imports, 0.85)


def _role(reading: Reading, i: int) -> str | None:
    figure = reading.figures[i]
    before = reading.before(i)[-_REACH:]
    if (
        i >= 2
        and _IS.match(reading.gap(i))
        and _BETWEEN.search(reading.before(i - 2))
        and reading.same_sentence(i - 2, i)
    ):
        return "gap"
    if i and reading.gap(i).strip() == "(" and reading.figures[i - 1].direction is not None:
        return None
    if _SIGNED.match(reading.gap(i)):
        return "signed"
    said = set(before.split())
    if not said.isdisjoint(_GAP_HINTS) and _GAP_WORDS.search(before):
        return "gap"
    if (
        "còn lại" in before
        and LEFT_OVER.search(before)
        and not _OF_SEVERAL.search(before)
        and figure.kind in ("money", "quantity")
    ):
        return "rest"
    if (
        i
        and reading.figures[i - 1].kind == "percent"
        and reading.figures[i - 1].direction
        and _ALSO.match(reading.gap(i))
    ):
        return "change"
    if figure.kind != "percent" and not said.isdisjoint(_LACKING_HINTS) and _LACKING.search(before):
        return "lacking"
    if i >= 2 and _alike(reading, i, i - 1) and named_pair(reading, i, i - 2, i - 1):
        return "change"
    if figure.direction is not None or (not said.isdisjoint(_MORE_HINTS) and _MORE.search(before)):
        if not _LEVEL_BEFORE.search(before):
            return "change"
        if i and i + 1 < len(reading.figures) and _alike(reading, i, i + 1) and named_pair(reading, i, i - 1, i + 1):
            return "change"
        if i >= 2 and _alike(reading, i, i - 1) and _alike(reading, i, i - 2) and reading.same_sentence(i - 2, i):
            a, b = reading.figures[i - 2].value, reading.figures[i - 1].value
            return "change" if a is not None and b is not None and abs(a - b) == figure.value else None
    return None


def _alike(reading: Reading, i: int, k: int) -> bool:
    return _is_level_of(reading, k, reading.figures[i])


def _difference(reading: Reading, i: int, role: str) -> Check | None:
    doubted: tuple[int, int] | None = None
    for tried, (a, b, named) in enumerate(_pairs(reading, i, role), 1):
        x, y, stated = reading.spread(a), reading.spread(b), reading.spread(i)
        loose_x, loose_y = reading.plain(a), reading.plain(b)
        if stated is None or x is None or y is None or loose_x is None or loose_y is None:
            continue
        if named:
            if stated.cut.meets(abs(x - y).cut):
                return _check(reading, i, a, b, 0.95)
            doubted = doubted or (a, b)
        elif _fits(reading, i, a, b, abs(loose_x - loose_y), tried, role):
            if role in ("rest", "lacking") and _told_as_sum(reading, i, a, b):
                return None
            return _check(reading, i, a, b, 0.8)
    if doubted is None:
        return _new_level_elsewhere(reading, i)
    check = _check(reading, i, *doubted, 0.9 if abs(doubted[0] - doubted[1]) == 1 else 0.8)
    return check if believable(check) else None


def _told_as_sum(reading: Reading, i: int, a: int, b: int) -> bool:
    """Whether the three are a total and all its parts already ("12.558 đăng ký, 12.516 dự thi, vắng 42").

    Amounts that are left over of another ("trữ lượng còn lại là 5,5 triệu m3") are reckoned by taking away, unless the
    words open a list of parts or the total sums what was told.
    """
    forms = [found.form for found in breakdowns(reading) if {found.total, *found.parts} == {i, a, b}]
    if reading.figures[i].kind != "count" and not PARTS.search(reading.between(min(a, b), i)):
        return "totalled" in forms
    return bool(forms)


def _new_level_elsewhere(reading: Reading, i: int) -> Check | None:
    """A change with its base, the new level printed earlier: 165 triệu USD …, "giảm 10 triệu USD, từ mức 175"."""
    figures = reading.figures
    amount = figures[i]
    if i + 1 >= len(figures) or amount.direction is None or not _FROM_ONLY.match(reading.gap(i + 1)):
        return None
    base = figures[i + 1]
    if base.value is None or amount.value is None or base.unit != amount.unit:
        return None
    level = base.value - amount.value if amount.direction == "down" else base.value + amount.value
    for k in reading.backwards(i, _FAR_SENTENCES, _FAR_WINDOW):
        if figures[k].value == level and figures[k].unit == base.unit and significant_digits(figures[k]) >= 2:
            return _check(reading, i, k, i + 1, 0.8)
    return None


def _fits(reading: Reading, i: int, a: int, b: int, distance: Spread, tried: int, role: str) -> bool:
    """Whether the levels fit by more than chance; round numbers do only if they are the two nearest before."""
    stated = reading.plain(i)
    if stated is None or not stated.rounded.meets(distance.rounded):
        return False
    figure = reading.figures[i]
    if significant_digits(figure) >= 2:
        return loosely_fits(reading, i, distance, tried)
    beside = {a, b} == {i - 1, i - 2} and reading.same_sentence(i - 2, i)
    if role in ("gap", "lacking") and beside:
        return stated.central is not None and stated.central == distance.central
    if stated.central is None or distance.central is None or (figure.value or 0) < _LEAST_ROUND:
        return False
    if role == "signed":
        return stated.central == distance.central
    if role == "change" and (a, b) in ((i - 1, i + 1), (i + 1, i - 1)) and _LEFT.search(reading.before(i + 1)):
        return stated.central == distance.central
    if role in ("gap", "lacking"):
        return abs(a - b) == 1 and min(abs(a - i), abs(b - i)) == 1 and stated.central == distance.central
    return {a, b} == {i - 1, i - 2} and reading.same_sentence(i - 2, i)


def _pairs(reading: Reading, i: int, role: str) -> Iterator[tuple[int, int, bool]]:
    """Two levels whose distance the figure may be: (minuend, subtrahend, whether the words name both)."""
    figures = reading.figures
    wanted = figures[i]
    sentences = 2 if significant_digits(wanted) >= 3 or role == "gap" else 1
    near = [k for k in reading.backwards(i, sentences, 7) if _is_level_of(reading, k, wanted)]
    far = [k for k in reading.onwards(i, 1, 5) if _is_level_of(reading, k, wanted)]
    around = near + far
    pairs: list[tuple[int, int, int, bool]] = []
    for at, a in enumerate(around):
        for b in around[at + 1 :]:
            if not comparable(figures[a], figures[b]) or figures[a].kind == "percent" != figures[b].kind:
                continue
            new, base = (a, b) if named_pair(reading, i, a, b) else (b, a)
            if role == "gap" and significant_digits(wanted) < 3 and not _beside_or_here(reading, i, a, b):
                continue
            if role == "signed" and {a, b} != {i - 1, i - 2}:
                continue
            plain = figures[a].direction is None and figures[b].direction is None
            if wanted.kind == "percent" and not plain and not (wanted.unit == "pp" or {a, b} == {i - 1, i - 2}):
                continue
            named = role in ("change", "gap") and named_pair(reading, i, new, base)
            if not named:
                new, base = a, b
                named = _two_sides(reading, i, a, b, role) or role == "rest" and _left_of(reading, i, b, a)
            pairs.append((abs(a - i) + abs(b - i), new, base, named))
    pairs.sort(key=lambda pair: (not pair[3], role == "change" and pair[2] != i + 1, pair[0]))
    for distance, new, base, named in pairs[:8]:
        if named or role != "change" or distance <= 4:
            yield new, base, named


def _two_sides(reading: Reading, i: int, a: int, b: int, role: str) -> bool:
    """Whether the words or a table's row leave no doubt about the two: buying and selling, exports and imports."""
    if {a, b} != {i - 1, i - 2} or not reading.same_sentence(i - 2, i):
        return False
    if role == "signed":
        return not reading.gap(i - 1).strip()
    if role != "gap" or not 0 < len(reading.gap(i - 1)) <= _SIDE_REACH or _WITH_OTHERS.search(reading.before(i)):
        return False
    words_ = reading.before(i - 2)[-_SIDE_REACH:] + reading.between(i - 2, i)
    return any(one in words_ and other in words_ for one, other in _SIDES)


def _left_of(reading: Reading, i: int, whole: int, used: int) -> bool:
    """Whether an amount and what is taken of it stand before: "được phép 6 triệu m3, đã lấy 2 triệu m3, còn lại …"."""
    if (whole, used) != (i - 2, i - 1) or not reading.same_sentence(whole, used) or not _USED.search(reading.gap(used)):
        return False
    a, b = reading.figures[whole], reading.figures[used]
    first = whole == 0 or not reading.same_sentence(whole - 1, whole) or reading.figures[whole - 1].unit != a.unit
    alike = a.unit == b.unit == reading.figures[i].unit and (a.value or 0) > (b.value or 0)
    return first and alike and not PARTS.search(reading.between(whole, i)) and reading.sentences_apart(used, i) <= 1


def _beside_or_here(reading: Reading, i: int, a: int, b: int) -> bool:
    """Whether two levels stand near the gap, or side by side a sentence further back and fit it exactly."""
    if max(reading.sentences_apart(a, i), reading.sentences_apart(b, i)) <= 1:
        return True
    x, y = reading.figures[a].value, reading.figures[b].value
    if x is None or y is None or abs(a - b) != 1 or not reading.same_sentence(a, b):
        return False
    return abs(x - y) == reading.figures[i].value


def _is_level_of(reading: Reading, k: int, wanted: Figure) -> bool:
    level = reading.figures[k]
    if level.value is None:
        return False
    if level.kind == "percent" or wanted.kind == "percent":
        return level.kind == wanted.kind == "percent" and (wanted.unit == "pp") <= (level.unit != "pp")
    return level.direction is None and comparable(level, wanted)


def _check(reading: Reading, i: int, a: int, b: int, confidence: float) -> Check:
    stated, new, base = reading.figures[i], reading.figures[a], reading.figures[b]
    x, y = reading.spread(a), reading.spread(b)
    computed = None if x is None or y is None else abs(x - y)

    def causes() -> str | None:
        target = reading.spread(i)
        if target is None or x is None or y is None:
            return None
        return first_cause(((x + y, "this is the sum of the two, not their difference"),), target) or digit_slip(
            stated, [new, base], _distance
        )

    return make_check(
        "difference",
        stated,
        [(new, "new"), (base, "base")],
        computed,
        expression=f"|{number(new)} − {number(base)}|",
        claim=f"the text gives {quoted(stated)} as the difference between {quoted(new)} and {quoted(base)}",
        confidence=confidence,
        causes=causes,
    )


def _distance(known: Sequence[Spread]) -> Spread | None:
    return abs(known[0] - known[1])
