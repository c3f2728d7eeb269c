"""Slots: the few places of a shared page that differ by viewer.

While a shared page is rendered, `slot('own', 12)` writes a marker that no member can write, since it holds a secret of
this process. The finished page is cut at its markers into segments, once; for each viewer the slots are filled and the
pieces joined. On a page that isn't shared, a slot is filled at once.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from flask import current_app
from markupsafe import Markup

Known = TypeVar("Known")

_SECRET = secrets.token_hex(16)
_MARKER = re.compile(rf"\x02{_SECRET}:([a-z_]+):(\d+)\x03")
_shared: ContextVar[bool] = ContextVar("shared", default=False)


@dataclass(frozen=True)
class Slotted:
    """A page cut at its slots: `texts[0]`, slot 0, `texts[1]`, slot 1 … always one text more than slots.

    In UTF-8, since a page is filled for each viewer and putting it together from characters took twice as long.
    """

    texts: tuple[bytes, ...]
    slots: tuple[tuple[str, int], ...]

    def fill(self, fills: Mapping[str, Callable[[Known, int], str]], known: Known) -> bytes:
        """The whole page. `fills` has a function a slot: (what is known of the viewer, the slot's number) → HTML."""
        parts = [self.texts[0]]
        for (name, number), text in zip(self.slots, self.texts[1:], strict=True):
            if filled := fills[name](known, number):
                parts.append(filled.encode())
            parts.append(text)
        return b"".join(parts)


def is_shared() -> bool:
    return _shared.get()


@contextmanager
def shared() -> Iterator[None]:
    """Within, slots are left open."""
    token = _shared.set(True)
    try:
        yield
    finally:
        _shared.reset(token)


def slot(name: str, number: int = 0) -> Markup:
    """Called by templates."""
    if is_shared():
        return Markup(f"\x02{_SECRET}:{name}:{number}\x03")  # noqa: S704  # made of our own constants only
    fill: Callable[[str, int], str] = current_app.extensions["fill_slot"]
    return Markup(fill(name, number))  # noqa: S704  # filled by templates of our own, which escape


def cut(page: str) -> Slotted:
    """Cut a page rendered within `shared()` at its slots."""
    texts: list[bytes] = []
    found: list[tuple[str, int]] = []
    end = 0
    for match in _MARKER.finditer(page):
        texts.append(page[end : match.start()].encode())
        found.append((match[1], int(match[2])))
        end = match.end()
    return Slotted((*texts, page[end:].encode()), tuple(found))
