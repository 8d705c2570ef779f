"""What speaks for a candidate: observations of it and of the figure, and their weights as data.

A candidate is looked at for what it is and how it stands in its clause, for where it stands towards the figure, for
what else the clause offers, and for its standing in the article. Each observation that `seeds/who_evidence.csv` knows
adds its weight in thousandths. Observations of one look are summed once and remembered, as the same few looks come
back all the time: in a table for what the figure sees, by a number for what the candidate shows.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flows.figures.mentions import GROUPS, STANCES, Look, Mention
from flows.model import Figure
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class WhoEvidence:
    """A row of `seeds/who_evidence.csv`: how much one observation speaks for a candidate, in thousandths."""

    KEY = ("observation",)

    observation: str
    weight: int


_MOST_CARRIED, _MOST_LEADING = 6, 2
_MOST_REMEMBERED = 200_000
_MOST_WORDS = 6
_PLACES = frozenset(("place", "site", "organisation"))


@dataclass(slots=True)
class Cast:
    """Who has been spoken of in the article so far, and of whom its figures were."""

    known: Container[str]
    """Words that are names of the article wherever they stand."""
    recent: list[Mention] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    most: int = 0
    headline: set[str] = field(default_factory=set)
    subjects: dict[str, int] = field(default_factory=dict)
    """How often each key is the subject of a sentence of the article."""
    given: dict[str, int] = field(default_factory=dict)
    longer: set[str] = field(default_factory=set)
    """The keys that are part of a longer name of the article."""
    named: list[Mention] = field(default_factory=list)
    """The names of the article, each where it stands first."""
    leading: list[Mention] | None = None
    """The names it has most often, asked for when all are counted."""
    ranks: dict[str, int] = field(default_factory=dict)
    """What `rank` has found for each key."""
    previous: Mention | None = None
    """Whom the figure before is about."""
    before: Mention | None = None
    """Whom the last figure of the sentence before is about."""

    def leads(self) -> list[Mention]:
        """The names that stand most often in the article, if more than once."""
        if self.leading is None:
            often = [mention for mention in self.named if self.counts[mention.key] > 1]
            often.sort(key=lambda mention: self.counts[mention.key], reverse=True)
            self.leading = often[:_MOST_LEADING]
        return self.leading

    def rank(self, key: str) -> int:
        """How the article treats `key`, as one number; asked for when all its names are counted."""
        count, subjects = self.counts.get(key, 0), self.subjects.get(key, 0)
        rank = count if count < _MOST_COUNTED else _MOST_COUNTED
        if count == max(self.most, 2):
            rank += _IS_MOST
        if subjects:
            rank += _SUBJECT * min(subjects, 2)
        if key in self.headline:
            rank += _IN_HEADLINE
        if key in self.longer:
            rank += _IS_PART
        self.ranks[key] = rank
        return rank


_MOST_COUNTED, _IS_MOST, _SUBJECT, _IN_HEADLINE, _IS_PART, _GIVEN = 7, 8, 16, 64, 128, 256
"""The parts of a rank: how often named (0–7), most often of all, how often a subject (0–2), in the headline, part of a
longer name; and what is added where it is looked up: how often given before (0–3)."""
_FIRST, _LAST, _FRESH = 1, 2, 4
"""The turns of a phrase before a figure: the first name, the last one, behind the figure before."""

_LIKENESSES = ("other", "same", "longer", "shorter")

Memory = dict[Any, Any]


@dataclass(slots=True)
class Side:
    """What is remembered of the candidates on one side of the figures that see the same."""

    name: str
    """L before the figure, R behind it, C in the sentences before."""
    placed: Memory
    """Sums by the look of the candidate."""
    led: Memory
    """Sums by what stands before the candidate, and by its turn."""
    kept: Memory
    """Sums by what stands after it."""
    suited: Memory
    """Sums by its group and noun, when it is no part of a longer name and when it is."""
    spots: Memory
    """Sums for each group by what stands between candidate and figure."""
    ranked: Memory
    """Sums for each group by rank."""
    followed: Memory
    """Sums for each group by what the candidate has in common with those before."""
    rivals: Memory
    """Sums by its stance and those of the phrases that stand before the figure, nearer to it."""


class Scales:
    """Weighs observations; the sums of those that come together are remembered by what they were seen at."""

    none: Any = 0

    def __init__(self, weights: dict[str, int]) -> None:
        self._weights = weights
        self._memories: dict[tuple[Any, ...], Memory] = {}
        self._sides: dict[tuple[Any, ...], tuple[Side, Side, Side]] = {}
        self._remembered = 0
        self.words = {
            group: tuple([self.table(f"{group} {look}") for look in ("first", "last", "word before", "word after")])
            for group in GROUPS
        }
        self.whole = self.table("words")
        self.lengths: Memory = {}

    def table(self, look: str) -> Any:
        """The weights of the words seen in one `look`, by the word."""
        begin = len(look) + 1
        return {
            name[begin:]: weight for name, weight in self._weights.items() if name.startswith(look + " ")
        }

    def weigh(self, observations: Iterable[str]) -> Any:
        """The sum of the weights of `observations`."""
        get = self._weights.get
        return sum([get(observation, 0) for observation in observations])

    def remember(self, memory: Memory, number: Any, observations: Iterable[str]) -> Any:
        """Weighs `observations` and keeps the sum in `memory`."""
        self._remembered += 1
        weight = memory[number] = self.weigh(observations)
        return weight

    def remember_groups(self, memory: Memory, number: Any, observations: Callable[[str], Iterable[str]]) -> Any:
        """Weighs for each group of candidates what `observations` says of it, and keeps the sums in `memory`."""
        self._remembered += len(GROUPS)
        weights = memory[number] = tuple([self.weigh(observations(group)) for group in GROUPS])
        return weights

    def sides(self, outlook: Outlook) -> tuple[Side, Side, Side]:
        """What is remembered of candidates before, behind and earlier than a figure that sees what `outlook` says."""
        seen = (outlook.offers, outlook.figure.kind, outlook.order > 0, min(len(outlook.names), 2), outlook.fresh)
        sides = self._sides.get(seen)
        if sides is None:
            sides = self._sides[seen] = (
                self._side("L", outlook, ()),
                self._side("R", outlook, (outlook.offers[0], seen[2])),
                self._side("C", outlook, (outlook.offers, *seen[2:4])),
            )
        return sides

    def _side(self, name: str, outlook: Outlook, spots: tuple[Any, ...]) -> Side:
        best, memory = outlook.offers[0], self._memory
        return Side(
            name,
            memory("placed", name),
            memory("led", name, outlook.offers),
            memory("kept", name, best),
            memory("suited", name, best, outlook.figure.kind, bool(outlook.names)),
            memory("spots", name, *spots),
            memory("ranked", name, best),
            memory("followed", name, best, outlook.order > 0, outlook.fresh),
            memory("rivals"),
        )

    def _memory(self, *seen: Any) -> Memory:
        return self._memories.setdefault(seen, {})

    def forget(self) -> None:
        """Keeps what is remembered within bounds."""
        if self._remembered > _MOST_REMEMBERED:
            self._remembered = 0
            self._memories.clear()
            self._sides.clear()


@cache
def seed_scales() -> Scales:
    """The scales with the weights of the seed table."""
    return Scales({row.observation: row.weight for row in read_seed("who_evidence", WhoEvidence)})


@dataclass(slots=True)
class Outlook:
    """What a figure sees: the phrases of its sentence, and what sort of them stand since the figure before."""

    figure: Figure
    before: list[Mention]
    """The phrases before it, the nearest first; `behind` those after it."""
    behind: list[Mention]
    names: list[Mention]
    """The names before it."""
    order: int
    since: int
    """Where the figure before ends, 0 for the first of a sentence."""
    offers: str
    """What its clause offers: D a name beside it, N a name as subject, C a noun as subject, O after "của", A a place,
    S a source."""
    fresh: bool
    """Whether a name stands since the figure before."""

    def resuming(self, longer: set[str]) -> tuple[str, ...]:
        """The nouns before it that stand for a name of the article that begins with them: "ngân hàng"."""
        return tuple([
            mention.key + " " for mention in self.before if mention.look.sort == "actor" and mention.key in longer
        ])


def look_out(figure: Figure, here: list[Mention], order: int, since: int) -> Outlook:
    """What can be seen from a figure."""
    start, end = figure.char_start, figure.char_end
    direct = named = common = of = place = source = fresh = False
    before: list[Mention] = []
    behind: list[Mention] = []
    names: list[Mention] = []
    for mention in here:
        if mention.char_end > start:
            if mention.char_start >= end:
                behind.append(mention)
            continue
        before.append(mention)
        look = mention.look
        is_name = look.sort == "name"
        if is_name:
            names.append(mention)
        if mention.char_start < since:
            continue
        if is_name:
            fresh = True
            direct = direct or start - mention.char_end <= 8
            source = source or bool(look.source)
        if look.is_subject:
            if is_name:
                named = named or not look.source
            else:
                common = True
        if look.before == "of":
            of = True
        elif look.before == "at" and look.noun in _PLACES:
            place = True
    before.sort(key=_end, reverse=True)
    offers = (
        ("D" if direct else "") + ("N" if named else "") + ("C" if common else "") + ("O" if of else "")
        + ("A" if place else "") + ("S" if source else "")
    ) or "-"
    return Outlook(figure, before, behind, names, order, since, offers, fresh)


def _end(mention: Mention) -> int:
    return mention.char_end


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
    visible = _IS_PART - 1 if scene else _IN_HEADLINE - 1
    sentence_before = cast.before.key if cast.before is not None else None
    resuming = outlook.resuming(cast.longer)
    for mention, weight in found:
        name, look = mention.key, mention.look
        if (rank := ranks(name)) is None:
            rank = cast.rank(name)
        is_part = rank >= _IS_PART
        number = 2 * look.kin + is_part
        if (part := suited.get(number)) is None:
            part = scales.remember(suited, number, _suited(side.name, outlook, look, is_part))
        weight += part
        number = rank & visible
        if name in given:
            number += _GIVEN * min(given[name], 3)
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
    count, subjects, given = number & _MOST_COUNTED, number // _SUBJECT & 3, number // _GIVEN
    seen = [f"{side} named {_FEW[count]} {group}", f"{side} given {given}"]
    if number & _IS_MOST:
        seen.append(f"{side} named most {group} {best}")
    if subjects:
        seen.append(f"{side} subject {subjects} {group}")
    if number & _IN_HEADLINE:
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
