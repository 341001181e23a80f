# Everything runs in an environment of its own, .venv, which the first target that needs it makes.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
ENVIRONMENT := .venv/.complete

.PHONY: help demo test tools check format messages campaign fuzz bench wheel clean

help:  ## Show what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(ENVIRONMENT)  ## Run the main job on a bundled notice, in a scratch register
	@$(BIN)/directives demo

test: $(ENVIRONMENT) tools  ## Run every test but the long campaigns, and show the coverage
	$(BIN)/python -m pytest -m 'not campaign' --numprocesses 2 --dist loadscope --cov --cov-report=term

tools:  ## Install the programs that some tests drive, where this is a Debian and we may
	@sh tests/tools.sh

check: $(ENVIRONMENT)  ## Run the static checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(ENVIRONMENT)  ## Put the code in its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(ENVIRONMENT)  ## Bring the catalogues of messages up to date with the code, and compile them
	$(BIN)/python -m tests.language.messages

campaign: $(ENVIRONMENT)  ## Run the long campaigns: many kills, many random logs
	DIRECTIVES_CAMPAIGN=1 $(BIN)/python -m pytest -m campaign

fuzz: $(ENVIRONMENT)  ## Fuzz the readers by coverage, a minute for each format; SECONDS=600 for longer, SEED=1 for the same each time
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),60) --seed $(or $(SEED),0)

bench: $(ENVIRONMENT)  ## Measure ourselves, the peers and the raw limits in turn; SIZES=1000000, ONLY=start,append or BENCH=full
	@$(BIN)/python -c 'import aiosqlite, django, eventsource, psycopg_pool, simple_history' 2>/dev/null \
		|| if test -x $(BIN)/pip; then $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'; \
		else $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --editable '.[bench]'; fi
	$(BIN)/python -m tests.benchmarks

wheel: $(ENVIRONMENT)  ## Build the wheel, install it alone in a fresh environment, and run the demonstration from it
	rm -rf build/wheel && mkdir -p build/wheel
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir build/wheel .
	$(PYTHON) -m venv build/wheel/venv || $(BIN)/python -m venv build/wheel/venv
	$(BIN)/python -m pip --python build/wheel/venv/bin/python install --quiet build/wheel/*.whl
	cd build/wheel && venv/bin/directives demo >demo.txt && tail -n 3 demo.txt

clean:  ## Remove the environment and what was built
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

# A Debian Python without python3-venv can make an environment only without pip; then its own pip fills it from outside.
$(ENVIRONMENT): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, as python3 on the PATH or make PYTHON=…" >&2; exit 1; }
	@test -x $(BIN)/python -a -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv >/dev/null 2>&1 \
		|| $(PYTHON) -m venv --clear --without-pip .venv
	@if test -x $(BIN)/pip; then pip="$(BIN)/python -m pip"; else pip="$(PYTHON) -m pip --python $(BIN)/python"; fi; \
		$$pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
