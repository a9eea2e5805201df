# Everything a person or CI does is a target here.
.DEFAULT_GOAL := help
.PHONY: help deps build test test-postgres test-failover test-guide test-nodes test-privacy prove-nodes bench-nodes measure-scale probe prove prove-privacy demo serve stop conformance fuzz hostile real-data \
	scorer check-scorer-template lint format clean bench bench-allocate bench-casework bench-http bench-import bench-import-wait \
	bench-match bench-preview bench-rank bench-scorers bench-tune

DEMO := .demo
SERVICE := .service
CONFORMANCE := .conformance
BENCH := .bench
ALMONER := .build/release/almoner
PROBE := .build/release/CaseworkProbe

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 26

deps: # Debian packages that are missing are installed (as root), or named
	@.ci/dependencies

build: deps ## Build the release command, .build/release/almoner
	swift build -c release --product almoner

# Tests over sockets keep deadlines, so they run without the others beside them.
test: deps ## Build and run every test, over both engines
	swift build --build-tests
	swift test --skip-build --skip WebAPITests
	swift test --skip-build --filter WebAPITests
	@$(MAKE) --no-print-directory test-postgres

# A feed shows what is settled in the whole server, so what follows one runs with no writer beside it; and what shows who
# waits for whom needs threads of its own, which hundreds of tests over one server leave to nobody
ALONE := RouteTests\.(ChangeRoute|RowRoute)|ChangeTimelineTests|connectionsAreSoundAgain|ServedFiguresTests

# A server of its own, of Debian's PostgreSQL 15, on a free port of the loopback; it ends with the tests
test-postgres: deps ## Run the tests of the store, of casework and of HTTP over PostgreSQL
	swift build --build-tests
	@.ci/with-postgres sh -c 'swift test --skip-build --filter "StorageTests\.|RouteTests\." --skip "$(ALONE)" && \
		swift test --skip-build --no-parallel --filter "$(ALONE)" && \
		swift test --skip-build --filter "WebAPITests\.(Idempotency|Token|Node|Processes)"'

# Two servers, one following the other, and two nodes, all on the loopback; they end with it
test-failover: build ## Kill PostgreSQL's primary under load, promote its standby, bring the old one back: nothing acknowledged is lost
	@python3 Tests/Failover/failover.py $(ALMONER)

# Each on a program that was just set up; ALMONER=… for another build
test-guide: $(if $(filter $(ALMONER),.build/release/almoner),build) ## Run every command that the guide of casework names, as it is written there
	@python3 Tests/Guide/guide.py $(ALMONER)

# Each starts servers and nodes of its own on the loopback, which end with it; ALMONER=… for another build
test-nodes: $(if $(filter $(ALMONER),.build/release/almoner),build) ## Show what several nodes hold to, in its short form: feed, deaths, limits of rate, replica, upgrade, readiness
	@python3 Tests/Nodes/feed.py $(ALMONER) 10
	@python3 Tests/Nodes/kill.py $(ALMONER) 1000 3
	@python3 Tests/Nodes/rates.py $(ALMONER)
	@python3 Tests/Nodes/replica.py $(ALMONER) 30
	@python3 Tests/Nodes/upgrade.py $(ALMONER)
	@python3 Tests/Nodes/idle.py $(ALMONER)
	@python3 Tests/Nodes/ready.py $(ALMONER)

prove-nodes: build ## The same in its long form, with 2,000 calls on both engines and 20 rounds of 200 claims, some ten minutes
	@python3 Tests/Nodes/feed.py $(ALMONER) 60
	@python3 Tests/Nodes/kill.py $(ALMONER) 4000 10
	@python3 Tests/Nodes/rates.py $(ALMONER)
	@python3 Tests/Nodes/replica.py $(ALMONER) 200
	@python3 Tests/Nodes/upgrade.py $(ALMONER)
	@python3 Tests/Nodes/idle.py $(ALMONER)
	@python3 Tests/Nodes/ready.py $(ALMONER)
	swift build --build-tests
	@ALMONER_LONG=1 .ci/with-postgres sh -c 'swift test --skip-build --filter "RouteTests\.TranscriptTests" && \
		swift test --skip-build --filter "WebAPITests\.NodesTests"'

bench-nodes: build ## Measure intake and matches with one node and two on PostgreSQL, beside the embedded store
	@command -v wrk >/dev/null || { echo "bench-nodes: wrk is missing: apt-get install wrk" >&2; exit 1; }
	@python3 Tests/Nodes/bench.py $(ALMONER)

measure-scale: probe ## Measure the daily queries on PostgreSQL as history grows by 4 and by 16, and what a record takes
	@.ci/with-postgres $(PROBE) scale

probe: deps # The second process of casework's proofs
	swift build -c release --product CaseworkProbe

prove: build probe ## Prove casework in its long form, about ten minutes: walks, kills, tamperings, a million entries, a year, 67,000 wishes
	@.ci/prove $(ALMONER) $(PROBE)

# Services and servers of their own on the loopback, which end with it; ALMONER=… for another build
test-privacy: $(if $(filter $(ALMONER),.build/release/almoner),build) ## Change the master key under load with 5 kills, and look for canaries in every byte left lying about, on a file
	@python3 Tests/Privacy/rotation.py $(ALMONER) 5
	@python3 Tests/Privacy/canary.py $(ALMONER) sqlite

prove-privacy: $(if $(filter $(ALMONER),.build/release/almoner),build) ## Prove the gate in its long form: every call in every role, canaries, 10,000 guessed ids, 200 placed offers, 1,000 pairs of figures, 20 kills of a rotation
	@python3 Tests/Privacy/rotation.py $(ALMONER) 20 20000
	@python3 Tests/Privacy/canary.py $(ALMONER) sqlite
	@python3 Tests/Privacy/canary.py $(ALMONER) postgres
	swift build --build-tests
	ALMONER_PROVE=1 swift test --skip-build --no-parallel --filter "RouteTests\.(AccessMatrix|Canary|PrivacyProof|Authority|DonorView)|AccessTable|ProjectionSource"

bench-casework: probe ## Measure every list, figure and overdue query over 67,000 wishes with their histories
	@$(PROBE) queries 67000

demo: build ## Load the demo city of Dongguan, match every open wish, explain the best, plan for all with a proof, call it over HTTP
	@.ci/demo $(ALMONER) $(DEMO)

serve: build ## Serve the demo city on loopback in the background; prints the process and three curl lines to begin with
	@.ci/service fresh $(ALMONER) $(SERVICE)

stop: ## End the server of make serve
	@.ci/service stop $(ALMONER) $(SERVICE)

# schemathesis, from PyPI, stays in $(CONFORMANCE) between runs
conformance: build ## Hold the service to its API document in every role, with schemathesis (SECONDS=120 a role)
	@.ci/conformance $(ALMONER) $(CONFORMANCE) $(if $(SECONDS),--seconds $(SECONDS))

fuzz: ## Fuzz the input gate for 60 s with libFuzzer (SECONDS=60)
	@.ci/fuzz .fuzz $(or $(SECONDS),60)

hostile: build ## Send the service what is made to stall it, and measure the answers and another client
	@python3 Tests/Bench/hostile.py $(ALMONER) $(BENCH)/hostile

real-data: build ## Match public data sets by the shipped mappings: make real-data DATA=/path/to/data
	@Tests/Bench/real-data.sh $(ALMONER) "$(DATA)"

# QUICK=1 small data; FULL=1 a million wishes too; DATA=… the folder of GetUsPPE for a year of real demand
bench: build ## Measure ranking and allocating beside every peer, in one table and in Docs/benchmarks.md
	@.ci/bench $(ALMONER) $(BENCH) $(if $(QUICK),$(BENCH)/benchmarks.md --quick,Docs/benchmarks.md --readme README.md) \
		$(if $(FULL),--full) $(if $(DATA),--replay "$(DATA)")

bench-import: build ## Import 1,000,000 generated offers: rows/s, processor time, peak memory
	$(ALMONER) bench import --offers 1000000

bench-import-wait: build ## Measure how long others wait to write while an atomic import is entered
	@python3 Tests/Bench/import_wait.py $(ALMONER) $(BENCH)/import-wait --rows 20000
	@python3 Tests/Bench/import_wait.py $(ALMONER) $(BENCH)/import-wait --rows 2000 --kind wishes

bench-match: build ## Match every wish of the demo city: processor time, peak memory
	$(ALMONER) bench match

bench-tune: build ## Learn in worlds whose true weights are known, 5,000 decisions over three seeds (takes minutes)
	$(ALMONER) bench tune

bench-scorers: build ## Measure what each scorer takes for a million candidates
	$(ALMONER) bench scorers

bench-preview: build ## Preview a draft over 10,000 open wishes × 100,000 offers on two threads
	$(ALMONER) bench preview

# A new scoring plugin: make scorer NAME=SchoolDistance
scorer: ## Make a new scoring plugin: make scorer NAME=SchoolDistance
	@.ci/make-scorer "$$NAME"

# Whether `make scorer` makes something that builds and passes, in a temporary copy
check-scorer-template: deps ## Check that `make scorer` makes a plugin that builds and passes
	@.ci/check-scorer-template

# Peers from PyPI and Debian, only here; the program itself needs none of them
bench-allocate: build ## Measure allocating beside OR-Tools and LEMON (QUICK=1: up to 20,000 wishes; FULL=1: a million too)
	@.ci/bench-allocate $(ALMONER) $(BENCH) $(if $(QUICK),--quick) $(if $(FULL),--full)

# Data and the Python of the peers stay in $(BENCH) between runs. OFFERS=… for another size, DATA=… for a data set that
# rank_gen.py has made
bench-rank: build ## Measure rankings beside NumPy and PostgreSQL over 1,000,000 offers (QUICK=1: 100,000)
	@.ci/bench-rank $(ALMONER) $(BENCH) $(or $(OFFERS),$(if $(QUICK),100000,1000000)) $(DATA)

# Peers from Debian and PyPI; all traffic stays on loopback
bench-http: build ## Measure the service beside nginx, Hummingbird bare, Starlette and Flask (OFFERS=100000)
	swift build -c release --product HTTPBaseline
	@.ci/bench-http $(ALMONER) .build/release/HTTPBaseline $(BENCH) --offers $(or $(OFFERS),100000)

lint: ## Check the style
	swift format lint --strict -r Package.swift Sources Tests Plugins

format: ## Put the sources into the style
	swift format format -i -r Package.swift Sources Tests Plugins

clean: ## Remove what was built and the demo
	rm -rf .build $(DEMO) $(SERVICE) $(CONFORMANCE) $(BENCH)
