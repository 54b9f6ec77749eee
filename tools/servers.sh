#!/bin/sh
# Finds nginx (with its Brotli module) and Apache for the tests of deploy/, or gets them from Debian (root only).
# Writes .tools/servers when both are there. Without them it says so and goes on: the tests are left out, in CI they fail.
set -eu
cd "$(dirname "$0")/.."
. tools/common.sh
PATH="$PATH:/usr/sbin:/sbin"

brotli=/usr/lib/nginx/modules/ngx_http_brotli_static_module.so
missing() {
  command -v nginx >/dev/null 2>&1 || printf 'nginx-light '
  [ -e "$brotli" ] || printf 'libnginx-mod-http-brotli-static '
  command -v apache2 >/dev/null 2>&1 || printf 'apache2 '
  command -v openssl >/dev/null 2>&1 || printf 'openssl '
}

wanted=$(missing)
if [ -n "$wanted" ] && may_install; then
  # Debian starts a server as soon as it is installed; these are for tests only.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  # shellcheck disable=SC2086  # a list of packages
  debian "サーバーの試験のため。起動はしません" $wanted
  if command -v systemctl >/dev/null 2>&1; then
    for server in nginx apache2; do
      case "$wanted" in *"$server"*) systemctl disable "$server" >/dev/null 2>&1 || true ;; esac
    done
  fi
  wanted=$(missing)
fi
if [ -n "$wanted" ]; then
  printf '注意: nginx と Apache の試験はできません。管理者に「sudo apt-get install %s」を頼んでください。\n' "${wanted% }" >&2
  exit 0
fi
printf 'nginx apache2\n' >.tools/servers
