#!/bin/sh
# Everything: checks first, then the fast tests on both cores, then the stories in a browser and on a real server.
set -eu
cd "$(dirname "$0")/.."
sh tools/system-packages.sh chromium age gettext
sh tools/check.sh
sh tools/messages.sh --check
# The runner's closing line ends the output.
.venv/bin/python -m pytest --tb=short -n auto --dist loadfile "$@"
