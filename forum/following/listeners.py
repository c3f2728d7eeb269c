"""What following does when one topic goes up in another."""

from __future__ import annotations

from sqlalchemy import delete, exists, literal, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import aliased

from forum.following.models import Follow, TargetKind
from forum.kernel.db import db, is_sqlite
from forum.topics.events import TopicMerged, TopicParted

_COPIED = ("member_id", "kind", "target_id", "level", "created_at")


def follow_into(event: TopicMerged) -> None:
    """Who followed it follows the other one, as closely; who did so already stays as they are.

    The rows of the merged topic stay, so that a merge can be taken back; nothing is found by them meanwhile.
    """
    insert = sqlite_insert if is_sqlite() else postgresql_insert
    theirs = select(Follow.member_id, Follow.kind, literal(event.into_id), Follow.level, Follow.created_at)
    rows = theirs.where(Follow.kind == TargetKind.TOPIC, Follow.target_id == event.topic_id)
    db.session.execute(insert(Follow).from_select(_COPIED, rows).on_conflict_do_nothing())


def follow_apart(event: TopicParted) -> None:
    """What the merge made goes again, but where its member has chosen another level since."""
    own = aliased(Follow)
    same = (
        own.member_id == Follow.member_id, own.kind == TargetKind.TOPIC, own.target_id == event.topic_id,
        own.level == Follow.level, own.created_at == Follow.created_at,
    )  # fmt: skip
    here = (Follow.kind == TargetKind.TOPIC, Follow.target_id == event.from_id)
    made = delete(Follow).where(*here, exists().where(*same))
    db.session.execute(made, execution_options={"synchronize_session": False})
