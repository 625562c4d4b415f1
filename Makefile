# Needs Python 3.11 or later, make and git; everything else is installed below.
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := .uv/bin/uv
UV_VERSION := 0.13.9
BIN := .venv/bin

export VIRTUAL_ENV :=

.PHONY: help install demo test test-stacks coverage soak bench lint docs size

help: ## what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

install: $(BIN)/.installed ## every command into .venv/bin, from the lock file

$(UV):
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(BIN)/.installed: $(UV) uv.lock pyproject.toml */pyproject.toml
	$(UV) sync --locked --compile-bytecode --quiet --python $(PYTHON)
	@touch $@

demo: install ## the whole product on a sandbox org and an embedded PostgreSQL
	$(BIN)/python -m tests.demo

TEST_WORKERS ?= 3

test: install ## unit, integration and end-to-end tests; TESTS=tests/unit runs some
	$(BIN)/pytest -n $(TEST_WORKERS) --dist loadgroup --durations=10 $(TESTS)

test-stacks: install ## other people's stacks: targets, engines; installs them from PyPI
	$(BIN)/pytest -m stacks --durations=10 $(or $(TESTS),tests/stacks)

coverage: install ## which lines the unit and integration tests run, in subprocesses too
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto $(or $(TESTS),tests/unit tests/integration)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

bench: install ## this pair beside others and the limit: BENCH='--scale 0.05' looks quickly
	$(BIN)/python -m tests.bench $(BENCH)

SOAK_MINUTES ?= 10
SOAK_EXAMPLES ?= 10000
SOAK_SEED ?= $(shell date +%s)

soak: install ## kills everywhere, then histories for SOAK_MINUTES; SOAK_SEED does some again
	SOAK_MINUTES=$(SOAK_MINUTES) SOAK_EXAMPLES=$(SOAK_EXAMPLES) SOAK_SEED=$(SOAK_SEED) \
		$(BIN)/pytest -q -s tests/e2e/kills/test_sync.py tests/e2e/kills/test_ctrl_c.py \
		tests/e2e/security/test_secrets.py tests/integration/taskwho/promotion/test_volume.py \
		tests/e2e/test_histories.py

docs: install ## the pages that are written from the program
	$(BIN)/python -m tests.docs

size: install ## lines of product code; REV=f248733 puts those of a commit beside them
	$(BIN)/python -m tests.size $(if $(REV),--rev $(REV))

lint: install ## ruff, mypy, the layers, the layout of SQL, the generated pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --quiet --disable-progress-bar tests transforms
	$(BIN)/python -m tests.docs --check
