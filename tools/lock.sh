#!/bin/sh
# Two locks with hashes and without one address: what runs, and what runs plus what tests it.
set -eu
cd "$(dirname "$0")/.."
common="--universal --python-version 3.12 --generate-hashes --no-header --no-annotate -q"
# shellcheck disable=SC2086
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install -qq --disable-pip-version-check uv
.venv/bin/uv pip compile pyproject.toml $common "$@" -o requirements.lock
# shellcheck disable=SC2086
.venv/bin/uv pip compile pyproject.toml --group dev -c requirements.lock $common "$@" -o requirements-dev.lock
! grep -nE 'https?://' requirements.lock requirements-dev.lock
