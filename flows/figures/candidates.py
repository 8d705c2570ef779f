"""What speaks for a candidate: what is observed of it and of the figure.

A candidate is looked at for what it is and how it stands in its clause, for where it stands towards the figure, for
what else the clause offers, and for its standing in the article; `flows.figures.who_evidence` knows what that weighs.
"""

from __future__ import annotations

from typing import Any

from flows.figures.cast import GIVEN, IN_HEADLINE, IS_MOST, IS_PART, MOST_COUNTED, SUBJECT, Cast
from flows.figures.mentions import GROUPS, STANCES, Look, Mention
from flows.figures.outlook import Outlook
from flows.figures.who_evidence import Scales, Side

_MOST_CARRIED = 6
_MOST_WORDS = 6
_FIRST, _LAST, _FRESH = 1, 2, 4
"""The turns of a phrase before a figure: the first name, the last one, behind the figure before."""

_LIKENESSES = ("other", "same", "longer", "shorter")


def _bucket(count: int) -> str:
    for most, name in ((6, "5-6"), (9, "7-9"), (14, "10-14"), (20, "15-20")):
        if 4 < count <= most:
            return name
    return str(count) if count <= 4 else "21+"


_GAPS = tuple([_bucket(count) for count in range(22)])
_FEW = ("0", "1", "2", "3", "4-6", "4-6", "4-6", "7+")
_DISTANCES = (*_FEW, "elsewhere", "ahead")
_ELSEWHERE, _AHEAD = 8, 9
_EARLIER, _STANCES = len(STANCES), 32
_RESUMED = -1
"""Where the sum for a resumed name is kept: below all numbers of looks."""


Weighed = list[tuple[Mention, Any]]


def candidates_for(
    scales: Scales, text: str, outlook: Outlook, others: list[tuple[int, int]], cast: Cast, scene: int
) -> Weighed:
    """The candidates for one figure with their weights; `others` are the spans of all figures of its sentence."""
    scales.forget()
    left, right, earlier = scales.sides(outlook)
    weighed: Weighed = []
    before, rivals = _weigh_before(scales, left, text, outlook, others)
    for side, found in (
        (left, before),
        (right, _weigh_behind(scales, right, text, outlook, others, rivals)),
        (earlier, _weigh_earlier(scales, earlier, outlook, cast, scene, rivals)),
    ):
        if found:
            _weigh_standing(scales, side, outlook, cast, scene, found, weighed)
    return weighed


def _weigh_rivals(scales: Scales, side: Side, number: int) -> Any:
    """What it says for a phrase of one stance that others stand before the figure; both in one number."""
    stance, rivals = number % _STANCES, number // _STANCES
    role, group = ("earlier", GROUPS[stance - _EARLIER]) if stance >= _EARLIER else STANCES[stance]
    return scales.remember(side.rivals, number, [
        f"{role} {group} past {other} {others}" for place, (other, others) in enumerate(STANCES) if rivals >> place & 1
    ])


def _weigh_before(
    scales: Scales, side: Side, text: str, outlook: Outlook, others: list[tuple[int, int]]
) -> tuple[Weighed, int]:
    """Weighs the phrases before the figure, going away from it; gives with them how they stand, one bit a stance."""
    found: Weighed = []
    rivals = passing = 0
    placed, led, kept, rivalling, names = side.placed, side.led, side.kept, side.rivals, outlook.names
    first_name = names[0] if names else None
    fresh_from = outlook.since if outlook.fresh and outlook.order > 0 else outlook.figure.char_end
    words = commas = parted = brackets = passed = between = 0
    at, left, figures = outlook.figure.char_start, len(names), outlook.order
    spots = _spots_before(scales, side, (0, 0, 0, 0, 0, 0))
    for mention in outlook.before:
        end, look = mention.char_end, mention.look
        if end < at:
            gap = text[end:at]
            at = end
            rivals |= passing
            words += gap.count(" ")
            commas += gap.count(",")
            if not parted and (";" in gap or ":" in gap or ". " in gap):
                parted = 1
            brackets += gap.count("(") - gap.count(")")
            while figures and others[figures - 1][0] >= end:
                figures -= 1
                passed += 1
            while left and names[left - 1].char_start >= end:
                left -= 1
                between += 1
            zone = (
                passed if passed < 2 else 2, between if between < 3 else 3, words if words < 21 else 21,
                commas if commas < 2 else 2, parted, -1 if brackets < 0 else 1 if brackets else 0,
            )
            spots = _spots_before(scales, side, zone)
        turn = 8 * look.lead
        if mention is first_name:
            turn += _FIRST
        if not between and look.group == "name":
            turn += _LAST
        if mention.char_start >= fresh_from:
            turn += _FRESH
        if (weight := placed.get(look.number)) is None:
            weight = scales.remember(placed, look.number, _placed_before(look))
        if (part := led.get(turn)) is None:
            part = scales.remember(led, turn, _led_before(look, turn % 8, outlook.offers))
        weight += part
        if (part := kept.get(look.tail)) is None:
            part = scales.remember(kept, look.tail, (f"L {look.group} {look.after} {outlook.offers[0]}",))
        weight += part + spots[look.group_no]
        stance = look.group_no if brackets < 0 and not look.source else look.stance
        passing |= 1 << stance
        if rivals:
            number = rivals * _STANCES + stance
            if (part := rivalling.get(number)) is None:
                part = _weigh_rivals(scales, side, number)
            weight += part
        found.append((mention, weight))
    return found, rivals | passing


def _spots_before(scales: Scales, side: Side, zone: tuple[int, int, int, int, int, int]) -> Any:
    """For each group what speaks for a phrase so far before a figure."""
    spots = side.spots.get(zone)
    if spots is None:
        spots = scales.remember_groups(side.spots, zone, lambda group: _spot_before(group, *zone))
    return spots


def _weigh_behind(
    scales: Scales, side: Side, text: str, outlook: Outlook, others: list[tuple[int, int]], rivals: int
) -> Weighed:
    """Weighs the phrases behind the figure, going away from it."""
    found: Weighed = []
    placed, led, best, order = side.placed, side.led, outlook.offers[0], min(outlook.order, 1)
    words, comma, passed = 0, False, 0
    at, figures = outlook.figure.char_end, outlook.order + 1
    for mention in outlook.behind:
        start, look = mention.char_start, mention.look
        if start > at or not found:
            gap = text[at:start]
            at = start
            words += gap.count(" ")
            comma = comma or "," in gap
            while figures < len(others) and others[figures][1] <= start:
                figures += 1
                passed += 1
            spots = _spots_behind(scales, side, (min(passed, 2), min(words, 21), comma), best, order)
        if (weight := placed.get(look.number)) is None:
            weight = scales.remember(placed, look.number, _placed_behind(look))
        if (part := led.get(look.lead)) is None:
            part = scales.remember(led, look.lead, (f"R {look.before} {look.group} {best}",))
        weight += part + spots[look.group_no]
        if rivals:
            number = rivals * _STANCES + look.stance
            if (part := side.rivals.get(number)) is None:
                part = _weigh_rivals(scales, side, number)
            weight += part
        found.append((mention, weight))
    return found


def _spots_behind(scales: Scales, side: Side, zone: tuple[int, int, bool], best: str, order: int) -> Any:
    """For each group what speaks for a phrase so far behind a figure."""
    spots = side.spots.get(zone)
    if spots is None:
        spots = scales.remember_groups(side.spots, zone, lambda group: _spot_behind(group, *zone, best, order))
    return spots


def _weigh_earlier(
    scales: Scales, side: Side, outlook: Outlook, cast: Cast, scene: int, rivals: int
) -> Weighed:
    """Weighs the phrases of the sentences before, the latest first."""
    found: Weighed = []
    past = [scales.none] * len(GROUPS)
    if rivals:
        for group_no in range(len(GROUPS)):
            number = rivals * _STANCES + _EARLIER + group_no
            if (part := side.rivals.get(number)) is None:
                part = _weigh_rivals(scales, side, number)
            past[group_no] = part
    placed, spots = side.placed, side.spots
    shown = {mention.key for mention in outlook.before}
    shown.update([mention.key for mention in outlook.behind])
    for mention in reversed(cast.recent):
        if mention.key in shown:
            continue
        shown.add(mention.key)
        look, distance = mention.look, min(scene - mention.scene, 7)
        if (weight := placed.get(look.number)) is None:
            weight = scales.remember(placed, look.number, _placed_earlier(look))
        number = 2 * distance + look.opens_sentence
        if (parts := spots.get(number)) is None:
            parts = _spots_earlier(scales, side, number, outlook)
        found.append((mention, weight + parts[look.group_no] + past[look.group_no]))
        if len(found) == _MOST_CARRIED:
            break
    for mention in cast.leads():
        if mention.key in shown:
            continue
        look = mention.look
        if (weight := placed.get(look.number)) is None:
            weight = scales.remember(placed, look.number, _placed_earlier(look))
        number = 2 * (_ELSEWHERE if mention.scene <= scene else _AHEAD)
        if (parts := spots.get(number)) is None:
            parts = _spots_earlier(scales, side, number, outlook)
        found.append((mention, weight + parts[look.group_no] + past[look.group_no]))
    return found


def _spots_earlier(scales: Scales, side: Side, number: int, outlook: Outlook) -> Any:
    return scales.remember_groups(side.spots, number, lambda group: _spot_earlier(group, *divmod(number, 2), outlook))


def _placed_before(look: Look) -> tuple[str, ...]:
    group, noun, before, after = look.group, look.noun, look.before, look.after
    return (
        "L", f"L {look.sort} {noun}", f"L {before} {group}{look.source}", f"L {group} {after}",
        f"L {noun} after {before}", f"L {noun} before {after}", f"L {group} {before} {after}",
        f"is {look.nature}", f"L is {look.nature}", f"L is {look.nature} {before}",
    )


def _led_before(look: Look, turn: int, offers: str) -> list[str]:
    group, before, best = look.group, look.before, offers[0]
    seen = [f"L {before} {group} {best}{look.source}", f"L {group} {offers}", f"L {group} {before} {offers}"]
    if turn & _FIRST:
        seen.append(f"L first {before}")
    if turn & _LAST:
        seen.append(f"L last {before} {best}")
    if turn & _FRESH:
        seen.append(f"L fresh {group} {before}")
    return seen


def _spot_before(
    group: str, passed: int, between: int, words: int, commas: int, parted: int, brackets: int
) -> tuple[str, ...]:
    zone, gap = f"{passed}{commas}{parted}{brackets}", _GAPS[words]
    return (
        f"L zone {zone}", f"L {group} zone {zone}", f"L gap {gap}", f"L {group} gap {gap}",
        f"L {group} names {between}", f"L names {between} figures {passed}",
    )


def _placed_behind(look: Look) -> tuple[str, ...]:
    return (
        "R", f"R {look.sort} {look.noun}", f"R {look.before} {look.noun}", f"R {look.after}",
        f"is {look.nature}", f"R is {look.nature}", f"R is {look.nature} {look.before}",
    )


def _spot_behind(group: str, passed: int, words: int, comma: bool, best: str, order: int) -> tuple[str, ...]:
    gap = _GAPS[words]
    return (
        f"R {group} figures {passed}", f"R gap {gap}", f"R {group} gap {gap} {best}", f"R {group} comma {comma:d}",
        f"R order {order} {best}",
    )


def _placed_earlier(look: Look) -> tuple[str, ...]:
    group, before, after = look.group, look.before, look.after
    return (
        "C", f"C {look.sort} {look.noun}", f"C {before} {group}{look.source}", f"C {group} {after}",
        f"C {group} {before} {after}", f"is {look.nature}", f"C is {look.nature}", f"C is {look.nature} {before}",
    )


def _spot_earlier(group: str, distance: int, opens: int, outlook: Outlook) -> tuple[str, ...]:
    far, offers, best = _DISTANCES[distance], outlook.offers, outlook.offers[0]
    return (
        f"C {group} far {far}", f"C far {far} {best}", f"C {offers}", f"C {group} {offers}",
        f"C names {min(len(outlook.names), 2)}", f"C order {min(outlook.order, 1)} {best}",
        f"C opens {opens} {group} {far}",
    )


def _weigh_standing(
    scales: Scales, side: Side, outlook: Outlook, cast: Cast, scene: int, found: Weighed, weighed: Weighed
) -> None:
    """Adds what speaks for each whatever the figure: how often it is named, whom the figures before are about."""
    suited, ranked, followed = side.suited, side.ranked, side.followed
    ranks, given, previous = cast.ranks.get, cast.given, cast.previous
    spoken_of = previous.tokens if previous is not None else frozenset()
    visible = IS_PART - 1 if scene else IN_HEADLINE - 1
    sentence_before = cast.before.key if cast.before is not None else None
    resuming = outlook.resuming(cast.longer)
    for mention, weight in found:
        name, look = mention.key, mention.look
        if (rank := ranks(name)) is None:
            rank = cast.rank(name)
        is_part = rank >= IS_PART
        number = 2 * look.kin + is_part
        if (part := suited.get(number)) is None:
            part = scales.remember(suited, number, _suited(side.name, outlook, look, is_part))
        weight += part
        number = rank & visible
        if name in given:
            number += GIVEN * min(given[name], 3)
        if (parts := ranked.get(number)) is None:
            parts = _weigh_rank(scales, side, number, outlook.offers[0])
        weight += parts[look.group_no]
        if resuming and look.sort != "actor" and name.startswith(resuming):
            number = _RESUMED - look.group_no
            if (part := suited.get(number)) is None:
                part = scales.remember(suited, number, (f"{side.name} resumed {look.group}",))
            weight += part
        if previous is not None:
            likeness = 0 if spoken_of.isdisjoint(mention.tokens) else _likeness(name, previous.key)
            number = 2 * likeness + (name == sentence_before)
            if (parts := followed.get(number)) is None:
                parts = _weigh_following(scales, side, number, outlook)
            weight += parts[look.group_no]
        if (own := mention.own) is None:
            own = mention.own = _weigh_words(scales, mention)
        weighed.append((mention, weight + own))


def _likeness(key: str, previous: str) -> int:
    """How a candidate that shares words with whom the figure before is about is like it: an index of `_LIKENESSES`."""
    if key == previous:
        return 1
    return 2 if len(previous) < len(key) else 3


def _weigh_rank(scales: Scales, side: Side, number: int, best: str) -> Any:
    return scales.remember_groups(side.ranked, number, lambda group: _rank_seen(side.name, group, best, number))


def _weigh_following(scales: Scales, side: Side, number: int, outlook: Outlook) -> Any:
    return scales.remember_groups(side.followed, number, lambda group: _following(side.name, group, number, outlook))


def _weigh_words(scales: Scales, mention: Mention) -> Any:
    """What its words and those beside it say for a candidate."""
    first, last, before, after = mention.beside
    by_first, by_last, by_before, by_after = scales.words[mention.look.group]
    none = scales.none
    look, size = mention.look, min(len(mention.tokens), _MOST_WORDS)
    number = look.kin * 8 + size
    if (length := scales.lengths.get(number)) is None:
        length = scales.remember(
            scales.lengths, number, (f"{look.group} long {size}", f"{look.group} {look.noun} long {size}")
        )
    return (
        length + by_first.get(first, none) + by_last.get(last, none) + by_before.get(before, none)
        + by_after.get(after, none) + scales.whole.get(mention.key, none)
    )


def _rank_seen(side: str, group: str, best: str, number: int) -> list[str]:
    count, subjects, given = number & MOST_COUNTED, number // SUBJECT & 3, number // GIVEN
    seen = [f"{side} named {_FEW[count]} {group}", f"{side} given {given}"]
    if number & IS_MOST:
        seen.append(f"{side} named most {group} {best}")
    if subjects:
        seen.append(f"{side} subject {subjects} {group}")
    if number & IN_HEADLINE:
        seen += [f"{side} headline {group}", f"{side} headline {best}"]
    return seen


def _suited(side: str, outlook: Outlook, look: Look, is_part: bool) -> list[str]:
    noun = look.noun
    seen = [
        f"{side} {outlook.figure.kind} {noun}", f"{side} is {look.nature} {outlook.figure.kind}",
        f"{side} is {look.nature} {outlook.offers[0]}",
    ]
    seen.append(f"R name {bool(outlook.names):d} {noun}" if side == "R" else f"{side} {noun} {outlook.offers[0]}")
    if is_part:
        seen.append(f"{side} part {look.group} {noun}")
    return seen


def _following(side: str, group: str, number: int, outlook: Outlook) -> list[str]:
    order, fresh, best = min(outlook.order, 1), outlook.fresh, outlook.offers[0]
    likeness = _LIKENESSES[number // 2]
    if likeness == "same":
        seen = [
            f"{side} same order {order} fresh {fresh:d}", f"{side} same {best}", f"{side} same {group} order {order}"
        ]
    else:
        seen = [f"{side} {likeness} {group} order {order}"]
    if number & 1:
        seen.append(f"{side} sentence before {group} {best}")
    return seen
