"""What README promises: its queries run as pasted and its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from newsdesk import ask, ingest

from flows.cli import COMMANDS, cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("readme") / "warehouse.duckdb"
    ingest(warehouse, ROOT / "data" / "sample")
    return warehouse


def test_there_are_five_queries() -> None:
    assert len(QUERIES) >= 5


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_every_query_runs_as_pasted_and_answers(sample: Path, query: str) -> None:
    assert ask(sample, query)


def test_every_command_it_names_exists_and_every_command_is_named() -> None:
    named = set(re.findall(r"khopso ([a-z]+)\b", README)) - {"reads"}
    assert named <= set(COMMANDS)
    assert set(COMMANDS) <= named


def test_every_option_it_names_exists() -> None:
    context = click.Context(cli)
    known = set(re.findall(r"--[a-z-]+", " ".join(
        option for name in COMMANDS for parameter in cli.get_command(context, name).params  # type: ignore[union-attr]
        for option in parameter.opts
    ))) | {"--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) <= known


def test_every_make_target_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", README, re.MULTILINE)):
        assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE), target
