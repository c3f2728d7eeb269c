"""Topics, organisations and members that a query names, among those the reader may see.

A username or slug is looked up in the database, which has an index of it; a name in the search index, since the
database would compare everybody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import literal, or_, select, union_all

from forum.accounts import policy as accounts
from forum.accounts.models import Member
from forum.accounts.names import username_key
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.organisations import policy as organisations
from forum.organisations.models import Organisation
from forum.search.ask import Seen
from forum.search.documents import Kind
from forum.search.engines.base import IndexMissing
from forum.search.index import engine
from forum.search.parsing import Name, Operator
from forum.search.words import fold, meaning_words, words_in
from forum.topics import policy as topics
from forum.topics.models import Topic

MOST_NAMESAKES = 20
# Each is a question of its own to the index. Who names more has a program to do it.
MOST_NAMED = 6


class Names:
    """`topics` are all that the reader may see: a site has some dozens, and the page lists those with hits."""

    def __init__(self, actor: Actor, operators: Iterable[Operator], seen: Seen) -> None:
        self.topics: tuple[Any, ...] = tuple(
            db.session.execute(
                select(Topic.id, Topic.slug, Topic.name, Topic.sign, Topic.parent_id)
                .where(topics.visible_to(actor))
                .order_by(Topic.position, Topic.name)
            )
        )
        said = [one.value.removeprefix("@") for one in operators if one.name in {Name.BY, Name.ORGANISATION}]
        values = list(dict.fromkeys(said))[:MOST_NAMED]
        self._found: tuple[Any, ...] = tuple(db.session.execute(_lookup(actor, values, seen))) if values else ()

    def topic(self, value: str) -> Any:
        """By slug or name; None where the reader sees none."""
        said = fold(value)
        return next((one for one in self.topics if said in {fold(one.slug), fold(one.name)}), None)

    def organisation(self, value: str) -> Any:
        """By slug, name or code."""
        return self._one("organisation", value)

    def member(self, value: str) -> Any:
        """By username, else by name."""
        return self._one("member", value.removeprefix("@"))

    def _one(self, kind: str, value: str) -> Any:
        """A slug or username is one thing's; of a name that several carry, the first."""
        said = fold(value)
        found = [one for one in self._found if one.kind == kind and said in _said(one)]
        return min(found, key=lambda one: fold(one.key) != said, default=None)


def _said(row: Any) -> set[str]:
    return {fold(row.key), fold(row.name), fold(row.code)} - {""}


def _lookup(actor: Actor, values: Sequence[str], seen: Seen) -> Any:
    ids = _named(values, seen)
    lower = sorted({value.lower() for value in values})
    return union_all(
        _organisations(actor, lower, ids[Kind.ORGANISATION]),
        _members(actor, sorted(set(map(username_key, values))), ids[Kind.MEMBER]),
    )


def _named(values: Iterable[str], seen: Seen) -> dict[str, list[int]]:
    """Ids of those whose names have these words; none without an index, where nothing is found anyway."""
    found: dict[str, list[int]] = {Kind.ORGANISATION: [], Kind.MEMBER: []}
    try:
        for value in values:
            if words := meaning_words(words_in(value)):
                for hit in engine().named(words, tuple(found), MOST_NAMESAKES, seen):
                    found[hit.kind].append(hit.id)
    except IndexMissing:
        pass
    return found


def _organisations(actor: Actor, slugs: list[str], ids: list[int]) -> Any:
    named = or_(Organisation.slug.in_(slugs), Organisation.id.in_(ids))
    return (
        select(
            literal("organisation").label("kind"), Organisation.id.label("id"), Organisation.slug.label("key"),
            Organisation.name.label("name"), Organisation.code.label("code"),
        ).where(named, organisations.visible_to(actor))
    )  # fmt: skip


def _members(actor: Actor, keys: list[str], ids: list[int]) -> Any:
    named = or_(Member.username_key.in_(keys), Member.id.in_(ids))
    return select(literal("member"), Member.id, Member.username, Member.name, literal("")).where(
        named, accounts.visible_to(actor)
    )
