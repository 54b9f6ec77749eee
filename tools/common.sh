# For the other scripts here: what they say, where their logs are, Debian's packages. Read with ". tools/common.sh", from the checkout.
mkdir -p .tools

say() { printf '… %s\n' "$1"; }
fail() { printf 'やめました: %s\n' "$1" >&2; exit 2; }

# fail_with <log> <sentence>: the end of a log, then what it means.
fail_with() {
  if [ -s "$1" ]; then tail -n 15 "$1" >&2; fi
  fail "${2}くわしい記録は $1 にあります。"
}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# debian <what for> <package>...: says what it installs, then does; quietly nothing without the right to. Log: .tools/apt.log
debian() {
  may_install || return 0
  why=$1
  shift
  say "Debian の $* を入れます（$why。記録: .tools/apt.log）"
  { apt-get update -qq || true; } >.tools/apt.log 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>.tools/apt.log 2>&1 || true
}

# ask_for <sentence> <package>...: the end for somebody who may not install, or for whom it failed.
ask_for() {
  sentence=$1
  shift
  if may_install; then fail_with .tools/apt.log "${sentence}$* を入れられませんでした。"; fi
  fail "${sentence}管理者に「sudo apt-get install $*」を頼んでから、同じ命令をもう一度。"
}

# need <what for> <sentence> <command> <package>: a program of the machine's, from Debian where it is not there and may be installed.
need() {
  command -v "$3" >/dev/null 2>&1 || debian "$1" "$4"
  command -v "$3" >/dev/null 2>&1 || ask_for "$2" "$4"
}

# npm_ci <folder> <log>: exactly what the lock holds; no package's own script runs.
npm_ci() {
  npm ci --ignore-scripts --no-audit --no-fund --prefix "$1" >"$2" 2>&1 ||
    fail_with "$2" "npm の部品を入れられませんでした。ネットワークを確かめて、もう一度お試しください。"
}

# count <lock>: how many parts a lock of pip or npm holds.
count() { grep -cE '^[A-Za-z0-9._-]+==|^ {4}"node_modules/' "$1"; }
