"""Rules as Great Expectations suites, run on a frame of the staged rows in a context that leaves nothing behind.

Frames are bounded: of a table with more rows a sample is taken that is the same for the same rows; what must
hold for every single row is a query (see `queries`).
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import KhopsoError
from flows.quality.outcome import SEVERITIES, Outcome
from flows.warehouse.connect import Connection

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext

SAMPLE_ROWS = 20_000

FRAMES = {
    "articles": "SELECT * EXCLUDE (text), length(text) AS characters, year(published_at) AS published_year, "
                "article_id AS sample_key FROM staged_articles",
    "figures": "SELECT * REPLACE (value::DOUBLE AS value, value_low::DOUBLE AS value_low, "
               "value_high::DOUBLE AS value_high, resolution::DOUBLE AS resolution), figure_id AS sample_key "
               "FROM staged_figures",
    "checks": "SELECT * REPLACE (stated_value::DOUBLE AS stated_value, computed_value::DOUBLE AS computed_value, "
              "computed_low::DOUBLE AS computed_low, computed_high::DOUBLE AS computed_high), "
              "check_id AS sample_key FROM staged_checks",
}
"""The frame of each table that has a suite: no texts, and floating point where pandas knows no decimals."""


def frame(connection: Connection, table: str, rows: int = SAMPLE_ROWS) -> pd.DataFrame:
    """The staged rows of a table, or a sample of `rows` of them chosen by a hash of their keys."""
    query = (
        f"SELECT * EXCLUDE (sample_key) FROM ({FRAMES[table]}) "
        f"ORDER BY hash(sample_key) LIMIT {rows}"
    )
    return connection.execute(query).df()


def read_suite(file: Path) -> dict[str, Any]:
    """A suite file; raises KhopsoError with file and remedy where it is not one."""
    try:
        suite = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise KhopsoError(f"schemas/expectations/{file.name}:{error.lineno}: {error.msg}; correct the JSON") from None
    if not isinstance(suite, dict) or suite.get("name") != file.stem or "expectations" not in suite:
        raise KhopsoError(f"schemas/expectations/{file.name}:1: has not name {file.stem!r} and expectations; add them")
    for number, expectation in enumerate(suite["expectations"], 1):
        if expectation.get("severity") not in SEVERITIES:
            raise KhopsoError(
                f"schemas/expectations/{file.name}: expectation {number}: severity is none of "
                f"{', '.join(SEVERITIES)}; write one"
            )
    return suite


@contextmanager
def _quiet_context() -> Iterator[EphemeralDataContext]:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    context.delete_data_docs_site("local_site")
    yield context


def suite_outcomes(connection: Connection, folder: Path, docs: Path | None) -> list[Outcome]:
    """Run every suite of the folder on its staged rows; build Data Docs into `docs` where given."""
    with _quiet_context() as context:
        results = [
            _run_suite(context, read_suite(file), frame(connection, file.stem))
            for file in sorted(folder.glob("*.json"))
        ]
        if docs is not None:
            _build_docs(context, docs)
    return [outcome for outcomes in results for outcome in outcomes]


def _run_suite(context: EphemeralDataContext, suite: dict[str, Any], rows: pd.DataFrame) -> list[Outcome]:
    import great_expectations as gx

    name = suite["name"]
    stored = context.suites.add(gx.ExpectationSuite(name=name, expectations=suite["expectations"]))
    asset = context.data_sources.add_pandas(name).add_dataframe_asset("staged")
    batch = asset.add_batch_definition_whole_dataframe(f"{len(rows)} rows")
    definition = context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batch, suite=stored))
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(
            name=name, validation_definitions=[definition], actions=[], result_format={"result_format": "SUMMARY"}
        )
    )
    run = checkpoint.run(batch_parameters={"dataframe": rows})
    return [_outcome(name, result) for validation in run.run_results.values() for result in validation.results]


def _outcome(table: str, result: Any) -> Outcome:
    config = result.expectation_config
    found = result.result or {}
    columns = [str(config.kwargs[key]) for key in ("column", "column_A", "column_B") if key in config.kwargs]
    note = str((config.meta or {}).get("notes", ""))
    if trouble := _trouble(result.exception_info):
        note = f"{note} Could not be evaluated: {trouble}"
    return Outcome(
        table,
        "_".join([config.type.removeprefix("expect_"), *columns]),
        str(config.severity.value),
        bool(result.success),
        note,
        int(found.get("unexpected_count") or 0),
        tuple(str(value) for value in found.get("partial_unexpected_list", [])[:5]),
    )


def _trouble(information: dict[str, Any]) -> str | None:
    """The message of an expectation that raised: Great Expectations gives one, or one for each of its metrics."""
    if information.get("raised_exception"):
        return str(information.get("exception_message"))
    for part in information.values():
        if isinstance(part, dict) and part.get("raised_exception"):
            return str(part.get("exception_message"))
    return None


def _build_docs(context: EphemeralDataContext, folder: Path) -> None:
    context.add_data_docs_site(
        "quality",
        {
            "class_name": "SiteBuilder",
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder.resolve())},
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        },
    )
    context.build_data_docs()
