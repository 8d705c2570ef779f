""""Một" as a figure, where it is one of the parts of a counted whole.

The word is the article nearly everywhere and no figure ("một cán bộ cho biết"). In "4 người (một tại hiện trường, 3 tại
bệnh viện)" or "18 người bị thương: 2 nguy kịch, 5 nặng, 10 ổn định. Một người đã xuất viện" it counts: it stands where
an item of the list can begin, and with it, and only with it, the items make up the whole. So it does in "3 học sinh bị
thương, trong đó có một nữ sinh", which says whose part it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from flows.figures.names import COMPOUNDS
from flows.model import Figure, Sentence
from flows.recognizers.roles import role_pattern

_ONE = re.compile(r"[Mm]ột(?<!\w[Mm]ột)(?!\w)")
_MOST = 200
"""Larger wholes are not told in single items."""
_REACH = 420
_SENTENCES = 1
_MOST_ITEMS = 12
_ITEM_BEFORE = re.compile(
    r"(?:\A|[,;:(\n.–-]|(?<!\w)(?:và|gồm|có|trong đó|cùng|còn|là))\s*\Z"
)
_LIST = re.compile(r"(?<!\w)(?:gồm|bao gồm|trong đó|chia thành)(?!\w)")
_BRACKET = re.compile(r"[(:]")
_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*\s+[^\W\da-zà-ỹđ]|\n")
_WORD = re.compile(r"\s([^\W\d_]+)")
_NO_COUNT = frozenset(
    (
        *("số", "vài", "cách", "phần", "nửa", "chút", "mặt", "lúc", "khi", "thời", "trong", "lần", "ngày", "đêm"),
        *("bên", "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "chục"),
    )
)
"""Words after which "một" counts nothing; "một lần" does only beside other times."""
_OF_THOSE = re.compile(r"(?<!\w)trong (?:số )?(?:đó|này),? (?:đã )?(?:có )?(?:ít nhất )?\Z")
"""Words before a "một" that is one of those just counted: "3 học sinh bị thương, trong đó có một nữ sinh"."""
_LEFT = role_pattern("only_left")
_LEFT_REACH = 32
_STOP = re.compile(r"[,;.:()\n\d]")
_OUT_OF = re.compile(r"\s(?:trong|trên)(?: tổng)?(?: số)?\s\Z")
_COUNTED = 160
_AT = frozenset(("ở", "tại"))


def add_ones(text: str, sentences: Sequence[Sentence], figures: Sequence[Figure]) -> list[Figure]:
    """The figures with every "một" that completes a whole, in reading order.

    >>> from flows import find_figures
    >>> [f.surface for f in find_figures("4 ca ghép gồm: một ca ghép tim, một ca ghép gan và hai ca ghép thận.")]
    ['4 ca ghép', 'một ca ghép', 'một ca ghép', 'hai ca ghép']
    >>> [f.surface for f in find_figures("Vụ cháy làm 3 người bị thương, trong đó có một phụ nữ. Một phụ nữ kể lại.")]
    ['3 người', 'một phụ nữ']
    >>> [f.surface for f in find_figures("Có 4 ca ghép thận. Một cán bộ cho biết hai ca khó.")]
    ['4 ca ghép', 'hai ca']
    """
    places = [found.start() for found in _ONE.finditer(text)] if figures else []
    if not places:
        return list(figures)
    begins = [sentence.char_start for sentence in sentences]
    starts = {figure.char_start for figure in figures}
    added: dict[int, Figure] = {}
    first = 0
    for t, whole in enumerate(figures):
        if not _is_whole(whole):
            continue
        while first < len(places) and places[first] < whole.char_end:
            first += 1
        if first == len(places) or places[first] > whole.char_end + _REACH:
            continue
        for one in _completing(text, figures, t, places[first : first + _MOST_ITEMS]):
            if one.char_start not in starts and begins:
                one.sentence_no = sentences[max(0, bisect_right(begins, one.char_start) - 1)].number
                added.setdefault(one.char_start, one)
    figure_starts = [figure.char_start for figure in figures]
    for place in places:
        part = _one_of_those(text, figures, figure_starts, place) or _one_left(text, figures, figure_starts, place)
        if part is not None and place not in starts and begins:
            part.sentence_no = sentences[max(0, bisect_right(begins, place) - 1)].number
            added.setdefault(place, part)
    if not added:
        return list(figures)
    return sorted((*figures, *added.values()), key=lambda figure: (figure.char_start, figure.char_end))


def _one_of_those(text: str, figures: Sequence[Figure], starts: Sequence[int], place: int) -> Figure | None:
    """The "một" of "trong đó có một nữ sinh", where the whole right before it is counted."""
    if not _OF_THOSE.search(text[max(0, place - 32) : place].lower()):
        return None
    at = bisect_right(starts, place) - 1
    if at < 0:
        return None
    whole = figures[at]
    counted = whole.kind == "count" and whole.value is not None and whole.value >= 2 and whole.direction is None
    if not counted or whole.unit_source != "printed" or place - whole.char_end > _COUNTED:
        return None
    return _one_at(text, place, whole, [])


def are_left(before: str) -> bool:
    """Whether the words before a count make it the others of a whole: "và chỉ để thua".

    >>> are_left("trận và chỉ để thua "), are_left("chỉ thắng, để thua ")
    (True, False)
    """
    nearest = before[-_LEFT_REACH:]
    return any(_STOP.search(nearest, found.end()) is None for found in _LEFT.finditer(nearest))


def _one_left(text: str, figures: Sequence[Figure], starts: Sequence[int], place: int) -> Figure | None:
    """The "một" of "5 trong 6 trận …, chỉ để thua một trận": as many as the part before leaves of the whole."""
    at = bisect_right(starts, place) - 1
    if at < 1 or not are_left(text[max(0, place - _LEFT_REACH) : place].lower()):
        return None
    part, whole = figures[at - 1 : at + 1]
    if not _is_whole(whole) or not _OUT_OF.fullmatch(text[part.char_end : whole.char_start].lower()):
        return None
    if part.value is None or part.value + 1 != whole.value or place - whole.char_end > _COUNTED:
        return None
    end = place + len("một")
    if not re.match(rf"\s{re.escape(whole.unit)}(?!\w)", text[end:].lower()[: len(whole.unit) + 2]):
        return None
    stop = end + 1 + len(whole.unit)
    return Figure(place, stop, text[place:stop], "count", Decimal(1), whole.unit, number_end=end, number_style="words")


def _is_whole(figure: Figure) -> bool:
    counted = figure.kind == "count" and figure.value is not None and figure.direction is None
    return counted and 2 <= (figure.value or 0) <= _MOST


def _completing(text: str, figures: Sequence[Figure], t: int, places: Sequence[int]) -> list[Figure]:
    """The "một" after a whole that make its items add up; none where the items do without, or never do."""
    whole = figures[t]
    items: list[Figure] = []
    for figure in figures[t + 1 : t + 1 + _MOST_ITEMS]:
        if figure.sentence_no - whole.sentence_no > _SENTENCES or figure.char_start > whole.char_end + _REACH:
            break
        if figure.kind == "count" and figure.value is not None and figure.direction is None:
            items.append(figure)
    ones = [one for place in places if (one := _one_at(text, place, whole, items)) is not None]
    told, found = Decimal(0), []
    every = sorted((*items, *ones), key=lambda figure: figure.char_start)
    for size, item in enumerate(every, 1):
        told += item.value or Decimal(0)
        if any(item is one for one in ones):
            found.append(item)
        if told > (whole.value or 0) or size >= _MOST_ITEMS:
            return []
        if told == whole.value and size >= 2:
            return found if _goes_together(text, whole, every[:size], found) else []
    return []


def _one_at(text: str, place: int, whole: Figure, items: Sequence[Figure]) -> Figure | None:
    """The figure of the "một" at `place`, None where it cannot begin an item."""
    if place > whole.char_end + _REACH or not _ITEM_BEFORE.search(text[max(0, place - 12) : place].lower()):
        return None
    end = place + len("một")
    after = text[end : end + 40].lower()
    units = [figure.unit.lower() for figure in (*items, whole) if figure.unit]
    unit = next((unit for unit in units if re.match(rf"\s{re.escape(unit)}(?!\w)", after)), None)
    word = _WORD.match(after)
    if word and word[1] in _NO_COUNT and word[1] != "lần":
        return None
    if unit is None:
        head = word[1] if word and word[1] in {unit.split()[0] for unit in units} else None
        if head is None and (word is None or word[1] in _NO_COUNT):
            return None
        unit = _whole_word(head or (word[1] if word and word[1] not in _AT else ""), after)
    source = "printed" if unit else "understood"
    stop = end + 1 + len(unit) if unit else end
    name = unit or (items[0].unit if items else whole.unit)
    return Figure(
        place, stop, text[place:stop], "count", Decimal(1), name,
        number_end=end, number_style="words", unit_source=source,
    )  # fmt: skip


def _whole_word(noun: str, after: str) -> str:
    """The word of two syllables that `noun` begins, if it does: "phụ" of "một phụ nữ"."""
    following = re.match(rf"\s{re.escape(noun)}\s([^\W\d_]+)", after)
    both = f"{noun} {following[1]}" if noun and following else noun
    return both if both in COMPOUNDS else noun


def _goes_together(text: str, whole: Figure, every: Sequence[Figure], ones: Sequence[Figure]) -> bool:
    """Whether words show the items to be of the whole: a list is opened, or the nouns are the same."""
    if not 0 < len(ones) < len(every):
        return False
    nouns = {figure.unit.lower().split()[0] for figure in (whole, *every) if figure.unit and figure not in ones}
    alike = all(one.unit.lower().split()[0] in nouns for one in ones if one.unit)
    opened = _LIST.search(text[whole.char_end : every[0].char_start].lower()) is not None
    if opened:
        return alike or not _SENTENCE_END.search(text, every[0].char_start, every[-1].char_end)
    bracketed = _BRACKET.search(text[whole.char_end : every[0].char_start]) is not None
    return alike and (bracketed or len(every) >= 3)
