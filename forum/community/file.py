"""A community file, `forum-community/1`: read and checked as a whole before anything is written.

Errors name the line of bad JSON, or the place of a bad value as a JSON pointer (RFC 6901): `/posts/0/title`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from forum.kernel.access import Right
from forum.kernel.errors import Invalid
from forum.organisations.models import OrganisationKind
from forum.posts.models import PostKind

FORMAT = "forum-community/1"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MAX_PROBLEMS = 20
# A file may nest replies as deep as people do; Python's own recursion ends soon after.
MAX_NESTING = 200


@dataclass(frozen=True)
class FileOrganisation:
    key: str
    name: str
    code: str
    kind: str
    country: str
    city: str
    verified: bool


@dataclass(frozen=True)
class FileAffiliation:
    organisation: str
    title: str
    right: str


@dataclass(frozen=True)
class FileMember:
    key: str
    username: str
    name: str
    headline: str
    city: str
    affiliations: tuple[FileAffiliation, ...]


@dataclass(frozen=True)
class FileTopic:
    slug: str
    name: str
    description: str


@dataclass(frozen=True)
class FileComment:
    """`pointer` is where it stands in the file; `place` is its key within the post: `0`, `0.2` …"""

    pointer: str
    place: str
    author: str
    body: str
    created_at: datetime | None
    language: str
    on_behalf_of: str
    replies: tuple[FileComment, ...]


@dataclass(frozen=True)
class FilePost:
    pointer: str
    key: str
    kind: str
    language: str
    title: str
    standfirst: str
    author: str
    on_behalf_of: str
    topics: tuple[str, ...]
    published_at: datetime | None
    old_addresses: tuple[str, ...]
    body: str
    comments: tuple[FileComment, ...]


@dataclass(frozen=True)
class Community:
    organisations: tuple[FileOrganisation, ...]
    members: tuple[FileMember, ...]
    topics: tuple[FileTopic, ...]
    posts: tuple[FilePost, ...]


def read(text: str) -> Community:
    """Parse and check a community file. Raises Invalid with all problems found, at most MAX_PROBLEMS."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise Invalid(f"This isn't JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from error
    except RecursionError:
        raise Invalid("This file nests too deeply.") from None
    problems: list[str] = []
    community = _community(Place(data, "", problems))
    if problems:
        shown = problems[:MAX_PROBLEMS]
        more = [f"… and {len(problems) - len(shown)} more"] if len(problems) > len(shown) else []
        raise Invalid("The file was not loaded:\n" + "\n".join(f"  {one}" for one in (*shown, *more)))
    return community


class Place:
    """A value in the file and where it stands. Collects problems, so that a writer mends them in one go."""

    def __init__(self, value: Any, pointer: str, problems: list[str]) -> None:
        self.value = value
        self.pointer = pointer
        self.problems = problems

    def wrong(self, says: str) -> None:
        self.problems.append(f"{self.pointer or '/'}: {says}")

    def child(self, name: str | int) -> Place:
        escaped = str(name).replace("~", "~0").replace("/", "~1")
        return Place(self.value[name], f"{self.pointer}/{escaped}", self.problems)

    def fields(self, required: str, optional: str = "") -> bool:
        """Whether this is an object with the `required` fields and none but these and `optional` ones."""
        if not isinstance(self.value, dict):
            self.wrong("write an object")
            return False
        known = {*required.split(), *optional.split()}
        for name in self.value.keys() - known:
            self.child(name).wrong(f"there is no such field; known are {', '.join(sorted(known))}")
        missing = [name for name in required.split() if name not in self.value]
        if missing:
            self.wrong(f"missing {', '.join(missing)}")
        return not missing

    def text(self, name: str, *, most: int = 200, needed: bool = True) -> str:
        if name not in self.value or (self.value[name] is None and not needed):
            return ""
        place = self.child(name)
        if not isinstance(place.value, str):
            place.wrong("write a text")
            return ""
        if needed and not place.value.strip():
            place.wrong("write something here")
        if len(place.value) > most:
            place.wrong(f"at most {most:,} characters, this has {len(place.value):,}")
        return place.value

    def one_of(self, name: str, values: type[OrganisationKind | Right | PostKind]) -> str:
        text = self.text(name)
        if text and text not in list(values):
            self.child(name).wrong(f"{text!r} isn't one of {', '.join(values)}")
        return text

    def language(self, name: str, default: str = "") -> str:
        text = self.text(name, needed=False) or default
        if text and not LANGUAGE.fullmatch(text):
            self.child(name).wrong("write a language code such as en or nl")
        return text

    def flag(self, name: str) -> bool:
        value = self.value.get(name, False)
        if not isinstance(value, bool):
            self.child(name).wrong("write true or false")
        return bool(value)

    def time(self, name: str) -> datetime | None:
        text = self.text(name, needed=False)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            self.child(name).wrong("write a time such as 2026-03-01T09:30:00Z (ISO 8601)")
            return None
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self.child(name)._text_at(index) for index in range(len(self._list(name))))

    def _text_at(self, index: int) -> str:
        place = self.child(index)
        if not isinstance(place.value, str):
            place.wrong("write a text")
            return ""
        return place.value

    def items(self, name: str) -> Iterator[Place]:
        listed = self._list(name)
        for index in range(len(listed)):
            yield self.child(name).child(index)

    def _list(self, name: str) -> list[Any]:
        value = self.value.get(name, [])
        if not isinstance(value, list):
            self.child(name).wrong("write a list")
            return []
        return value


def _community(place: Place) -> Community:
    if not place.fields("format", "source organisations members topics posts"):
        return Community((), (), (), ())
    if place.value["format"] != FORMAT:
        place.child("format").wrong(f"this Kade reads {FORMAT!r}")
    return Community(
        organisations=tuple(one for item in place.items("organisations") if (one := _organisation(item))),
        members=tuple(one for item in place.items("members") if (one := _member(item))),
        topics=tuple(one for item in place.items("topics") if (one := _topic(item))),
        posts=tuple(one for item in place.items("posts") if (one := _post(item))),
    )


def _organisation(place: Place) -> FileOrganisation | None:
    if not place.fields("key name code kind", "country city verified"):
        return None
    return FileOrganisation(
        key=place.text("key"),
        name=place.text("name"),
        code=place.text("code", most=4),
        kind=place.one_of("kind", OrganisationKind),
        country=place.text("country", needed=False),
        city=place.text("city", needed=False),
        verified=place.flag("verified"),
    )


def _member(place: Place) -> FileMember | None:
    if not place.fields("key username name", "headline city affiliations"):
        return None
    return FileMember(
        key=place.text("key"),
        username=place.text("username", most=30),
        name=place.text("name", most=80),
        headline=place.text("headline", needed=False),
        city=place.text("city", needed=False),
        affiliations=tuple(one for item in place.items("affiliations") if (one := _affiliation(item))),
    )


def _affiliation(place: Place) -> FileAffiliation | None:
    if not place.fields("organisation title right"):
        return None
    return FileAffiliation(
        organisation=place.text("organisation"),
        title=place.text("title", needed=False),
        right=place.one_of("right", Right),
    )


def _topic(place: Place) -> FileTopic | None:
    if not place.fields("slug name", "description"):
        return None
    return FileTopic(
        slug=place.text("slug", most=80),
        name=place.text("name", most=80),
        description=place.text("description", most=400, needed=False),
    )


def _post(place: Place) -> FilePost | None:
    if not place.fields(
        "key kind language title author topics body",
        "standfirst on_behalf_of published_at old_addresses comments",
    ):
        return None
    language = place.language("language")
    topics = place.texts("topics")
    if not 1 <= len(topics) <= 5:
        place.child("topics").wrong("give one to five topics")
    return FilePost(
        pointer=place.pointer,
        key=place.text("key"),
        kind=place.one_of("kind", PostKind),
        language=language,
        title=place.text("title", most=160),
        standfirst=place.text("standfirst", most=400, needed=False),
        author=place.text("author"),
        on_behalf_of=place.text("on_behalf_of", needed=False),
        topics=topics,
        published_at=place.time("published_at"),
        old_addresses=place.texts("old_addresses"),
        body=place.text("body", most=32_000),
        comments=_comments(place, "comments", "", language),
    )


def _comments(place: Place, name: str, above: str, language: str) -> tuple[FileComment, ...]:
    if above.count(".") > MAX_NESTING:
        place.wrong(f"replies nest more than {MAX_NESTING} deep")
        return ()
    found = (_comment(item, f"{above}{index}", language) for index, item in enumerate(place.items(name)))
    return tuple(one for one in found if one)


def _comment(place: Place, at: str, language: str) -> FileComment | None:
    if not place.fields("author body", "created_at language on_behalf_of replies"):
        return None
    return FileComment(
        pointer=place.pointer,
        place=at,
        author=place.text("author"),
        body=place.text("body", most=32_000),
        created_at=place.time("created_at"),
        language=place.language("language", language),
        on_behalf_of=place.text("on_behalf_of", needed=False),
        replies=_comments(place, "replies", f"{at}.", language),
    )
