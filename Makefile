# One place for every command; each target calls `setup` itself.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8501
BIN := $(VENV)/bin
GEODATA_VENV ?= .venv-geodata

.PHONY: setup setup-test run test lint bench geodata lock clean

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Corridor needs Python 3.11 or later; '$(PYTHON)' is older. Install it, or name one: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup-test: setup $(VENV)/.installed-test

$(VENV)/.installed-test: requirements-test.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@bash .ci/chromium
	@bash .ci/office
	@touch $@

run: setup
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The browser tests keep an event loop of their own running, so they come apart from the rest, and after it. A browser
# that did not answer in time is asked once more, and the summary says so; what answered wrongly is not.
test: lint
	$(BIN)/python -m pytest tests/unit tests/pages
	$(BIN)/python -m pytest tests/browser --reruns 1 --only-rerun TimeoutError -r R

bench: setup-test
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
