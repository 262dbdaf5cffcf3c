# Needs only git, make and Python 3.11 or newer. `make help` lists what can be asked for.
.DEFAULT_GOAL := help
.PHONY: help run test check demo bench soak
.DELETE_ON_ERROR:

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check
# Stamps carry the content of the requirements in their name: same requirements, nothing to do.
READY := .venv/ready-$(shell cat requirements.txt constraints.txt | cksum | tr -d ' ')
READY_DEV := .venv/ready-dev-$(shell cat requirements.txt requirements-dev.txt constraints.txt | cksum | tr -d ' ')

export BEREDSKAB_MODE ?= demo

help: ## show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

run: $(READY) ## start the demo area on http://127.0.0.1:8000 (PORT and BEREDSKAB_DATA change address and folder)
	@exec .venv/bin/python -m app.serve

test: $(READY_DEV) ## run all tests, on SQLite and PostgreSQL and in a browser
	.venv/bin/python -m pytest -n 2

check: $(READY_DEV) ## lint, types, and who may import whom
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache

demo: $(READY) ## play eight incidents from call to closing, in a database that is thrown away
	@.venv/bin/flask --app wsgi demo play

bench: $(READY_DEV) ## measure what must be fast
	.venv/bin/python -m bench

soak: $(READY_DEV) ## kill the worker again and again while it sends, and count every text
	SOAK_ROUNDS=20 .venv/bin/python -m pytest tests/messaging/test_kill.py

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Beredskab needs Python 3.11 or newer: none found"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/ready-dev-%: .venv/bin/python
	@echo "Installing tools and libraries ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

.venv/ready-%: .venv/bin/python
	@echo "Installing libraries ..."
	@$(PIP) -r requirements.txt
	@touch $@
