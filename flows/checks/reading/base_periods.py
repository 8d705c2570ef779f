"""The base of a change by its period: the level that a neighbouring sentence dates to what the change is compared with.

"Năm 2021 dự kiến lợi nhuận 1.973 tỷ đồng, tăng 44 % so với năm trước. Năm 2020, công ty lãi 1.368 tỷ đồng" → 1.368 tỷ.
"""

from __future__ import annotations

import re
from datetime import date

from flows.checks.reading.article import Reading, is_level
from flows.model import Figure

_THAN = re.compile(r"\A\s*so với (?P<words>[^,;.()\d]{0,60}?)(?:(?:của )?năm (?P<year>(?:19|20)\d\d)(?!\d)|\Z|[,;.()])")
_LEAST_SHARED = 2


def base_by_period(reading: Reading, i: int, new: int) -> tuple[int, bool] | None:
    """The base of the percentage at `i`, whose level is `new`, and whether its words call it the same measure.

    None where no figure of the very unit is dated to the base period in this sentence or beside it, or several are.
    """
    figures = reading.figures
    period = _base_period(reading, i)
    if period is None or not reading.same_sentence(new, i):
        return None
    found = [
        k
        for k in (*reading.backwards(i), *reading.onwards(i, 1))
        if k != new and _is_dated(figures[k], figures[new], period)
    ]
    if len(found) != 1:
        return None
    base = found[0]
    told = _than_words(reading, i)
    shared = _words(figures[base]) & (_words(figures[new]) | set(told))
    if len(shared) < _LEAST_SHARED or _of_others(figures[new], figures[base]):
        return None
    return base, _called_alike(figures[new], figures[base], told)


def _base_period(reading: Reading, i: int) -> tuple[date, date] | None:
    start, end = reading.figures[i].base_start, reading.figures[i].base_end
    if start is not None and end is not None:
        return start, end
    found = _THAN.match(reading.after(i))
    if found is None or found["year"] is None:
        return None
    return date(int(found["year"]), 1, 1), date(int(found["year"]), 12, 31)


def _is_dated(level: Figure, new: Figure, period: tuple[date, date]) -> bool:
    dated = level.period_source == "printed" and (level.period_start, level.period_end) == period
    return dated and is_level(level) and level.unit == new.unit and level.value is not None and level.direction is None


def _than_words(reading: Reading, i: int) -> list[str]:
    found = _THAN.match(reading.after(i))
    return [] if found is None else found["words"].split()


def _words(figure: Figure) -> set[str]:
    return set((figure.what or "").lower().split())


def _of_others(new: Figure, base: Figure) -> bool:
    return new.who is not None and base.who is not None and new.who != base.who


def _called_alike(new: Figure, base: Figure, told: list[str]) -> bool:
    """Whether two levels are of one indicator, or one is called as the other or as the words behind "so với" say."""
    if new.indicator_id is not None and base.indicator_id is not None:
        return new.indicator_id == base.indicator_id
    a, b = _words(new), _words(base)
    if len(told) >= _LEAST_SHARED and " ".join(told[:_LEAST_SHARED]) in (base.what or "").lower():
        return True
    return a <= b or b <= a
