# Every command does its own set-up (packaging/setup): the first time takes a minute or two, later nothing.

.DEFAULT_GOAL := help
SHELL := /bin/sh

# What `make run` opens, and options of `atelier present`: make run DECK=talk.md ARGS="--motion calm"
DECK ?= decks/gateau-au-chocolat
ARGS ?=
# How many test processes run side by side.
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

CODE := src tests bench docs packaging

.PHONY: help run test check interchange format unit bench package pictures documents translations soak clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/    make \1	\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 24

run: ## open the keynote (without a display: draw it and write it up in build/tour)
	@packaging/run "$(DECK)" $(ARGS)

test: check ## every check: style, types, import contracts, tests
	@.venv/bin/pytest -n $(JOBS) --dist worksteal

check: ## the checks that run no test
	@packaging/setup test
	.venv/bin/ruff check $(CODE)
	.venv/bin/ruff format --check $(CODE)
	.venv/bin/basedpyright
	.venv/bin/lint-imports

interchange: ## what is written, opened in the programs it is for
	@packaging/setup interchange
	@.venv/bin/pytest -n $(JOBS) --dist worksteal tests/interchange

format: ## put the code into its one style
	@packaging/setup test
	.venv/bin/ruff check --fix-only --quiet $(CODE)
	.venv/bin/ruff format $(CODE)

unit: ## the quick tests alone, those without Qt
	@packaging/setup test
	@.venv/bin/pytest tests/unit

bench: ## the benchmarks, on a virtual screen
	@packaging/setup test
	@for frames in 20 200 2000 10000; do \
	    .venv/bin/python bench/flight.py --frames $$frames || exit; \
	done
	@.venv/bin/python bench/flight.py --frames 2000 --size 3840x2160
	@.venv/bin/python bench/flight.py --deck "$(DECK)"
	@.venv/bin/python bench/start.py "$(DECK)" --cold
	@.venv/bin/python bench/start.py "$(DECK)"
	@.venv/bin/python bench/canvas_file.py
	@.venv/bin/python bench/canvas_file.py --flat
	@.venv/bin/python bench/edit.py
	@.venv/bin/python bench/hostile.py
	@.venv/bin/python bench/check.py
	@.venv/bin/python bench/export.py
	@.venv/bin/python bench/video.py --size 1280x720
	@.venv/bin/python bench/video.py --size 1920x1080
	@.venv/bin/python bench/draft.py
	@.venv/bin/python bench/html_file.py
	@.venv/bin/python bench/importing.py
	@.venv/bin/python bench/console.py
	@.venv/bin/python bench/talk.py --events 3000

package: ## build/package/atelier_VERSION_ARCH.deb, started once
	@packaging/setup package
	@.venv/bin/python packaging/debian/build.py

pictures: ## draw the pictures of the README
	@packaging/setup test
	.venv/bin/python docs/pictures/draw.py

documents: ## write what the documents have from the program
	@packaging/setup test
	.venv/bin/python docs/diagnostics/write.py
	.venv/bin/python docs/format/write.py

translations: ## take new texts into the catalogues, and compile them
	@packaging/setup test
	.venv/bin/pybabel -q extract --no-location --sort-output -k N_ -o build/atelier.pot src/atelier
	.venv/bin/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -D atelier -i build/atelier.pot -d src/atelier/resources/locales
	.venv/bin/pybabel -q compile -D atelier -d src/atelier/resources/locales

soak: ## the long random runs
	@packaging/setup test
	@.venv/bin/pytest -n $(JOBS) --timeout 7200 -m "soak or hypothesis" --hypothesis-profile soak

clean: ## remove what the commands made, the environment included
	rm -rf build dist .venv .pytest_cache .ruff_cache .hypothesis .import_linter_cache
