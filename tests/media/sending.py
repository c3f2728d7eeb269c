"""Files are sent as a script sends them."""

from __future__ import annotations

import io
from typing import Any

from tests.media import samples
from tests.web import Page, Web


def csrf(web: Web) -> str:
    return web.get("/settings/profile").form("/settings/profile")["csrf_token"][0]


def send(web: Web, data: bytes, name: str = "photo.jpg", **fields: str) -> Page:
    """As a script sends it."""
    sent: dict[str, Any] = {"csrf_token": csrf(web), "file": (io.BytesIO(data), name), **fields}
    return web.post("/media", sent)


def added(web: Web, data: bytes = b"", name: str = "photo.jpg", **fields: str) -> dict[str, Any]:
    """What the answer says of a file that was taken."""
    page = send(web, data or samples.picture(), name, **fields)
    assert page.status == 201, page.text
    answer: dict[str, Any] = page.response.get_json()
    return answer
