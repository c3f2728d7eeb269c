"""What decisions do to posts and comments. Any lane may use these effects; each can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from forum.accounts.models import Member
from forum.comments.commands import judging as comments
from forum.comments.models import Comment, CommentState
from forum.kernel import clock
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.kernel.ids import CommentId, MemberId, OrganisationId, PostId
from forum.moderation import grounds
from forum.moderation.errors import NoLongerPossible
from forum.moderation.models import ReviewItem, Scope, SubjectType
from forum.moderation.plugs import Case, Effect, Memory, Restriction, Undoing
from forum.moderation.statements import Visibility
from forum.organisations.models import Affiliation, Organisation
from forum.organisations.policy import CAN_BE_SPOKEN_FOR
from forum.posts.commands import judging as posts
from forum.posts.commands import turn_thread
from forum.posts.commands.judging import Was
from forum.posts.models import CommentMode, Post, PostState

HIDDEN = str(PostState.HIDDEN)  # a comment's is called the same


def take(item: ReviewItem) -> None:
    """Lock what the effects change, in everybody's order. Nothing for an item about something else."""
    if item.subject_type == SubjectType.POST:
        posts.take(PostId(item.subject_id))
    elif item.subject_type == SubjectType.COMMENT:
        comments.take(CommentId(item.subject_id))


def _publish(case: Case) -> Memory:
    """Raises NoLongerPossible: a closed thread, an archived topic, a suspended author is noticed now."""
    check_author(case.item)
    if case.item.subject_type == SubjectType.POST:
        return _kept(posts.approve(PostId(case.item.subject_id)))
    return {"state": comments.approve(CommentId(case.item.subject_id))}


def _return(case: Case) -> Memory:
    words = case.verdict.facts.strip()
    if case.item.subject_type == SubjectType.POST:
        return _kept(posts.return_(PostId(case.item.subject_id), words))
    return {"state": comments.return_(CommentId(case.item.subject_id), words)}


def _reject(case: Case) -> Memory:
    if case.item.subject_type == SubjectType.POST:
        return _kept(posts.reject(PostId(case.item.subject_id)))
    return {"state": comments.reject(CommentId(case.item.subject_id))}


def _collapse(case: Case) -> Memory:
    if case.item.subject_type != SubjectType.COMMENT:
        raise NoLongerPossible(_("Only comments can be collapsed."))
    return {"state": comments.collapse(CommentId(case.item.subject_id), _judge_of(case), _rule_of(case))}


def _judge_of(case: Case) -> str:
    """The organisation as which it's decided; empty for the site and a topic's curators."""
    organisation_id = case.item.organisation_id
    if case.item.scope != Scope.ORGANISATION or organisation_id not in case.actor.rights or case.actor.is_moderator:
        return ""
    return db.session.get_one(Organisation, organisation_id).name


def _rule_of(case: Case) -> str:
    """What it broke, in the language of the thread it stands in."""
    language = db.session.scalar(select(Comment.language).where(Comment.id == case.item.subject_id))
    return grounds.find(case.verdict.ground, str(language or "")).name


def _lock(case: Case) -> Memory:
    """Nobody adds to the discussion, and its author can't open it again. Raises NoLongerPossible."""
    shown = _keep(case)
    post = _thread_of(case.item)
    if post.state != PostState.PUBLISHED or post.comment_mode == CommentMode.LOCKED:
        raise NoLongerPossible(_("This discussion is closed already, or can’t be read any more."))
    before = post.comment_mode
    turn_thread(post, CommentMode.LOCKED)
    return {"mode": before} | shown


def _unlock(undoing: Undoing) -> None:
    """Not where a moderator opened it since."""
    post = _thread_of(undoing.item)
    if post.comment_mode == CommentMode.LOCKED:
        turn_thread(post, undoing.decision.before["mode"])
    back_unless_over(undoing)


def _thread_of(item: ReviewItem) -> Post:
    """The post itself, or the one that the comment stands under; its row is taken already, after its people's."""
    here = Post.id == (item.post_id or item.subject_id)
    return db.session.scalars(
        select(Post).where(here).with_for_update().execution_options(populate_existing=True)
    ).one()


def _remove(case: Case) -> Memory:
    struck = _strike(case.item.about_organisation_id)
    if case.item.subject_type == SubjectType.POST:
        return _kept(posts.remove(PostId(case.item.subject_id))) | struck
    return {"state": comments.remove(CommentId(case.item.subject_id))} | struck


def _keep(case: Case) -> Memory:
    """It stays, or comes back where a rule or reports had hidden it."""
    if case.item.subject_type == SubjectType.POST:
        return _kept(posts.unhide(PostId(case.item.subject_id)))
    if case.item.subject_type == SubjectType.COMMENT:
        return {"state": comments.unhide(CommentId(case.item.subject_id))}
    return {}


def back(undoing: Undoing) -> None:
    """As it was before the decision."""
    item, before = undoing.item, undoing.decision.before
    if "struck_at" in before and item.about_organisation_id is not None:
        organisation = db.session.get_one(Organisation, item.about_organisation_id)
        organisation.struck_at = _moment(before["struck_at"])
    if item.subject_type == SubjectType.POST:
        posts.reinstate(PostId(item.subject_id), Was(before["state"], _moment(before["published_at"])))
    elif item.subject_type == SubjectType.COMMENT:
        comments.reinstate(CommentId(item.subject_id), before["state"])


def back_unless_over(undoing: Undoing) -> None:
    """Of a decision that left the text where it was: hidden again, if reports had hidden it, when it's taken back; not
    when it has ended by itself, nor where something else was decided about the text since."""
    if undoing.actor is None or undoing.decision.before.get("state") != HIDDEN:
        return
    model = Post if undoing.item.subject_type == SubjectType.POST else Comment
    state = db.session.scalar(select(model.state).where(model.id == undoing.item.subject_id))
    if state in {CommentState.VISIBLE, PostState.PUBLISHED}:
        back(undoing)


PUBLISH = Effect(_publish, back)
RETURN = Effect(_return, back)
REJECT = Effect(_reject, back, Restriction(visibility=Visibility.DISABLED))
COLLAPSE = Effect(_collapse, back, Restriction(visibility=Visibility.COLLAPSED))
LOCK = Effect(_lock, _unlock, Restriction(visibility=Visibility.COLLAPSED))
REMOVE = Effect(_remove, back, Restriction(visibility=Visibility.REMOVED))
KEEP = Effect(_keep, back)


def check_author(item: ReviewItem) -> None:
    """Whether what they wrote may still appear. Raises NoLongerPossible."""
    if item.author_id is None:
        return
    state = db.session.scalar(select(Member.state).where(Member.id == item.author_id))
    if state != MemberState.ACTIVE:
        raise NoLongerPossible(_("Its author’s account is silenced, suspended or gone. Reject it, or wait."))
    if item.about_organisation_id is not None:
        _check_voice(item.author_id, item.about_organisation_id)


def _check_voice(author_id: MemberId, organisation_id: OrganisationId) -> None:
    organisation = db.session.get_one(Organisation, organisation_id)
    if organisation.state not in CAN_BE_SPOKEN_FOR:
        raise NoLongerPossible(_("%(name)s can’t be spoken for at the moment.", name=organisation.name))
    mine = (Affiliation.member_id == author_id, Affiliation.organisation_id == organisation_id)
    if db.session.scalar(select(Affiliation.id).where(*mine, Affiliation.ended_at.is_(None))) is None:
        raise NoLongerPossible(_("Its author doesn’t belong to %(name)s any more.", name=organisation.name))


def _strike(organisation_id: OrganisationId | None) -> Memory:
    """What is said in an organisation's name waits for a while after something of it was removed."""
    if organisation_id is None:
        return {}
    organisation = db.session.get_one(Organisation, organisation_id)
    before = organisation.struck_at
    organisation.struck_at = clock.now()
    return {"struck_at": before.isoformat() if before else None}


def _kept(was: Was) -> Memory:
    return {"state": was.state, "published_at": was.published_at.isoformat() if was.published_at else None}


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
