# Everything a person or CI does is a target here.
.DEFAULT_GOAL := help
.PHONY: bench-rank help deps build test demo scorer check-scorer-template lint format clean

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

# A new scoring plugin: make scorer NAME=SchoolDistance
scorer: ## Make a new scoring plugin: make scorer NAME=SchoolDistance
	@.ci/make-scorer "$$NAME"

# Whether `make scorer` makes something that builds and passes, in a temporary copy
check-scorer-template: deps ## Check that `make scorer` makes a plugin that builds and passes
	@.ci/check-scorer-template

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
