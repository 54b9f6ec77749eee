#!/bin/sh
# Finds a Chromium for the browser tests, or gets one, and writes its path to .tools/chromium.
# Order: $CHROMIUM, the machine's own, Playwright's download, Debian's package (root only); else a clear message.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .tools

say() { printf '… %s\n' "$1"; }
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
if ! driver_works; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "libatomic1 を入れています"
    apt-get update -qq || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libatomic1 >.tools/apt.log 2>&1 || true
  fi
  if ! driver_works; then
    printf 'やめました: Playwright が動きません。管理者に「apt-get install libatomic1」を頼んでください。\n' >&2
    exit 2
  fi
fi

on_machine
say "ブラウザー（Chromium）を取りに行っています"
if timeout 300 .venv/bin/python -m playwright install chromium >.tools/playwright.log 2>&1; then
  path=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as s
with s() as p: print(p.chromium.executable_path)')
  if works "$path"; then found "$path"; fi
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  say "Debian の chromium を入れています"
  apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >.tools/apt.log 2>&1 || true
  on_machine
fi
printf 'やめました: ブラウザーの試験に使う Chromium がありません。入れてから CHROMIUM=/path/to/chromium make test としてください。\n' >&2
exit 2
