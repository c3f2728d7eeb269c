"""A member's own waiting comments, laid over the page of their thread at the place where they will be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from flask import render_template

from forum.comments.queries.waiting import own_waiting
from forum.moderation.models import SubjectType
from forum.moderation.queries.waits import waits_of
from forum.pages.store import Shown
from forum.pages.viewers import Viewer


def waiting_pieces(viewer: Viewer | None, shown: Shown) -> Mapping[int, str]:
    """HTML by the id of the comment that it stands after; 0 is the end of the thread, also for what answers a comment
    on another page."""
    if viewer is None or not viewer.waiting or shown.discussion is None:
        return {}
    rows = own_waiting(shown.discussion, viewer.id)
    waits = waits_of(SubjectType.COMMENT, [row.id for row in rows])
    pieces: dict[int, str] = defaultdict(str)
    here = set(shown.comment_ids)
    for row in rows:
        place = row.parent_id if row.parent_id in here else 0
        pieces[place or 0] += render_template("pages/_waiting.html", row=row, viewer=viewer, wait=waits.get(row.id))
    return pieces
