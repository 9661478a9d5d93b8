# make run    sets itself up and serves the web form      make test   sets itself up and passes what is quick of the tests
# make check  style, types, layering, rules, scripts      make bench  prints every benchmark figure
# make test-all tries every property at its whole length  make test-random tries the properties with other examples each time
# make coverage counts the lines that make test runs
# make test-scripts tests the scripts of the web form, with Node.js
# .ci/run     make check, all tests, also in a browser, the wheel
# make bench-web measures the web form: one slow telephone, 50 people at once, memory over MINUTES=2
# make pictures  walks the journeys in a browser and puts six pictures of them into docs/pictures
# make mutate changes every rule in one place at a time and lists what no example and no scenario notices
# make certify proves everything of these rules and writes it to rules/certificate.json, which How this works shows
# make lock   writes the tested releases of requirements.txt, with hashes, into requirements/*.lock; make lock UPGRADE=--upgrade takes newer ones
# make messages brings the catalogues of translations up to date with the code
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
MINUTES ?= 2
TESTS ?= not browser
# PIP_OPTIONS=--no-compile installs in two thirds of the time, where what is installed is used once
INSTALL = $(BIN)/python -m pip install $(PIP_OPTIONS) --quiet --disable-pip-version-check --require-hashes --requirement
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" $(UPGRADE)
# of_scripts is a script of package.json; where Node.js is missing that is said, and with CI=true it is a failure
of_scripts = @if command -v npm >/dev/null; then { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent; } && npm run --silent $(1); \
	else echo "npm run $(1) was left out: Node.js is missing (on Debian: apt-get install nodejs npm)"; test "$$CI" != true; fi
PYTEST = $(BIN)/python -m pytest -n 2 --dist worksteal

.PHONY: run test test-all test-random test-scripts coverage check mutate certify bench bench-web book lock messages pictures clean
.DEFAULT_GOAL := run

$(VENV)/run.stamp: requirements/run.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }
	$(INSTALL) requirements/run.lock
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.lock
	$(INSTALL) requirements/dev.lock
	@touch $@

run: $(VENV)/run.stamp
	$(BIN)/python -m recommender serve --port $(PORT)

test: $(VENV)/dev.stamp
	$(PYTEST) -m "$(TESTS)"

test-all: $(VENV)/dev.stamp
	$(PYTEST) -m "$(TESTS)" --length whole

test-random: $(VENV)/dev.stamp
	$(PYTEST) -m "$(TESTS) and hypothesis" --length sampled --random

test-scripts:
	$(call of_scripts,test)

coverage: $(VENV)/dev.stamp
	$(PYTEST) -m "$(TESTS)" --cov --cov-report=
	$(BIN)/coverage report --skip-covered --fail-under=90

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(call of_scripts,check)
	$(BIN)/python -m recommender rules check
	$(BIN)/python -m recommender rules prove
	$(BIN)/python -m recommender rules mutate --minimum 98 --properties-minimum 90

mutate: $(VENV)/run.stamp
	$(BIN)/python -m recommender rules mutate --minimum 98 --properties-minimum 90

certify: $(VENV)/run.stamp
	$(BIN)/python -m recommender rules certify --output rules/certificate.json

bench: $(VENV)/run.stamp
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks.assess
	$(BIN)/python -m benchmarks.logic
	$(BIN)/python -m benchmarks.interview
	$(BIN)/python -m benchmarks.explain
	$(BIN)/python -m benchmarks.population
	$(BIN)/python -m benchmarks.records

bench-web: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.web browser soak --minutes $(MINUTES)
	$(BIN)/python -m benchmarks.web crowd --processes 2

book: $(VENV)/run.stamp
	$(BIN)/python -m recommender rules book --output docs/rulebook.md

lock: $(VENV)/dev.stamp
	$(LOCK) requirements.txt --output-file requirements/run.lock
	$(LOCK) requirements.txt requirements/dev.txt --constraint requirements/run.lock --output-file requirements/dev.lock

messages: $(VENV)/run.stamp
	$(BIN)/python -m recommender.languages

pictures: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -m browser tests/web/test_journeys_in_browser.py
	cp $(addprefix artefacts/journeys/,start-phone-light-top.png places-phone-light-top.png ordinary-phone-dark-top.png emergency-phone-dark-top.png changed-phone-dark-top.png both-desk-light-top.png) docs/pictures/

clean:
	rm -rf $(VENV) node_modules var artefacts .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info
