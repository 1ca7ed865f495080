# One place for every command; each target calls `setup` itself.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8501
BIN := $(VENV)/bin
GEODATA_VENV ?= .venv-geodata

.PHONY: setup setup-test programs peers run check test lint bench geodata lock clean

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Declaration Map needs Python 3.11 or later; '$(PYTHON)' is older. Install it, or name one: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup-test: setup $(VENV)/.installed-test

$(VENV)/.installed-test: requirements-test.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

# What the tests look at pages, slides and printed sheets with; each script ends at once where all of it is there.
programs:
	@bash .ci/chromium
	@bash .ci/office

# What the benchmarks are set beside and Debian brings; those in JavaScript they fetch themselves.
peers:
	@bash .ci/peers

run: setup
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# A test process for each core, which takes over tests from another that has more left than itself.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist worksteal --durations 20

# The browser tests keep an event loop of their own running, so they come apart from the rest, and after it.
test: lint programs
	$(PYTEST) tests/unit tests/pages
	$(PYTEST) tests/browser

check: lint
	$(PYTEST) tests/unit -m "not office and not slow"

bench: setup-test programs peers
	$(BIN)/python -m tests.bench

geodata:
	@test -x $(GEODATA_VENV)/bin/python || $(PYTHON) -m venv $(GEODATA_VENV)
	$(GEODATA_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r geodata/build/requirements.lock
	$(GEODATA_VENV)/bin/python -m geodata.build

# Needs `uv`; writes pins and hashes only, never an index address.
LOCK := uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11

lock:
	$(LOCK) pyproject.toml --group build -o requirements.lock
	$(LOCK) --group test -c requirements.lock -o requirements-test.lock

clean:
	rm -rf $(VENV) $(GEODATA_VENV) .cache build *.egg-info
