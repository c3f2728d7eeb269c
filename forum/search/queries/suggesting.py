"""Suggestions while somebody types: topics, organisations, members and posts by name, in three statements at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from forum.accounts import policy as accounts
from forum.accounts.models import Member
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.organisations import policy as organisations
from forum.organisations.models import Organisation
from forum.posts import policy as posts
from forum.posts.addresses import address_of
from forum.posts.models import Post
from forum.search.ask import Hit
from forum.search.documents import Kind
from forum.search.engines.base import IndexMissing
from forum.search.excerpts import Marks, Piece, mark
from forum.search.index import engine
from forum.search.parsing import MAX_LENGTH
from forum.search.queries.seen import seen_by
from forum.search.words import meaning_words, words_in
from forum.topics import policy as topics
from forum.topics.models import Topic

# More than a person looks over while typing, and the list would cover the page.
EACH, MOST_WORDS = 3, 8
# In the order of the list: what has a page of its own name comes first.
KINDS = (Kind.TOPIC, Kind.ORGANISATION, Kind.MEMBER, Kind.POST)


@dataclass(frozen=True)
class Suggestion:
    """`detail` says which one it is, where names are alike."""

    kind: str
    pieces: tuple[Piece, ...]
    detail: str
    language: str
    address: str

    @property
    def name(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def suggestions(text: str, actor: Actor) -> tuple[Suggestion, ...]:
    """None for less than two letters, and none where there is no index."""
    words = meaning_words(words_in(text[:MAX_LENGTH])[:MOST_WORDS])
    if not words or len("".join(words)) < 2:
        return ()
    try:
        hits = engine().named(words, KINDS, EACH, seen_by(actor))
    except IndexMissing:
        return ()
    marks = Marks(frozenset(words), words[-1])
    rows = {(row.kind, row.id): row for row in _rows(actor, hits)}
    found = (rows.get((hit.kind, hit.id)) for hit in hits)
    return tuple(_suggestion(row, marks) for row in found if row is not None)


def _suggestion(row: Any, marks: Marks) -> Suggestion:
    address = address_of(row.id, row.key) if row.kind == Kind.POST else f"/{_FOLDERS[row.kind]}/{row.key}"
    return Suggestion(row.kind, mark(row.name, marks), row.detail, row.language, address)


_FOLDERS = {Kind.TOPIC: "topics", Kind.ORGANISATION: "organisations", Kind.MEMBER: "members"}


def _rows(actor: Actor, hits: Sequence[Hit]) -> Sequence[Any]:
    """One statement, whatever was found."""
    ids = {kind: [hit.id for hit in hits if hit.kind == kind] for kind in KINDS}
    parts = [_SELECTS[kind](actor, ids[kind]) for kind in KINDS if ids[kind]]
    return db.session.execute(union_all(*parts)).all() if parts else ()


def _line(kind: Kind, model: Any, key: Any, name: Any, detail: Any) -> Select[Any]:
    language = Post.language if kind is Kind.POST else literal("")
    return select(
        literal(kind.value).label("kind"), model.id.label("id"), key.label("key"), name.label("name"),
        detail.label("detail"), language.label("language"),
    )  # fmt: skip


def _topic(actor: Actor, ids: Sequence[int]) -> Select[Any]:
    return _line(Kind.TOPIC, Topic, Topic.slug, Topic.name, literal("")).where(
        Topic.id.in_(ids), topics.visible_to(actor)
    )


def _organisation(actor: Actor, ids: Sequence[int]) -> Select[Any]:
    line = _line(Kind.ORGANISATION, Organisation, Organisation.slug, Organisation.name, Organisation.code)
    return line.where(Organisation.id.in_(ids), organisations.visible_to(actor))


def _member(actor: Actor, ids: Sequence[int]) -> Select[Any]:
    line = _line(Kind.MEMBER, Member, Member.username, Member.name, Member.headline)
    return line.where(Member.id.in_(ids), accounts.visible_to(actor))


def _post(actor: Actor, ids: Sequence[int]) -> Select[Any]:
    line = _line(Kind.POST, Post, Post.slug, Post.title, literal(""))
    return line.where(Post.id.in_(ids), posts.visible_to(actor))


_SELECTS = {Kind.TOPIC: _topic, Kind.ORGANISATION: _organisation, Kind.MEMBER: _member, Kind.POST: _post}
