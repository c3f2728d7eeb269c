"""Watched words, plain and patterns. RE2 takes time in proportion to the text, whatever the pattern: none can run away.

All of them are looked for at once; the compiled set is kept as long as the words are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2
from flask_babel import lazy_gettext as _
from sqlalchemy import select, update

from forum.kernel.db import db, run
from forum.kernel.errors import Invalid
from forum.moderation.models import WatchedWord

# Letters and digits of all scripts: RE2's own \b knows ASCII only.
_EDGE = r"(?:^|[^\pL\pN_])"
_END = r"(?:$|[^\pL\pN_])"
# RE2 refuses a pattern that would need more memory than this once compiled.
MAX_MEMORY = 4 * 1024 * 1024

_ALL = select(WatchedWord.id, WatchedWord.words, WatchedWord.is_pattern, WatchedWord.outcome).order_by(WatchedWord.id)


@dataclass(frozen=True)
class Found:
    """A watched word, and what of the text it is."""

    word_id: int
    outcome: str
    found: str


@dataclass(frozen=True)
class _Word:
    id: int
    source: str
    outcome: str


def find_in(text: str) -> Sequence[Found]:
    """Every watched word that stands in the text."""
    rows = run(_ALL, {})
    known = tuple(_Word(row.id, _source(row.words, is_pattern=row.is_pattern), row.outcome) for row in rows)
    if not known:
        return ()
    matched = _set_of(known).Match(text)
    return [_found(known[number], text) for number in sorted(matched or ())]


def count_hits(found: Sequence[Found]) -> None:
    ids = [one.word_id for one in found]
    if ids:
        counted = update(WatchedWord).where(WatchedWord.id.in_(ids)).values(hits=WatchedWord.hits + 1)
        db.session.execute(counted)


def check_pattern(words: str, *, is_pattern: bool) -> None:
    """Raises Invalid for a pattern that RE2 doesn't take, or that matches the empty text and so everything."""
    try:
        empty = re2.compile(_source(words, is_pattern=is_pattern), _options()).search("")
    except re2.error as error:
        message = _("This pattern can’t be used: %(why)s.", why=_said(error))
        raise Invalid(message, fields={"words": message}) from error
    if empty is not None:
        message = _("This pattern is found in every text. Make it say what you look for.")
        raise Invalid(message, fields={"words": message})


def _source(words: str, *, is_pattern: bool) -> str:
    return words if is_pattern else f"{_EDGE}({re2.escape(words)}){_END}"


@lru_cache(maxsize=4)
def _set_of(known: tuple[_Word, ...]) -> Any:
    chosen = re2.Set.SearchSet(_options())
    for word in known:
        chosen.Add(word.source)
    chosen.Compile()
    return chosen


def _found(word: _Word, text: str) -> Found:
    match = re2.compile(word.source, _options()).search(text)
    said = (match.group(match.re.groups and 1) or match.group(0)) if match else ""
    return Found(word.id, word.outcome, said[:80])


def _options() -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = MAX_MEMORY
    return options


def _said(error: Exception) -> str:
    told = error.args[0] if error.args else ""
    return told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
