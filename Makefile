# `make` prints the tasks. Stamps in .venv and frontend/ let a second run start at once.

.DEFAULT_GOAL := help
.PHONY: help install run test lint format schema migration lock bench bench-quick clean
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
PACKAGES := frontend/node_modules/.installed
PAGES := frontend/dist/.built
PAGE_SOURCES := $(shell find frontend/src frontend/public frontend/scripts schema/schema.graphql \
	frontend/index.html frontend/*.js frontend/*.json -type f ! -name '*.generated.d.ts' 2>/dev/null)
UV_COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(RUNTIME) $(PAGES) ## Set up .venv and build the pages

run: install ## Serve a demo bureau on http://127.0.0.1:8000 (HOST, PORT, DATABASE_URL, WEIHU_HOME)
	@exec $(BIN)/weihu serve --demo

test: $(DEV) $(PAGES) ## Run every test (ARGS='tests/domain -k tier' runs some)
	@CHROMIUM=$$(tools/chromium) && export CHROMIUM && exec $(BIN)/python -m pytest -n 2 $(ARGS)

lint: $(DEV) $(PACKAGES) ## Check form, types, layers, the committed schema and the pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m schema.print_schema | diff -u schema/schema.graphql - \
		|| { echo 'schema.graphql is not what the code says: run `make schema`.' >&2; exit 1; }
	tools/npm run check
	@$(BIN)/python -m tests.architecture.sizes

format: $(DEV) ## Put Python into form and mend what can be mended
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

schema: $(DEV) $(PACKAGES) ## Write schema/schema.graphql and the pages' types from the code
	$(BIN)/python -m schema.print_schema --write
	tools/npm run types

migration: ## Begin a migration: make migration NAME=customer_preferred_language
	@tools/migration '$(NAME)'

lock: ## Write requirements/ anew from pyproject.toml (needs uv; UPGRADE=--upgrade moves versions)
	$(UV_COMPILE) $(UPGRADE) pyproject.toml -o requirements/runtime.txt
	$(UV_COMPILE) $(UPGRADE) pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt
	$(UV_COMPILE) $(UPGRADE) --group node -o requirements/node.txt

bench: $(DEV) ## Run every benchmark beside its baseline; writes docs/benchmarks.md
	$(BIN)/python -m bench $(ARGS)

bench-quick: $(DEV) ## The same on little data
	$(BIN)/python -m bench --quick $(ARGS)

clean: ## Remove what was installed and built; .weihu stays
	rm -rf .venv frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

$(RUNTIME): requirements/runtime.txt tools/venv tools/install
	@tools/venv
	@tools/install $<
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@tools/install $<
	@touch $@

$(PACKAGES): frontend/package-lock.json | $(RUNTIME)
	@echo 'Installing the packages of the pages …'
	@tools/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGES): $(PAGE_SOURCES) $(PACKAGES)
	@echo 'Building the pages …'
	@tools/npm run --silent build -- --logLevel warn
	@touch $@
