"""Loads a community file: everything that isn't here yet, or nothing at all.

In two steps, because drawing texts takes long and the database shouldn't be held meanwhile: `prepare` reads, checks and
renders; `write` runs in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from forum.community import references
from forum.community.discussions import write_discussions
from forum.community.file import Community
from forum.community.loaded import Loaded, key_of, look
from forum.community.newcomers import write_members, write_organisations, write_topics
from forum.community.reader import below, refuse
from forum.kernel import text
from forum.kernel.errors import Refused
from forum.topics.names import known


@dataclass(frozen=True)
class Count:
    new: int
    before: int


Tally = Mapping[str, Count]
"""What became of the organisations, members, topics, posts and comments of a file."""


@dataclass(frozen=True)
class Prepared:
    """`bodies` by JSON pointer: the texts that are to come, rendered."""

    community: Community
    loaded: Loaded
    bodies: Mapping[str, text.Rendered]


def prepare(community: Community) -> Prepared:
    """Reads only. Raises Invalid naming every place that can't be loaded."""
    loaded = look(community)
    references.check(community, loaded)
    return Prepared(community, loaded, _render(community, loaded))


def write(prepared: Prepared) -> Tally:
    """In the open transaction. Raises Invalid with a JSON pointer for what a feature refuses, or Refused."""
    community, loaded = prepared.community, prepared.loaded
    try:
        write_organisations(community, loaded)
        write_topics(community, loaded)
        write_members(community, loaded)
        write_discussions(community, prepared.bodies)
    except IntegrityError as error:
        raise Refused("Somebody wrote the same at the same moment; nothing was loaded. Try again.") from error
    return _tally(community, loaded)


def _render(community: Community, loaded: Loaded) -> dict[str, text.Rendered]:
    members = {one.username.casefold(): (one.username, one.name) for one in community.members}
    topics = {one.details.slug: (one.details.name, one.details.sign) for one in community.topics}
    bodies: dict[str, text.Rendered] = {}
    problems: list[str] = []
    for pointer, source in _new_sources(community, loaded):
        try:
            bodies[pointer] = text.render(source, _known(text.names_in(source), members, topics))
        except text.TextRefused as error:
            problems.append(f"{below(pointer, 'body')}: this can't be drawn: {error}")
    refuse(problems)
    return bodies


def _new_sources(community: Community, loaded: Loaded) -> list[tuple[str, str]]:
    posts = [(post.pointer, post.draft.source) for post in community.posts if post.key not in loaded.posts]
    return posts + [
        (comment.pointer, comment.body)
        for post in community.posts
        for comment in post.comments
        if key_of(post.key, comment.place) not in loaded.comments
    ]


Named = Mapping[str, tuple[str, str]]


def _known(names: text.Names, members: Named, topics: Named) -> text.Known:
    """Those of the site, and those that come with the file."""
    here = known(names)
    return text.Known(
        members={name: members[name] for name in names.members if name in members} | dict(here.members),
        topics={slug: topics[slug] for slug in names.topics if slug in topics} | dict(here.topics),
    )


def _tally(community: Community, loaded: Loaded) -> Tally:
    comments = sum(len(post.comments) for post in community.posts)
    return {
        "organisations": _count(
            len(community.organisations), sum(o.key in loaded.organisations for o in community.organisations)
        ),
        "members": _count(len(community.members), sum(one.key in loaded.members for one in community.members)),
        "topics": _count(len(community.topics), sum(one.details.slug in loaded.topics for one in community.topics)),
        "posts": _count(len(community.posts), len(loaded.posts)),
        "comments": _count(comments, len(loaded.comments)),
    }


def _count(all_of_them: int, before: int) -> Count:
    return Count(new=all_of_them - before, before=before)
