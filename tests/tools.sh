#!/bin/sh
# Installs the programs that some tests drive for real, where this is a Debian and we may install; else those tests skip.
set -eu

missing=""
lacks() { command -v "$1" >/dev/null 2>&1 || [ -e "$1" ] || missing="$missing $2"; }

lacks chromium chromium
lacks /usr/lib/libreoffice/program/libswlo.so libreoffice-writer-nogui
lacks /usr/lib/libreoffice/program/libsclo.so libreoffice-calc-nogui
lacks pdftoppm poppler-utils
lacks go golang-go
lacks /usr/share/gocode/src/golang.org/x/mod/sumdb/note golang-golang-x-mod-dev
lacks pgbouncer pgbouncer
lacks patroni patroni
lacks etcd etcd-server
lacks /usr/lib/postgresql postgresql
lacks openssl openssl

[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "the tests that need these will be skipped:$missing" >&2
  exit 0
fi
echo "installing$missing"
export DEBIAN_FRONTEND=noninteractive
# No server of these packages starts by itself: the tests start their own.
printf '#!/bin/sh\nexit 101\n' >/tmp/policy-rc.d.$$
[ -e /usr/sbin/policy-rc.d ] || { install -m 755 /tmp/policy-rc.d.$$ /usr/sbin/policy-rc.d; trap 'rm -f /usr/sbin/policy-rc.d' EXIT; }
rm -f /tmp/policy-rc.d.$$
# shellcheck disable=SC2086
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >/dev/null \
  || echo "could not install them; the tests that need them will be skipped:$missing" >&2
