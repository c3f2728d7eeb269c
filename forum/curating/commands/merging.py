"""One topic goes up in another: its posts move, its addresses lead there."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from forum.curating import policy
from forum.curating.commands.aspects import keep
from forum.curating.errors import ChangedSince, NotCurator, Unfit
from forum.curating.models import Aspect, CuratingAct
from forum.kernel.access import Actor
from forum.kernel.events import record
from forum.kernel.ids import PostId, TopicId
from forum.posts import commands as posts
from forum.posts.commands import Moved
from forum.topics import commands as topics
from forum.topics.events import TopicMerged, TopicParted
from forum.topics.models import Topic, TopicState
from forum.topics.queries import topics_by_slug


def merge(actor: Actor, topic_id: TopicId, into: str) -> CuratingAct:
    """For moderators of the site. Raises NotCurator or Unfit."""
    if not policy.can_merge(actor):
        raise NotCurator
    found = topics_by_slug([into]).get(into)
    if found is None or found.id == topic_id or found.state != TopicState.OPEN:
        raise Unfit("into", _("Choose another topic, one that is open."))
    source, target = _locked(topic_id, found.id)
    if source.state == TopicState.MERGED:
        raise Unfit("into", _("This topic was merged already."))
    family = topics.leave_family(source, target)
    moved = posts.move_all(source.id, target.id)
    before = {
        "state": source.state,
        "family": family,
        "over": list(moved.over),
        "both": [list(one) for one in moved.both],
    }
    source.state, source.merged_into_id = TopicState.MERGED, target.id
    record(TopicMerged(source.id, target.id))
    return keep(actor, CuratingAct(
        aspect=Aspect.MERGE, verb="merge", topic_id=source.id, before=before, after={"into": target.id},
    ))  # fmt: skip


def part(topic_id: TopicId, act: CuratingAct) -> None:
    """Back to two topics. Posts that came later stay where they are. Raises ChangedSince."""
    source, target = _locked(topic_id, act.after["into"])
    if source.state != TopicState.MERGED or source.merged_into_id != target.id:
        raise ChangedSince
    before: dict[str, Any] = act.before
    source.state, source.merged_into_id = before["state"], None
    topics.join_family(before["family"])
    both = tuple((PostId(one[0]), one[1], one[2]) for one in before["both"])
    posts.move_back(source.id, target.id, Moved(tuple(before["over"]), both))
    record(TopicParted(source.id, target.id))


def _locked(source: TopicId, target: TopicId) -> tuple[Topic, Topic]:
    """By id, so that two merges at once can't wait for each other."""
    rows = {topic_id: topics.get_locked(topic_id) for topic_id in sorted({source, target})}
    return rows[source], rows[target]
