"""What somebody wants to say in a post, typed and cleaned, before anybody judged it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.posts.models import PostKind


@dataclass(frozen=True)
class Draft:
    """`topics` are slugs, the main one first; `on_behalf_of` is an organisation's slug or empty. Times are UTC.

    `revision` is the number of the words that an edit started from, None where nobody counted.
    """

    title: str
    source: str
    kind: PostKind = PostKind.ARTICLE
    standfirst: str = ""
    topics: tuple[str, ...] = ()
    language: str = "en"
    on_behalf_of: str = ""
    deadline: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    time_zone: str = ""
    place: str = ""
    link: str = ""
    revision: int | None = None
