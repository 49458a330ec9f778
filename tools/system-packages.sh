#!/bin/sh
# Installs what the tests need from Debian, only what is missing.
# Use: tools/system-packages.sh chromium age
set -eu
missing=
for package in "$@"; do
  case $package in
    gettext) program=xgettext ;;
    coturn) program=turnserver ;;
    # Debian keeps its programs where no path leads.
    postgresql) for program in /usr/lib/postgresql/*/bin/initdb initdb; do command -v "$program" >/dev/null 2>&1 && break; done ;;
    *) program=$package ;;
  esac
  command -v "$program" >/dev/null 2>&1 || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Please install:$missing" >&2
  exit 1
fi
echo "Installing from Debian:$missing"
run=
[ "$(id -u)" = 0 ] || run="sudo -n"
# shellcheck disable=SC2086
$run apt-get update -q >/dev/null
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $run apt-get install -y -q --no-install-recommends $missing >/dev/null
