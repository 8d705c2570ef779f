"""The warehouse on real DuckDB files: schema, loading, idempotence, seeds."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import newsdesk
import pytest
from newsdesk import BROKEN, HELD, PLAIN, ask, ingest, record, state, write_articles

from flows.errors import SeedError, WarehouseBusy, WarehouseError
from flows.model import Check, Figure, Operand
from flows.warehouse import connect, migrate, reference, schemas, stage
from flows.warehouse.reviews import add_review
from flows.warehouse.rows import rows_of


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w.duckdb"


def fresh_connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for file in schemas.sql_files("tables"):
        connection.execute(file.read_text(encoding="utf-8"))
    return connection


# --- schema


def test_every_table_and_column_carries_a_comment_and_every_table_a_key() -> None:
    connection = fresh_connection()
    bare = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL "
        "UNION ALL SELECT table_name, NULL FROM duckdb_tables() WHERE comment IS NULL OR NOT has_primary_key"
    ).fetchall()
    assert bare == []


def test_every_table_file_begins_with_its_grain_and_is_named_as_its_table() -> None:
    connection = fresh_connection()
    tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    files = schemas.sql_files("tables")
    assert {file.stem for file in files} == tables
    assert [file.name for file in files if not file.read_text("utf-8").startswith("-- Grain: one row per ")] == []


def test_tables_hold_the_columns_of_the_contract() -> None:
    contract = {
        "articles": "article_id external_id source url title author published_at place text text_sha256 run_id "
                    "loaded_at",
        "figures": "figure_id article_id sentence_no char_start char_end surface kind value value_low value_high unit "
                   "qualifier direction resolution what who indicator_id place_id period_start period_end base_start "
                   "base_end run_id",
        "checks": "check_id article_id kind verdict stated_figure_id stated_value computed_value computed_low "
                  "computed_high formula explanation suggestion confidence run_id",
        "check_operands": "check_id position figure_id role",
        "rejects": "path reason message run_id",
        "runs": "run_id started_at finished_at articles_new figures checks",
        "reviews": "check_id figure_id verdict note",
    }
    connection = fresh_connection()
    for table, columns in contract.items():
        present = {row[0] for row in connection.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()}
        assert set(columns.split()) <= present, table


def test_staged_files_hold_the_columns_of_the_tables() -> None:
    connection = fresh_connection()
    for table, fields, added in (
        ("articles", stage.ARTICLE_FIELDS, {"extractor_version", "run_id", "loaded_at"}),
        ("figures", stage.FIGURE_FIELDS, {"run_id"}),
        ("checks", [field for field in stage.CHECK_FIELDS if field[0] != "operands"], {"run_id"}),
        ("check_operands", stage.OPERAND_FIELDS, {"check_id"}),
    ):
        columns = {row[0] for row in connection.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()}
        assert {name for name, _ in fields} | added == columns, table


def test_a_second_init_writes_nothing(warehouse: Path) -> None:
    assert migrate.migrate(warehouse).created
    before = warehouse.read_bytes()
    done = migrate.migrate(warehouse)
    assert (done.created, done.migrations, done.reference_tables) == (False, (), ())
    assert warehouse.read_bytes() == before


def test_reference_tables_and_marts_stand_after_init(warehouse: Path) -> None:
    migrate.migrate(warehouse)
    for table in ("indicators", "places", "sources"):
        assert ask(warehouse, f"SELECT count(*) FROM {table}")[0][0] > 10
    for view in ("trend_points", "trend_changes", "trend_conflicts"):
        assert ask(warehouse, f"SELECT * FROM {view}") == []


@pytest.fixture
def own_schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of schemas/ that a test may change, without marts."""
    folder = tmp_path / "schemas"
    shutil.copytree(schemas.schemas_folder(), folder)
    shutil.rmtree(folder / "marts")
    (folder / "marts").mkdir()
    (folder / "migrations").mkdir(exist_ok=True)
    monkeypatch.setattr(schemas, "schemas_folder", lambda: folder)
    return folder


def test_a_migration_is_applied_once_and_keeps_the_rows(tmp_path: Path, warehouse: Path, own_schemas: Path) -> None:
    ingest(warehouse, write_articles(tmp_path / "a.jsonl", record(1, HELD)))
    table = own_schemas / "tables" / "reviews.sql"
    table.write_text(table.read_text("utf-8").replace(
        "    reviewed_at TIMESTAMP NOT NULL,\n", "    reviewed_at TIMESTAMP NOT NULL,\n    desk VARCHAR,\n"
    ) + "COMMENT ON COLUMN reviews.desk IS 'Desk of the reviewer.';\n", "utf-8")
    (own_schemas / "migrations" / "9001_desk.sql").write_text("ALTER TABLE reviews ADD COLUMN desk VARCHAR;", "utf-8")
    assert migrate.migrate(warehouse).migrations == ("9001_desk",)
    assert migrate.migrate(warehouse).migrations == ()
    assert ask(warehouse, "SELECT desk FROM reviews") == []
    assert ask(warehouse, "SELECT count(*) FROM articles") == [(1,)]
    assert migrate.migrate(warehouse.with_name("new.duckdb")).created, "a new file has the column from its table"


def test_a_warehouse_from_before_period_source_is_brought_up(warehouse: Path, own_schemas: Path) -> None:
    table = own_schemas / "tables" / "figures.sql"
    migration = own_schemas / "migrations" / "0001_period_source.sql"
    now, step = table.read_text("utf-8"), migration.read_text("utf-8")
    table.write_text("".join(line for line in now.splitlines(True) if "period_source" not in line), "utf-8")
    migration.unlink()
    migrate.migrate(warehouse)
    table.write_text(now, "utf-8")
    migration.write_text(step, "utf-8")
    assert migrate.migrate(warehouse).migrations == ("0001_period_source",)
    assert ask(warehouse, "SELECT period_source FROM figures") == []


def test_a_changed_table_without_migration_is_refused_and_nothing_is_written(
    warehouse: Path, own_schemas: Path
) -> None:
    migrate.migrate(warehouse)
    before = warehouse.read_bytes()
    table = own_schemas / "tables" / "reviews.sql"
    table.write_text(table.read_text("utf-8").replace("    note ", "    remark ", 1).replace(
        "reviews.note", "reviews.remark"), "utf-8")
    with pytest.raises(WarehouseError):
        migrate.migrate(warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        assert connection.execute("SELECT note FROM reviews").fetchall() == []
    assert len(before) > 0


def test_a_warehouse_of_a_newer_version_is_refused(warehouse: Path, own_schemas: Path) -> None:
    file = own_schemas / "migrations" / "0007_later.sql"
    file.write_text("SELECT 1;", "utf-8")
    migrate.migrate(warehouse)
    file.unlink()
    with pytest.raises(WarehouseError, match="newer khopso .migration 7.; upgrade"):
        migrate.migrate(warehouse)


def test_another_database_and_another_file_are_refused(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("CREATE TABLE songs (name VARCHAR)")
    with pytest.raises(WarehouseError, match="holds tables of something else; name another file"):
        migrate.migrate(warehouse)
    text = warehouse.with_name("text.duckdb")
    text.write_text("không phải cơ sở dữ liệu " * 100, "utf-8")
    with pytest.raises(WarehouseError, match="is not a DuckDB file; name another"):
        migrate.migrate(text)


def test_a_file_that_is_open_elsewhere_is_waited_for_and_then_named(warehouse: Path) -> None:
    migrate.migrate(warehouse)
    script = f"import duckdb; c = duckdb.connect({str(warehouse)!r}); print(1, flush=True); input()"
    holder = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(WarehouseBusy, match=f"process {holder.pid} has it open; close it"), \
            connect.writing(warehouse, wait_seconds=0.2):
        pass
    holder.communicate("\n")
    with connect.writing(warehouse, wait_seconds=5) as connection:
        connection.execute("SELECT 1")


# --- reference tables


def seeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str, rows: str) -> Path:
    (tmp_path / "tables").mkdir()
    (tmp_path / "seeds").mkdir()
    for file in schemas.sql_files("tables"):
        if file.stem in ("seed_files", "schema_versions"):
            shutil.copy(file, tmp_path / "tables")
    (tmp_path / "tables" / "crops.sql").write_text(sql, "utf-8")
    (tmp_path / "seeds" / "crops.csv").write_text(rows, "utf-8")
    monkeypatch.setattr(reference, "sql_files", lambda part: sorted((tmp_path / part).glob("*.sql")))
    monkeypatch.setattr(reference, "seeds_folder", lambda: tmp_path / "seeds")
    return tmp_path


CROPS = """CREATE TABLE crops (name VARCHAR NOT NULL PRIMARY KEY, yield_t DECIMAL(18,4) CHECK (yield_t > 0),
                               words VARCHAR[], is_fruit BOOLEAN NOT NULL, since DATE);"""


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("lúa,1.000,,0,", 'seeds/crops.csv:3: yield_t "1.000" is not a decimal; write 1000'),
        ("lúa,2,,có,", 'seeds/crops.csv:3: is_fruit "có" is not a flag; write 1 or 0'),
        (",2,,0,", 'seeds/crops.csv:3: name "" is empty; every row needs it'),
        ("xoài,2,,0,", "seeds/crops.csv:3: name ('xoài',) stands in line 2 already; keep one of the two"),
        ("lúa,-2,,0,", 'seeds/crops.csv:3: row "lúa,-2,(),False," is refused'),
        ("lúa,2,,0", "seeds/crops.csv:3: has not 5 cells; quote a cell that holds a comma"),
    ],
)
def test_a_bad_seed_row_stops_with_file_line_value_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, message: str
) -> None:
    rows = f"name,yield_t,words,is_fruit,since\nxoài,1.5,quả|trái,1,2018-01-01\n{row}\n"
    folder = seeded(tmp_path, monkeypatch, CROPS, rows)
    connection = duckdb.connect()
    for file in sorted((folder / "tables").glob("*.sql")):
        connection.execute(file.read_text("utf-8"))
    with pytest.raises(SeedError) as caught:
        reference.load_reference(connection)
    assert str(caught.value).startswith(message)


def test_seed_rows_arrive_exactly_and_are_loaded_again_only_when_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "name,note,yield_t,words,is_fruit,since\nxoài,x,1.5,quả|trái,1,2018-01-01\nlúa,,,,0,\n"
    folder = seeded(tmp_path, monkeypatch, CROPS, rows)
    connection = duckdb.connect()
    for file in sorted((folder / "tables").glob("*.sql")):
        connection.execute(file.read_text("utf-8"))
    assert reference.load_reference(connection) == ["crops"]
    assert connection.execute("FROM crops ORDER BY name").fetchall() == [
        ("lúa", None, [], False, None), ("xoài", Decimal("1.5000"), ["quả", "trái"], True, date(2018, 1, 1)),
    ]
    assert reference.load_reference(connection) == []
    (folder / "seeds" / "crops.csv").write_text("name,yield_t,words,is_fruit,since\nna,2,,1,\n", "utf-8")
    assert reference.load_reference(connection) == ["crops"]
    assert connection.execute("SELECT name FROM crops").fetchall() == [("na",)]


# --- loading


def test_articles_figures_and_checks_arrive_and_lead_back_to_the_characters(tmp_path: Path, warehouse: Path) -> None:
    file = write_articles(tmp_path / "a.jsonl", record(1, HELD, title="Sơ kết", place="Hòa Giang"), record(2, BROKEN))
    run = ingest(warehouse, file)
    assert (run.articles_read, run.articles_new, run.articles_rejected, run.status) == (2, 2, 0, "published")
    assert ask(warehouse, "SELECT title, place, published_at, text_sha256 = sha256(text), run_id FROM articles "
                          "WHERE external_id = 'bai-1'") == [
        ("Sơ kết", "Hòa Giang", datetime(2018, 10, 8, 19, 46), True, run.run_id)
    ]
    assert ask(warehouse, "SELECT count(*) FROM figures JOIN articles USING (article_id) "
                          "WHERE text[char_start + 1 : char_end] <> surface") == [(0,)]
    verdicts = ask(warehouse, "SELECT external_id, kind, checks.verdict FROM checks JOIN articles USING (article_id) "
                              "WHERE kind IN ('ratio', 'sum') ORDER BY ALL")
    assert verdicts == [
        ("bai-1", "ratio", "consistent"), ("bai-1", "sum", "consistent"), ("bai-2", "ratio", "inconsistent"),
    ]
    assert ask(warehouse, "SELECT count(*) FROM check_operands ANTI JOIN figures USING (figure_id)") == [(0,)]
    assert run.figures == ask(warehouse, "SELECT count(*) FROM figures")[0][0] > 0


def test_the_same_input_again_is_left_unread_and_changes_no_row(tmp_path: Path, warehouse: Path) -> None:
    file = write_articles(tmp_path / "a.jsonl", record(1, HELD), record(2, BROKEN), '{"text": ')
    ingest(warehouse, file)
    before = state(warehouse)
    again = ingest(warehouse, file)
    assert (again.inputs_known, again.inputs_read, again.articles_unchanged, again.status) == (1, 0, 2, "unchanged")
    assert state(warehouse) == before
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    other = ingest(warehouse, packed)
    assert (other.inputs_read, other.articles_unchanged, other.articles_new) == (1, 2, 0)
    after = state(warehouse)
    assert {name: after[name] for name in ("articles", "figures", "checks", "check_operands")} == {
        name: before[name] for name in ("articles", "figures", "checks", "check_operands")
    }


def test_a_changed_article_replaces_its_own_rows_and_no_other(tmp_path: Path, warehouse: Path) -> None:
    file = write_articles(tmp_path / "a.jsonl", record(1, HELD), record(2, BROKEN), record(3, PLAIN))
    first = ingest(warehouse, file)
    others = (
        "SELECT t.* FROM {} AS t JOIN articles AS a USING (article_id) WHERE a.external_id <> 'bai-2' ORDER BY ALL"
    )
    before = [ask(warehouse, others.format(table)) for table in ("articles", "figures", "checks")]
    write_articles(file, record(1, HELD), record(2, BROKEN.replace("65,8%", "56,8%")), record(3, PLAIN))
    run = ingest(warehouse, file)
    assert (run.articles_changed, run.articles_unchanged, run.articles_new) == (1, 2, 0)
    assert [ask(warehouse, others.format(table)) for table in ("articles", "figures", "checks")] == before
    runs = "SELECT external_id, run_id FROM articles ORDER BY external_id"
    assert ask(warehouse, runs) == [("bai-1", first.run_id), ("bai-2", run.run_id), ("bai-3", first.run_id)]
    assert ask(warehouse, "SELECT count(*) FROM checks WHERE verdict = 'inconsistent' AND kind = 'ratio'") == [(0,)]


def test_of_copies_with_one_id_the_last_is_taken_and_the_other_signalled(tmp_path: Path, warehouse: Path) -> None:
    one = write_articles(tmp_path / "1.jsonl", record(1, HELD), record(2, PLAIN), record(2, PLAIN))
    two = write_articles(tmp_path / "2.jsonl", record(1, BROKEN))
    run = ingest(warehouse, one, two)
    assert (run.articles_read, run.articles_new, run.articles_unchanged, run.articles_rejected) == (4, 2, 1, 1)
    assert ask(warehouse, "SELECT text FROM articles WHERE external_id = 'bai-1'") == [(BROKEN,)]
    assert [row[0] for row in ask(warehouse, "SELECT reason FROM rejects")] == ["superseded"]


def test_of_copies_in_different_batches_the_last_is_taken(
    tmp_path: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.warehouse.ingest.BATCH_ARTICLES", 1)
    file = write_articles(tmp_path / "1.jsonl", record(1, HELD), record(2, PLAIN), record(1, BROKEN))
    run = ingest(warehouse, file)
    assert (run.batches, run.articles_new) == (3, 2)
    assert ask(warehouse, "SELECT text FROM articles WHERE external_id = 'bai-1'") == [(BROKEN,)]
    assert ask(warehouse, "SELECT count(*) FROM figures ANTI JOIN articles USING (article_id)") == [(0,)]


def test_what_cannot_be_read_is_rejected_with_a_reason_and_the_rest_goes_on(tmp_path: Path, warehouse: Path) -> None:
    file = write_articles(tmp_path / "a.jsonl", record(1, HELD), '{"id": "x", "text": ', '{"id": "y"}', '"chỉ là chữ"')
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\x00 gi\xe1 xang")
    (tmp_path / "c.txt").write_text("", "utf-8")
    run = ingest(warehouse, tmp_path / "a.jsonl", tmp_path / "b.txt", tmp_path / "c.txt")
    assert (run.articles_new, run.status) == (1, "published")
    rows = ask(warehouse, "SELECT path, line, reason, message FROM rejects ORDER BY ALL")
    assert len(rows) == run.rejects == run.articles_rejected == 5
    assert [row[1] for row in rows if row[0].endswith("a.jsonl")] == [2, 3, 4]
    assert all("; " in row[3] for row in rows)
    write_articles(file, record(1, HELD))
    ingest(warehouse, file)
    assert ask(warehouse, "SELECT count(*) FROM rejects") == [(2,)], "a mended file takes its rejects with it"


def test_an_article_the_rules_fail_on_is_rejected_and_keeps_the_rows_it_had(
    tmp_path: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_articles(tmp_path / "a.jsonl", record(1, HELD), record(2, PLAIN))
    ingest(warehouse, file)
    before = ask(warehouse, "SELECT * FROM figures ORDER BY ALL")
    whole = newsdesk.extract_batch.__globals__["find_all"]

    def fails(text: str, day: date | None, home: str | None) -> object:
        if "Phụ lục" in text:
            raise ZeroDivisionError("chia cho không")
        return whole(text, day, home)

    monkeypatch.setitem(newsdesk.extract_batch.__globals__, "find_all", fails)
    write_articles(file, record(1, HELD + " Phụ lục."), record(2, PLAIN))
    run = ingest(warehouse, file)
    assert (run.articles_changed, run.articles_rejected) == (1, 1)
    assert ask(warehouse, "SELECT * FROM figures ORDER BY ALL") == before
    [(reason, message)] = ask(warehouse, "SELECT reason, message FROM rejects")
    assert reason == "rules_failed"
    assert message.startswith("ZeroDivisionError: chia cho không; ")


def test_published_on_dates_articles_without_a_date_and_reads_them_again(tmp_path: Path, warehouse: Path) -> None:
    undated = record(1, "Hôm qua, 12 hộ nhận nhà.", published_at=None)
    file = write_articles(tmp_path / "a.jsonl", undated, record(2, PLAIN))
    ingest(warehouse, file)
    run = ingest(warehouse, file, published_on=date(2019, 5, 4))
    assert (run.inputs_read, run.articles_changed, run.articles_unchanged) == (1, 1, 1)
    assert ask(warehouse, "SELECT read_as_of, published_at FROM articles WHERE external_id = 'bai-1'") == [
        (date(2019, 5, 4), None)
    ]


def test_other_rules_read_the_same_input_again(
    tmp_path: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_articles(tmp_path / "a.jsonl", record(1, HELD))
    ingest(warehouse, file)
    monkeypatch.setattr("flows.warehouse.ingest.extractor_version", lambda: "000000000000")
    run = ingest(warehouse, file)
    assert (run.inputs_read, run.articles_changed) == (1, 1)


def test_an_exact_number_stays_exact(tmp_path: Path, warehouse: Path) -> None:
    text = "Dự án có vốn 14.600.123.456.789,5 đồng, tăng 0,1%."
    ingest(warehouse, write_articles(tmp_path / "a.jsonl", record(1, text)))
    assert (Decimal("14600123456789.5000000000"),) in ask(warehouse, "SELECT value FROM figures")


def test_a_figure_no_table_can_hold_is_left_out_with_its_checks_and_signalled() -> None:
    text = "9 và 8 và 7"
    good = Figure(0, 1, "9", "count", Decimal(9), "hộ")
    vast = Figure(5, 6, "8", "count", Decimal("1E+40"), "hộ")
    moved = Figure(9, 11, "7", "count", Decimal(7), "hộ")
    again = Figure(0, 1, "9", "count", Decimal(9), "hộ")
    check = Check("sum", "consistent", good, [Operand(vast, "part")], formula="8 = 9")
    rows = rows_of("a" * 16, text, [good, vast, moved, again], [check])
    assert [row["surface"] for row in rows.figures] == ["9"]
    assert rows.checks == []
    assert [problem.reason for problem in rows.problems] == ["figure_left_out"] * 3 + ["check_left_out"]


def test_ids_stay_when_the_article_is_read_again_and_a_review_with_them(tmp_path: Path, warehouse: Path) -> None:
    file = write_articles(tmp_path / "a.jsonl", record(1, BROKEN))
    ingest(warehouse, file)
    [(key, formula)] = ask(warehouse, "SELECT check_id, formula FROM checks WHERE verdict = 'inconsistent'")
    assert add_review(warehouse, key, "paper_erred", "đúng ra là 56,8%", "Lan") == formula
    write_articles(file, record(1, BROKEN + " Hết."))
    assert ingest(warehouse, file).articles_changed == 1
    reviewed = "SELECT r.verdict, r.note, r.subject = c.formula FROM reviews AS r JOIN checks AS c USING (check_id)"
    assert ask(warehouse, reviewed) == [("paper_erred", "đúng ra là 56,8%", True)]


def test_two_runs_do_not_load_into_one_warehouse_at_once(tmp_path: Path, warehouse: Path) -> None:
    file = write_articles(tmp_path / "a.jsonl", record(1, HELD))
    staging = stage.Staging(warehouse)
    with staging.locked(), pytest.raises(WarehouseBusy, match="another run is loading into it; wait"):
        ingest(warehouse, file)
    assert ingest(warehouse, file).articles_new == 1
