# make site: set up and build the guide into public/ ・ make serve: preview ・ make test: everything
.PHONY: site serve check test every-page quick lint bench bench-peers bench-servers compare a11y readability signs lighthouse screenshots clean
PYTHON_HERE := .venv/bin/python

site: .venv/site.stamp
	@$(PYTHON_HERE) build.py

serve: .venv/site.stamp
	@$(PYTHON_HERE) build.py serve

check: .venv/site.stamp
	@$(PYTHON_HERE) build.py check

test: .venv/test.stamp .tools/chromium .tools/firefox .tools/vnu/stamp .tools/servers lint
	@CHROMIUM="$$(cat .tools/chromium)" $(PYTHON_HERE) -m pytest

# Where tests open a part of many pages of one kind, all of them: after the look or the headers have changed.
every-page: .venv/test.stamp .tools/chromium
	@CHROMIUM="$$(cat .tools/chromium)" $(PYTHON_HERE) -m pytest --every-page tests/browser/test_pages.py tests/browser/test_paper.py

# What a change needs most, in about a minute: lint, types, every rule with its broken site, the content itself.
quick: .venv/test.stamp lint check
	@$(PYTHON_HERE) -m pytest -m "not browser and not slow"

lint: .venv/test.stamp
	@.venv/bin/ruff format --check --quiet . && .venv/bin/ruff check --quiet . && .venv/bin/mypy

bench: .venv/test.stamp .tools/chromium site
	@$(PYTHON_HERE) bench/measure.py
	@$(PYTHON_HERE) bench/search_measure.py
	@$(PYTHON_HERE) bench/alarms.py
	@$(PYTHON_HERE) bench/search_browser.py

# Sizes: make bench-peers N="1000". More: .venv/bin/python bench/speed/run.py --help
bench-peers: .venv/site.stamp .tools/speed/stamp
	@$(PYTHON_HERE) bench/speed/run.py $(N)

compare: .venv/test.stamp .tools/chromium .tools/peers/stamp site
	@$(PYTHON_HERE) bench/search_compare.py

a11y: .venv/test.stamp .tools/chromium .tools/vnu/stamp site
	@$(PYTHON_HERE) bench/a11y.py --write

screenshots: .venv/test.stamp .tools/chromium site
	@$(PYTHON_HERE) bench/screenshots.py

lighthouse: .venv/test.stamp .tools/chromium .tools/lighthouse/stamp site
	@$(PYTHON_HERE) bench/lighthouse.py

# guide.cdx.json: all parts that build the guide (CycloneDX).
.PHONY: sbom
sbom: .venv/site.stamp
	@sh tools/sbom.sh

.tools/lighthouse/stamp: tools/lighthouse.sh tools/lighthouse/package-lock.json
	@sh tools/lighthouse.sh

.tools/vnu/stamp: tools/vnu.sh tools/vnu/package-lock.json
	@sh tools/vnu.sh

.tools/peers/stamp: requirements/peers.txt bench/peers/package-lock.json bench/peers/ask.mjs tools/peers.sh | .venv/test.stamp
	@sh tools/peers.sh

.tools/speed/stamp: requirements/speed.txt bench/speed/package.json bench/speed/package-lock.json bench/speed/relax_verneed.py tools/speed.sh | .venv/site.stamp
	@sh tools/speed.sh

# Learns anew which pieces of a question tell of an emergency, after many phrases or examples have changed.
signs: .venv/signs.stamp
	@$(PYTHON_HERE) tools/learn_signs.py

readability: .venv/bench.stamp
	@$(PYTHON_HERE) bench/readability.py

.venv/bench.stamp: requirements/bench.txt requirements/build.txt tools/setup.sh
	@sh tools/setup.sh bench

.venv/signs.stamp: requirements/signs.txt tools/setup.sh
	@sh tools/setup.sh signs

.venv/site.stamp: requirements/site.txt tools/setup.sh
	@sh tools/setup.sh site

.venv/test.stamp: requirements/test.txt tools/setup.sh
	@sh tools/setup.sh test

# nginx and Apache, started by the tests with the files of deploy/. Without them make goes on: the tests say so, and fail in CI.
.tools/servers: tools/servers.sh
	@sh tools/servers.sh

.tools/firefox: tools/firefox.sh
	@sh tools/firefox.sh

# 1,000 connections for 20 seconds with 12 swaps under them, on nginx and on Apache.
bench-servers: .venv/site.stamp .tools/servers
	@$(PYTHON_HERE) bench/servers.py

.tools/chromium: tools/browser.sh | .venv/test.stamp
	@sh tools/browser.sh

clean:
	rm -rf .venv .tools public .public-memo .public-preview guide.cdx.json
