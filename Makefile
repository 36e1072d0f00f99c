# What a newcomer types: make demo, make test. Everything else serves these two.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PANEL := frontend/dist/index.html
NODE_MODULES := frontend/node_modules/.package-lock.json
CLIENTS := tests/clients/node_modules/.package-lock.json
CLIENTS_PYTHON := var/clients/pyvenv.cfg
WITH_SERVICES = scripts/with-services
NEXTEST := $(shell command -v cargo-nextest >/dev/null && echo yes)

.PHONY: help demo test test-rust test-frontend browser clients bench generated lint deny fmt services stop

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

demo: $(PANEL) ## The whole product on this machine (ONCE=1: play it through; MAIL=DIR: with these mails)
	@cargo build -q --workspace --bins 1>&2
	@$(WITH_SERVICES) target/debug/demo $(if $(ONCE)$(MAIL),--once) $(if $(MAIL),--mail "$(MAIL)")

test: test-frontend test-rust browser ## All tests
	@echo "All tests passed."

test-rust: $(PANEL)
	cargo build --workspace --bins
	@$(WITH_SERVICES) $(if $(NEXTEST),cargo nextest run --workspace --no-fail-fast,cargo test --workspace --no-fail-fast)

browser: $(PANEL) ## The demo's story in Chromium; pictures go to var/screenshots
	@cargo build -q --workspace --bins 1>&2
	@mkdir -p var/screenshots
	@POSTROOM_SCREENSHOTS=$(CURDIR)/var/screenshots $(WITH_SERVICES) \
		target/debug/demo --run npm --prefix frontend run browser

clients: $(PANEL) $(CLIENTS) $(CLIENTS_PYTHON) ## Other people's clients and libraries against ours (ONLY=NAME: one of them)
	@cargo build -q --workspace --bins --examples 1>&2
	@$(WITH_SERVICES) target/debug/demo --run node tests/clients/run.mjs $(ONLY)

bench: $(PANEL) $(CLIENTS) ## What it does in a second, beside others (release build; ONLY=NAME: one row)
	@tests/bench/prepare
	@cargo build -q --release --workspace --bins --examples 1>&2
	@POSTROOM_TENANT_RATE=100000000 POSTROOM_ADDRESS_RATE=100000000 POSTROOM_LOG=info POSTROOM_LOG_FORMAT=json \
		POSTROOM_EXAMPLES=$(CURDIR)/target/release/examples \
		$(WITH_SERVICES) taskset -c 0 target/release/demo --run taskset -c 1 node tests/bench/run.mjs $(ONLY)

test-frontend: $(PANEL)
	cd frontend && npm test

lint: deny generated $(NODE_MODULES) ## What the machines hold: formats, clippy, licences, types, generated files
	cargo fmt --all -- --check
	cargo clippy --workspace --all-targets -- -D warnings
	cd frontend && npm run check

generated: $(NODE_MODULES) ## The panel's types are those of the API's document (which a test of crates/api holds)
	@mkdir -p var && cp frontend/src/api/schema.d.ts var/schema.before
	cd frontend && npm run --silent generate
	@cmp -s frontend/src/api/schema.d.ts var/schema.before || \
		{ echo "frontend/src/api/schema.d.ts was not the API's; it is now: commit it" >&2; exit 1; }

deny: var/tools/bin/cargo-deny ## Licences and origins of the dependencies (builds cargo-deny once)
	var/tools/bin/cargo-deny --locked check bans licenses sources

var/tools/bin/cargo-deny:
	cargo install --quiet --debug --locked --no-default-features --root var/tools cargo-deny@0.20.2

fmt: $(NODE_MODULES) ## Bring everything into its format
	cargo fmt --all
	cd frontend && npx biome check --write .

services: ## Start PostgreSQL and Redis and say where they are
	@scripts/services start

stop: ## End them
	@scripts/services stop

$(NODE_MODULES): frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund 1>&2
	@touch $@

$(CLIENTS): tests/clients/package-lock.json
	cd tests/clients && npm ci --no-audit --no-fund --ignore-scripts 1>&2
	@touch $@

$(CLIENTS_PYTHON): tests/clients/requirements.txt
	python3 -m venv var/clients 1>&2
	var/clients/bin/pip install --quiet --disable-pip-version-check --no-deps --requirement $< 1>&2
	@touch $@

$(PANEL): $(NODE_MODULES) $(shell find frontend/src frontend/index.html frontend/vite.config.mts -type f)
	cd frontend && npm run build 1>&2
	@touch $@
