#!/bin/sh
# Everything: checks first, then the tests, the long stories in a browser and on a real server before the short ones (conftest.py).
set -eu
cd "$(dirname "$0")/.."
sh tools/system-packages.sh chromium chromium-headless-shell age gettext postgresql coturn espeak-ng
sh tools/check.sh
sh tools/messages.sh --check
# A story often waits for its browser: with one worker more than there are cores, none of them is idle.
workers=$(($(getconf _NPROCESSORS_ONLN) + 1))
# The runner's closing line ends the output.
.venv/bin/python -m pytest --tb=short -rR -n "$workers" --dist loadfile --no-loadscope-reorder "$@"
