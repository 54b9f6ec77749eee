#!/bin/sh
# Finds a Chromium for the browser tests, or gets one, and writes its path to .tools/chromium.
# Order: $CHROMIUM, the machine's own, Playwright's download, Debian's package (root only); else a clear message.
set -eu
cd "$(dirname "$0")/.."
. tools/common.sh

found() { printf '%s\n' "$1" >.tools/chromium; exit 0; }
works() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1; }

on_machine() {
  for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    path=$(command -v "$candidate" 2>/dev/null || true)
    if works "$path"; then found "$path"; fi
  done
}

# Playwright's own Node needs a library that a bare Debian does not have.
driver_works() { .venv/bin/python -m playwright --version >/dev/null 2>&1; }
driver_works || debian "ブラウザーの試験のため" libatomic1
driver_works || ask_for "ブラウザーの試験の道具（Playwright）が動きません。" libatomic1

on_machine
say "ブラウザー（Chromium、およそ 150 MB）を取りに行きます（記録: .tools/playwright.log）"
if timeout 300 .venv/bin/python -m playwright install chromium >.tools/playwright.log 2>&1; then
  path=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as s
with s() as p: print(p.chromium.executable_path)')
  if works "$path"; then found "$path"; fi
fi
debian "ブラウザーの試験のため" chromium fonts-noto-cjk
on_machine
[ ! -s .tools/playwright.log ] || tail -n 5 .tools/playwright.log >&2
ask_for "ブラウザーの試験に使う Chromium がありません（ある所が分かるときは CHROMIUM=/path/to/chromium make test）。" chromium fonts-noto-cjk
