"""How a run shows itself: a bar in a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from flows.etl import Display
from flows.warehouse.stage import Batch, BatchCount

_LINE_EVERY = 10.0
"""Seconds between two lines of a log."""


class RunDisplay(Display):
    """Shows the step, and while batches are read how many of them, with what they held so far."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(file=sys.stderr, highlight=False)
        self.planned = self.read = self.articles = self.figures = self.checks = self.inconsistent = 0
        self._step = "starting"
        self._said = time.monotonic()
        self._bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=30), MofNCompleteColumn(),
            TextColumn("{task.fields[found]}"), TimeElapsedColumn(), TimeRemainingColumn(),
            console=self.console, transient=True, disable=not self.console.is_terminal,
        )
        self._task = self._bar.add_task(self._step, total=None, found="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def _say(self, line: str) -> None:
        if not self.console.is_terminal:
            self.console.print(line, soft_wrap=True)

    def step(self, name: str) -> None:
        self._step = name
        self._bar.update(self._task, description=name)
        self._say(name)

    def batch_planned(self, batch: Batch) -> None:
        self.planned += 1
        self._bar.update(self._task, total=self.planned)

    def batch_read(self, batch: Batch, count: BatchCount) -> None:
        self.read += 1
        self.articles += count.articles
        self.figures += count.figures
        self.checks += count.checks
        self.inconsistent += count.inconsistent
        found = f"{self.articles} articles, {self.figures} figures, {self.checks} checks"
        self._bar.update(self._task, completed=self.read, found=found)
        now = time.monotonic()
        if now >= self._said + _LINE_EVERY or self.read == self.planned:
            self._said = now
            self._say(f"reading: {self.read} of {self.planned} batches: {found}")
