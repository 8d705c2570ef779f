"""What all tests share: no analytics, and one Prefect engine for the session, as starting one takes seconds."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A busy machine is no failure: time is measured by tests/timing.py, never by how long one example takes.
settings.register_profile("khopso", deadline=None)
settings.load_profile("khopso")

_statuses: list[int] = []


def _leave() -> None:
    """End here, after every other exit handler: see flows.cli._leave."""
    if _statuses:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_statuses[0])


atexit.register(_leave)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    _statuses.append(int(exitstatus))


os.environ["GX_ANALYTICS_ENABLED"] = "false"
os.environ["DO_NOT_TRACK"] = "1"
os.environ.pop("KHOPSO_WAREHOUSE", None)


@pytest.fixture(scope="session")
def prefect_engine() -> Iterator[None]:
    """The real engine with a server and a database of its own."""
    from prefect.testing.utilities import prefect_test_harness

    import flows.etl  # noqa: F401 - sets what Prefect reads when it is imported

    with prefect_test_harness(server_startup_timeout=180):
        yield
