#!/bin/sh
# Finds a Firefox for the tests, or gets Debian's (root only), and writes its path to .tools/firefox.
# Without one it says so and goes on: its tests are left out.
set -eu
cd "$(dirname "$0")/.."
. tools/common.sh

on_machine() {
  for candidate in firefox-esr firefox; do
    path=$(command -v "$candidate" 2>/dev/null || true)
    if [ -n "$path" ] && "$path" --version >/dev/null 2>&1; then
      printf '%s\n' "$path" >.tools/firefox
      exit 0
    fi
  done
}

on_machine
debian "ブラウザー（Firefox）の試験のため。およそ 70 MB" firefox-esr fonts-noto-cjk
on_machine
printf '注意: Firefox の試験はできません。管理者に「sudo apt-get install firefox-esr」を頼んでください。\n' >&2
