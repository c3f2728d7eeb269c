"""No text of any kind becomes an element of a page or feed, from any field, for anybody who looks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import html5lib
import pytest
from flask import Flask

from forum.accounts import queries as accounts
from forum.app import create_app
from forum.community.demo import load
from forum.kernel import schema
from forum.kernel.db import db
from tests.addresses import readable
from tests.conftest import settings_for
from tests.safety import columns
from tests.safety.community import make_hostile
from tests.safety.planting import is_known, text_columns
from tests.web import Web

VIEWERS = ("", "amira", "joost", "rosa", "admin")
# So many columns at least are seen on some page, whatever the others need before they show.
SEEN = 35


@dataclass(frozen=True)
class Planted:
    app: Flask
    values: dict[str, str]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    folder: Path = tmp_path_factory.mktemp("planted")
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'kade.sqlite3'}"))
    app.testing = True
    with app.app_context():
        schema.upgrade()
        load()
        yield Planted(app, make_hostile())
        app.extensions["shared_pages"].reader.close()
        db.session.remove()
        db.engine.dispose()


def test_every_text_column_has_a_case(planted: Planted) -> None:
    assert [name for name in text_columns() if not is_known(name)] == []


def test_every_case_has_its_column(planted: Planted) -> None:
    named = {*columns.TYPED, *columns.FORMED, *columns.RENDERED, *columns.NESTED, *columns.MADE}
    tables = {name.partition(".")[0] for name in text_columns()}
    assert named - set(text_columns()) - tables == set()


def test_nothing_typed_becomes_an_element(planted: Planted) -> None:
    broken, shown = {}, set()
    for viewer in VIEWERS:
        web = Web(planted.app)
        web = web.sign_in(accounts.get_member(viewer)) if viewer else web
        for _, path in readable(planted.app, planted.values):
            page = web.get(path)
            shown |= set(re.findall(r"planted-([a-z-]+)", page.text))
            found = elements(page.response.mimetype or "", page.text) if page.status < 500 else {str(page.status)}
            if found:
                broken[f"{path} as {viewer}"] = found
    assert broken == {}
    assert len(shown) >= SEEN


def elements(mimetype: str, text: str) -> set[str]:
    """Names of elements and of attributes that only what was planted has."""
    if mimetype.endswith("xml"):
        inner = [node.text or "" for node in ET.fromstring(text).iter() if node.get("type") == "html"]
        return {name for one in inner for name in elements("text/html", one)}
    if mimetype != "text/html":
        return set()
    tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    names = {str(node.tag) for node in tree.iter()} | {name for node in tree.iter() for name in node.attrib}
    return {name for name in names if name.startswith(("planted", "on"))}
