"""The weights of what speaks for a candidate, as data, and what is remembered of their sums.

Each observation that `seeds/who_evidence.csv` knows adds its weight in thousandths. Observations of one look are summed
once and remembered, as the same few looks come back all the time: in a table for what the figure sees, by a number for
what the candidate shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from flows.figures.mentions import GROUPS
from flows.figures.outlook import Outlook
from flows.seeds import read_seed

_MOST_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class WhoEvidence:
    """A row of `seeds/who_evidence.csv`: how much one observation speaks for a candidate, in thousandths."""

    KEY = ("observation",)

    observation: str
    weight: int


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
