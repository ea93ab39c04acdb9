# Deskbell. `make run` opens the demonstration counter, `make test` is what CI runs.
# Needs python3 (3.11 or newer, with venv) and make; everything else comes with `make venv`.

PYTHON ?= python3
# Tests start the program some hundred times; without bytecode each start would compile it anew.
unexport PYTHONDONTWRITEBYTECODE
# Twice the cores of the machine that checks: a quarter of the time a test waits, for a flush or a server.
WORKERS ?= 4

BIN   := .venv/bin
STAMP := .venv/.stamp
CODE  := models devices receipts tui tests bench
# A folder that holds no Python file yet is no error.
TYPED := $(foreach folder,$(CODE),$(if $(shell find $(folder) -name '*.py' 2>/dev/null | head -1),$(folder)))

.PHONY: help venv run test lint types test-quick tested test-long bench pictures words manual lock wheel clean

help:
	@echo "make venv       the environment .venv with the command deskbell in it"
	@echo "make run        the demonstration counter"
	@echo "make test       lint, types, and every test that is not long"
	@echo "make test-long  the long tests: faults, power cuts, many counters"
	@echo "make bench      measures, and compares with the limits of docs/speed.md"
	@echo "make pictures   docs/pictures, from the running program"
	@echo "make manual     docs/*/keys.md, from the key map"
	@echo "make words      compiles the catalogues in receipts/locale"
	@echo "make lock       renews requirements/*.txt from pyproject.toml (needs uv and a network)"
	@echo "make wheel      dist/*.whl"
	@echo "make clean      removes what the others made"

venv: $(STAMP)

# Without hashes nothing is installed; with them, nothing else is. Bytecode is compiled here
# because an installation that cannot write it starts 0.3 s later each time.
$(STAMP): pyproject.toml requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Deskbell needs Python 3.11 or newer; say which with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { echo "This Python has no venv; on Debian: apt-get install python3-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	  --no-build-isolation --editable .
	-$(BIN)/python -m compileall -q -j 0 .venv/lib
	-$(BIN)/python -m compileall -q -j 0 $(wildcard models devices receipts tui)
	@touch $@

run: venv
	$(BIN)/deskbell --demo

test: lint types test-quick tested

lint: venv
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python -m tests.paragraphs $(TYPED)

types: venv
	$(BIN)/mypy $(TYPED)

# Tests that hold a terminal wait more than they work, and run after the others, seven at a time; those marked `alone` measure time
# and run last, one at a time.
test-quick: venv
	$(BIN)/python -m pytest -q -n $(WORKERS) -m "not long and not alone and not terminal"
	$(BIN)/python -m pytest -q -n 7 --dist worksteal -m "terminal and not long and not alone" $(AT_A_TERMINAL)
	$(BIN)/python -m pytest -q -m "alone and not long" $(ALONE) || test $$? = 5 # none

# A till flushes each sale to the disk; the stores of tests lie in memory, where there is room for them.
ifndef TMPDIR
ROOMY := $(shell test -w /dev/shm && df -Pk /dev/shm | awk 'NR == 2 && $$4 > 3000000 {print "/dev/shm"}')
ifneq ($(ROOMY),)
test-quick: export TMPDIR := $(ROOMY)
endif
endif

# Which tree passed: the name that git gives it, with what is not committed yet.
tested:
	@mkdir -p build
	@cp "$$(git rev-parse --git-path index)" build/index 2>/dev/null && \
	  GIT_INDEX_FILE=build/index git add -A && GIT_INDEX_FILE=build/index git write-tree \
	  >build/tested; rm -f build/index

test-long: venv
	$(BIN)/python -m pytest -q --timeout 5400 --hypothesis-profile search -m long
	$(BIN)/python -m pytest -q -n $(WORKERS) --hypothesis-profile search $(PROPERTIES)
	$(BIN)/python -m pytest -q -n $(WORKERS) --every-case -m "not long and not alone and not terminal" -k postgres
	$(BIN)/python -m pytest -q -n 3 --dist worksteal --every-case -m "terminal and not long and not alone" $(AT_A_TERMINAL) -k en

# Only these are read: to collect all tests costs more than some of them.
AT_A_TERMINAL = $(shell grep -rl "mark.terminal" tests --include="test_*.py")
ALONE = $(shell grep -rl "mark.alone" tests --include="test_*.py")

# Files with properties: the long run looks for new counter-examples.
PROPERTIES = $(shell grep -rl "^from hypothesis" tests --include="test_*.py")

bench: venv
	$(BIN)/python -m bench

pictures: venv
	$(BIN)/python -m tests.pictures docs/pictures

words: venv
	$(BIN)/python -m receipts.words compile

manual: venv
	$(BIN)/python -m tui.manual docs

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet
# `make lock UPGRADE=--upgrade` takes newer versions; plain `make lock` keeps what it can.
lock:
	$(LOCK) $(UPGRADE) --extra postgres --group dev --output-file requirements/dev.txt
	$(LOCK) --extra postgres --constraint requirements/dev.txt --output-file requirements/postgres.txt
	$(LOCK) --constraint requirements/dev.txt --output-file requirements/run.txt

wheel: venv
	$(BIN)/python -m hatchling build --target wheel

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis snapshot_report.html
	find . -name __pycache__ -prune -exec rm -rf {} +
