"""The layout of the project: what may import what, what a wheel holds, what the locks hold."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent


def test_imports_go_down_only() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("room", ["checks", "sources"])
def test_no_rule_imports_another(room: str) -> None:
    package = f"flows.{room}"
    graph = grimp.build_graph("flows")
    shared = {"flows.sources.inputs", "flows.sources.rejects", "flows.sources.records", "flows.sources.decoding"}
    rules = {name for name in graph.find_children(package) if not graph.find_children(name)} - shared
    assert rules
    crossings = {(rule, other) for rule in rules for other in graph.find_modules_directly_imported_by(rule) & rules}
    assert crossings == set()


def test_the_library_loads_nothing_heavy() -> None:
    script = (
        "import sys, flows; flows.find_figures, flows.find_checks, flows.find_periods, flows.parse_numeral;"
        "print({'prefect', 'pandas', 'duckdb', 'pyarrow', 'great_expectations'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lock = (ROOT / name).read_text("utf-8")
        assert "://" not in lock
        pins = re.findall(r"^[a-z0-9][^\s=]*==", lock, re.MULTILINE)
        assert len(pins) > 50
        assert len(re.findall(r"==[^\n]+\\\n    --hash=sha256:", lock)) == len(pins)


def test_a_wheel_holds_seeds_schemas_and_the_pages(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, capture_output=True, check=True, env={**os.environ, "PYTHONPATH": ""},
    )
    [wheel] = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"flows/_seeds/{file.name}" for file in (ROOT / "seeds").glob("*.csv")}
    wanted |= {f"flows/_schemas/{file.relative_to(ROOT / 'schemas')}" for file in (ROOT / "schemas").rglob("*.sql")}
    wanted |= {"flows/quality/offline.css", "flows/cli.py"}
    wanted |= {str(file.relative_to(ROOT)) for file in (ROOT / "flows" / "reports" / "templates").iterdir()}
    assert wanted - held == set()
    assert not any(name.startswith(("tests/", "data/")) for name in held)


@pytest.mark.parametrize("folder", ["flows", "tests", "benchmarks"])
def test_modules_stay_short(folder: str) -> None:
    long = {str(file.relative_to(ROOT)): count for file in (ROOT / folder).rglob("*.py")
            if (count := len(file.read_text("utf-8").splitlines())) > 500}
    assert long == {}
