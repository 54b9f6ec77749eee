#!/bin/sh
# Gets Lighthouse for bench/lighthouse.py into .tools/lighthouse.
set -eu
cd "$(dirname "$0")/.."
. tools/common.sh
need "Lighthouse のため" "Lighthouse を入れるのに Node.js と npm が要ります。" npm npm
mkdir -p .tools/lighthouse
cp tools/lighthouse/package.json tools/lighthouse/package-lock.json .tools/lighthouse/
say "Lighthouse と、その部品 $(count tools/lighthouse/package-lock.json) 個を .tools/lighthouse に入れます"
npm_ci .tools/lighthouse .tools/lighthouse.log
touch .tools/lighthouse/stamp
