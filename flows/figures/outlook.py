"""What a figure sees of the phrases that might be meant: those before and behind it, and what its clause offers."""

from __future__ import annotations

from dataclasses import dataclass

from flows.figures.mentions import Mention
from flows.model import Figure

_PLACES = frozenset(("place", "site", "organisation"))


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
