"""Reads a feed as a program would, and checks it against what RFC 4287 requires."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from typing import Any

import feedparser  # type: ignore[import-untyped]  # it ships none

from tests.web import Page, Web

ATOM = "{http://www.w3.org/2005/Atom}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ONCE = ("id", "title", "updated")
AT_MOST_ONCE = ("generator", "icon", "logo", "rights", "subtitle", "published", "summary", "content", "source")


def read(page: Page) -> Any:
    """What a feed library makes of it; it may find nothing wrong."""
    assert (page.status, page.response.content_type) == (200, "application/atom+xml; charset=utf-8")
    assert problems(page.text) == []
    found = feedparser.parse(page.response.get_data(), response_headers={"content-type": page.response.content_type})
    assert not found.bozo, found.bozo_exception
    return found


def feed(web: Web, path: str) -> Any:
    return read(web.get(path))


def problems(text: str) -> list[str]:
    """What breaks RFC 4287, section 4.1, in words."""
    root = ET.fromstring(text)
    entries = root.findall(f"{ATOM}entry")
    found = [] if root.tag == f"{ATOM}feed" else [f"the root is {root.tag}"]
    for element in (root, *entries):
        found += _problems(element)
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in entries)
    found += [f"two entries are {id_}" for id_, count in ids.items() if count > 1]
    found += [] if _link(root, "self") else ["the feed doesn't say where it is"]
    return found


def _problems(element: ET.Element) -> list[str]:
    counts = Counter(child.tag.removeprefix(ATOM) for child in element)
    found = [f"{element.tag} has {counts[name]} {name}" for name in ONCE if counts[name] != 1]
    found += [f"{element.tag} has {counts[name]} {name}" for name in AT_MOST_ONCE if counts[name] > 1]
    times = [child.text or "" for child in element if child.tag in {f"{ATOM}updated", f"{ATOM}published"}]
    found += [f"{time!r} is no time" for time in times if not TIME.fullmatch(time)]
    if element.tag == f"{ATOM}entry":
        found += _problems_of_entry(element)
    return found


def _problems_of_entry(entry: ET.Element) -> list[str]:
    found = [] if entry.find(f"{ATOM}author/{ATOM}name") is not None else ["an entry has no author"]
    found += [] if entry.find(f"{ATOM}content") is not None or _link(entry, "alternate") else ["an entry has no text"]
    addresses = [link.get("href", "") for link in entry.findall(f"{ATOM}link")]
    found += [f"{address} isn't whole" for address in addresses if not address.startswith("http")]
    return found


def _link(element: ET.Element, rel: str) -> str:
    found = [link.get("href", "") for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]
    return found[0] if found else ""


def link(found: Any, rel: str) -> str:
    """The path of a feed's link, '' where it has none."""
    hrefs = [one.href for one in found.feed.links if one.rel == rel]
    return hrefs[0].removeprefix("http://localhost") if hrefs else ""
