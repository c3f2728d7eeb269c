"""A page that is about to be rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forum.pages.store import HTML, Shown


class Moved(Exception):  # it isn't an error: the page is elsewhere
    """What was asked for has another canonical address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True)
class Made:
    """A page's template and records, the version keys of all it shows, and whose texts these are.

    A document for machines has a `content_type` of its own, and then Last-Modified, too.
    """

    template: str
    context: Mapping[str, Any]
    keys: tuple[str, ...]
    shown: Shown = field(default_factory=Shown)
    content_type: str = HTML
