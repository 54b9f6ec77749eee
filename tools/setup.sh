#!/bin/sh
# Sets up .venv from a hash-locked requirements file: sh tools/setup.sh site|test|bench|signs
# Leaves .venv/<name>.stamp when all went well, so that make does it only once.
set -eu
name=${1:-}
cd "$(dirname "$0")/.."
. tools/common.sh
lock=requirements/$name.txt
[ -f "$lock" ] || fail "requirements に「$name」はありません。sh tools/setup.sh site のように書いてください。"

python=
for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
  if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 &&
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || fail "Python 3.11 以上が見つかりません。Debian なら「apt-get install python3」で入ります。"

ready() { [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1; }
whole() { rm -rf .venv && "$python" -m venv .venv >.tools/venv.log 2>&1 && ready; }
# Debian ships Python without the part that puts pip into a new environment; the machine's own pip can put it there.
bare() {
  "$python" -m pip --version >/dev/null 2>&1 && rm -rf .venv && "$python" -m venv --without-pip .venv >>.tools/venv.log 2>&1 || return 1
  say "pip を .venv に入れます（requirements/pip.txt）"
  "$python" -m pip --python .venv/bin/python install --disable-pip-version-check --require-hashes --only-binary :all: \
    -r requirements/pip.txt >>.tools/venv.log 2>&1 && ready
}

if ! ready; then
  say "Python の置き場所（.venv）を作ります"
  if ! whole && ! bare; then
    rm -rf .venv
    debian "Python の置き場所を作るため" python3-venv
    may_install && whole || { rm -rf .venv; ask_for "Python の置き場所（.venv）を作れません。" python3-venv; }
  fi
fi

install() {  # install <lock> <option>...: what the lock holds, hash by hash
  file=$1
  shift
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: "$@" \
    -r "$file" >".tools/pip-$name.log" 2>&1 ||
    fail_with ".tools/pip-$name.log" "部品を入れられませんでした。ネットワークを確かめて、もう一度お試しください。"
}

say "Python の部品 $(count "$lock") 個を .venv に入れます（一覧は $lock。初めは1〜2分かかります）"
if [ "$name" = bench ]; then
  # The readability measure's dictionary comes as source only; what builds it is locked too. All else is wheels: no part's script runs.
  install requirements/build.txt
  install "$lock" --no-binary unidic-lite --no-build-isolation
else
  install "$lock"
fi
touch ".venv/$name.stamp"
