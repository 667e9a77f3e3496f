# Every target is one line over the command line; `make` prints them. SUITE names the benchmark.
PYTHON ?= python3
SUITE ?= start
BIN := .venv/bin
READY := .venv/.ready
LOCK := --quiet --universal --all-extras --group dev --python-version 3.11 --generate-hashes --no-header --upgrade
export OMP_NUM_THREADS ?= 1
FORECAST := $(BIN)/forecast

.DEFAULT_GOAL := help
.PHONY: help setup report run backtest claims schedule test quick check fix bench atlas lock clean

help:  ## print these targets
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /\1|/' | while IFS='|' read -r name text; do printf '  make %-9s %s\n' "$$name" "$$text"; done

setup: $(READY)  ## create the environment in .venv from the hashed lock

$(READY): requirements/all.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; set PYTHON=path")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/all.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

report: $(READY)  ## build the reports from the shipped evidence, in both languages and every format
	@$(FORECAST) report build --lang en,zh --format html,pdf,xlsx,md

run: $(READY)  ## forecast offshore execution to 2030
	@$(FORECAST) run cn.offshore.execution.usd --to 2030

backtest: $(READY)  ## score the models on earlier origins
	@$(FORECAST) backtest cn.offshore.execution.usd

claims: $(READY)  ## list the published claims and check the growth claim
	@$(FORECAST) claim list && $(FORECAST) claim check C02

schedule: $(READY)  ## print what the schedule would run
	@$(FORECAST) report due --dry-run

test: check  ## check, then every test
	@$(BIN)/python -m pytest -n auto

quick: $(READY)  ## the tests without the slow ones
	@$(BIN)/python -m pytest -m 'not slow'

check: $(READY)  ## lint, layers, types
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet . && $(BIN)/lint-imports --no-logo >/dev/null && $(BIN)/mypy

fix: $(READY)  ## format, mend what lint can, renew generated tables
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix . && $(BIN)/python -m forecast.cli.documentation

bench: $(READY) $(if $(filter speed scale accuracy growth,$(SUITE)),.bench-venv/.ready)  ## print a benchmark: make bench SUITE=start
	@$(FORECAST) bench $(SUITE)

.bench-venv/.ready: requirements/bench.lock $(READY)
	@$(PYTHON) -m venv .bench-venv
	@.bench-venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.lock
	@touch $@

atlas: $(READY)  ## learn the shipped tables anew: error atlas, growth, how far models are apart
	@$(BIN)/python -m forecast.calibration
	@$(BIN)/python -m forecast.calibration.growth
	@$(BIN)/python -m forecast.calibration.ranking

lock: $(READY)  ## renew the hashed locks from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml $(LOCK) --output-file requirements/all.lock
	@$(BIN)/uv pip compile pyproject.toml requirements/bench.in $(LOCK) --output-file requirements/bench.lock

clean:  ## remove the environment and everything built
	rm -rf .venv .bench-venv build dist
