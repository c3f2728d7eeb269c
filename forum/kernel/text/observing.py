"""What may trip a reader in a text: facts for advice to its author, from the same parse that draws it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from forum.kernel.text import dialect, shaping
from forum.kernel.text.source import check_density, clean_source

# About half a printed page without a break: on a phone that is more than two screens of one grey block.
LONG_PARAGRAPH = 150
EXCERPT = 60
# Words that say nothing of where a link leads, out of its sentence (WCAG 2.4.9), in English and Dutch.
_SAYS_NOTHING = frozenset(
    (
        "here", "click here", "this", "this link", "link", "read more", "more", "more info", "see here", "this page",
        "hier", "klik hier", "deze link", "lees meer", "meer", "meer info", "lees hier", "zie hier", "deze pagina",
    )
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")


@dataclass(frozen=True)
class Observed:
    """`pictures` have no description; `headings` stand more than one level below what is above them; `links` are
    texts that say nothing; `addresses` stand bare in a sentence; `paragraphs` are the beginnings of long ones.
    `words` are those of running text, in lower case, for telling the language.
    """

    pictures: int
    headings: tuple[str, ...]
    links: tuple[str, ...]
    addresses: tuple[str, ...]
    paragraphs: tuple[str, ...]
    words: tuple[str, ...]


def observe(source: str) -> Observed:
    """Raises TextTooLong and TextTooDense."""
    text = clean_source(source)
    check_density(text)
    tokens = dialect.parse(text, None)
    inline = [token.children or [] for token in tokens if token.type == "inline"]
    running = [shaping.words_of(token.children or []) for token in _paragraphs(tokens)]
    return Observed(
        pictures=sum(1 for part in inline for token in part if token.type == "image" and not token.content.strip()),
        headings=tuple(_skipping(tokens)),
        links=tuple(words for part in inline for words, bare in _links(part) if not bare and _is_empty(words)),
        addresses=tuple(words for part in inline for words, bare in _links(part) if bare and _has_sentence(part)),
        paragraphs=tuple(_start(one) for one in running if len(_WORD.findall(one)) > LONG_PARAGRAPH),
        words=tuple(word for one in running for word in _WORD.findall(one.lower())),
    )


def _paragraphs(tokens: list[Token]) -> Iterator[Token]:
    return (one for before, one in pairwise(tokens) if before.type == "paragraph_open")


def _skipping(tokens: list[Token]) -> Iterator[str]:
    """By the levels that are drawn: the highest one used is the first."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    above = -1
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            level = levels.index(token.tag)
            if level > above + 1:
                yield _start(shaping.words_of(inside.children or []))
            above = level


def _links(children: list[Token]) -> Iterator[tuple[str, bool]]:
    """The words of each link, and whether it's an address that stands for itself."""
    opened: Token | None = None
    inside: list[Token] = []
    for token in children:
        if token.type == "link_open":
            opened, inside = token, []
        elif token.type == "link_close" and opened is not None:
            if not any(one.type == "image" for one in inside):
                yield shaping.words_of(inside).strip(), opened.markup in {"autolink", "linkify"}
            opened = None
        elif opened is not None:
            inside.append(token)


def _is_empty(words: str) -> bool:
    return " ".join(words.lower().split()).strip(" .,:!→>»…") in _SAYS_NOTHING


def _has_sentence(children: list[Token]) -> bool:
    """Whether there are words beside the links: an address alone becomes a card, or is an entry of a list."""
    depth, words = 0, 0
    for token in children:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        words += len(_WORD.findall(token.content)) if depth == 0 and token.type == "text" else 0
    return words > 3  # "Source: https://…" is a reference


def _start(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= EXCERPT else line[:EXCERPT].rsplit(" ", 1)[0] + "…"
