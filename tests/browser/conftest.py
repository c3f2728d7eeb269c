"""A real site with the sample community, and a real Chromium in front of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, StorageState

from tests.browser.sights import A_POST
from tests.browser.site import Site, serving
from tests.browser.visitors import Visitors


@pytest.fixture(scope="session")
def site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Asks for the browser first: without one there is nothing to serve."""
    with serving(tmp_path_factory.mktemp("site"), "demo", "--prepare-only") as site:
        yield site


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """Cookies of members who are signed in, by username."""
    return {}


@pytest.fixture(scope="session")
def post(site: Site, chromium: Browser) -> str:
    """The address of the post that is recommended most; the sample's members took part in its discussion."""
    visitors = Visitors(site, chromium, {})
    page = visitors.come(scripts=False)
    A_POST(page)
    address = page.url.removeprefix(site.address)
    visitors.leave()
    return address


@pytest.fixture
def visitors(site: Site, chromium: Browser, sessions: dict[str, StorageState]) -> Iterator[Visitors]:
    """Whoever comes, leaves with the test; no page they saw may have had a problem."""
    visitors = Visitors(site, chromium, sessions)
    yield visitors
    visitors.leave()
    assert visitors.problems == []


@pytest.fixture(params=["wide", "phone"])
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["scripts", "plain"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "scripts")
