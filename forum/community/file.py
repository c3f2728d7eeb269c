"""A community file, `forum-community/1`: read and checked as a whole before anything is written.

Errors name the line of bad JSON, or the place of a bad value as a JSON pointer (RFC 6901): `/posts/0/title`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from forum.accounts.names import check_username
from forum.community.reader import Place, parse, refuse
from forum.community.signs import sign_for
from forum.kernel.access import Right
from forum.kernel.errors import Invalid
from forum.organisations import details as organisation_details
from forum.organisations.models import OrganisationKind
from forum.posts.draft import Draft
from forum.posts.models import PostKind
from forum.posts.requirements import check_words
from forum.topics import details as topic_details

FORMAT = "forum-community/1"
# A little more than the forms of the site take: what was written elsewhere had other limits.
MAX_NAME = 80
MAX_HEADLINE = 200
MAX_CITY = 80
MAX_SLUG = 200

Item = TypeVar("Item")
Record = TypeVar("Record")


@dataclass(frozen=True)
class FileOrganisation:
    """`pointer` is where it stands in the file, here and below."""

    pointer: str
    key: str
    details: organisation_details.Details
    verified: bool


@dataclass(frozen=True)
class FileAffiliation:
    pointer: str
    organisation: str
    title: str
    right: Right


@dataclass(frozen=True)
class FileMember:
    pointer: str
    key: str
    username: str
    name: str
    headline: str
    city: str
    affiliations: tuple[FileAffiliation, ...]


@dataclass(frozen=True)
class FileTopic:
    pointer: str
    details: topic_details.Details


@dataclass(frozen=True)
class FileComment:
    """`place` is its key within the post: `0`, `0.2` …; `parent` that of what it answers, empty at the top."""

    pointer: str
    place: str
    parent: str
    author: str
    on_behalf_of: str
    body: str
    language: str
    created_at: datetime | None


@dataclass(frozen=True)
class FilePost:
    """`draft.topics` are slugs; `comments` come in the order of reading. `old_addresses` are slugs."""

    pointer: str
    key: str
    draft: Draft
    author: str
    on_behalf_of: str
    published_at: datetime | None
    old_addresses: tuple[str, ...]
    comments: tuple[FileComment, ...]


@dataclass(frozen=True)
class Community:
    organisations: tuple[FileOrganisation, ...] = ()
    members: tuple[FileMember, ...] = ()
    topics: tuple[FileTopic, ...] = ()
    posts: tuple[FilePost, ...] = ()

    def texts(self) -> Iterator[FilePost | FileComment]:
        """Everything that somebody wrote, in the order of the file."""
        for post in self.posts:
            yield post
            yield from post.comments


def open_file(path: Path) -> Community:
    """Raises Invalid for a file that can't be read, and what `read` raises."""
    try:
        return read(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise Invalid(f"There is no file {path}. Give the path of a community file.") from None
    except OSError as error:
        raise Invalid(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Invalid(f"{path} isn't UTF-8 text: line {line} holds a byte that means nothing in it.") from error


def read(text: str) -> Community:
    """Parse and check a community file. Raises Invalid with all problems found, the first twenty of them told."""
    problems: list[str] = []
    community = _community(Place(parse(text), "", problems))
    refuse(problems)
    return community


def _community(place: Place) -> Community:
    if not place.fields("format", "source organisations members topics posts"):
        return Community()
    if place.value["format"] != FORMAT:
        place.child("format").wrong(f"this Kade reads {FORMAT!r}")
        return Community()
    return Community(
        organisations=_all(place.items("organisations"), _organisation),
        members=_all(place.items("members"), _member),
        topics=_all(enumerate(place.items("topics")), lambda numbered: _topic(*numbered)),
        posts=_all(place.items("posts"), _post),
    )


def _all(items: Iterable[Item], read_one: Callable[[Item], Record | None]) -> tuple[Record, ...]:
    """Those that could be read; of the others the problems are noted."""
    return tuple(record for item in items if (record := read_one(item)) is not None)


def _organisation(place: Place) -> FileOrganisation | None:
    if not place.fields("key name code kind", "country city verified"):
        return None
    details = organisation_details.Details(
        name=place.line("name"),
        code=place.line("code"),
        kind=place.one_of("kind", OrganisationKind),
        country=place.line("country", needed=False),
        city=place.line("city", needed=False),
    )
    kept = place.accept(lambda: organisation_details.checked(details))
    return FileOrganisation(place.pointer, place.key("key"), kept or details, verified=place.flag("verified"))


def _member(place: Place) -> FileMember | None:
    if not place.fields("key username name", "headline city affiliations"):
        return None
    username = place.line("username")
    return FileMember(
        pointer=place.pointer,
        key=place.key("key"),
        username=place.accept(lambda: check_username(username)) or username,
        name=place.line("name", most=MAX_NAME),
        headline=place.line("headline", most=MAX_HEADLINE, needed=False),
        city=place.line("city", most=MAX_CITY, needed=False),
        affiliations=_all(place.items("affiliations"), _affiliation),
    )


def _affiliation(place: Place) -> FileAffiliation | None:
    if not place.fields("organisation right", "title"):
        return None
    return FileAffiliation(
        pointer=place.pointer,
        organisation=place.key("organisation"),
        title=place.line("title", most=MAX_NAME, needed=False),
        right=place.one_of("right", Right),
    )


def _topic(number: int, place: Place) -> FileTopic | None:
    if not place.fields("slug name", "description"):
        return None
    slug = place.line("slug")
    details = topic_details.Details(
        name=place.line("name"),
        slug=slug,
        description=place.line("description", most=organisation_details.MAX_DESCRIPTION, needed=False),
        sign=sign_for(slug, number),
    )
    return FileTopic(place.pointer, place.accept(lambda: topic_details.checked(details)) or details)


def _post(place: Place) -> FilePost | None:
    if not place.fields(
        "key kind language title author topics body",
        "standfirst on_behalf_of published_at old_addresses comments",
    ):
        return None
    draft = _draft(place)
    return FilePost(
        pointer=place.pointer,
        key=place.key("key"),
        draft=draft,
        author=place.key("author"),
        on_behalf_of=place.reference("on_behalf_of"),
        published_at=place.time("published_at"),
        old_addresses=_addresses(place),
        comments=tuple(_comments(place, draft.language)),
    )


def _draft(place: Place) -> Draft:
    topics = place.strings("topics")
    draft = Draft(
        title=place.line("title", most=1_000),
        source=place.body("body"),
        kind=place.one_of("kind", PostKind),
        standfirst=place.line("standfirst", most=2_000, needed=False),
        topics=topics,
        language=place.language("language"),
    )
    place.accept(lambda: check_words(draft, len(set(topics))))
    return draft


def _addresses(place: Place) -> tuple[str, ...]:
    """The last part of each: an address elsewhere, a path or a slug come to the same."""
    slugs = tuple(
        one.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2] for one in place.strings("old_addresses")
    )
    for number, slug in enumerate(slugs):
        if not 0 < len(slug) <= MAX_SLUG or not slug.isprintable() or " " in slug:
            place.child("old_addresses").child(number).wrong("end the address in a word, such as /posts/word")
    return slugs


def _comments(post: Place, language: str) -> Iterator[FileComment]:
    """Walked with a list of our own, since replies may nest deeper than Python calls."""
    waiting = [(item, str(number), "") for number, item in enumerate(post.items("comments"))][::-1]
    while waiting:
        place, at, parent = waiting.pop()
        comment = _comment(place, at, parent, language)
        if comment:
            yield comment
            replies = [(item, f"{at}.{number}", at) for number, item in enumerate(place.items("replies"))]
            waiting.extend(reversed(replies))


def _comment(place: Place, at: str, parent: str, language: str) -> FileComment | None:
    if not place.fields("author body", "created_at language on_behalf_of replies"):
        return None
    return FileComment(
        pointer=place.pointer,
        place=at,
        parent=parent,
        author=place.key("author"),
        on_behalf_of=place.reference("on_behalf_of"),
        body=place.body("body"),
        language=place.language("language", language),
        created_at=place.time("created_at"),
    )
