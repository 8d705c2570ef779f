"""Telling linear from quadratic time on a machine that others use too."""

from __future__ import annotations

from collections.abc import Callable

TRIES = 4


def assert_linear(seconds: Callable[[int], float], small: int, large: int, floor: float) -> None:
    """Fail where reading `large` characters takes over twice its share of the time for `small` ones, each time.

    `seconds` measures one size; below `floor` seconds any reading passes. The least of several readings counts: a busy
    machine disturbs one now and then, quadratic time shows in each.
    """
    measured: list[tuple[float, float]] = []
    for _ in range(TRIES):
        measured.append((seconds(small), seconds(large)))
        least_small, least_large = (min(column) for column in zip(*measured, strict=True))
        if least_large < max(floor, 2 * large / small * least_small):
            return
    raise AssertionError(f"seconds for {small} and {large}: {measured}")
