"""What a worker does: read one staged batch. Imports no Prefect, DuckDB or pandas, so that a worker starts fast."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from pathlib import Path
from types import TracebackType
from typing import Self

from flows.warehouse.find import find_all
from flows.warehouse.stage import Batch, BatchCount, count_batch, read_batch


def extract_batch(texts: Path, found: Path) -> BatchCount:
    """Read the batch in the file `texts` and write what was found to the file `found`."""
    return read_batch(texts, found, find_all)


def _end_with_parent() -> None:
    """A run that is killed takes its workers with it: a pool's own workers would wait for work for ever."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


class Workers:
    """Processes that read batches side by side; one worker reads in this process.

    Threads would share one core: reading is pure Python. A worker that dies (out of memory) breaks
    the pool for all batches in hand; the pool is made anew for their next attempt.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool: ProcessPoolExecutor | None = None
        self._guard = threading.Lock()

    def __enter__(self) -> Self:
        if self.count > 1:
            self._pool = self._new_pool()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=error is None, cancel_futures=True)

    def _new_pool(self) -> ProcessPoolExecutor:
        context = get_context("forkserver")
        context.set_forkserver_preload([__name__])
        return ProcessPoolExecutor(self.count, mp_context=context, initializer=_end_with_parent)

    def read(self, batch: Batch) -> BatchCount:
        """Read a batch, unless a run that died has finished it; may be called from several threads."""
        if batch.found.exists():
            return count_batch(batch.found)
        pool = self._pool
        if pool is None:
            return extract_batch(batch.texts, batch.found)
        try:
            return pool.submit(extract_batch, batch.texts, batch.found).result()
        except BrokenProcessPool:
            with self._guard:
                if self._pool is pool:
                    self._pool = self._new_pool()
            raise
