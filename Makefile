# One word a task: `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := .make
JS := $(shell find js src/coldwar_lessons/book/theme/static -type f 2>/dev/null)
# Compiled bytecode makes imports, and so every notebook's start, twice as fast.
export UV_COMPILE_BYTECODE := 1
export UV_LINK_MODE := copy

.PHONY: help env browser postgres book lite site example teacher-book pdf epub zip dist test check lab serve lock clean lint format messages js screenshots bench nbgrader-demo

help: ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(STAMP)/env $(STAMP)/js ## Create .venv with everything in it

$(STAMP)/venv:
	@mkdir -p $(STAMP)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "coldwar-lessons needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Say which: make PYTHON=python3.12 …"; exit 2; }
	@echo "Creating $(VENV) …"
	@$(PYTHON) -m venv $(VENV) >$(STAMP)/venv.log 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -q >>$(STAMP)/venv.log 2>&1; DEBIAN_FRONTEND=noninteractive apt-get install -yq python3-venv >>$(STAMP)/venv.log 2>&1 && $(PYTHON) -m venv --clear $(VENV) >>$(STAMP)/venv.log 2>&1; \
	  else false; fi; } || { cat $(STAMP)/venv.log; echo "Python's venv module is missing: install it (Debian, Ubuntu: sudo apt install python3-venv) and run make again."; exit 2; }
	@touch $@

$(STAMP)/env: $(STAMP)/venv requirements.txt pyproject.toml build_browser.py
	@echo "Installing the locked packages …"
	@$(PY) -m pip install -q --disable-pip-version-check uv >$(STAMP)/pip.log 2>&1 || true
	@if $(PY) -m uv --version >/dev/null 2>&1; then \
	  VIRTUAL_ENV=$(VENV) $(PY) -m uv pip install -q -r requirements.txt; \
	else \
	  echo "uv could not be had: using pip, which is slower"; $(PY) -m pip install -q --disable-pip-version-check -r requirements.txt; \
	fi
	@$(PY) build_browser.py
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(STAMP)/js

$(STAMP)/js: $(STAMP)/env $(JS) package.json package-lock.json
	@echo "Building the browser half …"
	@$(PY) build_browser.py
	@touch $@

browser: $(STAMP)/env ## Make sure that there is a Chromium for the tests
	@$(PY) -m tests.browser.chromium --install

postgres: $(STAMP)/env ## Make sure that there is a PostgreSQL for the tests, if it can be had
	@$(PY) -m tests.databases --install

book: env ## Check the content, execute the lessons, build the book into _build/html
	@$(PY) -m coldwar_lessons.book.build

lite: env ## Build the lessons for browsers with nothing installed (JupyterLite) into _build/lite
	@$(PY) -m coldwar_lessons.book.lite

site: lite book pdf epub zip ## Build all that is published: the book, with lessons for browsers, PDF, EPUB and zip in it
	@$(PY) -m coldwar_lessons.book.site

example: env ## Build the second course, examples/zimmermann-telegram
	@$(PY) -m coldwar_lessons.book.build examples/zimmermann-telegram

teacher-book: env ## Build the teacher edition into _build/teacher/html (never publish it with the book)
	@$(PY) -m coldwar_lessons.book.teacher

pdf: book browser ## Print the book as one PDF into _build/paper, answers at its end
	@$(PY) -m coldwar_lessons.book.bound.pdf

epub: book ## Pack the book for e-readers into _build/paper
	@$(PY) -m coldwar_lessons.book.bound.epub

zip: book ## Pack the book for a USB stick into _build/paper
	@$(PY) -m coldwar_lessons.book.bound.archive

test: env browser postgres ## Run all tests
	@$(PY) -m coldwar_lessons.book.lite
	@$(PY) -m coldwar_lessons.book.build
	@$(PY) -m pytest -n auto --dist loadfile

check: env ## Check the content and the code, without building or testing
	@$(PY) -m coldwar_lessons check
	@$(MAKE) --no-print-directory lint

lint: env ## Check the code: ruff, mypy, TypeScript
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy
	@$(PY) build_browser.py --typecheck

format: env ## Format the Python code
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

POT := src/coldwar_lessons/locale/coldwar_lessons.pot
messages: env ## Gather the texts of the interface into the catalogue for translators, and bring translations up to it
	@$(PY) -m babel.messages.frontend -q extract -F pyproject.toml -o $(POT) --no-wrap --sort-output \
	  --add-location=file --add-comments=i18n: --header-comment="" --project=coldwar-lessons .
	@sed -i -e '1,/^msgid/{/^#/d}' -e '/^"\(POT-Creation\|PO-Revision\)-Date/d' $(POT)
	@for po in $(wildcard src/coldwar_lessons/locale/*/LC_MESSAGES/*.po); do \
	  $(VENV)/bin/pybabel -q update -i $(POT) -o $$po -l $$(basename $$(dirname $$(dirname $$po))) --no-wrap --omit-header --ignore-obsolete; done

dist: env ## Build the wheel and the archive of sources into dist, and check them
	@rm -rf dist
	@$(PY) -m hatchling build
	@$(PY) -m twine check --strict dist/*

lab: env ## Open the lessons in JupyterLab
	@$(PY) -m jupyterlab notebooks

serve: book ## Show the built book at http://localhost:8000
	@echo "The book is at http://localhost:8000 (Ctrl+C stops)"
	@$(PY) -m http.server --directory _build/html --bind 127.0.0.1 8000

screenshots: book browser ## Make the pictures of the README again
	@$(PY) -m tests.browser.screenshots

nbgrader-demo: env ## A round with nbgrader, from the lesson to the feedback, in _build/nbgrader-demo
	@$(PY) -m tests.grading.nbgrader_cycle

bench: book browser ## Measure against the peers; see benchmarks/README.md
	@$(PY) benchmarks/run.py

lock: $(STAMP)/venv ## Resolve the packages anew into requirements*.txt
	@$(PY) -m pip install -q uv
	@$(PY) -m uv pip compile -q --universal --upgrade --all-extras --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	@$(PY) -m uv pip compile -q --upgrade --python-version 3.14 --python-platform wasm32-pyodide2025 -c requirements.txt --custom-compile-command "make lock" requirements-lite.in -o requirements-lite.txt

clean: ## Remove everything that was built, the environment too
	rm -rf $(VENV) $(STAMP) _build node_modules dist src/coldwar_lessons/static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
