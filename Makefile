# Nexus in two commands:
#
#     make serve   run the hub on http://127.0.0.1:8000
#     make test    run every test
#
# Nothing has to be installed first but Python 3.11 or later, make and git. Everything made here
# stays in the checkout: .cache (uv), .venv (Python), frontend/node_modules, var (the hub's things).

PYTHON ?= python3
PORT ?= 8000
export PORT FROM

UV := .cache/uv/bin/uv
UV_PATH = $(CURDIR)/.cache/uv/bin:$$PATH
BIN := .venv/bin
# What make gives its commands is no terminal where two speak in turn.
PYTEST = $(BIN)/pytest --numprocesses 2 --dist worksteal $(if $(MAKE_TERMOUT),--color=yes)
FRONTEND := $(shell find frontend \( -name node_modules -o -name .node \) -prune -o -print)
# Two stamps: what serving needs, and that plus what the checks and tests need.
READY := .venv/.ready
READY_DEV := .venv/.ready-dev
BUILT := .cache/frontend-built

# Certificates of this machine, where a network has its own.
SYSTEM_CERTIFICATES := $(wildcard /etc/ssl/certs/ca-certificates.crt)
ifneq ($(SYSTEM_CERTIFICATES),)
export UV_SYSTEM_CERTS ?= 1
export NODE_EXTRA_CA_CERTS ?= $(SYSTEM_CERTIFICATES)
endif
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# Compiled once here, not by whoever starts first.
export UV_COMPILE_BYTECODE := 1
TEMPLATES := git ls-files -z 'src/*/templates/*.html'

.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:
.PHONY: help serve test check audit format benchmark clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(READY) $(BUILT) ## Run the hub (PORT=8000, FROM=path-or-url to add a repository)
	@exec $(BIN)/nexus serve --port "$$PORT" $${FROM:+--from "$$FROM"}

test: $(READY_DEV) $(BUILT) ## Run every test: all on SQLite, meanwhile what uses the database on PostgreSQL
	@rm -f .coverage .coverage.*
	@exec $(BIN)/python -m scripts.side_by_side \
		'PATH="$(UV_PATH)" $(BIN)/python -m scripts.run_npm test' \
		"NEXUS_TEST_DATABASE=postgresql $(PYTEST) -m '(database or postgres) and not one_database'" \
		"$(PYTEST) -m 'not postgres' --cov --cov-fail-under=95"

CHECKS := style code directions types templates scripts lock secrets
.PHONY: $(CHECKS:%=check-%)
check: $(CHECKS:%=check-%) ## Check style, types, directions, secrets; the code is not run (-k: all of them)

check-style: $(READY_DEV)
	@$(BIN)/ruff format --check --output-format concise .

check-code: $(READY_DEV)
	@$(BIN)/ruff check --output-format concise .

check-directions: $(READY_DEV)
	@$(BIN)/lint-imports --no-logo

check-types: $(READY_DEV)
	@NEXUS_HOME=.cache/check $(BIN)/mypy

check-templates: $(READY_DEV)
	@$(TEMPLATES) | xargs -0 -r $(BIN)/djade --check --target-version 5.2

check-scripts: $(BUILT)
	@PATH="$(UV_PATH)" $(BIN)/python -m scripts.run_npm check

check-lock: $(UV)
	@$(UV) lock --check --quiet

# With the hub's own eyes: what it would hide in anybody's repository is not committed to this one.
check-secrets: $(READY_DEV)
	@NEXUS_HOME=.cache/check $(BIN)/nexus check .

# Not a part of check: it asks osv.dev, and its answer changes while the code does not.
audit: $(UV) ## Ask osv.dev for known holes in the packages of the lock file (needs the network)
	@$(UV) audit --frozen --preview-features audit-command

format: $(READY_DEV) ## Bring the code, and what the documentation quotes of it, into form
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@$(TEMPLATES) | xargs -0 -r $(BIN)/djade --target-version 5.2
	@$(BIN)/python -m scripts.write_reference
	@$(BIN)/python -m scripts.refresh_quotes

benchmark: $(READY_DEV) $(BUILT) ## Measure start, memory, bytes of a page and files per second
	@$(BIN)/python -m benchmarks

clean: ## Remove what was made here, but not var, where the hub keeps its things
	@rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache \
		.coverage* htmlcov frontend/node_modules frontend/.node src/nexus/web/static/built

# --- What the commands stand on ---------------------------------------------------------

$(UV): scripts/bootstrap.py
	@echo "Fetching uv, which makes the Python environment."
	@$(PYTHON) scripts/bootstrap.py .cache/uv
	@touch $@

.venv/bin/python: | $(UV)
	@$(UV) venv --quiet --clear --python "$$(command -v $(PYTHON))"

$(READY): uv.lock pyproject.toml $(UV) | .venv/bin/python
	@echo "Installing the Python packages of the lock file."
	@$(UV) sync --quiet --frozen --no-dev --inexact
	@touch $@

$(READY_DEV): uv.lock pyproject.toml $(UV) | .venv/bin/python
	@echo "Installing the Python packages of the lock file, and those for development."
	@$(UV) sync --quiet --frozen
	@touch $@ $(READY)

$(BUILT): $(FRONTEND) scripts/build_frontend.py | $(READY)
	@echo "Building the front end."
	@PATH="$(UV_PATH)" $(BIN)/python scripts/build_frontend.py
	@touch $@
