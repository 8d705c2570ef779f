"""`khopso serve`: register the deployments and run them on their schedules."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click

from flows.commands.options import terminal, warehouse_option
from flows.errors import KhopsoError

_START_SECONDS = 120


@click.command("serve")
@click.option("--inbox", type=click.Path(path_type=Path, file_okay=False), default="data/inbox", show_default=True,
              help="The folder that is read.")
@click.option("--every", type=click.FloatRange(min=0.1), default=15, show_default=True, metavar="MINUTES",
              help="How often the inbox is read.")
@click.option("--report-cron", default="0 6 * * *", show_default=True, help="When the reports are written anew.")
@click.option("--port", type=click.IntRange(1, 65535), default=4200, show_default=True,
              help="Where the Prefect server listens if this command has to start one.")
@warehouse_option
def command(inbox: Path, every: float, report_cron: str, port: int, warehouse: Path) -> None:
    """Read the inbox and write the reports on a schedule, until stopped with Ctrl+C.

    Uses the Prefect server that PREFECT_API_URL names, or starts one: schedules need a server that stays.
    """
    inbox.mkdir(parents=True, exist_ok=True)
    with _server(port) as address:
        from flows.etl import serve_on_schedules  # Prefect reads PREFECT_API_URL when it is imported

        out = terminal()
        out.print(f"{inbox} is read every {every:g} minutes into {warehouse}; runs: {address}", soft_wrap=True)
        serve_on_schedules(inbox, warehouse, timedelta(minutes=every), report_cron)


@contextmanager
def _server(port: int) -> Iterator[str]:
    """The address of the pages of a Prefect server: the one that is configured, or one that ends with this block."""
    configured = os.environ.get("PREFECT_API_URL")
    if configured:
        yield configured.removesuffix("/api")
        return
    address = f"http://127.0.0.1:{port}"
    quiet = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "PREFECT_LOGGING_SERVER_LEVEL": "ERROR"}
    server = subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
        env={**quiet, **os.environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, address)
        os.environ["PREFECT_API_URL"] = f"{address}/api"
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urlopen(f"{address}/api/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.5)
    raise KhopsoError(
        f"serve: {address}: the Prefect server does not start; is the port taken? Name another with --port, "
        "or a running server with PREFECT_API_URL"
    )
