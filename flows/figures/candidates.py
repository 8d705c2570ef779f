"""What speaks for a candidate: observations of it and of the figure, and their weights as data.

A candidate is looked at for what it is and how it stands in its clause, for where it stands towards the figure, for
what else the clause offers, and for its standing in the article. Each observation that `seeds/who_evidence.csv` knows
adds its weight in thousandths. Observations of one look are summed once and remembered, as the same few looks come
back all the time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flows.figures.mentions import GROUPS, Mention
from flows.model import Figure
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class WhoEvidence:
    """A row of `seeds/who_evidence.csv`: how much one observation speaks for a candidate, in thousandths."""

    KEY = ("observation",)

    observation: str
    weight: int


_MOST_CARRIED = 10
_MOST_REMEMBERED = 50_000
_PLACES = frozenset(("place", "site", "organisation"))


@dataclass(slots=True)
class Cast:
    """Who has been spoken of in the article so far, and of whom its figures were."""

    known: frozenset[str]
    recent: list[Mention] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    most: int = 0
    headline: set[str] = field(default_factory=set)
    subjects: dict[str, int] = field(default_factory=dict)
    """How often each key is the subject of a sentence of the article."""
    given: dict[str, int] = field(default_factory=dict)
    longer: set[str] = field(default_factory=set)
    """The keys that are part of a longer name of the article."""
    previous: Mention | None = None
    """Whom the figure before is about."""
    before: Mention | None = None
    """Whom the last figure of the sentence before is about."""


class Scales:
    """Weighs observations; the sums of those that come together are remembered by what they were seen at."""

    none: Any = 0

    def __init__(self, weights: dict[str, int]) -> None:
        self._weights = weights
        self.placed: dict[Any, Any] = {}
        self.standing: dict[Any, Any] = {}
        self.followed: dict[Any, Any] = {}
        self.spots: dict[Any, Any] = {}
        self.words = {
            group: tuple([self.table(f"{group} {look}") for look in ("first", "last", "word before", "word after")])
            for group in GROUPS
        }
        self.whole = self.table("words")

    def table(self, look: str) -> Any:
        """The weights of the words seen in one `look`, by the word."""
        begin = len(look) + 1
        return {
            name[begin:]: weight for name, weight in self._weights.items() if name.startswith(look + " ")
        }

    def weigh(self, observations: tuple[str, ...]) -> Any:
        """The sum of the weights of `observations`."""
        get = self._weights.get
        return sum([get(observation, 0) for observation in observations])

    def forget(self) -> None:
        """Keeps what is remembered within bounds."""
        for memory in (self.placed, self.standing, self.followed, self.spots):
            if len(memory) > _MOST_REMEMBERED:
                memory.clear()


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
        is_name = mention.sort == "name"
        if is_name:
            names.append(mention)
        if mention.char_start < since:
            continue
        if is_name:
            fresh = True
            direct = direct or start - mention.char_end <= 8
            source = source or mention.is_source
        if mention.is_subject:
            if is_name:
                named = named or not mention.is_source
            else:
                common = True
        if mention.before == "of":
            of = True
        elif mention.before == "at" and mention.noun in _PLACES:
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


Weighed = list[tuple[Mention, Any]]


def candidates_for(
    scales: Scales, text: str, outlook: Outlook, others: list[tuple[int, int]], cast: Cast, scene: int
) -> Weighed:
    """The candidates for one figure with their weights; `others` are the spans of all figures of its sentence."""
    scales.forget()
    found: Weighed = []
    _weigh_before(scales, text, outlook, others, found)
    _weigh_behind(scales, text, outlook, others, found)
    sides = ["L"] * len(outlook.before) + ["R"] * len(outlook.behind)
    _weigh_earlier(scales, outlook, cast, scene, found)
    sides += ["C"] * (len(found) - len(sides))
    return _weigh_standing(scales, outlook, cast, scene, found, sides)


def _weigh_before(
    scales: Scales, text: str, outlook: Outlook, others: list[tuple[int, int]], found: Weighed
) -> None:
    """Weighs the phrases before the figure, going away from it."""
    placed, spots, offers, names = scales.placed, scales.spots, outlook.offers, outlook.names
    best = offers[0]
    later = outlook.fresh and outlook.order > 0
    words = commas = parted = brackets = passed = between = 0
    at, left, figures = outlook.figure.char_start, len(names), outlook.order
    for mention in outlook.before:
        end, group = mention.char_end, mention.group
        if end < at:
            gap = text[end:at]
            at = end
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
        key: Any = ("L", mention.look)
        if (weight := placed.get(key)) is None:
            weight = placed[key] = scales.weigh(_placed_before(mention))
        key = (group, mention.before, mention.is_source, offers)
        if (spot := spots.get(key)) is None:
            spot = spots[key] = scales.weigh(_offered_before(*key))
        weight += spot
        key = (group, mention.after, mention.noun, best)
        if (spot := spots.get(key)) is None:
            spot = spots[key] = scales.weigh(_kept_before(*key))
        weight += spot
        key = (
            group, min(passed, 2), min(between, 3), min(words, 21), min(commas, 2), parted,
            -1 if brackets < 0 else 1 if brackets else 0,
        )
        if (spot := spots.get(key)) is None:
            spot = spots[key] = scales.weigh(_spot_before(*key))
        weight += spot
        is_first = bool(names) and names[0] is mention
        is_last = not between and group == "name"
        is_fresh = later and mention.char_start >= outlook.since
        if is_first or is_last or is_fresh:
            key = (group, mention.before, best, is_first, is_last, is_fresh)
            if (spot := spots.get(key)) is None:
                spot = spots[key] = scales.weigh(_turn_before(*key))
            weight += spot
        found.append((mention, weight))


def _weigh_behind(
    scales: Scales, text: str, outlook: Outlook, others: list[tuple[int, int]], found: Weighed
) -> None:
    """Weighs the phrases behind the figure, going away from it."""
    placed, spots, best, has_name = scales.placed, scales.spots, outlook.offers[0], bool(outlook.names)
    order = min(outlook.order, 1)
    words, comma, passed = 0, False, 0
    at, figures = outlook.figure.char_end, outlook.order + 1
    for mention in outlook.behind:
        start = mention.char_start
        if start > at:
            gap = text[at:start]
            at = start
            words += gap.count(" ")
            comma = comma or "," in gap
            while figures < len(others) and others[figures][1] <= start:
                figures += 1
                passed += 1
        key: Any = ("R", mention.look)
        if (weight := placed.get(key)) is None:
            weight = placed[key] = scales.weigh(_placed_behind(mention))
        key = ("R", mention.group, mention.before, mention.noun, best, has_name)
        if (spot := spots.get(key)) is None:
            spot = spots[key] = scales.weigh(_offered_behind(*key[1:]))
        weight += spot
        key = (mention.group, min(passed, 2), min(words, 21), comma, best, order)
        if (spot := spots.get(key)) is None:
            spot = spots[key] = scales.weigh(_spot_behind(*key))
        found.append((mention, weight + spot))


def _weigh_earlier(scales: Scales, outlook: Outlook, cast: Cast, scene: int, found: Weighed) -> None:
    """Weighs the phrases of the sentences before, the latest first."""
    placed, spots, offers = scales.placed, scales.spots, outlook.offers
    order, names = min(outlook.order, 1), min(len(outlook.names), 2)
    shown = {mention.key for mention, _ in found}
    most = len(found) + _MOST_CARRIED
    for mention in reversed(cast.recent):
        if mention.key in shown:
            continue
        shown.add(mention.key)
        key: Any = ("C", mention.look)
        if (weight := placed.get(key)) is None:
            weight = placed[key] = scales.weigh(_placed_earlier(mention))
        key = (mention.noun, offers[0])
        if (spot := spots.get(key)) is None:
            spot = spots[key] = scales.weigh((f"C {mention.noun} {offers[0]}",))
        weight += spot
        key = (mention.group, min(scene - mention.scene, 7), order, names, mention.opens_sentence, offers)
        if (spot := spots.get(key)) is None:
            spot = spots[key] = scales.weigh(_spot_earlier(*key))
        found.append((mention, weight + spot))
        if len(found) == most:
            break


def _placed_before(mention: Mention) -> tuple[str, ...]:
    group, noun, before, after = mention.group, mention.noun, mention.before, mention.after
    source = " source" if mention.is_source else ""
    return (
        "L", f"L {mention.sort} {noun}", f"L {before} {group}{source}", f"L {group} {after}",
        f"L {noun} after {before}", f"L {noun} before {after}", f"L {group} {before} {after}",
    )


def _offered_before(group: str, before: str, is_source: bool, offers: str) -> tuple[str, ...]:
    source = " source" if is_source else ""
    return f"L {before} {group} {offers[0]}{source}", f"L {group} {offers}", f"L {group} {before} {offers}"


def _kept_before(group: str, after: str, noun: str, best: str) -> tuple[str, ...]:
    return f"L {group} {after} {best}", f"L {noun} {best}"


def _spot_before(
    group: str, passed: int, between: int, words: int, commas: int, parted: int, brackets: int
) -> tuple[str, ...]:
    zone, gap = f"{passed}{commas}{parted}{brackets}", _GAPS[words]
    return (
        f"L zone {zone}", f"L {group} zone {zone}", f"L gap {gap}", f"L {group} gap {gap}",
        f"L {group} names {between}", f"L names {between} figures {passed}",
    )


def _turn_before(
    group: str, before: str, best: str, is_first: bool, is_last: bool, is_fresh: bool
) -> tuple[str, ...]:
    seen = [f"L first {before}"] if is_first else []
    if is_last:
        seen.append(f"L last {before} {best}")
    if is_fresh:
        seen.append(f"L fresh {group} {before}")
    return tuple(seen)


def _placed_behind(mention: Mention) -> tuple[str, ...]:
    noun = mention.noun
    return "R", f"R {mention.sort} {noun}", f"R {mention.before} {noun}", f"R {mention.after}"


def _offered_behind(group: str, before: str, noun: str, best: str, has_name: bool) -> tuple[str, ...]:
    return f"R {before} {group} {best}", f"R name {has_name:d} {noun}"


def _spot_behind(group: str, passed: int, words: int, comma: bool, best: str, order: int) -> tuple[str, ...]:
    gap = _GAPS[words]
    return (
        f"R {group} figures {passed}", f"R gap {gap}", f"R {group} gap {gap} {best}", f"R {group} comma {comma:d}",
        f"R order {order} {best}",
    )


def _placed_earlier(mention: Mention) -> tuple[str, ...]:
    group = mention.group
    source = " source" if mention.is_source else ""
    return (
        "C", f"C {mention.sort} {mention.noun}", f"C {mention.before} {group}{source}", f"C {group} {mention.after}",
        f"C {group} {mention.before} {mention.after}",
    )


def _spot_earlier(
    group: str, distance: int, order: int, names: int, opens: bool, offers: str
) -> tuple[str, ...]:
    far, best = _FEW[distance], offers[0]
    return (
        f"C {group} far {far}", f"C far {far} {best}", f"C {offers}", f"C {group} {offers}", f"C names {names}",
        f"C order {order} {best}", f"C opens {opens:d} {group} {far}",
    )


def _weigh_standing(
    scales: Scales, outlook: Outlook, cast: Cast, scene: int, found: Weighed, sides: list[str]
) -> Weighed:
    """Adds what speaks for each whatever the figure: how often it is named, whom the figures before are about."""
    standing, followed, none = scales.standing, scales.followed, scales.none
    counts, subjects, given, longer = cast.counts.get, cast.subjects.get, cast.given.get, cast.longer
    headline: set[str] = cast.headline if scene else set()
    best, order, fresh, kind = outlook.offers[0], min(outlook.order, 1), outlook.fresh, outlook.figure.kind
    most, previous = max(cast.most, 2), cast.previous
    sentence_before = cast.before.key if cast.before is not None else None
    weighed: Weighed = []
    for (mention, weight), side in zip(found, sides, strict=True):
        name, group = mention.key, mention.group
        count = counts(name, 0)
        key: Any = (
            side, group, min(count, 7), count == most, best, min(subjects(name, 0), 2), min(given(name, 0), 3),
            name in headline,
        )
        if (part := standing.get(key)) is None:
            part = standing[key] = scales.weigh(_standing_seen(*key))
        weight += part
        key = (side, group, mention.noun, kind, name in longer)
        if (part := standing.get(key)) is None:
            part = standing[key] = scales.weigh(_suited(*key))
        weight += part
        if previous is not None:
            as_before = (
                "same" if previous.key == name
                else "" if previous.tokens.isdisjoint(mention.tokens)
                else "longer" if len(previous.key) < len(name) else "shorter"
            )
            key = (side, group, as_before, order, fresh, best, name == sentence_before)
            if (part := followed.get(key)) is None:
                part = followed[key] = scales.weigh(_following(*key))
            weight += part
        if (own := mention.own) is None:
            first, last, before, after = mention.beside
            by_first, by_last, by_before, by_after = scales.words[group]
            own = mention.own = (
                by_first.get(first, none) + by_last.get(last, none) + by_before.get(before, none)
                + by_after.get(after, none) + scales.whole.get(name, none)
            )
        weighed.append((mention, weight + own))
    return weighed


def _standing_seen(
    side: str, group: str, count: int, most: bool, best: str, subjects: int, given: int, headline: bool
) -> tuple[str, ...]:
    seen = [f"{side} named {_FEW[count]} {group}", f"{side} given {given}"]
    if most:
        seen.append(f"{side} named most {group} {best}")
    if subjects:
        seen.append(f"{side} subject {subjects} {group}")
    if headline:
        seen += [f"{side} headline {group}", f"{side} headline {best}"]
    return tuple(seen)


def _suited(side: str, group: str, noun: str, kind: str, longer: bool) -> tuple[str, ...]:
    seen = (f"{side} {kind} {noun}",)
    return (*seen, f"{side} part {group} {noun}") if longer else seen


def _following(
    side: str, group: str, as_before: str, order: int, fresh: bool, best: str, sentence_before: bool
) -> tuple[str, ...]:
    if as_before == "same":
        seen = [
            f"{side} same order {order} fresh {fresh:d}", f"{side} same {best}", f"{side} same {group} order {order}"
        ]
    else:
        seen = [f"{side} {as_before or 'other'} {group} order {order}"]
    if sentence_before:
        seen.append(f"{side} sentence before {group} {best}")
    return tuple(seen)
