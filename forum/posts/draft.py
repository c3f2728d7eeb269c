"""What somebody wants to say in a post, typed and cleaned, before anybody judged it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.kernel.ids import PostId
from forum.posts.models import PostKind
from forum.posts.places import Kept


@dataclass(frozen=True)
class Image:
    """The picture at the top, by its file's key. `alt` says what it shows, where it doesn't only decorate."""

    key: str
    alt: str = ""
    is_decorative: bool = False


@dataclass(frozen=True)
class Draft:
    """`topics` are slugs, the main one first; `on_behalf_of` is an organisation's slug or empty. Times are UTC.

    `revision` is the number of the words that an edit started from, None where nobody counted; `note` says why they
    changed. `publish_at` is when it is to appear, `publish_zone` where its author's clock hangs. `continues` is the
    post before it in a series. `kept` is the copy of the words in the author's account.
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
    note: str = ""
    publish_at: datetime | None = None
    publish_zone: str = ""
    continues: PostId | None = None
    image: Image | None = None
    kept: Kept | None = None
