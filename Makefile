# `make` alone lists the targets. Everything runs in .venv; nothing is written outside this folder.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ./data
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup ocr run demo test check lint types imports docs docs-check browser bench clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

# --no-deps: the lock is complete, so pip need not resolve again (an older pip cannot).
# --no-build-isolation: what builds the one source package (jieba) is locked with its hash as well.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes
$(VENV)/.run: requirements-build.txt requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) -r requirements-build.txt
	$(INSTALL) --no-build-isolation -r requirements.txt
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(INSTALL) --no-build-isolation -r requirements-dev.txt
	touch $@
$(VENV)/.ocr: $(VENV)/.run requirements-ocr.txt
	$(INSTALL) --no-build-isolation -r requirements-ocr.txt
	touch $@
$(VENV)/.bench: $(VENV)/.dev requirements-bench.txt
	$(INSTALL) --no-build-isolation -r requirements-bench.txt
	touch $@

setup: $(VENV)/.run  ## make .venv and install the locked dependencies

ocr: $(VENV)/.ocr  ## also install what reads the text of pictures and scans (200 MB)

demo: setup  ## load the samples if the data folder is empty, print one company's list
	$(BIN)/huiqi --data $(DATA) demo

run: demo  ## the same, then serve on 127.0.0.1:8000
	$(BIN)/huiqi --data $(DATA) serve --port $(PORT)

test: $(VENV)/.dev  ## the whole test suite
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports --no-cache

docs: $(VENV)/.dev  ## write the generated reference pages
	$(BIN)/python -m docs.generate

docs-check: $(VENV)/.dev
	$(BIN)/python -m docs.generate --check

check: lint types imports docs-check test  ## ruff, mypy, import-linter, generated docs up to date, tests

browser: $(VENV)/.dev  ## only the browser tests
	$(BIN)/python -m pytest -n 0 tests/browser

bench: $(VENV)/.bench  ## the benchmarks beside the peers, writes tables; SIZE=city, TEXTS=folder of .txt files
	$(BIN)/python -m bench $(if $(SIZE),--size $(SIZE))
	$(BIN)/python -m bench.bench_cut $(TEXTS)
	$(BIN)/python -m bench.bench_extract $(TEXTS)
	$(BIN)/python -m bench.bench_portal

clean:  ## remove .venv and caches; the data folder stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
