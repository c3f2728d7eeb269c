"""The lanes in which texts wait for a first look: on behalf, institutional, new members."""

from __future__ import annotations

from sqlalchemy import update

from forum.kernel.db import db
from forum.kernel.ids import CommentId, ItemId, PostId
from forum.moderation import content
from forum.moderation.commands import close_unneeded
from forum.moderation.holds.run import pass_on
from forum.moderation.holds.text import Text, text_of_comment, text_of_post
from forum.moderation.models import Action, Lane, ReviewItem, SubjectType
from forum.moderation.plugs import Case, Effect, Memory, Plug, Undoing
from forum.organisations.models import Organisation


def _approve(case: Case) -> Memory:
    """The organisation lets it through. Where the site has to look, too, it waits on, in another lane."""
    content.check_author(case.item)
    moved = pass_on(_text_of(case.item), frozenset({Lane.ON_BEHALF}))
    if moved is not None:
        return {"moved": moved}
    return content.PUBLISH.do(case)


def _unapprove(undoing: Undoing) -> None:
    moved = undoing.decision.before.get("moved")
    if moved is None:
        content.back(undoing)
        return
    item = db.session.get(ReviewItem, ItemId(moved))
    if item is not None:
        close_unneeded(item)


def _publish_first(case: Case) -> Memory:
    """One of a newly verified organisation's first posts."""
    before = content.PUBLISH.do(case)
    left = _count(case.item, -1)
    return before | {"counted": left}


def _unpublish_first(undoing: Undoing) -> None:
    content.back(undoing)
    if undoing.decision.before.get("counted"):
        _count(undoing.item, +1)


def _count(item: ReviewItem, delta: int) -> bool:
    """Whether it was one of the first posts that are looked at, of which one fewer is left now."""
    if item.subject_type != SubjectType.POST or item.about_organisation_id is None:
        return False
    here = (Organisation.id == item.about_organisation_id, Organisation.first_posts_left + delta >= 0)
    changed = update(Organisation).where(*here).values(first_posts_left=Organisation.first_posts_left + delta)
    return db.session.scalar(changed.returning(Organisation.id)) is not None


def _text_of(item: ReviewItem) -> Text:
    if item.subject_type == SubjectType.POST:
        return text_of_post(PostId(item.subject_id))
    return text_of_comment(CommentId(item.subject_id))


_REFUSING = {Action.RETURN: content.RETURN, Action.REJECT: content.REJECT}
ON_BEHALF = Plug({Action.PUBLISH: Effect(_approve, _unapprove), **_REFUSING}, take=content.take)
INSTITUTIONAL = Plug({Action.PUBLISH: Effect(_publish_first, _unpublish_first), **_REFUSING}, take=content.take)
NEW_MEMBERS = Plug({Action.PUBLISH: content.PUBLISH, **_REFUSING}, take=content.take)
