#!/bin/sh
# Gets the Nu HTML checker for the tests into .tools/vnu, and Java if the machine has none (Debian, root only).
set -eu
cd "$(dirname "$0")/.."

need() {  # need <command> <Debian package>
  command -v "$1" >/dev/null 2>&1 && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    printf '… %s を入れています\n' "$2"
    apt-get update -qq || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null 2>&1 || true
  fi
  command -v "$1" >/dev/null 2>&1 || { printf 'やめました: HTML の点検に %s が要ります。管理者に「apt-get install %s」を頼んでください。\n' "$1" "$2" >&2; exit 2; }
}

need java default-jre-headless
need npm npm
mkdir -p .tools/vnu
cp tools/vnu/package.json tools/vnu/package-lock.json .tools/vnu/
npm ci --silent --ignore-scripts --prefix .tools/vnu
touch .tools/vnu/stamp
