# The menu. `make run` and `make test` need nothing but Python 3.11 and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= $(or $(FORANKRING_PORT),8501)
BIN = .venv/bin
DEMO = .store/demo

.DEFAULT_GOAL = help
.PHONY: help setup run test check format bench lock demo browser clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

# Each stamp is newer than the lock file it was installed from; a second run does nothing.
.venv/run.stamp: requirements.txt pyproject.toml
	@echo "Setter opp Forankring. Det tar omtrent et halvt minutt den første gangen."
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
	  || { echo "Forankring trenger Python 3.11. Sett PYTHON=/sti/til/python3.11."; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar on \
	  --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps \
	  --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar on \
	  --require-hashes --requirement requirements-dev.txt
	@touch $@

setup: .venv/run.stamp ## sets up what the dashboard needs

demo: .venv/run.stamp
	@$(BIN)/forankring demo $(DEMO)

run: .venv/run.stamp demo ## opens the dashboard on demo data; PORT=8501
	@FORANKRING_STORE=$(DEMO) FORANKRING_PORT=$(PORT) exec $(BIN)/forankring serve

# Three at once on two cores: a test in the browser waits for it a good part of its time. The files
# go out in the order of tests/conftest.py.
# What is compiled is kept, also where the machine says otherwise: the three share it, and so does
# every process that a test starts.
test: .venv/dev.stamp browser ## passes every test, those in the browser too
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: .venv/dev.stamp ## format, lint, types, SQL style
	$(BIN)/ruff format --check .
	$(BIN)/ruff check --no-cache .
	$(BIN)/mypy app.py data queries pages
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar data queries
	$(BIN)/python -m pytest -q tests/test_directions.py

format: .venv/dev.stamp ## writes Python and SQL in the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/sqlfluff fix --disable-progress-bar data queries

bench: .venv/dev.stamp browser ## prints the performance table
	$(BIN)/python tests/bench/table.py

# The lock holds hashes and no address; uv's own lock would hold addresses and is not kept.
lock: .venv/dev.stamp ## writes the lock files again, from pyproject.toml
	$(BIN)/uv lock --quiet --python $(BIN)/python
	$(BIN)/uv export --quiet --format requirements-txt --no-emit-project --no-header --no-annotate \
	  --no-default-groups --group setup --output-file requirements.txt > /dev/null
	$(BIN)/uv export --quiet --format requirements-txt --no-emit-project --no-header --no-annotate \
	  --all-groups --output-file requirements-dev.txt > /dev/null

browser:
	@command -v chromium > /dev/null || test -n "$$CHROMIUM" || { \
	  command -v apt-get > /dev/null && { \
	    test "$$(id -u)" = 0 && SUDO= || SUDO="sudo -n"; \
	    echo "Installerer Chromium for nettlesertestene."; \
	    $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends chromium \
	      > /dev/null; }; } \
	  || echo "Fant ikke Chromium. Installer pakken chromium, eller sett CHROMIUM=/sti/til/chromium."

clean: ## removes what setup and tests made; never a store
	rm -rf .venv .ruff_cache .mypy_cache .pytest_cache .hypothesis dist
