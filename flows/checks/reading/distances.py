"""Amounts whose two levels other words bind to them than those of a change or a gap.

What is bought or sold and the holding before and after, a loss and a gain set off, a base in brackets, prices from
buying to selling against the world's, what is left of the first of two numbers, a rise drawn from two levels told
before, and an addition whose levels follow. Of each the positions of the level reached and of the one it is measured
from are told, with a confidence; but for holdings, only where the three fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from flows.checks.reading.article import Reading, same_measure
from flows.checks.reading.bullion import home_and_world
from flows.checks.reading.levels import from_to
from flows.checks.reading.partition import is_other_part
from flows.checks.reading.wholes import EXCEPT
from flows.checks.reading.words import alternation, holds, words

Told = tuple[int, int, float]
"""The level reached, the level it is measured from, and how sure that is."""
_STILL = re.compile(r"(?<!xuống )(?<!giảm )(?<!\w)còn(?: có| đúng| khoảng| gần| hơn)?\s*\Z")
_FROM_ABOVE = re.compile(alternation(words("drawn_from_above")))
_ADDED = re.compile(rf"{alternation(words('added'))}[^,;.()\d]{{0,15}}\Z")
_AND = re.compile(r"\A[^,;.()]{0,6}(?:,|(?<!\w)và)\s*\Z")
_TWO = 2
_GROWN_SENTENCES = 8
_GROWN_WINDOW = 14
_RISEN_SENTENCES = 4
_LEAST_ADDED = 5
_SHARED_WORDS = 2
_ON_BALANCE = re.compile(alternation(words("on_balance")))
_AGAIN = re.compile(alternation(words("taken_up")))
_THAN_WORLD = re.compile(r"(?<!\w)(?:cao|đắt|thấp|rẻ) hơn (?:giá )?(?:vàng )?thế giới(?!\w)[^,;.()]{0,30}\Z")
_WORLD = re.compile(r"(?<!\w)(?:quy đổi|thế giới)(?!\w)")
_MOVED = words("moved")
_BETWEEN_FROM = re.compile(rf"{alternation(words('from'))}[^,;.:()]{{0,25}}\Z")
_BETWEEN_TO = re.compile(rf"{alternation(words('to'))}[^,;.:()]{{0,25}}\Z")
_RAISED = re.compile(
    r"(?<!\w)(?P<way>nâng|tăng|đưa|giảm|hạ)(?!\w)[^,;.()]{0,60}(?:lên|xuống|còn)(?!\w)[^,;.()]{0,20}\Z"
)
_MOVES = re.compile(rf"{alternation(words('moved'))}[^,;.()\d]{{0,40}}\Z")
LEFT_OVER = re.compile(r"(?<!\w)còn lại(?!\w)[^,;.()\d]{0,25}\Z")
"""The words before what is left over of another amount."""
PARTS = re.compile(r"(?<!\w)(?:trong (?:số )?đó|gồm|bao gồm|chia)(?!\w)")
"""Words that open a list of parts."""


def told_apart(reading: Reading, i: int) -> Told | None:
    """The two levels that figure `i` is the distance of, by the first reading that finds them."""
    for read in _READINGS:
        told = read(reading, i)
        if told is not None:
            return told
    return None


def _transfer(reading: Reading, i: int) -> Told | None:
    """What is bought, sold or added, and the holding before and after: "mua x cổ phiếu, nâng sở hữu từ A lên B".

    Where only the new holding follows ("mua thêm 5 %, nâng sở hữu lên 50 %"), the old one is looked for before.
    """
    figures = reading.figures
    if not (holds(reading.gap(i), _MOVED) and _MOVES.search(reading.before(i))):
        return None
    same = [k for k in reading.onwards(i, 0, 4) if figures[k].unit == figures[i].unit and figures[k].value is not None]
    if not same:
        return None
    if len(same) > 1 and _BETWEEN_FROM.search(reading.before(same[0])) and _BETWEEN_TO.search(reading.before(same[1])):
        return same[1], same[0], 0.8
    new = same[0]
    raised = _RAISED.search(reading.before(new))
    moved, level = figures[i].value, figures[new].value
    if raised is None or moved is None or level is None:
        return None
    base = level + moved if raised["way"] in ("giảm", "hạ") else level - moved
    for k in reading.backwards(i, 2, 8):
        if figures[k].value == base and figures[k].unit == figures[i].unit and figures[k].direction is None:
            return new, k, 0.8
    return None


def _net(reading: Reading, i: int) -> Told | None:
    """A loss and a gain set off: "hụt 2.800 tỷ đồng, … tăng 1.200 tỷ đồng nhưng tựu chung hụt thu 1.600 tỷ đồng"."""
    figures = reading.figures
    if i < 2 or not reading.same_sentence(i - 2, i) or figures[i].unit != figures[i - 1].unit:
        return None
    if not _ON_BALANCE.search(reading.before(i)):
        return None
    a, b = figures[i - 2], figures[i - 1]
    if a.value is None or b.value is None or not a.unit == b.unit == figures[i].unit:
        return None
    if a.direction == b.direction or abs(a.value - b.value) != figures[i].value:
        return None
    return i - 2, i - 1, 0.8


def _told_base(reading: Reading, i: int) -> Told | None:
    """A rise of a percentage with its base in brackets: "92 % … So với năm ngoái, con số này đã tăng 6 % (86 %)"."""
    figures = reading.figures
    if figures[i].kind != "percent" or figures[i].direction is None or i + 1 >= len(figures) or i == 0:
        return None
    if figures[i + 1].kind != "percent" or reading.gap(i + 1).strip() != "(" or not _AGAIN.search(reading.before(i)):
        return None
    base, new = figures[i + 1].value, figures[i - 1].value
    if figures[i - 1].kind != "percent" or base is None or new is None or reading.sentences_apart(i - 1, i) > 1:
        return None
    return (i - 1, i + 1, 0.85) if abs(new - base) == figures[i].value else None


def _above_range(reading: Reading, i: int) -> Told | None:
    """A price from buying to selling, against the world's: "36,47 – 36,55 triệu đồng, cao hơn thế giới 3 triệu"."""
    figures = reading.figures
    k = i - 1
    if k < 0 or figures[k].value is not None or not reading.same_sentence(k, i):
        return None
    if not _THAN_WORLD.search(reading.before(i)):
        return None
    for base in reading.backwards(k, 2, 4):
        if figures[base].unit.split("/")[0] != figures[i].unit.split("/")[0] or figures[base].direction is not None:
            continue
        if figures[base].value is None or not _WORLD.search(reading.before(base)):
            continue
        stated, x, y = reading.plain(i), reading.plain(k), reading.plain(base)
        if stated is not None and x is not None and y is not None and stated.rounded.meets(abs(x - y).rounded):
            return k, base, 0.75
        return None
    return None


def _below_home(reading: Reading, i: int) -> Told | None:
    """The world price of gold against what it is sold at at home, where the three fit."""
    stated = reading.plain(i)
    for home, world in home_and_world(reading, i) if "hơn" in reading.before(i) else ():
        x, y = reading.figures[home].value, reading.figures[world].value
        if stated is not None and x is not None and y is not None and stated.rounded.contains(Fraction(x - y)):
            return home, world, 0.75
    return None


def _left(reading: Reading, i: int) -> Told | None:
    """What is left of the first of two numbers: "66 nhiệm vụ …, đã hoàn thành 64 nhiệm vụ, còn hai nhiệm vụ".

    Or of one without another: "bảy cầu thủ …. Không tính hai tuyển thủ chấn thương, còn lại năm cầu thủ".
    """
    figures = reading.figures
    if figures[i].kind not in ("count", "money", "quantity"):
        return None
    before_i = reading.before(i)
    if "còn" not in before_i or is_other_part(reading, i):
        return None
    taken_away = LEFT_OVER.search(before_i) is not None and EXCEPT.search(reading.before(i - 1)) is not None
    if not taken_away and not _STILL.search(before_i):
        return None
    before = [k for k in reading.backwards(i, 2, 5) if same_measure(figures[k], figures[i])]
    if len(before) < _TWO:
        return None
    used, whole = before[:_TWO]
    a, b = figures[whole], figures[used]
    if a.value is None or b.value is None or a.direction is not None or b.direction is not None or a.value <= b.value:
        return None
    if a.value < _LEAST_ADDED or PARTS.search(reading.between(whole, i)) or _AND.match(reading.gap(used)):
        return None
    return (whole, used, 0.8) if a.value - b.value == figures[i].value else None


def _grown(reading: Reading, i: int) -> Told | None:
    """A rise that the text draws from two levels it gave before: "42 tỷ USD … 41 tỷ USD … Như vậy đã tăng 1 tỷ USD"."""
    figures = reading.figures
    amount = figures[i]
    if amount.direction is None or amount.kind == "percent" or not _FROM_ABOVE.search(reading.before(i)):
        return None
    named = set((amount.what or "").lower().split())
    levels = [
        k
        for k in reading.backwards(i, _GROWN_SENTENCES, _GROWN_WINDOW)
        if figures[k].unit == amount.unit and figures[k].direction is None and figures[k].value is not None
    ]
    for b, a in zip(levels, levels[1:], strict=False):
        x, y = figures[a].value, figures[b].value
        if x is None or y is None or abs(x - y) != amount.value:
            continue
        if len(named & set((figures[a].what or "").lower().split())) >= _SHARED_WORDS:
            return a, b, 0.75
    return None


def risen(reading: Reading) -> Iterator[tuple[int, Told]]:
    """An addition told first, the levels later: "đã có thêm 11 người … Như vậy, số người đã tăng từ 24 lên 35 ca"."""
    figures = reading.figures
    for base in range(len(figures) - 1):
        if "từ" not in reading.before(base) or not from_to(reading, base):
            continue
        old, new = figures[base].value, figures[base + 1].value
        if old is None or new is None or abs(new - old) < _LEAST_ADDED or figures[base].kind == "percent":
            continue
        for i in reading.backwards(base, _RISEN_SENTENCES, 8):
            if figures[i].value != abs(new - old) or reading.same_sentence(i, base):
                continue
            if same_measure(figures[i], figures[base + 1]) and _ADDED.search(reading.before(i)):
                yield i, (base + 1, base, 0.75)
                break


_READINGS: tuple[Callable[[Reading, int], Told | None], ...] = (
    _transfer, _net, _told_base, _above_range, _below_home, _left, _grown,
)
