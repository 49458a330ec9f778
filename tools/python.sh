#!/bin/sh
# Prints the path of a Python >= 3.12 that can make an environment.
# Looks at: $PYTHON, pyenv's (.python-version), python3.14 … python3.12, python3.
# Finds none: installs Debian's where it is new enough, else asks uv for one by name, else says what to do.
set -eu
wanted=$(cat "$(dirname "$0")/../.python-version")

good() {
  command -v "$1" >/dev/null 2>&1 || return 1
  "$1" -c 'import sys; assert sys.version_info >= (3, 12); import ensurepip, sqlite3, ssl, venv' >/dev/null 2>&1
}

look() {
  for python in "${PYTHON:-}" \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$wanted"*/bin/python3 \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3 \
    python3.14 python3.13 python3.12 python3 \
    "$HOME"/.local/share/uv/python/cpython-3.1[2-9]*/bin/python3; do
    [ -n "$python" ] && good "$python" && command -v "$python" && return 0
  done
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"; else return 1; fi
}

look && exit 0

if command -v apt-get >/dev/null 2>&1; then
  echo "No Python 3.12 or newer yet. Asking Debian." >&2
  { as_root apt-get update -q && as_root apt-get install -y -q python3 python3-venv python3-pip; } >&2 || true
  look && exit 0
fi

if command -v python3 >/dev/null 2>&1; then
  echo "Debian's Python is older than 3.12. Asking uv for Python $wanted." >&2
  { python3 -m venv .tools/uv && .tools/uv/bin/pip install -q uv && .tools/uv/bin/uv python install "$wanted"; } >&2 || true
  look && exit 0
fi

cat >&2 <<'TEXT'
Peerwork needs Python 3.12 or newer, and none was found.
Install one of these, then run the same command again:
  - Debian 13 or newer:  apt install python3 python3-venv
  - any system:          pyenv install 3.13
  - or point to yours:   PYTHON=/path/to/python3 make run
TEXT
exit 1
