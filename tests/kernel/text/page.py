"""What a browser would make of rendered text, read by a parser that has no part in making it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

ATTRIBUTES = {
    "a": {"class", "href", "id", "title", "rel", "data-topic", "aria-label"},
    "b": {"dir"},
    "code": {"class"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "figcaption": {"class"},
    "figure": {"class", "data-provider", "data-id", "data-key", "data-start"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "img": {"src", "srcset", "sizes", "width", "height", "alt", "title", "loading", "decoding"},
    "input": {"class", "type", "disabled", "checked", "aria-label"},
    "li": {"class", "id"},
    "ol": {"start"},
    "pre": {"role", "tabindex", "aria-label"},
    "section": {"class", "aria-label"},
    "span": {"class", "dir"},
    "sup": {"class"},
    "td": {"class"},
    "th": {"class", "scope"},
}
PLAIN_TAGS = {"blockquote", "br", "em", "hr", "p", "s", "small", "strong", "table", "tbody", "thead", "tr", "ul"}
HREF = re.compile(r"https?://[\w.\[\]:-]+(?:[/?#].*)?|mailto:[^@?]+@[\w.-]+|/(?![/\\]).*|/|#[\w%.-]+", re.IGNORECASE)
OWN = re.compile(r"/(?:members|topics)/.+|#.+")


def tree(html: str) -> Element:
    parsed: Element = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return parsed


def elements(html: str) -> Iterator[Element]:
    """Comments among them, whose tag is no string."""
    return (node for node in tree(html).iter() if node.tag != "DOCUMENT_FRAGMENT")


def problems(html: str) -> list[str]:
    """Everything in `html` that must never be there."""
    nodes = list(elements(html))
    found = [problem for node in nodes for problem in _of(node)]
    ids = Counter(node.get("id") for node in nodes if node.get("id"))
    found += [f"id twice: {name}" for name, times in ids.items() if times > 1]
    return found


def words(html: str) -> str:
    return " ".join("".join(tree(html).itertext()).split())


def hrefs(html: str) -> list[str]:
    return [node.get("href", "") for node in elements(html) if node.tag == "a"]


def _of(node: Element) -> Iterator[str]:
    if node.tag not in ATTRIBUTES and node.tag not in PLAIN_TAGS:
        yield f"tag {node.tag}"
    for name in set(node.attrib) - ATTRIBUTES.get(node.tag, set()):
        yield f"{node.tag} has {name}"
    if node.tag == "a":
        yield from _of_link(node)
    if node.tag == "img" and not re.fullmatch(r"/media/[\w/-]+\.\w+", node.get("src", "")):
        yield f"picture from {node.get('src')}"


def _of_link(node: Element) -> Iterator[str]:
    href = node.get("href")
    if href is not None and not HREF.fullmatch(href):
        yield f"link to {href}"
    if href is not None and not OWN.fullmatch(href) and node.get("rel") != "nofollow ugc noopener":
        yield f"link without rel: {href}"
    if any(inner.tag == "a" for inner in node.iter() if inner is not node):
        yield f"link within a link to {href}"
