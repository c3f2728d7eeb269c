"""The directory of members: in several orders, and by how a name begins. Every order is a range of an index."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Select, select

from forum.accounts import policy
from forum.accounts.cards import card_of
from forum.accounts.models import WHOLE, Member, MemberBeginning
from forum.accounts.records import DirectoryRow
from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.beginnings import matching
from forum.kernel.keyset import Order, page_in
from forum.kernel.lines import one_line
from forum.kernel.paging import Page


class DirectorySort(StrEnum):
    NEWEST = "newest"
    NAME = "name"
    POSTS = "posts"
    COMMENTS = "comments"


_ORDERS = {
    DirectorySort.NEWEST: Order((Member.id,), down=True),
    DirectorySort.NAME: Order((MemberBeginning.key, Member.id)),
    DirectorySort.POSTS: Order((Member.post_count, Member.id), down=True),
    DirectorySort.COMMENTS: Order((Member.comment_count, Member.id), down=True),
}


def sort_of(name: str) -> DirectorySort:
    """The newest first where nothing else that is an order was asked for."""
    return DirectorySort(name) if name in set(DirectorySort) else DirectorySort.NEWEST


def page_of_members(
    after: str | None = None,
    before: str | None = None,
    q: str = "",
    viewer: Actor = ANONYMOUS,
    sort: DirectorySort = DirectorySort.NEWEST,
) -> Page[DirectoryRow]:
    """Members whom the viewer may see; `q` are beginnings of words of a name, a username or a city."""
    query = _sorted(sort).where(policy.visible_to(viewer), *matching(one_line(q), MemberBeginning, Member.id))
    return page_in(_ORDERS[sort], query, _directory_row, after=after, before=before)


def _sorted(sort: DirectorySort) -> Select[Member]:
    query = select(Member)
    if sort is not DirectorySort.NAME:
        return query
    return query.join(MemberBeginning, (MemberBeginning.owner_id == Member.id) & WHOLE)


def _directory_row(member: Member) -> DirectoryRow:
    return DirectoryRow(card_of(member), member.created_at, member.post_count, member.comment_count)
