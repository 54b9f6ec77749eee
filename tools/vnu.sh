#!/bin/sh
# Gets the Nu HTML checker for the tests into .tools/vnu, and Java if the machine has none (Debian, root only).
set -eu
cd "$(dirname "$0")/.."
. tools/common.sh

need "HTML の点検のため" "HTML の点検に java が要ります。" java default-jre-headless
need "HTML の点検のため" "HTML の点検に npm が要ります。" npm npm
mkdir -p .tools/vnu
cp tools/vnu/package.json tools/vnu/package-lock.json .tools/vnu/
say "HTML の点検の道具（vnu-jar）を .tools/vnu に入れます"
npm_ci .tools/vnu .tools/vnu.log
touch .tools/vnu/stamp
