#!/bin/sh
# Gather every string a translator needs, and compile what they wrote.
# Use: tools/messages.sh          gather and compile
#      tools/messages.sh --check  say whether the catalogues hold every string, changing nothing
set -eu
cd "$(dirname "$0")/.."
sh tools/system-packages.sh gettext
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
export PEERWORK_DATA="$data" PEERWORK_MEMORY="$data/memory" DJANGO_SETTINGS_MODULE=peerwork.site.settings
python=$(pwd)/.venv/bin/python
[ "${1:-}" = --check ] && cp -r peerwork/site/locale "$data/locale"
(cd peerwork && $python -m django makemessages -a --no-location --no-obsolete -v 0 -i 'tests/*')
if [ "${1:-}" = --check ]; then
  status=0
  $python tools/catalogues.py same "$data/locale" peerwork/site/locale || status=1
  rm -rf peerwork/site/locale
  cp -r "$data/locale" peerwork/site/locale
  exit $status
fi
$python tools/catalogues.py compile peerwork/site/locale
