# `make help` lists what is here.

SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DEFAULT_GOAL := help

# The first Python on the PATH that is new enough. Looked up only while .venv or .tools is being made.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PORT ?= 8000
# How many processes share the tests, and what else pytest is told: make test ARGS="-k thread"
JOBS ?= 2
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
PIP := $(UV) pip install --quiet --python $(BIN)/python
export UV_PYTHON_DOWNLOADS := never

# Stamps carry a checksum of what they stand for, so a second run does nothing and a changed file is noticed
# whatever its date says.
LOCKS := requirements/run.txt requirements/dev.txt requirements/build.txt
LOCKED := $(VENV)/.locked-$(shell cat $(LOCKS) | cksum | cut -d ' ' -f 1)
BUILT := $(VENV)/.built-$(shell find static \( -name node_modules -o -name dist -o -name __pycache__ \) -prune \
	-o -type f -print 2>/dev/null | LC_ALL=C sort | xargs cat pyproject.toml | cksum | cut -d ' ' -f 1)

TRANSLATIONS := forum/translations
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard $(TRANSLATIONS)/*/LC_MESSAGES/*.po))
EXTRACT := $(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --add-location file --sort-by-file \
	--add-comments i18n: --keywords lazy_gettext --keywords lazy_ngettext:1,2 --keywords lazy_pgettext:1c,2 \
	--project Kade --output $(TRANSLATIONS)/messages.pot .
UPDATE := $(BIN)/pybabel --quiet update --input-file $(TRANSLATIONS)/messages.pot --output-dir $(TRANSLATIONS) \
	--ignore-pot-creation-date --no-fuzzy-matching

CHECKS := check-lint check-format check-types check-layers check-dependencies check-templates check-messages \
	check-files check-advisories
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--annotation-style line --custom-compile-command "make lock"

##@ Run

setup: $(LOCKED) $(BUILT) $(CATALOGUES) ## install what is missing: locked packages, Kade itself, its front end

demo: setup ## serve a sample community on http://127.0.0.1:8000 (PORT=8123 moves it)
	@PORT=$(PORT) $(BIN)/forum demo

##@ Check

test: setup ## run the whole suite, on SQLite and PostgreSQL (ARGS="-k thread", JOBS=1)
	@$(BIN)/pytest -n $(JOBS) --dist loadgroup $(ARGS)

drills: setup ## kill, lock and take away what a site depends on, in full (a short form is in make test)
	@FORUM_TEST_DRILLS=long $(BIN)/pytest -m drill -q -s $(ARGS)

check: setup ## run every linter, the type check and the contracts
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

bench: setup ## measure speed and size against a bare Flask application
	@$(BIN)/python -m bench $(ARGS)

bench-search: setup ## measure search at 100,000 documents on both engines (ARGS="--documents 10000 --engines whoosh")
	@$(BIN)/python -m bench.search $(ARGS)

container-steps: ## run what a container is built and started with, in a folder that goes away afterwards
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && git archive HEAD | tar -x -C "$$folder" && \
		sh "$$folder/docs/container/build.sh" "$$folder/.venv" && PATH="$$folder/.venv/bin:$$PATH" \
		FORUM_DATA_DIR="$$folder/data" sh -c 'cd "$$0" && forum init && test -s static/dist/manifest.json' "$$folder" && \
		echo "A container's steps work from this commit."

##@ Work

format: setup ## put the code in its form
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

messages: setup ## collect the words of the interface into the catalogues (NEW=nl adds a language)
	@mkdir -p $(TRANSLATIONS)
	@$(EXTRACT)
	@if [ -n "$(NEW)" ]; then $(BIN)/pybabel init -i $(TRANSLATIONS)/messages.pot -d $(TRANSLATIONS) -l $(NEW); fi
	@if ls $(TRANSLATIONS)/*/LC_MESSAGES/*.po >/dev/null 2>&1; then \
		$(UPDATE) && $(BIN)/pybabel --quiet compile --directory $(TRANSLATIONS); fi

routes: setup ## write tests/architecture/routes.txt anew, after adding or changing an address
	@UPDATE_ROUTES=1 $(BIN)/pytest -q -k routes tests/architecture/test_views.py

migration: setup ## draft a migration from what the models say (NAME="what and why")
	@$(BIN)/python -m migrations.draft "$(NAME)"

pictures: setup ## take the pictures of README and tour anew (ARGS="home post" for some)
	@$(BIN)/python -m docs.pictures $(ARGS)

lock: $(UV) ## resolve the versions in requirements/ anew (UPGRADE=--upgrade takes the newest)
	@$(COMPILE) $(UPGRADE) pyproject.toml --extra postgres --extra redis -o requirements/run.txt
	@$(COMPILE) $(UPGRADE) --group dev -c requirements/run.txt -o requirements/dev.txt
	@$(COMPILE) $(UPGRADE) --group build -c requirements/run.txt -c requirements/dev.txt -o requirements/build.txt
	@$(COMPILE) $(UPGRADE) requirements/uv.in -o requirements/uv.txt
	@$(COMPILE) $(UPGRADE) requirements/audit.in -o requirements/audit.txt

help: ## show this list
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# --- what setup is made of

$(BIN)/python: | $(UV)
	$(require-python)
	@$(UV) venv --quiet --allow-existing --python "$(PYTHON)" $(VENV)

# Two steps: a hashed file refuses an editable project.
$(LOCKED): | $(BIN)/python $(UV)
	@echo "Installing the locked packages …"
	@$(PIP) --require-hashes $(LOCKS:%=-r %)
	@rm -f $(VENV)/.locked-* && touch $@

$(BUILT): $(LOCKED) $(if $(wildcard static/dist/*),,missing)
	@echo "Installing Kade and building its front end …"
	@$(PIP) --no-deps --no-build-isolation --reinstall-package kade -e .
	@rm -f $(VENV)/.built-* && touch $@

%.mo: %.po $(LOCKED)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

.tools/bin/uv:
	$(require-python)
	@echo "Bringing uv into .tools/ …"
	@"$(PYTHON)" -m venv .tools || { rm -rf .tools; echo "\
	This Python has no venv module. On Debian and Ubuntu: apt install python3-venv. Or install uv, and run this again." >&2; \
	exit 1; }
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt

define require-python
	@[ -n "$(PYTHON)" ] || { echo "Kade needs Python 3.11 or newer, and found none on the PATH.\
	Install one, or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; }
endef

# --- what check is made of

check-lint:
	@$(BIN)/ruff check --quiet .

check-format:
	@$(BIN)/ruff format --check --quiet .

check-types:
	@$(BIN)/mypy

check-layers:
	@$(BIN)/lint-imports --no-logo

check-dependencies:
	@$(BIN)/deptry .

check-templates:
	@$(BIN)/djlint --lint --quiet templates

check-messages:
	@mkdir -p $(TRANSLATIONS)
	@$(EXTRACT)
	@if ls $(TRANSLATIONS)/*/LC_MESSAGES/*.po >/dev/null 2>&1; then \
		said=$$($(UPDATE) --check 2>&1) || { echo "$$said" | tail -n 1 >&2; \
		echo "A catalogue lacks words of the interface. Run: make messages" >&2; exit 1; }; fi

# The patterns are spelled so that they don't find themselves.
HOSTS := pypi[.]org|pythonhosted[.]org|npmjs[.](org|com)|deb[.]debian[.]org|"resolve[d]":
PLACES := (^|[^[:alnum:]_./-])/(work|root|tmp/brief)/
check-files:
	@! git grep -nIE '$(HOSTS)|$(PLACES)' -- . || \
		{ echo "A tracked file names a package registry's host or a path of one machine." >&2; exit 1; }
	@! git ls-files | grep -E '(^|/)(uv|poetry|pdm)[.]lock$$|pylock.*[.]toml$$' || \
		{ echo "Such lock files name registry hosts; requirements/ holds ours." >&2; exit 1; }

# A known weakness of a locked package fails; an index that answers no such question is only told of.
AUDIT := .tools/audit/bin/pip-audit
$(AUDIT): requirements/audit.txt | $(UV)
	@$(UV) venv --quiet --allow-existing --python "$(PYTHON)" .tools/audit
	@$(UV) pip install --quiet --python .tools/audit/bin/python --require-hashes -r $<
	@touch $@

check-advisories: $(AUDIT)
	@said=$$($(AUDIT) --disable-pip --no-deps --progress-spinner off -r requirements/run.txt -r requirements/build.txt 2>&1) \
		|| case "$$said" in *"known vulnerabilit"*) echo "$$said" >&2; exit 1;; esac; \
		case "$$said" in *"could not be audited"*|*rror*) echo "Advisories: not all packages could be asked about.";; esac

missing:

.PHONY: setup demo test drills check bench bench-search container-steps format messages routes migration pictures lock help missing $(CHECKS)
.DELETE_ON_ERROR:
