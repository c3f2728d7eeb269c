"""Comments as a page shows them, with who speaks, in one statement however many they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, String, and_, case, literal_column, select
from sqlalchemy.orm import load_only

from forum.accounts.cards import MemberCard
from forum.accounts.models import Member
from forum.comments.models import READABLE, Comment
from forum.comments.queries.conditions import is_readable
from forum.kernel.access import MemberState
from forum.kernel.db import shared_alias
from forum.kernel.ids import CommentId, MemberId, PostId
from forum.organisations.bylines import Byline, byline_of, shown_organisation
from forum.organisations.models import Organisation

# From this depth on the words are no longer indented under those they answer, so the page says to whom.
NAMED_FROM = 4
# Who wrote what is no longer shown isn't said either.
NOBODY = Byline(
    member=MemberCard(id=MemberId(0), username="", name="", headline="", city="", initials="", tone=0, erased=True),
    organisation=None,
    role_title="",
    on_behalf=False,
)
_SAME = (
    "id", "post_id", "parent_id", "path", "depth", "author_id", "created_at", "edited_at", "language", "state",
    "recommendation_count", "reply_count", "collapsed_by", "collapsed_because",
)  # fmt: skip
# What a subquery has to bring along for `with_people`.
COLUMNS = tuple(
    getattr(Comment, name) for name in (*_SAME, "html", "organisation_id", "role_organisation_id", "role_title")
)
_CARD = load_only(Member.username, Member.name, Member.headline, Member.city, Member.state, Member.face)
_PLATE = load_only(
    Organisation.slug, Organisation.name, Organisation.code, Organisation.kind, Organisation.state, Organisation.logo
)
_parent = shared_alias(Comment)
_parent_author = shared_alias(Member)


@dataclass(frozen=True)
class CommentRow:
    """`html` comes from text.render; it is empty, and `byline` nobody's, where readers see a placeholder.

    `to_name` is whom it answers, where the indent no longer shows that. `reply_count` counts all shown below it.
    `collapsed_by` is an organisation's name, or empty for the site.
    """

    id: CommentId
    post_id: PostId
    parent_id: CommentId | None
    path: str
    depth: int
    to_name: str
    byline: Byline
    author_id: MemberId
    created_at: datetime
    edited_at: datetime | None
    html: str
    language: str
    state: str
    recommendation_count: int
    reply_count: int
    collapsed_by: str = ""
    collapsed_because: str = ""

    @property
    def address(self) -> str:
        return address_of(self.id)

    @property
    def official(self) -> bool:
        """Written in an organisation's name."""
        return self.byline.on_behalf


@dataclass(frozen=True)
class Stretch:
    """Rows in order, whether there are more in the direction of reading, and rows at hand that come before them."""

    rows: tuple[CommentRow, ...]
    more: bool
    above: tuple[CommentRow, ...] = ()


def address_of(comment_id: CommentId) -> str:
    """The permalink, which leads to the page of the thread that shows it."""
    return f"/comments/{comment_id}"


def name_of(row: CommentRow) -> str:
    """Who is said to have written it, in "latest by …"."""
    by = row.byline
    if by.on_behalf and by.organisation:
        return by.organisation.name
    return by.member.name if not by.member.erased else _("a former member")


def with_people(found: Any, *more: Any) -> Select[Any]:
    """Rows for `row_of`. `found` is a subquery of COLUMNS or the table itself; `more` are further columns."""
    c = found.c
    words = case((is_readable(c), c.html), else_=literal_column("''", String())).label("words")
    organisation_id = shown_organisation(c.organisation_id, c.role_organisation_id)
    is_named = and_(_parent.id == c.parent_id, c.depth >= NAMED_FROM, is_readable(_parent))
    return (
        select(
            *(c[name] for name in _SAME), c.organisation_id, c.role_title, words, Member, Organisation,
            _parent_author.name.label("parent_name"), _parent_author.state.label("parent_state"), *more,
        )
        .select_from(found)
        .join(Member, Member.id == c.author_id)
        .outerjoin(Organisation, Organisation.id == organisation_id)
        .outerjoin(_parent, is_named)
        .outerjoin(_parent_author, _parent_author.id == _parent.author_id)
        .options(_CARD, _PLATE)
    )  # fmt: skip


def rows_of(found: Iterable[Any]) -> tuple[CommentRow, ...]:
    return tuple(row_of(row) for row in found)


def row_of(row: Any) -> CommentRow:
    return CommentRow(
        **{name: getattr(row, name) for name in _SAME},
        html=row.words,
        byline=_byline(row) if row.state in READABLE else NOBODY,
        to_name=_to_name(row),
    )


def _byline(row: Any) -> Byline:
    return byline_of(row.Member, row.Organisation, row.role_title, on_behalf=row.organisation_id is not None)


def _to_name(row: Any) -> str:
    if row.parent_name is None:
        return ""
    return _("a former member") if row.parent_state == MemberState.ERASED else str(row.parent_name)
