"""What curators write on a topic's page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.curating import policy
from forum.curating.commands.aspects import change
from forum.curating.errors import NotCurator, Unfit
from forum.curating.models import Aspect, CuratingAct
from forum.kernel.access import Actor
from forum.kernel.ids import TopicId
from forum.topics.details import MAX_NOTE
from forum.topics.queries import curated_by


def write_note(actor: Actor, topic_id: TopicId, source: str, html: str) -> CuratingAct:
    """The note above the posts; empty, it goes. `html` is what text.render made of it. Raises NotCurator or Unfit."""
    if not policy.can_curate(actor, topic_id, curated_by(actor.id)):
        raise NotCurator
    if len(source) > MAX_NOTE:
        raise Unfit("note", _("Shorten the note to %(most)s characters.", most=f"{MAX_NOTE:,}"))
    act = CuratingAct(aspect=Aspect.NOTE, verb="note", topic_id=topic_id)
    return change(actor, act, {"source": source, "html": html})
