"""Addresses and names in running text: where they start and end, and the parser rules that make them links.

One scan of each stretch of text finds them all, so that the cost is one pass whatever the text; the parser is
then stopped where they start. Inside code, links and escapes it never stops, so that nothing is linked there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from forum.kernel.pictures import Document, Picture
from forum.kernel.text.urls import MAX_URL, is_safe, normal_url

# Far more than one text can sensibly call, and a bound on what is looked up for it.
MAX_NAMES = 50


@dataclass(frozen=True)
class CardWords:
    """What stands on the card of a link; a stranger's words."""

    title: str
    description: str = ""
    site: str = ""


@dataclass(frozen=True)
class Known:
    """Whom and what a text may call: `members` by username in casefold → (username, display name),
    `topics` by slug → (name, sign colour), `files` of this site by key, `cards` of pages by their address."""

    members: Mapping[str, tuple[str, str]]
    topics: Mapping[str, tuple[str, str]]
    files: Mapping[str, Picture | Document] = field(default_factory=dict)
    cards: Mapping[str, CardWords] = field(default_factory=dict)


NOBODY = Known(MappingProxyType({}), MappingProxyType({}))


@dataclass(frozen=True)
class Names:
    """What a text may mean to call, looked up before it is rendered: usernames and slugs, casefolded, keys of files,
    addresses alone on a line."""

    members: frozenset[str]
    topics: frozenset[str]
    files: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Span:
    """`text` is a name without its mark; `url` is where an address leads."""

    kind: str
    end: int
    text: str
    url: str = ""


class Spans:
    """The spans of one stretch of text, by where they start."""

    def __init__(self, source: str) -> None:
        self._at = {match.start(): span for match in _SCAN.finditer(source) if (span := _span(match))}
        self._starts = list(self._at)

    def at(self, position: int) -> Span | None:
        return self._at.get(position)

    def next_start(self, position: int, otherwise: int) -> int:
        """The first start after `position`."""
        index = bisect_right(self._starts, position)
        return self._starts[index] if index < len(self._starts) else otherwise


_URL_CHARACTER = r'[^\s<>"`\\\[\]|]'
_NAME_BEFORE = r"(?<![^\W_])(?<![@./\\:\#&=+%-])"
_SCAN = re.compile(
    rf"""
    (?P<web> (?<![A-Za-z0-9]) (?:https?://|www\.(?=[^\W_]))
        {_URL_CHARACTER}{{1,{MAX_URL}}}+ (?!{_URL_CHARACTER}))
    | (?P<mail> (?<![\w.+%/@-]) (?:mailto:)? [a-z0-9] [a-z0-9._+-]{{0,63}} @
        (?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.)+ [a-z]{{2,63}} (?![\w@]))
    | (?P<member> {_NAME_BEFORE} @ [\w-]{{3,30}} (?![\w@-]))
    | (?P<topic> {_NAME_BEFORE} \# [\w-]{{2,80}} (?![\w-]))
    """,
    re.VERBOSE | re.IGNORECASE,
)

# What ends a sentence or closes a quotation around an address, rather than being part of it.
_AFTER_URL = "?!.,:;*~'’”»›…。、"
_ENTITY_AFTER = re.compile(r"&(?:[a-z]+|#\d+);\Z", re.IGNORECASE)
_OPEN_EMPHASIS = re.compile(r"_\*{0,2}\Z")


def install(parser: MarkdownIt) -> None:
    parser.inline.ruler.at("text", _text)
    parser.inline.ruler.before("text", "span", _link_span)


def spellings(typed: str) -> tuple[str, ...]:
    """`anna_` may be a name, or `anna` at the end of an emphasis."""
    shorter = typed.rstrip("_-")
    return (typed,) if shorter == typed or len(shorter) < 2 else (typed, shorter)


def _span(match: re.Match[str]) -> Span | None:
    kind, text = match.lastgroup or "", match[0]
    if kind in {"member", "topic"}:
        return Span(kind, match.end(), text[1:])
    if kind == "web":
        text = _without_tail(text, before=match.string[max(0, match.start() - 3) : match.start()])
    url = _address_of(kind, text)
    return Span(kind, match.start() + len(text), text, url) if is_safe(url) else None


def _address_of(kind: str, text: str) -> str:
    if kind == "mail":
        return normal_url(text if text[:7].lower() == "mailto:" else f"mailto:{text}")
    text = text.replace("&amp;", "&")
    return normal_url(f"https://{text}" if text[:4].lower() == "www." else text)


def _without_tail(url: str, before: str) -> str:
    """Without the marks after an address; a bracket belongs to it when it was opened in it."""
    marks = _AFTER_URL + "_" if _OPEN_EMPHASIS.search(before) else _AFTER_URL
    unclosed = url.count("(") - url.count(")")
    while True:
        shorter = _ENTITY_AFTER.sub("", url) if url.endswith(";") else url.rstrip(marks)
        if shorter == url and url.endswith(")") and unclosed < 0:
            shorter, unclosed = url[:-1], unclosed + 1
        if shorter == url:
            return url.rstrip(marks)
        url = shorter


def _spans_of(state: StateInline) -> Spans:
    kept: dict[str, Spans] = state.env.setdefault("spans", {})
    if state.src not in kept:
        kept[state.src] = Spans(state.src)
    return kept[state.src]


def _text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser's signature
    """Stands in for the parser's own rule: plain text ends where markup or a span may start."""
    mark = state.md.inline.terminator_re.search(state.src, state.pos)
    end = min(mark.start() if mark else state.posMax, state.posMax)
    end = min(end, _spans_of(state).next_start(state.pos, otherwise=end))
    if end <= state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _link_span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser's signature
    if silent or state.linkLevel > 0:
        return False
    span = _spans_of(state).at(state.pos)
    if span is None or span.end > state.posMax:
        return False
    return _WRITERS[span.kind](state, span)


def _push_address(state: StateInline, span: Span) -> bool:
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": span.url}
    opening.markup = "autolink"
    state.push("text", "", 0).content = span.text
    state.push("link_close", "a", -1)
    state.pos = span.end
    return True


def _push_name(state: StateInline, span: Span) -> bool:
    """A token `member` or `topic` whose meta says who; without a `Known`, for any name at all."""
    known: Known | None = state.env.get("known")
    for typed in spellings(span.text):
        key = typed.casefold()
        table = None if known is None else known.members if span.kind == "member" else known.topics
        if table is None or key in table:
            token = state.push(span.kind, "a", 0)
            token.content = f"{state.src[state.pos]}{typed}"
            token.meta = {"key": key, "found": table[key] if table else (typed, "")}
            state.pos += 1 + len(typed)
            return True
    return False


_WRITERS: Mapping[str, Callable[[StateInline, Span], bool]] = {
    "web": _push_address,
    "mail": _push_address,
    "member": _push_name,
    "topic": _push_name,
}
