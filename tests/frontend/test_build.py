"""What the front-end build wrote: small, complete, and named by content."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
DIST = STATIC / "dist"

pytestmark = pytest.mark.skipif(
    not (DIST / "manifest.json").exists(), reason="the front end isn't built: run `make setup`"
)

# Bar 11 of the quality bars: compressed bytes that a page may bring along.
STYLES_LIMIT = 20 * 1024
SCRIPTS_LIMIT = 60 * 1024
# A page that is only read loads no more script than this.
READING_LIMIT = 15 * 1024


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


def manifest() -> dict[str, str]:
    names: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    return names


def test_manifest_names_files_by_their_content() -> None:
    wrong = [name for name in manifest().values() if not re.fullmatch(r"[\w.-]+-[A-Z0-9]{8}\.\w+", name)]
    assert wrong == []
    assert [name for name in manifest().values() if not (DIST / name).is_file()] == []


def test_styles_keep_their_budget() -> None:
    assert compressed(DIST / manifest()["app.css"]) <= STYLES_LIMIT


def scripts(name: str) -> set[str]:
    """A script and what it imports. The folder may hold those of earlier builds too."""
    imported = re.findall(r'"\./([\w.-]+\.js)"', (DIST / name).read_text())
    return {name}.union(*(scripts(one) for one in imported if one != name))


def test_scripts_keep_their_budget() -> None:
    assert sum(compressed(DIST / name) for name in scripts(manifest()["app.js"])) <= SCRIPTS_LIMIT
    assert compressed(DIST / manifest()["app.js"]) <= READING_LIMIT


def test_icons_that_templates_name_are_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons" / "icons.svg").read_text()))
    templates = (STATIC.parent / "templates").rglob("*.html")
    named = {name for path in templates for name in re.findall(r"icon\('([\w-]+)'", path.read_text())}
    assert named - drawn == set()


def test_package_lock_names_no_registry() -> None:
    assert '"resolved"' not in (STATIC / "package-lock.json").read_text()
