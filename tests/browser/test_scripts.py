"""No text of any kind runs, from any field, in any page: with the content security policy, and without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Error, Page

from forum.app import create_app
from forum.config import Settings
from forum.kernel.db import db
from tests.addresses import readable
from tests.browser.site import Site, prepared, served
from tests.browser.visitors import Visitors
from tests.safety.community import make_hostile


@dataclass(frozen=True)
class Hostile:
    site: Site
    paths: tuple[str, ...]


@pytest.fixture(scope="module")
def hostile(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    site = prepared(tmp_path_factory.mktemp("hostile"), "demo", "--prepare-only")
    app = create_app(Settings.from_env(dict(site.environ)))
    with app.app_context():
        values = make_hostile()
        paths = tuple(path for _, path in readable(app, values))
        app.extensions["shared_pages"].reader.close()
        db.session.remove()
        db.engine.dispose()
    with served(site):
        yield Hostile(site, paths)


@pytest.mark.parametrize(("viewer", "without_policy"), [("admin", True), ("amira", False)])
def test_no_text_runs(hostile: Hostile, chromium: Browser, viewer: str, *, without_policy: bool) -> None:
    visitors = Visitors(hostile.site, chromium, {})
    page = visitors.come(member=viewer, bypass_csp=without_policy)
    ran: list[str] = []
    page.expose_function("planted", lambda name: ran.append(name))  # noqa: PLW0108 - it marks its handler, which append can't be
    shown = sum(_look(page, path) for path in hostile.paths)
    visitors.leave()
    assert ran == []
    assert shown > 10


def _look(page: Page, path: str) -> bool:
    """Whether something that was planted stands there."""
    try:
        page.goto(path, wait_until="load")
    except Error as error:  # a file to save, or nothing to show
        if "ERR_ABORTED" not in error.message and "Download" not in error.message:
            raise
        return False
    return "planted-" in page.content()
