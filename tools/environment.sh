#!/bin/sh
# Makes .venv hold exactly what a lock file says, hashes checked. Quick when nothing changed.
# Use: tools/environment.sh requirements.lock
set -eu
cd "$(dirname "$0")/.."
lock=$1
stamp=.venv/.made-from
sum=$(cat "$lock" pyproject.toml | sha256sum | cut -d ' ' -f 1)
if [ -x .venv/bin/peerwork ] && grep -q "^$lock $sum\$" "$stamp" 2>/dev/null; then exit 0; fi
# A test environment can run the house too: do not take the tests' tools away.
if [ "$lock" = requirements.lock ] && [ -x .venv/bin/peerwork ] &&
  grep -q "^requirements-dev.lock $(cat requirements-dev.lock pyproject.toml | sha256sum | cut -d ' ' -f 1)\$" "$stamp" 2>/dev/null; then exit 0; fi

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; assert sys.version_info >= (3, 12)' 2>/dev/null; then
  python=$(sh tools/python.sh)
  echo "Making .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv
fi
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r "$lock"
# The house itself: found where it stands, so that an edit is live, with no build step.
pwd > "$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/peerwork-stands-here.pth"
cat > .venv/bin/peerwork <<TEXT
#!$(pwd)/.venv/bin/python
from peerwork.site.cli import main
raise SystemExit(main())
TEXT
chmod +x .venv/bin/peerwork
.venv/bin/python -m compileall -q peerwork
echo "$lock $sum" > "$stamp"
