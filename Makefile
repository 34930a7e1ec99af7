# Two commands: `make demo` and `make test` set everything up and run.
# `make help` lists the rest. Nothing outside of this folder is written, except the caches of pip and npm.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
RUN    := $(VENV)/.runtime
# More than there are cores: many tests wait for real servers.
JOBS   ?= 3

# Where an image or a shell forbids bytecode, every start would compile six hundred modules: half a second of CPU.
unexport PYTHONDONTWRITEBYTECODE
COMPILE := $(BIN)/python -m compileall -q src

.DEFAULT_GOAL := help
.PHONY: help demo test check format coverage docs lock clean generated \
        bench-conformance bench-latency bench-fidelity bench-servers bench-clients bench-torture \
        bench-conformance-smoke bench-latency-smoke bench-detection bench-detection-smoke bench-packages bench-drift bench-scan bench-guards bench-guards-smoke bench-honest bench-honest-smoke bench-exploits bench-exploits-smoke bench-results check-overlap

help: ## Show the targets.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 22

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "Sekisho needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.11" % v[:2])'
	$(PYTHON) -m venv $(VENV)

# What a user installs: the pinned runtime, nothing else.
$(RUN): requirements/runtime.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/runtime.txt
	@test -f $(STAMP) || { $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/build.txt && \
	  $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; }
	@$(COMPILE)
	@touch $@

# What a developer adds: tests, linters, peers.
$(STAMP): requirements/dev.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(COMPILE)
	@touch $@ $(RUN)

lock: ## Pin the requirements anew, with hashes and without addresses (needs uv).
	for group in runtime build docs dev; do \
	  case $$group in runtime) from=pyproject.toml ;; build) from="--group build" ;; docs) from="--group docs" ;; dev) from="pyproject.toml --group test --group check --group build" ;; esac; \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --no-annotate $$from -o requirements/$$group.txt || exit 1; \
	done

demo: $(RUN) ## Set up and show what Sekisho does. Needs Python 3.11+, nothing else.
	@$(BIN)/sekisho demo

test: $(STAMP) ## Set up and run the tests (under 3 minutes on 2 cores).
	$(BIN)/python -m pytest -n $(JOBS) -q

check: $(STAMP) ## Lint, types, floors, unused dependencies, spelling, generated files.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/codespell
	$(BIN)/python tools/generated.py --check
	$(BIN)/python tools/check_docs.py
	$(BIN)/python bench/detection/overlap.py

format: $(STAMP) ## Put every file into the one format, and mend what can be mended.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

coverage: $(STAMP) ## Tests with branch coverage: 100 % on the floors wire to engine, 95 % on the shells.
	$(BIN)/python -m pytest -n $(JOBS) -q --hypothesis-profile=many --cov --cov-branch --cov-report=
	$(BIN)/coverage report --fail-under=100 --include='src/sekisho/wire/*,src/sekisho/model/*,src/sekisho/text/*,src/sekisho/guards/*,src/sekisho/rules/*,src/sekisho/pin/*,src/sekisho/policy/*,src/sekisho/engine/*'
	$(BIN)/coverage report --fail-under=95

bench-conformance: $(STAMP) ## The official conformance suite: direct, and through every face.
	$(BIN)/python bench/conformance/run.py --write

bench-latency: $(STAMP) ## Latency, CPU, memory and start-up beside direct, nginx and peers.
	$(BIN)/python bench/latency/run.py --write
	$(BIN)/python bench/latency/crowds.py --write
	$(BIN)/python bench/latency/entries.py --write

bench-fidelity: $(STAMP) ## What real servers offer, direct and through the checkpoint, compared.
	$(BIN)/python bench/fidelity/run.py --write

bench-servers: $(STAMP) ## Eight real servers behind one configuration and behind entries: answers, start, memory, kill -9.
	$(BIN)/python bench/servers/run.py --write

bench-clients: $(STAMP) ## Real clients through the checkpoint.
	$(BIN)/python bench/clients/run.py --write

bench-exploits: $(STAMP) ## Published exploits against the real releases, without and with Sekisho (root; several GB).
	$(BIN)/python bench/exploits/run.py --write

bench-exploits-smoke: $(STAMP)
	$(BIN)/python bench/exploits/run.py --smoke

bench-torture: $(STAMP) ## Kills, floods, mutations and leaks, at length.
	$(BIN)/python bench/torture/run.py

bench-conformance-smoke: $(STAMP)
	$(BIN)/python bench/conformance/run.py --smoke

bench-latency-smoke: $(STAMP)
	$(BIN)/python bench/latency/run.py --smoke
	$(BIN)/python bench/latency/crowds.py --smoke
	$(BIN)/python bench/latency/entries.py --smoke

bench-detection: $(STAMP) ## False alarms, recall, and other scanners beside; corpora from $$SEKISHO_BENCH_DATA.
	$(BIN)/python bench/detection/run.py --write

bench-detection-smoke: $(STAMP)
	$(BIN)/python bench/detection/run.py --smoke
	$(BIN)/python bench/drift/run.py --smoke

bench-guards: $(STAMP) ## Variants of paths, addresses, commands, queries against real parsers; what a guard costs.
	$(BIN)/python bench/guards/run.py --write
	$(BIN)/python bench/guards/odd.py --write
	$(BIN)/python bench/guards/strange.py --write
	$(BIN)/python bench/guards/stalls.py --write

bench-guards-smoke: $(STAMP)
	$(BIN)/python bench/guards/run.py --smoke

bench-honest: $(STAMP) ## Honest texts that look dangerous, and what agents do all day: how many calls are refused, how many results held.
	$(BIN)/python bench/honest/run.py --write
	$(BIN)/python bench/honest/agents.py --write

bench-honest-smoke: $(STAMP)
	$(BIN)/python bench/honest/run.py --smoke

bench-results: $(STAMP) ## What the rules make of real results of official servers, of attacks in results; what reading one costs.
	$(BIN)/python bench/results/run.py --write

bench-drift: $(STAMP) ## What pins make of real changes, and of changes that work against the user.
	$(BIN)/python bench/drift/run.py --write

bench-scan: $(STAMP) ## A planted home: what a scan of hosts' settings finds, and what it costs.
	$(BIN)/python bench/scan/run.py --write

bench-packages: $(STAMP) ## The official servers and 25 others, installed, listed and scanned.
	$(BIN)/python bench/scan/packages.py --write

check-overlap: $(STAMP) ## No literal of a rule was taken from an attack that measures it.
	$(BIN)/python bench/detection/overlap.py

docs: $(STAMP) ## Build the documents as pages, into site/.
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/docs.txt
	$(BIN)/zensical build --strict

generated: $(STAMP) ## Write the generated pages and tables anew.
	$(BIN)/python tools/generated.py

clean: ## Remove what was set up here.
	rm -rf $(VENV) .cache .pytest_cache .ruff_cache .hypothesis .coverage* site
