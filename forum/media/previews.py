"""What a page says of itself, fetched by the worker and cleaned: the words of a link card.

Everything in it is a stranger's: one line each, short, without what hides or turns around; escaped when it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from forum.kernel import outbound
from forum.kernel.lines import one_line
from forum.kernel.text.urls import clip

ACCEPTED = ("text/html", "application/xhtml+xml")
# Heads are rarely longer; what follows is the page's own business.
MAX_HEAD = 64 * 1024
MAX_TITLE = 110
MAX_DESCRIPTION = 200
MAX_SITE = 60
TITLES = ("og:title", "twitter:title")
DESCRIPTIONS = ("og:description", "description", "twitter:description")


@dataclass(frozen=True)
class Preview:
    title: str
    description: str
    site: str


def fetch(url: str) -> Preview:
    """Raises outbound.OutboundError."""
    return read(outbound.fetch(url, ACCEPTED).text)


def read(html: str) -> Preview:
    """All parts may be empty."""
    head = _Head()
    head.feed(_head_of(html))
    head.close()
    title = _first(head.said, TITLES) or head.title
    return Preview(
        title=clip(one_line(title[: 4 * MAX_TITLE]), MAX_TITLE),
        description=clip(one_line(_first(head.said, DESCRIPTIONS)[: 4 * MAX_DESCRIPTION]), MAX_DESCRIPTION),
        site=clip(one_line(head.said.get("og:site_name", "")[: 4 * MAX_SITE]), MAX_SITE),
    )


def _head_of(html: str) -> str:
    lower = html[:MAX_HEAD].lower()
    ends = [found for mark in ("</head", "<body") if (found := lower.find(mark)) >= 0]
    return html[: min(ends, default=MAX_HEAD)]


def _first(said: dict[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name, "").strip()), "")


class _Head(HTMLParser):
    """Title and meta elements; the first of each name counts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.said: dict[str, str] = {}
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title" and not self.title
        if tag == "meta":
            given = dict(attrs)
            name = (given.get("property") or given.get("name") or "").lower()
            self.said.setdefault(name, given.get("content") or "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # the signature of the parser
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
