"""Records of matches: games won, drawn and lost are all the games played.

"thắng 2, hòa 1 và thua 3 ở 6 lần đối đầu", "5 trận thắng, 2 trận hòa và 3 trận thua sau 10 vòng đấu". Each number has
an outcome of its own right before or behind it, and the games stand beside the list. They are told as a sum only if
they make one: "thắng 5 trận, thua 3" of a season says nothing of the draws. What did not come ("không thắng 5 trận (hòa
3, thua 2)") is no outcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.checks.reading.article import Reading
from flows.checks.reading.list_words import any_of, list_words
from flows.checks.reading.partition import Breakdown, adds_up

_OUTCOMES = ("won", "drawn", "lost")
_NOT_DENIED = "(?<!không )(?<!chưa )(?<!bất )"
_BEFORE = {outcome: re.compile(rf"{_NOT_DENIED}{any_of(outcome)}[^,;.()\d]{{0,12}}\Z") for outcome in _OUTCOMES}
_BEHIND = {outcome: re.compile(rf"\A\s?{any_of(outcome)}") for outcome in _OUTCOMES}
_IN_NOUN = {outcome: re.compile(any_of(outcome)) for outcome in _OUTCOMES}
_GAMES = frozenset(list_words("game"))
_JOINT = 40
_FEWEST = 2


def records(reading: Reading) -> Iterator[Breakdown]:
    """The breakdowns of games into outcomes, in reading order."""
    k, count = 0, len(reading.figures)
    while k < count:
        run, told = [k], {outcome_of(reading, k)}
        while None not in told and run[-1] + 1 < count and _goes_on(reading, run[-1] + 1, told):
            run.append(run[-1] + 1)
            told.add(outcome_of(reading, run[-1]))
        if len(run) >= _FEWEST:
            yield from _of_games(reading, run)
        k = run[-1] + 1


def is_record(reading: Reading, figures: tuple[int, ...]) -> bool:
    """Whether each of `figures` has an outcome of its own, so that none of them is what the others make up."""
    outcomes = [outcome_of(reading, k) for k in figures]
    return None not in outcomes and len(set(outcomes)) == len(outcomes)


def outcome_of(reading: Reading, k: int) -> str | None:
    """What became of the games that figure `k` counts: `won`, `drawn`, `lost` or nothing that is said."""
    figure = reading.figures[k]
    if figure.kind != "count" or figure.value is None or figure.direction is not None:
        return None
    noun, behind = figure.unit.lower() if figure.unit_source == "printed" else "", reading.after(k)
    found = [outcome for outcome in _OUTCOMES if _IN_NOUN[outcome].search(noun) or _BEHIND[outcome].match(behind)]
    found = found or [outcome for outcome in _OUTCOMES if _BEFORE[outcome].search(reading.before(k))]
    return found[0] if len(found) == 1 else None


def _goes_on(reading: Reading, k: int, told: set[str | None]) -> bool:
    near = reading.same_sentence(k - 1, k) and len(reading.gap(k)) <= _JOINT
    return near and outcome_of(reading, k) not in (*told, None)


def _of_games(reading: Reading, run: list[int]) -> Iterator[Breakdown]:
    for total in (run[-1] + 1, run[0] - 1):
        if not 0 <= total < len(reading.figures) or not reading.same_sentence(total, run[0]):
            continue
        games = reading.figures[total]
        if games.kind == "count" and games.unit.lower().split(" ")[0] in _GAMES and outcome_of(reading, total) is None:
            if adds_up(reading, total, run, plainly=True):
                yield Breakdown(total, tuple(run), "record", True, True, 0.9)
            return
