# make demo   set up, index corpus/ and search it
# make tools  install what the tests need besides: LibreOffice, Chromium, strace, a Chinese font
# make test   set up and run the tests; names what is missing, and runs all others
# make lint   ruff; make types: mypy; make docs: write docs/commands.md and docs/api.md anew
# make catalogue   bring locale/zh.po up to date with the texts of the program, and compile it

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo tools test lint types docs catalogue clean

demo: $(VENV)/ready
	$(BIN)/reportsearch index corpus
	$(BIN)/reportsearch search 招商引资 --limit 3

tools:
	$(PYTHON) scripts/test_tools.py

# The tests start many processes; without bytecode each would compile the package anew.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/ready-test
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(VENV)/ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready-test
	$(BIN)/mypy

docs: $(VENV)/ready
	$(BIN)/python scripts/make_command_reference.py
	$(BIN)/python scripts/make_api_reference.py

catalogue: $(VENV)/ready-test
	$(BIN)/python -m scripts.update_catalogue

$(VENV)/ready: pyproject.toml hatch_build.py src/reportsearch/locale/zh.po
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed; set PYTHON=')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/ready-test: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

clean:
	rm -rf $(VENV)
