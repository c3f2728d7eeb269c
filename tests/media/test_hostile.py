"""Hostile files through the site itself: never an error of ours, never much time, and nothing of them comes out."""

from __future__ import annotations

import resource
from collections.abc import Callable

import pytest

from forum.accounts.models import Member
from tests.media import samples
from tests.media.samples import GIF, JPEG, PNG, TOKEN
from tests.media.sending import send
from tests.media.test_drawing import BOMBS
from tests.web import Web

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
SCRIPT = f"<script>alert('{TOKEN}')</script>".encode()
HOSTILE: dict[str, Callable[[], bytes]] = {
    **BOMBS,
    "told": lambda: samples.telling(JPEG),
    "page in a picture": lambda: samples.picture(JPEG, comment=SCRIPT) + b"<html>" + SCRIPT,
    "picture and archive": lambda: samples.picture(PNG) + b"PK\x03\x04" + SCRIPT,
    "picture and document": lambda: samples.picture(GIF) + b"%PDF-1.4" + SCRIPT,
    "script that starts like one": lambda: b"GIF89a=1;/*" + bytes(50) + b"*/" + SCRIPT,
    "drawing": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    "page": lambda: b"<!doctype html>" + SCRIPT,
    "half a picture": lambda: samples.picture(JPEG)[:3000],
    "nothing": lambda: b"",
}


def spent() -> float:
    """Seconds of processor time, ours and that of the processes that drew."""
    ours, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return ours.ru_utime + ours.ru_stime + theirs.ru_utime + theirs.ru_stime


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("installed", ["sqlite"], indirect=True, scope="session")
def test_hostile_file_costs_little_and_leaves_nothing(web: Web, ada: Member, name: str) -> None:
    data = HOSTILE[name]()
    begun = spent()
    page = send(web, data, f"{name}.html.jpg")
    took = spent() - begun
    # Drawing is stopped after 1.6 s; the rest is this test's own browser, which packs the form.
    assert (page.status in {201, 413, 422}, took < 2.5) == (True, True), (page.status, took)
    if page.status == 201:
        key = page.response.get_json()["address"][7:23]
        for part in (f"/media/{key}.webp", f"/media/{key}.jpg"):
            served = web.get(part).response
            assert (TOKEN.encode() in served.data, served.headers["X-Content-Type-Options"]) == (False, "nosniff")
