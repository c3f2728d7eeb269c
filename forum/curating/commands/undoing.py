"""Take an act back, by whoever may do such things there, while nobody changed the same since."""

from __future__ import annotations

from sqlalchemy import select

from forum.curating import policy
from forum.curating.commands.aspects import log_act, read, write
from forum.curating.commands.merging import part
from forum.curating.errors import ChangedSince, NoSuchAct, NotCurator
from forum.curating.models import Aspect, CuratingAct
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.posts.commands import topic_ids_of
from forum.topics.queries import curated_by


def undo(actor: Actor, act_id: int) -> CuratingAct:
    """Twice is once. Raises NoSuchAct, NotCurator, ChangedSince or NotUnder."""
    wanted = select(CuratingAct).where(CuratingAct.id == act_id)
    act = db.session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if act is None:
        raise NoSuchAct
    if not _may(actor, act):
        raise NotCurator
    if act.undone_at is not None:
        return act
    if act.aspect == Aspect.MERGE and act.topic_id is not None:
        part(act.topic_id, act)
    else:
        if read(act.aspect, act.topic_id, act.post_id) != act.after:
            raise ChangedSince
        write(act.aspect, act.topic_id, act.post_id, act.before)
    act.undone_at, act.undone_by_id = clock.now(), actor.id
    db.session.flush()
    log_act(actor, act, "undo")
    return act


def _may(actor: Actor, act: CuratingAct) -> bool:
    if act.aspect == Aspect.MERGE:
        return policy.can_merge(actor)
    curated = curated_by(actor.id)
    if act.topic_id is not None:
        return policy.can_curate(actor, act.topic_id, curated)
    if act.post_id is None:
        return False
    involved = {*topic_ids_of(act.post_id), *(act.before if act.aspect == Aspect.TOPICS else ())}
    return policy.can_curate_any(actor, involved, curated)
