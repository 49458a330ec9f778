#!/bin/sh
# Everything: checks first, then the tests on both cores, the long stories in a browser and on a real server before the short ones.
set -eu
cd "$(dirname "$0")/.."
sh tools/system-packages.sh chromium age gettext postgresql
sh tools/check.sh
sh tools/messages.sh --check
# The runner's closing line ends the output.
if [ $# -eq 0 ]; then set -- tests/journeys tests peerwork; fi
.venv/bin/python -m pytest --tb=short -n auto --dist loadfile --no-loadscope-reorder "$@"
