"""Pages that are lists of posts: of a topic, a member, an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forum.kernel.paging import Page
from forum.pages.store import Shown, Target
from forum.posts import queries as posts
from forum.posts.cards import PostCard
from forum.posts.queries import Among, Sort


@dataclass(frozen=True)
class Turn:
    """Which page of a list: cursors out of the address."""

    after: str | None = None
    before: str | None = None

    @property
    def is_start(self) -> bool:
        return self.after is None and self.before is None


@dataclass(frozen=True)
class Tab:
    """A choice of list. `mark` names its icon, where it has one."""

    label: object
    href: str
    current: bool
    count: int | None = None
    mark: str = ""


def page_of(sort: Sort, turn: Turn, among: Among) -> Page[PostCard]:
    return posts.page_of_posts(sort, among, after=turn.after, before=turn.before)


def shown_posts(cards: Iterable[PostCard], *targets: Target) -> Shown:
    """Whose marks belong on a list, and what can be followed there."""
    ids = tuple(dict.fromkeys(card.id for card in cards))
    return Shown(post_ids=ids, targets=targets)


def beside(address: str, tab: str | None, page: Page[PostCard]) -> tuple[str, str]:
    """Addresses of the newer and the older page, '' at the ends."""
    start = f"{address}?tab={tab}&" if tab else f"{address}?"
    newer = f"{start}before={page.before}" if page.before else ""
    older = f"{start}after={page.after}" if page.after else ""
    return newer, older
