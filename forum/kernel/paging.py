"""Keyset pages: the next page starts after a row, so the ten-thousandth costs what the first does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
PAGE = 30


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list. `after` is the cursor of the next page, `before` of the one before; None at the ends."""

    rows: Sequence[Row]
    after: str | None = None
    before: str | None = None


def cursor_id(text: str | None) -> int | None:
    """An id out of an address; None for anything that isn't one, which then means the first page."""
    if text and text.isascii() and text.isdigit() and len(text) <= 18:
        return int(text)
    return None
