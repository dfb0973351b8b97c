# RegIT's commands. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help env lock run backup restore bench bench-plans bench-chain test test-database test-browser test-faults load lint types contracts format check clean audit

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# Named after what it was installed from, so that a new lock means a new installation.
STAMP := .venv/installed-$(firstword $(shell cat requirements.txt requirements-dev.txt | cksum))
MANAGE := $(BIN)/python manage.py
# What is installed already is enough: where RegIT serves, nothing for developing is fetched.
INSTALLED := $(if $(wildcard $(BIN)/python),,env)

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

env: $(STAMP) ## Create the environment in .venv

$(STAMP):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "RegIT needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@rm -f .venv/installed-* && touch $(STAMP)

lock: env ## Compile requirements*.in into requirements*.txt
	$(BIN)/pip-compile --quiet $(LOCK) -o requirements.txt requirements.in
	$(BIN)/pip-compile --quiet $(LOCK) -o requirements-dev.txt requirements-dev.in
LOCK := --strip-extras --allow-unsafe --generate-hashes --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

run: env ## Serve the register with demo data on http://localhost:PORT (default 8000)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo
	@echo "RegIT: http://localhost:$(PORT)/   (Ctrl-C stops it)"
	@exec $(MANAGE) runserver 127.0.0.1:$(PORT)

backup: $(INSTALLED) ## Write the database into BACKUP_DIR (default var/backups)
	@$(MANAGE) backup_register

restore: $(INSTALLED) ## Return the database to a backup: make restore FILE=var/backups/regit-….dump
	@test -n "$(FILE)" || { echo "Which backup? make restore FILE=var/backups/regit-….dump" >&2; exit 2; }
	@$(MANAGE) restore_register "$(FILE)"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) sync_grants

test: test-database test-browser ## Run every test

test-database: env ## Run the tests that need no browser
	$(BIN)/pytest -n 2 --dist worksteal --ignore=tests/browser $(ONLY)

test-browser: env ## Run the tests that use the pages in a browser
	$(BIN)/pytest tests/browser

test-faults: env ## Kill processes in the midst of changes, at 50 random moments each (FAULT_RUNS)
	FAULT_TABLE=1 FAULT_RUNS=$${FAULT_RUNS:-50} $(BIN)/pytest tests/faults -o log_cli=true

bench: env ## Measure at SIZES="1000 10000" objects and write docs/performance.*
	$(BIN)/python -m bench.measure $(SIZES)
SIZES ?= 1000 10000

bench-plans: env ## Fail if a hot page of OBJECTS=100000 reads a large table whole
	$(BIN)/python -m bench.plans $(OBJECTS)
OBJECTS ?= 100000

bench-chain: env ## Measure sealing and verifying the history at SIZES objects (20 rows each)
	$(BIN)/python -m bench.chain $(SIZES)

load: env ## Let 200 people work at once against gunicorn, on this machine only
	$(AS_PRODUCTION) $(MANAGE) collectstatic --no-input --verbosity 0
	$(BIN)/python -m load.run

lint: env ## Check style, templates, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --check templates
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

types: env ## Check types
	$(BIN)/mypy

contracts: env ## Check who imports whom
	$(BIN)/lint-imports

format: env ## Format code and templates
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint --quiet --reformat templates

check: lint ## Run lint, look for missing migrations, and see that production would start
	$(MANAGE) makemigrations --check --dry-run
	$(AS_PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING
	$(AS_PRODUCTION) $(MANAGE) collectstatic --no-input --clear --verbosity 0
AS_PRODUCTION = DJANGO_SETTINGS_MODULE=regit.settings.production ALLOWED_HOSTS=regit.example.se \
	DATABASE_URL=postgresql:///nowhere SECRET_KEY=0123456789-nothing-is-signed-with-this-key-ABCDEFGHIJ

audit: env ## Look for known weaknesses in the libraries (asks PyPI, so not part of CI)
	@$(BIN)/python deploy/audit.py $(AUDIT)

clean: ## Remove what can be made again, except the environment and the data in var/
	rm -rf staticfiles test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
