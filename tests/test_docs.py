"""What the documents say is there: every setting, command, link and picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from forum.cli import COMMANDS, forum
from forum.community.file import read
from forum.config import ROOT

OPERATE = (ROOT / "docs" / "operate.md").read_text()
DOCUMENTS = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md"))
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.png"))
MAX_PICTURE = 300_000
MAX_DECISION = 30

LINK = re.compile(r'!?\[[^\]]*\]\((?P<markdown>[^)\s]+)\)|(?:src|srcset|href)="(?P<html>[^"]+)"')
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def test_documents_cover_every_variable() -> None:
    read_ones = re.findall(r'self\.(?:checked|optional)\(\s*"([A-Z_]+)"', (ROOT / "forum" / "config.py").read_text())
    named = re.findall(r'environ\.get\("FORUM_([A-Z_]+)"\)', (ROOT / "forum" / "config.py").read_text())
    documented = set(re.findall(r"^\| `FORUM_([A-Z_]+)` \|", OPERATE, re.MULTILINE))
    assert documented == {*read_ones, *named}


@pytest.mark.parametrize("name", COMMANDS)
def test_documents_cover_every_command(name: str) -> None:
    missing = [command for command in commands(name) if not re.search(rf"{command}\b", OPERATE)]
    assert missing == []


def commands(name: str) -> Iterator[str]:
    found = forum.get_command(click.Context(forum), name)
    if isinstance(found, click.Group):
        yield from (f"forum {name} {inner}" for inner in found.commands)
    else:
        yield f"forum {name}"


@pytest.mark.parametrize("document", names(DOCUMENTS))
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    assert [link for link in links(path) if not leads_somewhere(path, link)] == []


def links(path: Path) -> list[str]:
    found = [match["markdown"] or match["html"] for match in LINK.finditer(path.read_text())]
    return [link for link in found if "://" not in link]


def leads_somewhere(path: Path, link: str) -> bool:
    place, _, heading = link.partition("#")
    target = (path.parent / place).resolve() if place else path
    return target.exists() and (not heading or heading in headings(target))


def headings(path: Path) -> set[str]:
    """As GitHub and GitLab make them: lower case, hyphens for blanks, without other marks."""
    return {re.sub(r"[^\w -]", "", found.lower()).replace(" ", "-") for found in HEADING.findall(path.read_text())}


def test_pictures_are_all_shown() -> None:
    shown = {(path.parent / link).resolve() for path in DOCUMENTS for link in links(path)}
    assert [path.name for path in PICTURES if path not in shown] == []


def test_pictures_are_light() -> None:
    assert [path.name for path in PICTURES if path.stat().st_size > MAX_PICTURE] == []


def test_decisions_are_short() -> None:
    assert [path.name for path in DECISIONS if len(path.read_text().splitlines()) > MAX_DECISION] == []


def test_decisions_are_numbered() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_example_community_can_be_read() -> None:
    text = (ROOT / "docs" / "community-file.md").read_text()
    example = text.split("```json\n")[1].split("```")[0]
    assert [comment.place for comment in read(example).posts[0].comments] == ["0", "0.0"]
