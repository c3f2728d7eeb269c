"""The Markdown of this site: CommonMark with tables, task lists, footnotes, strikethrough and bare addresses.

Raw HTML isn't. Each rule that could take more than its share of time or space is bounded here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, blockquote, list_block, table
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from forum.kernel.text import spans
from forum.kernel.text.spans import Known
from forum.kernel.text.urls import is_safe, normal_url

# Past this the parser drops what it finds. Quotations and lists end before, so that their words are kept.
MAX_NESTING = 20
MAX_QUOTE_NESTING = 8
MAX_LIST_NESTING = 14

# A table wider than this is unreadable anywhere. All tables of a text together are bounded, since short rows are
# filled up to the width of the head and a few bytes become pages.
MAX_COLUMNS = 50
MAX_CELLS = 2_000

# Longer labels aren't written by people, and each `[^` looks for its end.
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,64}\]")

_OPTIONS = {"html": False, "maxNesting": MAX_NESTING, "tasklists": True}

BlockRule = Callable[[StateBlock, int, int, bool], bool]


class Inline(ParserInline):
    """Looks first whether it has been at a place before: a bracket that nothing closes sends it there many times."""

    def skipToken(self, state: StateInline) -> None:  # noqa: N802  # the parser's name
        end = state.cache.get(state.pos)
        if end is None:
            super().skipToken(state)
        else:
            state.pos = end


class Dialect(MarkdownIt):
    """The parser with this site's idea of a link."""

    def __init__(self) -> None:
        super().__init__("commonmark", _OPTIONS)
        self.inline = Inline()
        self.configure("commonmark", _OPTIONS)

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # the parser's name
        return normal_url(url)

    def validateLink(self, url: str) -> bool:  # noqa: N802  # the parser's name
        return is_safe(url)


def parse(source: str, known: Known | None) -> list[Token]:
    """Block tokens. With `known` None every name is taken for one that exists."""
    return parser().parse(source, {"known": known, "cells": MAX_CELLS})


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Holds no state between texts, so that threads can share it."""
    made = Dialect().enable(["table", "strikethrough"])
    made.use(footnote_plugin, inline=False)
    made.inline.ruler.at("footnote_ref", _footnote_ref)
    made.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    around = ["paragraph", "reference", "blockquote"]
    made.block.ruler.at("blockquote", _shallow(blockquote, MAX_QUOTE_NESTING), {"alt": [*around, "list"]})
    made.block.ruler.at("list", _shallow(list_block, MAX_LIST_NESTING), {"alt": around})
    spans.install(made)
    return made


def _shallow(rule: BlockRule, deepest: int) -> BlockRule:
    """Past `deepest` its marks are plain characters."""

    def bounded(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the parser's
        return state.level < deepest and rule(state, start, end, silent)

    return bounded


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the parser's signature
    """A table too wide for the page or past the last cell of the text is left as plain lines."""
    if start + 2 > end:
        return False
    columns = state.src[state.bMarks[start + 1] : state.eMarks[start + 1]].strip(" \t|").count("|") + 1
    rows = state.env["cells"] // columns
    if columns > MAX_COLUMNS or rows < 2:
        return False
    found = table(state, start, end if silent else min(end, start + 1 + rows), silent)
    if found and not silent:
        state.env["cells"] -= columns * (state.line - start)
    return found


def _footnote_ref(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser's signature
    return _FOOTNOTE.match(state.src, state.pos) is not None and footnote_ref(state, silent)
