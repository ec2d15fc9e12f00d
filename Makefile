# Two commands do everything, set-up included, in a fresh clone on a bare Debian with Python 3.11 and make:
#   make serve   build the guide and serve it with live reload
#   make test    every check and every test, a real browser among them

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
BIN := .venv/bin
# Debian 12 has Python 3.11.2. pymdown-extensions 13.1 asks for 3.11.5, but works: the tests run there too. Every version
# is pinned, so the flag changes nothing else.
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --ignore-requires-python -r
export NO_MKDOCS_2_WARNING = 1 # Material says at every build that MkDocs 2 will not suit it; our versions are pinned

.PHONY: serve build downloads check test clean

serve: .venv/site.installed
	@echo "The guide: http://$(ADDRESS)/"
	$(BIN)/mkdocs serve --quiet --dev-addr $(ADDRESS)

build: .venv/site.installed
	GUIDE_DOWNLOADS=1 SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || date +%s) $(BIN)/mkdocs build --strict --quiet

downloads: .venv/site.installed
	$(BIN)/python scripts/downloads.py

check: .venv/site.installed
	$(BIN)/python scripts/check.py

test: .venv/test.installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/actionlint .github/workflows/*.yml
	$(BIN)/zizmor --offline --quiet --pedantic --strict-collection .github
	$(BIN)/python scripts/check.py
	GUIDE_BROWSER="$$(cat .venv/test.installed)" $(BIN)/pytest

clean:
	rm -rf .venv site downloads .cache

# ---------------------------------------------------------------- Set-up, made again when the requirements change

.venv/bin/python:
	@$(PYTHON) -c "import sys; sys.version_info >= (3, 11) or sys.exit('Python 3.11 or newer is needed; this is ' + sys.version)"
	@$(PYTHON) -c "import ensurepip, venv" 2>/dev/null || scripts/apt.sh python3-venv
	$(PYTHON) -m venv .venv

.venv/site.installed: requirements.txt | .venv/bin/python
	$(INSTALL) requirements.txt
	touch $@

.venv/test.installed: requirements-dev.txt .venv/site.installed
	$(INSTALL) requirements-dev.txt
	scripts/office.sh
	scripts/browser.sh > $@.new && mv $@.new $@
