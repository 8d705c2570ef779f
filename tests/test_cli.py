"""The khopso command: exit status, messages, and what a person sees."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from newsdesk import BROKEN, HELD, ask, ingest, record, state, write_articles

from flows.cli import COMMANDS, run


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    warehouse = tmp_path / "w.duckdb"
    file = write_articles(tmp_path / "a.jsonl", record(1, HELD), record(2, BROKEN, title="Kết nạp đảng viên"))
    ingest(warehouse, file)
    monkeypatch.setenv("KHOPSO_WAREHOUSE", str(warehouse))
    return warehouse


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert f"Usage: khopso {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ingest"], "Missing argument 'PATH...'"),
        (["ingest", "khong/co"], "ingest: khong/co: is not there; name a file, a folder or an address"),
        (["ingest", ".", "--workers", "0"], "Invalid value for '--workers'"),
        (["ingest", ".", "--published-on", "hôm qua"], "Invalid value for '--published-on'"),
        (["show", "khong-co"], "show: khong-co: is no file, and there is no warehouse data/none.duckdb; name a file"),
        (["review", "--verdict", "fine"], "review: --verdict: needs a check or figure; list them with khopso review"),
        (["review", "abc"], "review: abc: no verdict given; add --verdict paper_erred|misread|fine"),
        (["review", "abc", "--verdict", "fine"], "data/none.duckdb: is not there; run `khopso ingest PATH` first"),
        (["nonsense"], "No such command 'nonsense'"),
    ],
)
def test_bad_usage_is_status_2_with_a_remedy_and_no_traceback(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KHOPSO_WAREHOUSE", "data/none.duckdb")
    assert run(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


def test_a_failed_run_is_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--warehouse", str(tmp_path / "none.duckdb")]) == 1
    assert "is not there; run `khopso ingest PATH` first" in capsys.readouterr().err


def test_an_error_nobody_foresaw_is_status_1_and_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("KHOPSO_TRACEBACK", raising=False)

    def breaks(_: Path) -> None:
        raise RuntimeError("đĩa hỏng\nvà còn nữa")

    monkeypatch.setattr("flows.warehouse.migrate.migrate", breaks)
    assert run(["init", "--warehouse", str(tmp_path / "w.duckdb")]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "error khopso: failed: RuntimeError: đĩa hỏng; set KHOPSO_TRACEBACK=1 to see where, and report it"
    ]


def test_init_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = ["init", "--warehouse", str(tmp_path / "x" / "w.duckdb")]
    assert run(target) == 0
    assert "created" in capsys.readouterr().out
    assert run(target) == 0
    assert "up to date" in capsys.readouterr().out


def test_show_tells_figures_and_checks_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bai.txt"
    file.write_text(f"Kết nạp đảng viên\n\n{BROKEN}\n", "utf-8")
    assert run(["show", str(file)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "341 / 600 = 56.83 % (stated 65.8 %)" in out
    assert "inconsistent ratio" in out
    assert "240 ha" in out


def test_show_writes_json_with_the_names_of_the_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_articles(tmp_path / "a.jsonl", record(1, HELD), record(2, BROKEN))
    assert run(["show", str(file), "--id", "bai-2", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["article"]["external_id"] == "bai-2"
    [percent] = [one for one in found["figures"] if one["kind"] == "percent"]
    assert (percent["value"], percent["resolution"], percent["unit"]) == (65.8, 0.1, "%")
    [ratio] = [one for one in found["checks"] if one["kind"] == "ratio"]
    assert ratio["verdict"] == "inconsistent"
    assert len(ratio["operands"]) == 2


def test_show_finds_an_article_of_the_warehouse_by_either_id_and_loads_nothing(
    loaded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(loaded)
    [(key,)] = ask(loaded, "SELECT article_id FROM articles WHERE external_id = 'bai-2'")
    for name in (key, "bai-2"):
        assert run(["show", name]) == 0
        assert "Kết nạp đảng viên" in capsys.readouterr().out
    assert run(["show", "bai-9"]) == 2
    assert state(loaded) == before


def test_show_of_what_is_no_text_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\x00\x01\x02" * 100)
    assert run(["show", str(file)]) == 1
    assert f"show: {file}" in capsys.readouterr().err.replace("error ", "")


def test_show_answers_in_under_a_second_and_imports_nothing_heavy(tmp_path: Path) -> None:
    file = tmp_path / "bai.txt"
    file.write_text(BROKEN, "utf-8")
    script = (
        "import sys; from flows.cli import run; status = run(['show', sys.argv[1]]);"
        "print({'prefect', 'pandas', 'great_expectations', 'duckdb', 'pyarrow'} & set(sys.modules));"
        "sys.exit(status)"
    )
    seconds = []
    for _ in range(3):
        started = time.monotonic()
        done = subprocess.run([sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=True)
        seconds.append(time.monotonic() - started)
        assert done.stdout.splitlines()[-1] == "set()"
    assert min(seconds) < 2, "a second on an idle machine; tests share theirs"


def test_review_lists_failed_checks_and_takes_a_verdict(loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review"]) == 0
    listed = capsys.readouterr().out
    [(key,)] = ask(loaded, "SELECT check_id FROM checks WHERE verdict = 'inconsistent' AND kind = 'ratio'")
    assert key in listed
    assert "in Kết nạp đảng viên" in listed
    assert run(["review", key, "--verdict", "paper_erred", "--note", "đúng là 56,8%", "--reviewer", "Lan"]) == 0
    assert ask(loaded, "SELECT check_id, figure_id, verdict, note, reviewer FROM reviews") == [
        (key, None, "paper_erred", "đúng là 56,8%", "Lan")
    ]
    capsys.readouterr()
    assert run(["review"]) == 0
    assert key not in capsys.readouterr().out
    assert run(["review", "--all"]) == 0
    assert "reviewed: paper_erred (đúng là 56,8%)" in capsys.readouterr().out


def test_review_takes_a_figure_and_refuses_what_is_not_there(loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [(key,)] = ask(loaded, "SELECT figure_id FROM figures WHERE surface = '240 ha'")
    assert run(["review", key, "--verdict", "misread"]) == 0
    assert run(["review", "0000000000000000-0000000000", "--verdict", "fine"]) == 2
    assert "is no check or figure of" in capsys.readouterr().err
    assert ask(loaded, "SELECT figure_id, subject FROM reviews") == [(key, "240 ha")]


@pytest.mark.usefixtures("prefect_engine")
def test_ingest_ends_with_a_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bai").mkdir()
    write_articles(tmp_path / "bai" / "a.jsonl", record(1, HELD), record(2, BROKEN))
    assert run(["ingest", "bai", "--workers", "1", "--warehouse", "w.duckdb", "--reports", "pages"]) == 0
    shown = capsys.readouterr()
    lines = {line.strip().split("  ")[0]: line.split() for line in shown.out.splitlines()}
    assert lines["articles read"][2] == lines["new"][1] == "2"
    assert int(lines["inconsistent"][1]) >= 1
    assert "warehouse w.duckdb" in shown.out
    assert "pages/index.html" in shown.out
    assert "pages/expectations/index.html" in shown.out
    assert "341 / 600 = 56.83 % (stated 65.8 %)" in shown.out
    assert "next      khopso review" in shown.out
    assert "reading: 1 of 1 batches: 2 articles" in shown.err
    assert run(["ingest", "bai", "--workers", "1", "--warehouse", "w.duckdb", "--reports", "pages"]) == 0
    assert "Nothing has changed" in capsys.readouterr().out
