#!/bin/sh
# Gets what bench/search_compare.py holds beside our search, into .tools/peers: Pagefind's extended build, MiniSearch, Fuse.js.
set -eu
cd "$(dirname "$0")/.."
. tools/common.sh
need "くらべる相手のため" "くらべる相手を入れるのに Node.js と npm が要ります。" npm npm
say "くらべる相手（Pagefind の大きいほう、MiniSearch、Fuse.js）を .tools/peers に入れます"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
  --upgrade --target .tools/peers -r requirements/peers.txt >.tools/pip-peers.log 2>&1 ||
  fail_with .tools/pip-peers.log "部品を入れられませんでした。ネットワークを確かめて、もう一度お試しください。"
cp bench/peers/package.json bench/peers/package-lock.json bench/peers/ask.mjs .tools/peers/
npm_ci .tools/peers .tools/peers.log
touch .tools/peers/stamp
