"""From what was typed to what is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from forum.kernel.pictures import FILE_ADDRESS
from forum.kernel.text import dialect, plaintext, shaping, writing
from forum.kernel.text.embeds import MAX_EMBEDS
from forum.kernel.text.source import check_density, clean_source
from forum.kernel.text.spans import MAX_NAMES, NOBODY, Known, Names, spellings
from forum.kernel.text.urls import normal_url

# Raised whenever the same source gives other HTML, so that stored texts are found and rendered again.
PIPELINE_VERSION = 2

# More than a long photo report shows; the rest is left as words.
MAX_FILES = 100

# What may be alone on its line; whether it is, the parser says.
_LONE_URL = re.compile(r"^[ \t]*(https?://\S{1,2000})[ \t]*$", re.MULTILINE | re.IGNORECASE)
_SCOPE = re.compile(r"[a-z][a-z0-9]*-")


@dataclass(frozen=True)
class Rendered:
    """`links` are web addresses, pictures' included, each once; `mentions` are usernames that exist; `files` are keys
    of stored files that it shows or links; `cards` are links that became cards."""

    html: str
    excerpt: str
    words: int
    links: tuple[str, ...]
    images: int
    mentions: tuple[str, ...]
    files: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()


def render(source: str, known: Known = NOBODY, *, scope: str = "") -> Rendered:
    """HTML safe to store and to show by `present`, and what policies ask about a text.

    `scope` (`p3-`, `c12-`) starts every id in it; without one it is made of the text, and two equal texts on one
    page share theirs. Raises TextTooLong and TextTooDense.
    """
    text = clean_source(source)
    check_density(text)
    scope = scope if _SCOPE.fullmatch(scope) else _scope_of(scope, text)
    tokens, found = shaping.shape(dialect.parse(text, known), scope, known)
    html = _sanitised(writing.write(tokens, scope))
    return Rendered(
        html=html,
        excerpt=plaintext.excerpt(html),
        words=plaintext.count_words(html),
        links=tuple(found.links),
        images=found.images,
        mentions=tuple(found.mentions),
        files=tuple(found.files),
        cards=tuple(found.cards),
    )


def _sanitised(html: str) -> str:
    """6 MB of libraries that a process which only shows pages never loads."""
    from forum.kernel.text.sanitise import sanitise

    return sanitise(html)


def names_in(source: str) -> Names:
    """Whom and what a text may call, outside code, addresses and links. Raises what `render` does of a source."""
    text = clean_source(source)
    check_density(text)
    files = frozenset(found["key"] for found in islice(FILE_ADDRESS.finditer(text), MAX_FILES))
    links = frozenset(normal_url(found[1]) for found in islice(_LONE_URL.finditer(text), MAX_EMBEDS)) - {""}
    if "@" not in text and "#" not in text:
        return Names(frozenset(), frozenset(), files, links)
    called: dict[str, dict[str, None]] = {"member": {}, "topic": {}}
    for token in dialect.parse(text, None):
        for child in token.children or []:
            if child.type in called:
                called[child.type].update(dict.fromkeys(map(str.casefold, spellings(child.content[1:]))))
    return Names(_first(called["member"]), _first(called["topic"]), files, links)


def _first(names: dict[str, None]) -> frozenset[str]:
    return frozenset(list(names)[:MAX_NAMES])


def _scope_of(wanted: str, text: str) -> str:
    return f"t{blake2b(f'{wanted} {text}'.encode(errors='replace'), digest_size=5).hexdigest()}-"
