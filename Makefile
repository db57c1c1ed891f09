# Every target makes .venv and installs on first use; needs only Python 3.11 or newer with pip.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test test-slow test-all lint format scan bench clean

run: $(READY)
	$(BIN)/vanphong run

# The packaged model is prepared once for all runs of the tests.
export VANPHONG_TEST_MODELS_DIR ?= $(CURDIR)/$(VENV)/test-models

# One process a core; a process that is done takes over tests of the others.
test: $(READY)
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal -m "not slow"

# These kill processes or measure time: nothing may run beside them.
test-slow: $(READY)
	$(BIN)/python -m pytest -m slow

test-all: test-slow test

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Its tools have an environment of their own: they are no part of the project.
scan:
	test -x $(VENV)-scan/bin/pip-audit || $(PYTHON) -m venv $(VENV)-scan
	$(VENV)-scan/bin/python -m pip install --quiet --disable-pip-version-check --no-compile pip-audit==2.10.1 detect-secrets==1.5.0
	$(VENV)-scan/bin/python .ci/scan.py

bench: $(READY)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.documents
	$(BIN)/python -m benchmarks.quizzes

# torch goes first, at its pinned version: where the pip configuration offers a CPU wheel of it, that
# one is taken, and nothing later pulls another build in. Python compiles a module at its first use,
# which most modules of the packages never see: that halves the time.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Can Python 3.11 tro len.")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --constraint constraints.txt --editable '.[dev]'
	touch $(READY)

clean:
	rm -rf $(VENV) $(VENV)-scan build *.egg-info .pytest_cache .mypy_cache .ruff_cache
