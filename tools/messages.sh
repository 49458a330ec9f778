#!/bin/sh
# Gather every string a translator needs, and compile what they wrote.
# Use: tools/messages.sh          gather and compile
#      tools/messages.sh --check  say whether the catalogues hold every string, changing nothing
set -eu
cd "$(dirname "$0")/.."
sh tools/system-packages.sh gettext
data=$(mktemp -d)
cp -r peerwork/site/locale "$data/locale"
put_back() { rm -rf peerwork/site/locale; cp -r "$data/locale" peerwork/site/locale; }
trap 'rm -rf "$data"' EXIT
[ "${1:-}" = --check ] && trap 'put_back; rm -rf "$data"' EXIT
export PEERWORK_DATA="$data" PEERWORK_MEMORY="$data/memory" DJANGO_SETTINGS_MODULE=peerwork.site.settings
python=$(pwd)/.venv/bin/python
(cd peerwork && $python -m django makemessages -a --no-location --no-obsolete -v 0 -i 'tests/*')
if [ "${1:-}" = --check ]; then
  $python tools/catalogues.py same "$data/locale" peerwork/site/locale
else
  $python tools/catalogues.py compile peerwork/site/locale
fi
