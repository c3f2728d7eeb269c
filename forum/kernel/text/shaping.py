"""Between parsing and writing: headings below the page's own, players, cards, pictures, readable link texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from forum.kernel.pictures import Document, Picture, key_in
from forum.kernel.text.embeds import MAX_EMBEDS, Card, card_of, video_of
from forum.kernel.text.spans import NOBODY, Known
from forum.kernel.text.urls import host_of, is_web, normal_url, shown

# The page's title is the one h1. Three levels are what readers tell apart.
TOP_HEADING = 2
DEEPEST_HEADING = 4
MAX_HEADING_ID = 60

# Nobody reads the sixth emphasis inside five others, and both parsers after this one take the square of the depth.
MAX_EMPHASIS = 5

_LINES_END = {"softbreak", "hardbreak"}
_LOOKS_LIKE_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass
class Found:
    """What a text holds, gathered on the way; dictionaries are ordered sets."""

    links: dict[str, None] = field(default_factory=dict)
    mentions: dict[str, None] = field(default_factory=dict)
    files: dict[str, None] = field(default_factory=dict)
    cards: dict[str, None] = field(default_factory=dict)
    images: int = 0
    embeds: int = 0
    known: Known = NOBODY


def shape(tokens: list[Token], scope: str, known: Known = NOBODY) -> tuple[list[Token], Found]:
    """The tokens to be written. `scope` starts every id, so that texts can share a page."""
    found = Found(known=known)
    _place_headings(tokens, scope)
    for token in tokens:
        if token.type == "inline":
            token.children = _inline(token.children or [], scope, found)
    return list(_with_embeds(tokens, found)), found


def words_of(tokens: list[Token]) -> str:
    """The plain words of inline tokens: a heading's, a link's, a picture's description."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "image":
            parts.append(words_of(token.children or []))
        else:
            parts.append(" " if token.type in _LINES_END else token.content)
    return "".join(parts)


def _place_headings(tokens: list[Token], scope: str) -> None:
    """The highest level used becomes h2, the next h3, others h4: no author has to know what is around the text."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    tags = {tag: f"h{min(TOP_HEADING + rank, DEEPEST_HEADING)}" for rank, tag in enumerate(levels)}
    taken: dict[str, int] = {}
    for position, token in enumerate(tokens):
        if token.type in {"heading_open", "heading_close"}:
            token.tag = tags[token.tag]
        if token.type == "heading_open":
            name = _heading_name(words_of(tokens[position + 1].children or []))
            taken[name] = taken.get(name, 0) + 1
            token.attrSet("id", f"{scope}h-{name}" + (f"--{taken[name]}" if taken[name] > 1 else ""))


def _heading_name(words: str) -> str:
    return "-".join(re.findall(r"\w+", words.lower()))[:MAX_HEADING_ID].strip("-") or "part"


def _without_depths(children: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in children:
        emphasis = token.tag in {"em", "strong", "s"}
        depth += emphasis and token.nesting > 0
        if not emphasis or depth <= MAX_EMPHASIS:
            yield token
        depth -= emphasis and token.nesting < 0


def _inline(children: list[Token], scope: str, found: Found) -> list[Token]:
    shaped: list[Token] = []
    opening: Token | None = None
    start = 0
    for token in _without_depths(children):
        if token.type == "link_open":
            opening, start = token, len(shaped)
            _point(token, scope, found)
        elif token.type == "link_close" and opening is not None:
            _label(opening, shaped, start)
            if "note" in opening.meta:
                shaped.append(Token("file_note", "small", 0, content=opening.meta["note"]))
            opening = None
        if token.type == "image":
            shaped += _picture(token, found, linked=opening is not None)
        else:
            shaped.append(token)
        if token.type == "member":
            found.mentions[token.meta["found"][0]] = None
    return shaped


def _point(link: Token, scope: str, found: Found) -> None:
    url = str(link.attrs["href"])
    if url.startswith("#"):
        link.attrs["href"] = f"#{scope}h-{url[1:].lower()}"
    elif is_web(url):
        found.links[url] = None
    elif document := _document(url, found):
        link.attrs["class"] = "file"
        link.meta["note"] = document.note
        found.files[document.key] = None


def _document(url: str, found: Found) -> Document | None:
    file = found.known.files.get(key_in(url))
    return file if isinstance(file, Document) else None


def _label(opening: Token, shaped: list[Token], start: int) -> None:
    """Bare addresses are shortened; a text that names another host than the link's gives way to the true one."""
    url, inside = str(opening.attrs["href"]), shaped[start + 1 :]
    words = words_of(inside).strip()
    bare = opening.markup == "autolink"
    if bare:
        opening.attrJoin("class", "url")
    if any(token.type == "image" for token in inside):
        return
    if bare or not words or _names_another_host(words, url):
        del shaped[start + 1 :]
        shaped.append(_text(shown(url) or url))


def _names_another_host(words: str, url: str) -> bool:
    if not is_web(url) or not _LOOKS_LIKE_URL.fullmatch(words):
        return False
    named = host_of(normal_url(words if "://" in words else f"https://{words}"))
    return named not in {"", host_of(url)}


def _picture(image: Token, found: Found, *, linked: bool) -> list[Token]:
    """A picture of this site; from elsewhere a link to it, since loading it would tell others who reads here."""
    url, words = str(image.attrs["src"]), words_of(image.children or []).strip()
    found.images += 1
    picture = found.known.files.get(key_in(url))
    if isinstance(picture, Picture):
        found.files[picture.key] = None
        image.attrs = {"title": image.attrs["title"]} if "title" in image.attrs else {}
        image.meta = {"picture": replace(picture, alt=words)}
        return [image]
    if linked or not is_web(url):
        return [_text(words)]
    found.links[url] = None
    opening, closing = Token("link_open", "a", 1), Token("link_close", "a", -1)
    opening.attrs = {"class": "picture-link", "href": url}
    return [opening, _text(words or shown(url)), closing]


def _with_embeds(tokens: list[Token], found: Found) -> Iterator[Token]:
    """Paragraphs of the text itself, not of a quotation, list or note, give up addresses on lines of their own."""
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "paragraph_open" and token.level == 0:
            yield from _split(tokens[position : position + 3], found)
            position += 3
        else:
            yield token
            position += 1


def _split(paragraph: list[Token], found: Found) -> Iterator[Token]:
    """An address that stands between two lines of one paragraph belongs to their sentence and stays there."""
    inline = paragraph[1]
    lines = _lines(inline.children or [])
    first = _leading_urls(lines, MAX_EMBEDS - found.embeds)
    last = _leading_urls(lines[first:][::-1], MAX_EMBEDS - found.embeds - first)
    rest = lines[first : len(lines) - last]
    yield from _embeds(lines[:first], found)
    if rest:
        inline.children = [token for line in rest for token in line]
        while inline.children[-1].type in _LINES_END:
            inline.children.pop()
        yield from paragraph
    yield from _embeds(lines[len(lines) - last :], found)


def _leading_urls(lines: list[list[Token]], most: int) -> int:
    """How many of the first lines are an address and nothing else; at most `most`."""
    count = 0
    while count < min(most, len(lines)) and _lone_url(lines[count]):
        count += 1
    return count


def _lines(children: list[Token]) -> list[list[Token]]:
    """Cut after each line end that isn't inside an emphasis."""
    lines: list[list[Token]] = [[]]
    depth = 0
    for token in children:
        lines[-1].append(token)
        depth += token.nesting
        if token.type in _LINES_END and depth == 0:
            lines.append([])
    return lines


def _lone_url(line: list[Token]) -> str:
    """The address that is all there is on a line, or nothing."""
    kept = [token for token in line if token.type not in _LINES_END and (token.type != "text" or token.content.strip())]
    if [token.type for token in kept] != ["link_open", "text", "link_close"] or kept[0].markup != "autolink":
        return ""
    url = str(kept[0].attrs["href"])
    return url if is_web(url) else ""


def _embeds(lines: list[list[Token]], found: Found) -> Iterator[Token]:
    for line in lines:
        found.embeds += 1
        token = Token("embed", "", 0, block=True)
        url = _lone_url(line)
        token.meta = {"embed": video_of(url) or _card(url, found)}
        yield token


def _card(url: str, found: Found) -> Card:
    """In its page's own words where they are known, else in those of its address."""
    found.cards[url] = None
    words = found.known.cards.get(url)
    return replace(card_of(url), words=words) if words else card_of(url)


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)
