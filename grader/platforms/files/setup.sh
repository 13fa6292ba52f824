#!/bin/sh
# Install the grader in a container. setup.sh [FOLDER]: where to; every user may read it, since student code runs as one
# that owns nothing. What lies beside this file, the reference above all, is then closed to everybody but root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=${1:-/opt/notebook-grader}

install_packages() { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }

fits() { "$1" -c 'import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

find_python() {
  for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if fits "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update
  install_packages ca-certificates bubblewrap python3 python3-venv
  for version in 3.13 3.12 3.11; do
    find_python >/dev/null || install_packages "python$version" "python$version-venv" || true
  done
fi
python=$(find_python) || {
  echo "There is no Python 3.11, 3.12 or 3.13 with venv here. Choose a newer base image for the container." >&2
  exit 1
}

"$python" -m venv "$home"
set -- "$here"/package/*.whl
"$home/bin/python" -m pip install --no-cache-dir --disable-pip-version-check \
  -c "$here/package/constraints.txt" "$1[labs]"
chmod -R go= "$here"

"$home/bin/grader" doctor || echo "
No sandbox holds in this container, so nothing will be graded in one like it. README.md says what each sandbox needs.
If the platform cannot give that, make the adapter with --sandbox none: read there first what that means." >&2
