#!/bin/sh
# Sets up .venv from a hash-locked requirements file: sh tools/setup.sh site|test|bench|signs
# Leaves .venv/<name>.stamp when all went well, so that make does it only once.
set -eu
name=$1
cd "$(dirname "$0")/.."

say() { printf '… %s\n' "$1"; }
fail() { printf 'やめました: %s\n' "$1" >&2; exit 2; }

python=
for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
  if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 &&
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || fail "Python 3.11 以上が見つかりません。Debian なら「apt-get install python3」で入ります。"

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  say "Python の置き場所（.venv）を作っています"
  rm -rf .venv
  if ! "$python" -m venv .venv >/dev/null 2>&1; then
    # Debian ships Python without the part that puts pip into a new environment.
    rm -rf .venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
      say "python3-venv を入れています"
      apt-get update -qq || true
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null ||
        fail "python3-venv を入れられませんでした。ネットワークを確かめてください。"
      "$python" -m venv .venv || fail ".venv を作れませんでした。"
    else
      fail "Python の venv がありません。管理者に「apt-get install python3-venv」を頼んでください。"
    fi
  fi
fi

say "必要な部品を入れています（requirements/$name.txt、初めは1〜2分かかります）"
# The readability measure's dictionary comes as source only; everything else must be a wheel.
binary="--only-binary :all:"
[ "$name" = bench ] && binary=
# shellcheck disable=SC2086  # two words or none
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes $binary \
  -r "requirements/$name.txt" ||
  fail "部品を入れられませんでした。ネットワークを確かめて、もう一度お試しください。"
touch ".venv/$name.stamp"
