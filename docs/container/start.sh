#!/bin/sh
# Brings the database to this version, then serves until SIGTERM. `init` is safe to repeat.
set -eu

forum init
exec forum serve --host "${HOST:-0.0.0.0}" --port "${PORT:-8000}" "$@"
