"""From a wish to what the index is asked: names are looked up, and what can't be meant becomes plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _

from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.errors import Words
from forum.search import kinds, tokens
from forum.search.ask import AllOf, Ask, Field, Part, Seen, Sort, Word
from forum.search.dates import find_start
from forum.search.parsing import Name, Operator, Query, Slip, parse
from forum.search.queries.names import Names
from forum.search.queries.seen import seen_by
from forum.search.wish import Wish
from forum.search.words import base_of, is_empty, words_in

PERIODS = {"week": (7, _("Past week")), "month": (30, _("Past month")), "year": (365, _("Past year"))}
SLIPS: dict[Slip, Words] = {
    Slip.OPEN_QUOTE: _("A quotation mark was open, so its words were looked for one by one."),
    Slip.TOO_LONG: _("That is more than can be looked for at once. These are results for its first words."),
    Slip.STRAY_OR: _("OR needs a word on both sides, so it was left out."),
}


@dataclass(frozen=True)
class Chip:
    """A filter that is on. `address` is the same search without it."""

    label: Words
    address: str


@dataclass
class Meant:
    """What a wish came to. `query` is what was typed; `unmeant` are operators that were looked for as words."""

    wish: Wish
    query: Query
    ask: Ask
    chips: list[Chip] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)
    topics: tuple[Any, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return self.query.words


@dataclass
class _Filters:
    """`groups` by the name of their filter: values of one are alternatives."""

    groups: dict[str, set[str]] = field(default_factory=dict)
    without: set[str] = field(default_factory=set)
    marks: list[str] = field(default_factory=list)
    within: Field = Field.ALL
    since: datetime | None = None
    until: datetime | None = None
    sort: str = ""
    extra: list[str] = field(default_factory=list)

    def add(self, name: str, found: Iterable[str], *, without: bool = False) -> None:
        if without:
            self.without.update(found)
        else:
            self.groups.setdefault(name, set()).update(found)


def resolve(wish: Wish, actor: Actor) -> Meant:
    """In three statements, and where names are asked for what the index needs to find them."""
    query, seen = parse(wish.q), seen_by(actor)
    names = Names(actor, [*query.operators, *_operators_of(wish)], seen)
    meant = Meant(wish, query, Ask(None), topics=names.topics)
    filters = _Filters()
    for operator in query.operators:
        chip = _read(operator, names, filters, actor)
        if chip is None:
            filters.extra.append(f"{operator.value}")
            meant.notes.append(
                _("“%(text)s” isn't a filter here, so it was looked for as words.", text=_told(operator))
            )
        else:
            meant.chips.append(Chip(chip, wish.but(q=query.without(operator)).address))
    _read_controls(meant, names, filters, actor)
    meant.notes.extend(SLIPS[slip] for slip in sorted(query.slips))
    meant.ask = _ask(wish, query, filters, seen)
    return meant


def _told(operator: Operator) -> str:
    return f"{operator.name}:{operator.value}"


def _ask(wish: Wish, query: Query, filters: _Filters, seen: Seen) -> Ask:
    groups = [frozenset(found) for found in filters.groups.values()]
    groups += [frozenset({mark}) for mark in filters.marks]
    if wish.post is not None:
        groups.append(frozenset({tokens.post(wish.post)}))
    wanted = _with_words(query.wanted, filters.extra)
    sort = Sort(filters.sort or wish.sort)
    return Ask(
        wanted=wanted, groups=tuple(groups), without=frozenset(filters.without), field=filters.within,
        since=filters.since, until=filters.until,
        sort=Sort.NEWEST if wanted is None and sort is Sort.RELEVANCE else sort, seen=seen,
    )  # fmt: skip


def _with_words(wanted: Part | None, extra: list[str]) -> Part | None:
    more = tuple(Word(word) for text in extra for word in words_in(text) if not is_empty(word))
    if not more:
        return wanted
    return AllOf((*(wanted.parts if isinstance(wanted, AllOf) else ()), *more))


def _operators_of(wish: Wish) -> list[Operator]:
    """The controls that name something, as if they'd been typed."""
    named = [(Name.TOPIC, one) for one in wish.topic]
    named += [(Name.KIND, one) for one in wish.kind] + [(Name.IS, one) for one in wish.marks]
    for name, value in (
        (Name.ORGANISATION, wish.organisation),
        (Name.BY, wish.by),
        (Name.LANGUAGE, wish.language),
        (Name.IN, wish.within),
        (Name.AFTER, wish.after),
        (Name.BEFORE, wish.before),
    ):
        named += [(name, value)] if value else []
    return [Operator(name, value, 0, 0) for name, value in named]


_FIELDS = {Name.ORGANISATION: "organisation", Name.BY: "by", Name.LANGUAGE: "language", Name.IN: "within"}
_FIELDS |= {Name.AFTER: "after", Name.BEFORE: "before"}
_LISTS = {Name.TOPIC: "topic", Name.KIND: "kind", Name.IS: "marks"}


def _read_controls(meant: Meant, names: Names, filters: _Filters, actor: Actor) -> None:
    wish = meant.wish
    for operator in _operators_of(wish):
        chip = _read(operator, names, filters, actor)
        if chip is None:
            meant.notes.append(
                _("Nothing here is called “%(text)s”, so that filter was left out.", text=operator.value)
            )
            continue
        meant.chips.append(Chip(chip, _address_without(wish, operator)))
    if wish.when in PERIODS:
        days, label = PERIODS[wish.when]
        filters.since = clock.now() - timedelta(days=days)
        meant.chips.append(Chip(label, wish.but(when="").address))
    if wish.post is not None:
        meant.chips.append(Chip(_("In one discussion"), wish.but(post=None).address))


def _address_without(wish: Wish, operator: Operator) -> str:
    if operator.name in _LISTS:
        name = _LISTS[operator.name]
        return wish.but(**{name: tuple(one for one in getattr(wish, name) if one != operator.value)}).address
    return wish.but(**{_FIELDS[operator.name]: ""}).address


def _read(operator: Operator, names: Names, filters: _Filters, actor: Actor) -> Words | None:
    """Add what an operator asks for. Returns its words for a chip, None where it means nothing."""
    found = _READERS[operator.name](operator, names, filters, actor)
    if found is None or not operator.without:
        return found
    return _said(_("Not: %(filter)s", filter=found))


def _said(words: Words) -> Words:
    return words


def _topic(operator: Operator, names: Names, filters: _Filters, _actor: Actor) -> Words | None:
    found = names.topic(operator.value)
    if found is None:
        return None
    below = [tokens.topic(one.id) for one in names.topics if one.parent_id == found.id]
    filters.add("topic", [tokens.topic(found.id), *below], without=operator.without)
    return str(found.name)


def _organisation(operator: Operator, names: Names, filters: _Filters, _actor: Actor) -> Words | None:
    found = names.organisation(operator.value)
    if found is None:
        return None
    filters.add("organisation", [tokens.organisation(found.id)], without=operator.without)
    return str(found.name)


def _by(operator: Operator, names: Names, filters: _Filters, actor: Actor) -> Words | None:
    """A member by username or name, or an organisation that was spoken for."""
    if operator.value.lower() in {"me", "mij"} and actor.member_id is not None:
        filters.add("by", [tokens.author(actor.member_id)], without=operator.without)
        return _said(_("By you"))
    found = names.member(operator.value)
    if found is None:
        return _organisation(operator, names, filters, actor)
    filters.add("by", [tokens.author(found.id)], without=operator.without)
    return _said(_("By %(name)s", name=found.name))


def _kind(operator: Operator, _names: Names, filters: _Filters, _actor: Actor) -> Words | None:
    found = kinds.find_kind(operator.value)
    if found is None:
        return None
    filters.add("kind", [found.token], without=operator.without)
    return found.words


def _language(operator: Operator, _names: Names, filters: _Filters, _actor: Actor) -> Words | None:
    found = kinds.find_language(operator.value)
    if found is None:
        return None
    filters.add("language", [tokens.language(base_of(found))], without=operator.without)
    return kinds.language_name(found)


def _is(operator: Operator, _names: Names, filters: _Filters, actor: Actor) -> Words | None:
    found = kinds.find_mark(operator.value)
    if found is None or (found.token == kinds.MINE and actor.member_id is None):
        return None
    token = tokens.author(actor.id) if found.token == kinds.MINE else found.token
    if operator.without:
        filters.without.add(token)
    else:
        filters.marks.append(token)
    return found.words


def _in(operator: Operator, _names: Names, filters: _Filters, _actor: Actor) -> Words | None:
    """In comments is a kind of thing, in titles and bodies a part of one."""
    place = kinds.PLACES.get(operator.value.lower())
    if place is None or operator.without:
        return None
    if place == kinds.COMMENTS:
        filters.add("kind", [tokens.kind("comment")])
    else:
        filters.within = Field(place)
    return kinds.PLACE_WORDS[place]


def _date(operator: Operator, _names: Names, filters: _Filters, _actor: Actor) -> Words | None:
    found = find_start(operator.value, clock.now())
    if found is None or operator.without:
        return None
    if operator.name is Name.AFTER:
        filters.since = found
        return _said(_("After %(date)s", date=operator.value))
    filters.until = found
    return _said(_("Before %(date)s", date=operator.value))


def _sort(operator: Operator, _names: Names, filters: _Filters, _actor: Actor) -> Words | None:
    found = kinds.SORTS.get(operator.value.lower())
    if found is None or operator.without:
        return None
    filters.sort = found
    return kinds.SORT_WORDS[found]


_READERS: dict[Name, Callable[[Operator, Any, _Filters, Actor], Words | None]] = {
    Name.TOPIC: _topic,
    Name.ORGANISATION: _organisation,
    Name.BY: _by,
    Name.KIND: _kind,
    Name.LANGUAGE: _language,
    Name.IS: _is,
    Name.IN: _in,
    Name.AFTER: _date,
    Name.BEFORE: _date,
    Name.SORT: _sort,
}
