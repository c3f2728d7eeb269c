"""Runs the checks over a text that was just sent, and puts it where it waits."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import select

from forum import config
from forum.comments.commands import judging as comments
from forum.comments.models import CommentState
from forum.kernel.access import Role
from forum.kernel.db import db
from forum.kernel.ids import CommentId, ItemId, PostId
from forum.moderation import watching
from forum.moderation.commands import Opening, hide_by_rule, open_item
from forum.moderation.commands.open import Hit
from forum.moderation.holds.checks import CHECKS
from forum.moderation.holds.known import Known
from forum.moderation.holds.text import Text
from forum.moderation.models import WAITING, Lane, Outcome, ReviewItem, Scope, SubjectType
from forum.posts.commands import judging as posts
from forum.posts.models import PostState

# The lanes in which a text waits for a first look, and the order in which they take it.
LANES = (Lane.ON_BEHALF, Lane.INSTITUTIONAL, Lane.NEW_MEMBERS)
Found = tuple[Lane, tuple[Hit, ...]]


def look(text: Text, passed: frozenset[Lane] = frozenset()) -> Found | None:
    """The lane in which the text has to wait, and why. `passed` are lanes that have let it through."""
    known = Known(text.author_id, urlsplit(config.current().base_url).hostname or "", not config.current().rate_limits)
    for lane in LANES:
        if lane in passed or (lane is Lane.NEW_MEMBERS and text.role is not Role.MEMBER):
            continue
        hits = tuple(hit for check in CHECKS if check.lane is lane and (hit := check.look(text, known)) is not None)
        if hits:
            if any(hit.check == "watched words" for hit in hits):
                watching.count_hits(known.watched_in(text.words))
            return lane, hits
    return None


def hold_new(text: Text) -> None:
    """Sent for the first time, or again after it was returned: then back to the lane that returned it."""
    found, returned = look(text), text.returned_in
    if returned is not None and (found is None or LANES.index(returned) <= LANES.index(found[0])):
        found = returned, found[1] if found else ()
    if found is not None:
        _hold(text, found, seen=False)


def hold_changed(text: Text) -> None:
    """New words in what waits bring its item up to date; in what readers see, they may take it out of sight."""
    item = waiting_item(text.type, text.id)
    found = look(text)
    if item is not None:
        lane = Lane(item.lane)
        hits = found[1] if found and found[0] is lane else ()
        open_item(_opening(text, lane, hits))
    elif found is not None and text.state in {PostState.PUBLISHED, CommentState.VISIBLE}:
        _hold(text, found, seen=True)


def waiting_item(subject_type: SubjectType, subject_id: int) -> ReviewItem | None:
    """The item for whose decision a text waits, if it does."""
    return db.session.scalar(
        select(ReviewItem)
        .where(ReviewItem.subject_type == subject_type, ReviewItem.subject_id == subject_id)
        .where(ReviewItem.lane.in_(LANES), ReviewItem.state.in_(WAITING))
        .order_by(ReviewItem.opened_at.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def pass_on(text: Text, passed: frozenset[Lane]) -> ItemId | None:
    """Let through by one lane, it may have to wait in the next. Its state stays; None where nothing else asks."""
    found = look(text, passed)
    return open_item(_opening(text, *found)) if found is not None else None


def _hold(text: Text, found: Found, *, seen: bool) -> None:
    hidden = seen or any(hit.outcome is Outcome.HIDE for hit in found[1])
    if text.type is SubjectType.POST:
        was = posts.hold(PostId(text.id), PostState.HIDDEN if hidden else PostState.PENDING, seen=seen)
        before = {"state": was.state, "published_at": was.published_at.isoformat() if was.published_at else None}
    else:
        state = comments.hold(CommentId(text.id), CommentState.HIDDEN if hidden else CommentState.PENDING)
        before = {"state": state}
    item_id = open_item(_opening(text, *found))
    if hidden:
        hide_by_rule(item_id, ", ".join(hit.check for hit in found[1]), before)


def _opening(text: Text, lane: Lane, hits: tuple[Hit, ...]) -> Opening:
    voice = text.voice
    at_organisation = lane is Lane.ON_BEHALF and voice is not None
    in_topic = not at_organisation and text.under.has_curators
    return Opening(
        lane=lane, subject_type=text.type, subject_id=text.id, subject_revision=text.revision, post_id=text.post_id,
        scope=Scope.ORGANISATION if at_organisation else Scope.TOPIC if in_topic else Scope.SITE,
        topic_id=text.under.main_topic, organisation_id=voice.id if at_organisation and voice else None,
        author_id=text.author_id, about_organisation_id=voice.id if voice else None,
        reason=hits[0].check if hits else "sent again", title=text.title, excerpt=text.excerpt, hits=hits,
    )  # fmt: skip
