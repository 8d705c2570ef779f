# One command for each thing; everything runs in .venv. Needs python3 (3.11 or newer) and a package registry.

PYTHON ?= python3
WAREHOUSE ?= data/warehouse.duckdb
bin := .venv/bin

.DELETE_ON_ERROR:
.PHONY: help setup run test lint bench reports clean

help:  ## say what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: .venv/.ready  ## make .venv and install what a run needs (the locks are whole: nothing is left to resolve)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "make: $(PYTHON): is older than 3.11; install a newer one and run make PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv .venv

.venv/.ready: requirements.txt pyproject.toml | .venv/bin/python
	$(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	$(bin)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/.ready-dev: requirements-dev.txt .venv/.ready
	$(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

run: .venv/.ready  ## take the sample articles through the whole job
	$(bin)/khopso ingest data/sample --warehouse $(WAREHOUSE)

test: .venv/.ready-dev lint  ## lint and run all tests
	$(bin)/python -m pytest -q

lint: .venv/.ready-dev  ## ruff, mypy --strict, import rules
	$(bin)/ruff check .
	$(bin)/mypy
	$(bin)/lint-imports

bench: .venv/.ready-dev  ## measure speed, memory and start-up
	@for file in benchmarks/bench_*.py; do $(bin)/python $$file || exit 1; done

reports: .venv/.ready  ## write the report pages anew
	$(bin)/khopso report --warehouse $(WAREHOUSE)

clean:  ## remove everything that was made, but not your articles in data/inbox
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .benchmarks build dist
	rm -rf data/reports data/warehouse.duckdb data/warehouse.duckdb.*
	find flows tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
