#!/bin/sh
# Gets the Nu HTML checker for the tests into .tools/vnu, and Java if the machine has none (Debian, root only).
set -eu
cd "$(dirname "$0")/.."
. tools/common.sh

need() {  # need <command> <Debian package>
  command -v "$1" >/dev/null 2>&1 || debian "HTML の点検のため" "$2"
  command -v "$1" >/dev/null 2>&1 || ask_for "HTML の点検に $1 が要ります。" "$2"
}

need java default-jre-headless
need npm npm
mkdir -p .tools/vnu
cp tools/vnu/package.json tools/vnu/package-lock.json .tools/vnu/
say "HTML の点検の道具（vnu-jar）を .tools/vnu に入れます"
npm_ci .tools/vnu .tools/vnu.log
touch .tools/vnu/stamp
