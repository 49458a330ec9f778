#!/bin/sh
# Writes migrations for tables that changed, in a data folder of its own: nothing of a real house is opened.
set -eu
cd "$(dirname "$0")/.."
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
export PEERWORK_DATA="$data" PEERWORK_MEMORY="$data/memory" DJANGO_SETTINGS_MODULE=peerwork.site.settings
.venv/bin/python -m django makemigrations "$@"
