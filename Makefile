# Everything a person or CI does is a target here.
.DEFAULT_GOAL := help
.PHONY: help deps build test demo real-data bench-import bench-match bench-rank bench-allocate scorer \
	check-scorer-template lint format clean

DEMO := .demo
BENCH := .bench
ALMONER := .build/release/almoner

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 26

deps: # Debian packages that are missing are installed (as root), or named
	@.ci/dependencies

build: deps ## Build the release command, .build/release/almoner
	swift build -c release --product almoner

test: deps ## Build and run every test
	swift build --build-tests
	swift test --skip-build

demo: build ## Load the demo city of Dongguan, match every open wish, show the best with one full explanation
	@.ci/demo $(ALMONER) $(DEMO)

real-data: build ## Match public data sets by the shipped mappings: make real-data DATA=/path/to/data
	@Tests/Bench/real-data.sh $(ALMONER) "$(DATA)"

bench-import: build ## Import 1,000,000 generated offers: rows/s, processor time, peak memory
	$(ALMONER) bench import --offers 1000000

bench-match: build ## Match every wish of the demo city: processor time, peak memory
	$(ALMONER) bench match

# A new scoring plugin: make scorer NAME=SchoolDistance
scorer: ## Make a new scoring plugin: make scorer NAME=SchoolDistance
	@.ci/make-scorer "$$NAME"

# Whether `make scorer` makes something that builds and passes, in a temporary copy
check-scorer-template: deps ## Check that `make scorer` makes a plugin that builds and passes
	@.ci/check-scorer-template

# Peers from PyPI and Debian, only here; the program itself needs none of them
bench-allocate: build ## Measure allocating beside OR-Tools and LEMON (QUICK=1: up to 20,000 wishes; FULL=1: a million too)
	@.ci/bench-allocate $(ALMONER) $(BENCH) $(if $(QUICK),--quick) $(if $(FULL),--full)

# Data and the Python of the peers stay in $(BENCH) between runs
bench-rank: build $(BENCH)/venv/ready ## Measure rankings beside NumPy and PostgreSQL, in one table
	@$(BENCH)/venv/bin/python Tests/Bench/rank_table.py $(ALMONER) $(BENCH)

$(BENCH)/venv/ready:
	python3 -m venv $(BENCH)/venv
	$(BENCH)/venv/bin/pip install --quiet numpy "psycopg[binary]"
	@touch $@

lint: ## Check the style
	swift format lint --strict -r Package.swift Sources Tests Plugins

format: ## Put the sources into the style
	swift format format -i -r Package.swift Sources Tests Plugins

clean: ## Remove what was built and the demo
	rm -rf .build $(DEMO) $(BENCH)
