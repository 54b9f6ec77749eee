#!/bin/sh
# Finds nginx (with its Brotli module) and Apache for the tests of deploy/, or gets them from Debian (root only).
# Writes .tools/servers when both are there. Without them it says so and goes on: the tests are left out, in CI they fail.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .tools
PATH="$PATH:/usr/sbin:/sbin"

say() { printf '… %s\n' "$1"; }
brotli=/usr/lib/nginx/modules/ngx_http_brotli_static_module.so
missing() {
  command -v nginx >/dev/null 2>&1 || printf 'nginx-light '
  [ -e "$brotli" ] || printf 'libnginx-mod-http-brotli-static '
  command -v apache2 >/dev/null 2>&1 || printf 'apache2 '
  command -v openssl >/dev/null 2>&1 || printf 'openssl '
}

wanted=$(missing)
if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  say "サーバーの試験のために、Debian の部品を入れます（起動はしません）: $wanted"
  # Debian starts a server as soon as it is installed; these are for tests only.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  apt-get update -qq >.tools/apt.log 2>&1 || true
  # shellcheck disable=SC2086  # a list of packages
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >>.tools/apt.log 2>&1 || true
  if command -v systemctl >/dev/null 2>&1; then
    for server in nginx apache2; do
      case "$wanted" in *"$server"*) systemctl disable "$server" >/dev/null 2>&1 || true ;; esac
    done
  fi
  wanted=$(missing)
fi
if [ -n "$wanted" ]; then
  printf '注意: nginx と Apache の試験はできません。管理者に「apt-get install %s」を頼んでください。\n' "${wanted% }" >&2
  exit 0
fi
printf 'nginx apache2\n' >.tools/servers
