#!/bin/sh
# Gets Lighthouse for bench/lighthouse.py into .tools/lighthouse. Pinned by version only: npm cannot replay a lock of it
# (a dependency that Lighthouse names twice is dropped from the lock file).
set -eu
cd "$(dirname "$0")/.."
command -v npm >/dev/null 2>&1 || { printf 'やめました: Lighthouse を入れるのに Node.js と npm が要ります。\n' >&2; exit 2; }
mkdir -p .tools/lighthouse
printf '{"name": "lighthouse-runs", "private": true}\n' >.tools/lighthouse/package.json
npm install --silent --ignore-scripts --no-package-lock --prefix .tools/lighthouse lighthouse@12.8.2
touch .tools/lighthouse/stamp
