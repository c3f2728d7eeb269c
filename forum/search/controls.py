"""The choices of the filters that have no counts, and the tabs of the order."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from forum.kernel.access import Actor
from forum.kernel.errors import Words
from forum.search import kinds
from forum.search.ask import Sort
from forum.search.queries import Results
from forum.search.queries.facets import Value
from forum.search.queries.resolve import PERIODS
from forum.search.wish import Wish

Options = tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class Controls:
    """`languages` are those that are found, or the two that everybody reads here."""

    marks: tuple[Value, ...]
    periods: Options
    places: Options
    languages: Options


@dataclass(frozen=True)
class Tab:
    label: Words
    href: str
    current: bool
    count: int | None = None


def controls(wish: Wish, actor: Actor) -> Controls:
    marks = (one for one in kinds.MARKS if one.token != kinds.MINE or actor.is_authenticated)
    codes = dict.fromkeys(("en", "nl", *((wish.language,) if kinds.find_language(wish.language) else ())))
    return Controls(
        marks=tuple(Value(one.value, one.words, None, one.value in wish.marks) for one in marks),
        periods=(("", _("Any time")), *((value, words) for value, (_days, words) in PERIODS.items())),
        places=(("", _("Everywhere")), *((value or "", words) for value, words in kinds.PLACE_WORDS.items())),
        languages=(("", _("Any language")), *((code, kinds.language_name(code)) for code in codes)),
    )


def sorts(found: Results) -> tuple[Tab, ...]:
    return tuple(
        Tab(kinds.SORT_WORDS[one], found.wish.but(sort=one.value).address, found.sort == one)
        for one in (Sort.RELEVANCE, Sort.NEWEST, Sort.TOP)
    )
