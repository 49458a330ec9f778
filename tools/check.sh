#!/bin/sh
# Style, types, stairs, templates, messages: cheapest first, no tests.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
export PEERWORK_DATA="$data" PEERWORK_MEMORY="$data/memory" DJANGO_SETTINGS_MODULE=peerwork.site.settings
$bin/ruff format --no-cache --check -q .
$bin/ruff check --no-cache -q .
find peerwork -name '*.html' -not -path '*/django/forms/*' -print0 | xargs -0 $bin/djade --check --target-version 6.0
$bin/lint-imports --no-logo --no-cache >"$data/stairs" || { cat "$data/stairs"; exit 1; }
$bin/deptry . 2>"$data/deptry" || { cat "$data/deptry"; exit 1; }
$bin/python -m django makemigrations --check --dry-run -v 0
$bin/mypy --no-incremental --no-error-summary peerwork
echo "style, types, stairs, templates, dependencies, migrations: as they should be"
