"""Who may do what with a post, and what a post has to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, literal_column, or_

from forum.kernel.access import Actor, MemberState, Right
from forum.kernel.ids import MemberId, OrganisationId
from forum.organisations.policy import SPEAKS
from forum.posts.models import CommentMode, Post, PostKind, PostState

# Longer titles break in every list, and search results and link previews cut them.
MAX_TITLE = 160
# About three lines of the design's standfirst: more is a paragraph of the text.
MAX_STANDFIRST = 400
# Under more, a post is about nothing.
MAX_TOPICS = 5
MAX_PLACE = 200
MAX_LINK = 2_000
# A line under a version in the history.
MAX_NOTE = 200
# Long enough to change one's mind, and further ahead than anybody plans.
SOONEST, LATEST = timedelta(minutes=1), timedelta(days=366)
# Nobody else looks at these: they aren't finished.
PRIVATE = frozenset({PostState.DRAFT, PostState.SCHEDULED})
# Its author's own to send: nobody else is to see it yet, or any more.
UNSENT = frozenset({PostState.DRAFT, PostState.SCHEDULED, PostState.RETURNED})
# While it waits, better words are welcome; after a moderator decided, the words stay as they were judged.
EDITABLE = frozenset({*UNSENT, PostState.PENDING, PostState.HIDDEN, PostState.PUBLISHED})
SHUT = frozenset({CommentMode.CLOSED, CommentMode.LOCKED})
LOOKS_AFTER = frozenset({Right.MODERATOR, Right.OWNER})
# A literal and not a parameter: SQLite uses a partial index only for a condition that it can read.
IS_PUBLISHED: ColumnElement[bool] = Post.state == literal_column("'published'")


class Judged(Protocol):
    """What the rules ask of a post: the row, or a record of it."""

    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def comment_mode(self) -> str: ...
    @property
    def author_id(self) -> MemberId: ...
    @property
    def organisation_id(self) -> OrganisationId | None: ...


@dataclass(frozen=True)
class TrustLimits:
    """How much one text may hold and how much the first day. None: no limit."""

    links: int | None = None
    images: int | None = None
    mentions: int | None = None
    posts_on_first_day: int | None = None
    comments_on_first_day: int | None = None


UNLIMITED = TrustLimits()
# Level 0: what spam needs and a first contribution doesn't (DOMAIN, "Trust").
NEWCOMER = TrustLimits(links=2, images=1, mentions=2, posts_on_first_day=3, comments_on_first_day=10)
# Level 1 read around first: enough for a write-up with its sources, too little for a page of links.
BASIC = TrustLimits(links=10, images=5, mentions=5)
# Level 2 came back on fifteen days: a long write-up with a list of sources. More names than ten are a mailing.
KNOWN = TrustLimits(links=40, images=20, mentions=10)
# Level 3 has been here for months: only what would call half the site together is left.
REGULAR = TrustLimits(mentions=20)
# Level 4, which administrators grant, and moderators: nothing.
LIMITS = (NEWCOMER, BASIC, KNOWN, REGULAR, UNLIMITED)
FIRST_DAY = timedelta(hours=24)


def limits_for(actor: Actor, *, lifted: bool) -> TrustLimits:
    """`lifted` for benchmarks and drills, where FORUM_RATE_LIMITS is off."""
    return UNLIMITED if lifted or actor.is_moderator else LIMITS[actor.trust]


def can_see(actor: Actor, post: Judged) -> bool:
    if post.state == PostState.PUBLISHED or is_author(actor, post):
        return True
    return actor.is_moderator and post.state not in PRIVATE


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of can_see."""
    if actor.is_anonymous:
        return IS_PUBLISHED
    own = Post.author_id == actor.id
    return or_(own, Post.state.not_in(PRIVATE) if actor.is_moderator else IS_PUBLISHED)


def is_author(actor: Actor, post: Judged) -> bool:
    return actor.is_authenticated and actor.member_id == post.author_id


def can_publish(actor: Actor) -> bool:
    return actor.may_write


def can_draft(actor: Actor) -> bool:
    """Unconfirmed and silenced members too: nobody else sees it."""
    return actor.is_authenticated and actor.state not in {MemberState.SUSPENDED, MemberState.ERASED}


def can_edit(actor: Actor, post: Judged) -> bool:
    if not is_author(actor, post) or post.state not in EDITABLE:
        return False
    return can_draft(actor) if post.state in UNSENT else actor.may_write and _still_speaks(actor, post)


def can_withdraw(actor: Actor, post: Judged) -> bool:
    """Taking one's words back is open to a silenced member too. A draft is thrown away in this way."""
    return is_author(actor, post) and post.state in EDITABLE and can_draft(actor) and _still_speaks(actor, post)


def can_restore(actor: Actor, post: Judged) -> bool:
    return (
        is_author(actor, post) and post.state == PostState.WITHDRAWN and actor.may_write and _still_speaks(actor, post)
    )


def can_continue(actor: Actor, post: Judged) -> bool:
    """Write a sequel to it: one's own posts, and those of an organisation that one speaks for."""
    if post.state != PostState.PUBLISHED:
        return False
    return is_author(actor, post) or (
        post.organisation_id is not None and actor.rights.get(post.organisation_id) in SPEAKS
    )


def can_comment(actor: Actor, post: Judged) -> bool:
    """In a premoderated thread they wait for a moderator."""
    return actor.may_write and is_open(post)


def is_open(post: Judged) -> bool:
    """Whether the thread takes comments at all, whoever asks."""
    return post.state == PostState.PUBLISHED and post.comment_mode not in SHUT


def can_set_comment_mode(actor: Actor, post: Judged) -> bool:
    """Its author, the moderators, and those who look after the threads of the organisation spoken for; where it was
    locked, the moderators only."""
    if post.state != PostState.PUBLISHED or not actor.may_write:
        return False
    if post.comment_mode == CommentMode.LOCKED:
        return actor.is_moderator
    looks_after = post.organisation_id is not None and actor.rights.get(post.organisation_id) in LOOKS_AFTER
    return actor.is_moderator or looks_after or (is_author(actor, post) and _still_speaks(actor, post))


def can_accept(actor: Actor, post: Judged) -> bool:
    """Say which comment answers a question."""
    return _can_settle(actor, post, PostKind.QUESTION)


def can_mark_answered(actor: Actor, post: Judged) -> bool:
    """Say that a request was met."""
    return _can_settle(actor, post, PostKind.REQUEST)


def _can_settle(actor: Actor, post: Judged, kind: PostKind) -> bool:
    return post.kind == kind and post.state == PostState.PUBLISHED and actor.may_write and is_author(actor, post)


def _still_speaks(actor: Actor, post: Judged) -> bool:
    """Who left an organisation has no say any more in what was said in its name."""
    if post.organisation_id is None or post.state in UNSENT:
        return True
    if post.state in {PostState.PENDING, PostState.RETURNED}:
        return post.organisation_id in actor.rights
    return actor.rights.get(post.organisation_id) in SPEAKS
