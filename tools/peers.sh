#!/bin/sh
# Gets what bench/search_compare.py holds beside our search, into .tools/peers: Pagefind's extended build, MiniSearch, Fuse.js.
set -eu
cd "$(dirname "$0")/.."
command -v npm >/dev/null 2>&1 || { printf 'やめました: くらべる相手を入れるのに Node.js と npm が要ります。\n' >&2; exit 2; }
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
  --upgrade --target .tools/peers -r requirements/peers.txt
cp bench/peers/package.json bench/peers/package-lock.json bench/peers/ask.mjs .tools/peers/
npm ci --silent --prefix .tools/peers
touch .tools/peers/stamp
