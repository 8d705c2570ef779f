"""Who: the organisation, place, person or thing that a figure is about.

The phrases of the sentence (`flows.figures.mentions`) and those of the sentences before are the candidates. What each
is, how it stands in its clause and towards the figure, what else the clause offers, how often the article names it and
whom the figures before are about speak for it or against it, with the weights of `seeds/who_evidence.csv`. Of the
candidates the one is taken that is expected to share most words with what a reader would say; where it is a mere noun
that a name has begun with before, the name is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import exp

from flows.figures.candidates import candidates_for
from flows.figures.cast import Cast
from flows.figures.mentions import Mention
from flows.figures.names import SURNAMES, words_of
from flows.figures.outlook import look_out
from flows.figures.who_evidence import seed_scales
from flows.model import Figure

_KNOWN = re.compile(r" (?<=[a-zà-ỹđ] )([A-ZĐÀ-Ỹ][^\W_]+)")
_FULL_NAME = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(word.title() for word in SURNAMES | words_of('family name')))})"
    r"(?: [A-ZĐÀ-Ỹ][a-zà-ỹ]+){0,2} ([A-ZĐÀ-Ỹ][a-zà-ỹ]+)(?!\w)"
)
_MOST_COMPARED = 6
_MOST_RECENT = 10
_RESUMING = frozenset(("people", "body", "site", "goods", "undertaking"))
_CLOSE = 1e-9
"""Above what adding floats in another order may change."""


@dataclass(slots=True)
class KnownNames:
    """The words that stand capitalised inside a sentence of `text`: there they are names. Few articles are asked."""

    text: str
    words: frozenset[str] | None = None
    persons: frozenset[str] | None = None

    def __contains__(self, word: object) -> bool:
        if self.words is None:
            self.words = frozenset(_KNOWN.findall(self.text))
        return word in self.words

    @property
    def given(self) -> frozenset[str]:
        """The last words of the full names of persons: "Tiến" of "Vũ Văn Tiến"."""
        if self.persons is None:
            self.persons = frozenset(_FULL_NAME.findall(self.text))
        return self.persons


def choose(weighed: list[tuple[Mention, int]]) -> Mention | None:
    """The candidate that is expected to share most words with the right one; none where little speaks for a noun.

    What shares nothing with the heaviest is expected to share half the chances of the others at most.
    """
    if not weighed:
        return None
    weighed = sorted(weighed, key=_weight, reverse=True)[:_MOST_COMPARED]
    heaviest, weight = weighed[0]
    chances = [(mention.tokens, exp((less - weight) / 1000)) for mention, less in weighed]
    best, most = weighed[0], _share(heaviest.tokens, chances)
    others = sum([chance for _, chance in chances[1:]])
    for item in weighed[1:]:
        tokens = item[0].tokens
        if others / 2 < most - _CLOSE and tokens.isdisjoint(heaviest.tokens):
            continue
        if (share := _share(tokens, chances)) > most:
            best, most = item, share
    return None if best[1] < 0 and best[0].look.group == "common" else best[0]


def _share(tokens: frozenset[str], chances: list[tuple[frozenset[str], float]]) -> float:
    """What `tokens` are expected to share with the right answer: half their token F1 with each, by its chance."""
    size, share = len(tokens), 0.0
    for other, chance in chances:
        if common := len(tokens & other):
            share += chance * common / (size + len(other))
    return share


def _weight(item: tuple[Mention, int]) -> int:
    return item[1]


def set_who(text: str, figures: list[Figure], here: list[Mention], cast: Cast, scene: int) -> None:
    """Fills `who` of the figures of one sentence."""
    scales = seed_scales()
    others = [(figure.char_start, figure.char_end) for figure in figures]
    since = 0
    for order, figure in enumerate(figures):
        outlook = look_out(figure, here, order, since)
        chosen = choose(candidates_for(scales, text, outlook, others, cast, scene))
        since = figure.char_end
        if chosen is not None:
            cast.previous = chosen = named_before(chosen, cast)
            figure.who = _closed(chosen.words)
            cast.given[chosen.key] = cast.given.get(chosen.key, 0) + 1
    cast.before = cast.previous


def _closed(words: str) -> str:
    """With the bracket closed that the words open: a name ends with its short form, "Tập đoàn Than (TKV)"."""
    return f"{words})" if words.count("(") > words.count(")") else words


def named_before(chosen: Mention, cast: Cast) -> Mention:
    """The name of an earlier sentence that a mere noun resumes, else the phrase itself: "ngân hàng" of a bank."""
    if chosen.look.sort != "actor" or chosen.look.noun not in _RESUMING or chosen.key not in cast.longer:
        return chosen
    begin = chosen.key + " "
    for mention in reversed(cast.recent):
        if mention.look.group != "common" and mention.key.startswith(begin):
            return mention
    return chosen


def count_names(mentions: list[Mention], cast: Cast, scene: int) -> None:
    """Adds to how often each name of the article stands in it."""
    counts = cast.counts
    for mention in mentions:
        count = counts[mention.key] = counts.get(mention.key, 0) + 1
        if count > cast.most:
            cast.most = count
        look = mention.look
        if look.is_subject:
            cast.subjects[mention.key] = cast.subjects.get(mention.key, 0) + 1
        if look.sort in ("name", "headed") and count == 1:
            _add_parts(mention.key, cast.longer)
            cast.named.append(mention)
    if not scene:
        cast.headline.update([mention.key for mention in mentions])


def _add_parts(key: str, longer: set[str]) -> None:
    """Adds the first words and the last words of `key`."""
    space = key.find(" ")
    while space >= 0:
        longer.add(key[:space])
        longer.add(key[space + 1 :])
        space = key.find(" ", space + 1)


def carry(here: list[Mention], cast: Cast) -> None:
    """What this sentence leaves for the next: the last phrases, and of earlier ones the headline's and the answers."""
    if not here and len(cast.recent) <= 2 * _MOST_RECENT:
        return
    keys = {mention.key for mention in here}
    recent = [mention for mention in cast.recent if mention.key not in keys]
    if len(recent) > 2 * _MOST_RECENT:
        earlier = [
            mention
            for mention in recent[:-_MOST_RECENT]
            if mention.key in cast.headline or mention.key in cast.given
        ]
        recent = earlier[-_MOST_RECENT:] + recent[-_MOST_RECENT:]
    cast.recent = recent + [mention for mention in here if mention.look.is_carried]
