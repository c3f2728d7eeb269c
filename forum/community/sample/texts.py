"""Texts of natural lengths, put together from pieces that were drawn once.

Drawing a comment takes a millisecond and putting it together some microseconds. What comes out is what the pipeline
would have made of the source; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from random import Random

from forum.community.sample import vocabulary
from forum.kernel.text import plaintext, render

# How many pieces of each kind there are, at most; paragraphs of each length.
SENTENCES, PARAGRAPHS, HEADINGS, LISTS, QUOTES = 900, 1_500, 40, 60, 60
# A comment has two sentences in the middle; one in a hundred has fourteen.
COMMENT_MEDIAN, COMMENT_SPREAD, COMMENT_MOST = 2.3, 0.8, 40
POST_MEDIAN, POST_SPREAD, POST_MOST = 28, 0.6, 150
# Long enough that an excerpt is cut as it would be from the whole.
EXCERPT_FROM = plaintext.EXCERPT + 60
# Of all paragraphs, those with a sentence that nobody else wrote: they bring the rare words.
FRESH = 0.2
SENTENCES_A_PARAGRAPH = 3

_TAG = re.compile(r"<[^<>]*>")
_END = "</p>\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """Markdown, what it is drawn as, and that without markup in one line."""

    source: str
    html: str
    line: str
    words: int


@dataclass(frozen=True, slots=True)
class Text:
    source: str
    html: str
    excerpt: str
    words: int


class Writer:
    """`variety` from 0 to 1 says how many different pieces are worth drawing."""

    def __init__(self, seed: str, variety: float) -> None:
        rng = Random(seed)  # noqa: S311  # nothing secret about it
        self.rng = rng
        sentences = [_inline(_sentence(rng)) for _ in range(_some(SENTENCES, variety))]
        self.paragraphs = [
            [_paragraph(rng.choices(sentences, k=length)) for _ in range(_some(PARAGRAPHS, variety))]
            for length in range(1, SENTENCES_A_PARAGRAPH + 1)
        ]
        self.headings = [_drawn(f"## {vocabulary.title(rng)}") for _ in range(_some(HEADINGS, variety))]
        self.lists = [_drawn(_list(rng)) for _ in range(_some(LISTS, variety))]
        self.quotes = [_drawn(f"> {vocabulary.sentence(rng)}") for _ in range(_some(QUOTES, variety))]

    def comment(self) -> Text:
        """Paragraphs; now and then a quotation before them or a list behind."""
        length = int(COMMENT_MEDIAN * self.rng.lognormvariate(0, COMMENT_SPREAD))
        blocks = self._paragraphs(min(max(length, 1), COMMENT_MOST))
        luck = self.rng.random()
        if luck < 0.08:
            blocks.insert(0, self.rng.choice(self.quotes))
        elif luck > 0.95:
            blocks.append(self.rng.choice(self.lists))
        return _text(blocks, blocks)

    def article(self) -> Text:
        """Sections under headings, lists and quotations between."""
        length = int(POST_MEDIAN * self.rng.lognormvariate(0, POST_SPREAD))
        paragraphs = self._paragraphs(min(max(length, 3), POST_MOST))
        headings = self.rng.sample(self.headings, k=min(len(self.headings), len(paragraphs) // 5))
        blocks: list[Piece] = []
        for number, paragraph in enumerate(paragraphs):
            if number % 5 == 4 and headings:
                blocks.append(headings.pop())
            blocks.append(paragraph)
            if number % 4 == 2:
                blocks.append(self.rng.choice(self.rng.choice((self.lists, self.quotes))))
        return _text(blocks, [block for block in blocks if not block.source.startswith("## ")])

    def standfirst(self) -> str:
        return " ".join(vocabulary.sentence(self.rng) for _ in range(self.rng.randint(1, 2)))[:400]

    def _paragraphs(self, sentences: int) -> list[Piece]:
        full, rest = divmod(sentences, SENTENCES_A_PARAGRAPH)
        found = [self._paragraph(self.paragraphs[-1]) for _ in range(full)]
        return [*found, self._paragraph(self.paragraphs[rest - 1])] if rest else found

    def _paragraph(self, pool: Sequence[Piece]) -> Piece:
        piece = pool[int(self.rng.random() * len(pool))]
        return piece if self.rng.random() >= FRESH else _longer(piece, vocabulary.sentence(self.rng))


def _some(most: int, variety: float) -> int:
    return max(6, int(most * min(variety, 1.0)))


def _sentence(rng: Random) -> str:
    """Some stress a word, some link somewhere."""
    sentence, luck = vocabulary.sentence(rng), rng.random()
    first, _, rest = sentence.partition(" ")
    if luck < 0.05:
        return f"*{first}* {rest}"
    if luck < 0.08:
        return f"**{first}** {rest}"
    if luck < 0.11:
        return f"{sentence} See https://example.org/{first.lower()}-{vocabulary.name(rng).lower()}."
    return sentence


def _list(rng: Random) -> str:
    return "\n".join(f"- {vocabulary.sentence(rng)}" for _ in range(rng.randint(2, 5)))


def _drawn(source: str) -> Piece:
    drawn = render(source)
    return Piece(source, drawn.html, " ".join(unescape(_TAG.sub("", drawn.html)).split()), drawn.words)


def _inline(source: str) -> Piece:
    """Drawn as a paragraph of its own and taken out of it."""
    piece = _drawn(source)
    return Piece(source, piece.html.removeprefix("<p>").removesuffix(_END), piece.line, piece.words)


def _longer(piece: Piece, sentence: str) -> Piece:
    """A paragraph with one more sentence, which means nothing in Markdown."""
    return Piece(
        f"{piece.source} {sentence}",
        f"{piece.html.removesuffix(_END)} {sentence}{_END}",
        f"{piece.line} {sentence}",
        piece.words + sentence.count(" ") + 1,
    )


def _paragraph(sentences: Sequence[Piece]) -> Piece:
    return Piece(
        " ".join([one.source for one in sentences]),
        f"<p>{' '.join([one.html for one in sentences])}{_END}",
        " ".join([one.line for one in sentences]),
        sum([one.words for one in sentences]),
    )


def _text(blocks: Sequence[Piece], told: Sequence[Piece]) -> Text:
    """`told` are the blocks that an excerpt is made of."""
    line = ""
    for block in told:
        line = f"{line} {block.line}" if line else block.line
        if len(line) >= EXCERPT_FROM:
            break
    return Text(
        source="\n\n".join([one.source for one in blocks]),
        html="".join([one.html for one in blocks]),
        excerpt=plaintext.cut(line[:EXCERPT_FROM]),
        words=sum([one.words for one in blocks]),
    )
