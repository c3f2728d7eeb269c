"""What a community file says about other things, of the file or of the database, is checked before anything is written.

What was loaded before counts as known: a second file may speak of the members of a first one.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from forum.accounts.names import look_alikes, username_key
from forum.community.file import Community, FileComment, FilePost
from forum.community.loaded import Loaded
from forum.community.reader import below, refuse
from forum.organisations.policy import SPEAKS

Told = tuple[str, str]
"""A JSON pointer and what is wrong there."""


def check(community: Community, loaded: Loaded) -> None:
    """Raises Invalid with all problems found, the first twenty of them told."""
    told = [*_repeated(community), *_taken(community, loaded), *_affiliations(community, loaded)]
    told += _texts(community, loaded)
    refuse([f"{pointer}: {says}" for pointer, says in told])


def _repeated(community: Community) -> Iterator[Told]:
    """Said twice within the file."""
    organisations, members, posts = community.organisations, community.members, community.posts
    verified = [one for one in organisations if one.verified]
    slugs = ((below(below(post.pointer, "old_addresses"), n), slug)
             for post in posts for n, slug in enumerate(post.old_addresses))  # fmt: skip
    yield from _twice("key", ((below(one.pointer, "key"), one.key) for one in organisations))
    yield from _twice("code", ((below(one.pointer, "code"), one.details.code) for one in verified))
    yield from _twice("key", ((below(one.pointer, "key"), one.key) for one in members))
    yield from _twice("username", ((below(one.pointer, "username"), one.username) for one in members), username_key)
    yield from _twice("slug", ((below(one.pointer, "slug"), one.details.slug) for one in community.topics))
    yield from _twice("key", ((below(post.pointer, "key"), post.key) for post in posts))
    yield from _twice("address", slugs)


def _twice(noun: str, values: Iterable[Told], key_of: Callable[[str], str] = str) -> Iterator[Told]:
    first: dict[str, str] = {}
    for pointer, value in values:
        before = first.setdefault(key_of(value), pointer)
        if before != pointer:
            yield pointer, f"the {noun} {value!r} was used before, at {before}"


def _taken(community: Community, loaded: Loaded) -> Iterator[Told]:
    """By somebody or something that is here already and came under no key, or another."""
    for member in community.members:
        if member.key not in loaded.members and look_alikes(member.username) & loaded.usernames:
            yield below(member.pointer, "username"), f"{member.username!r} is, or looks like, the name of somebody here"
    for organisation in community.organisations:
        code = organisation.details.code
        if organisation.key not in loaded.organisations and organisation.verified and code in loaded.codes:
            yield below(organisation.pointer, "code"), f"{code!r} belongs to a verified organisation here"
    for post in community.posts:
        for number, slug in enumerate(post.old_addresses):
            if loaded.addresses.get(slug, post.key) != post.key:
                yield below(below(post.pointer, "old_addresses"), number), f"{slug!r} leads to another post here"


def _affiliations(community: Community, loaded: Loaded) -> Iterator[Told]:
    known = {one.key for one in community.organisations} | loaded.organisations.keys()
    for member in community.members:
        places = [(below(one.pointer, "organisation"), one.organisation) for one in member.affiliations]
        yield from ((pointer, _nowhere("organisation", key)) for pointer, key in places if key not in known)
        yield from _twice("organisation", places)


def _texts(community: Community, loaded: Loaded) -> Iterator[Told]:
    members = {one.key for one in community.members} | loaded.members.keys()
    organisations = {one.key for one in community.organisations} | loaded.organisations.keys()
    speakers = loaded.speakers | {
        (one.key, place.organisation)
        for one in community.members
        for place in one.affiliations
        if place.right in SPEAKS
    }
    topics = {one.details.slug for one in community.topics} | loaded.topics
    for post in community.posts:
        for number, slug in enumerate(post.draft.topics):
            if slug not in topics:
                yield below(below(post.pointer, "topics"), number), _nowhere("topic", slug)
    for text in community.texts():
        if text.author not in members:
            yield below(text.pointer, "author"), _nowhere("member", text.author)
        elif text.on_behalf_of:
            yield from _voice(text, organisations, speakers)


def _voice(text: FilePost | FileComment, organisations: Container[str], speakers: Container[Told]) -> Iterator[Told]:
    pointer = below(text.pointer, "on_behalf_of")
    if text.on_behalf_of not in organisations:
        yield pointer, _nowhere("organisation", text.on_behalf_of)
    elif (text.author, text.on_behalf_of) not in speakers:
        yield (
            pointer,
            f"{text.author!r} can’t speak for {text.on_behalf_of!r}: that takes the right of an editor or more",
        )


def _nowhere(noun: str, key: str) -> str:
    return f"there is no {noun} {key!r}, neither in this file nor loaded before"
