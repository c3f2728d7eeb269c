"""Bring back words that a post had before."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _

from forum.kernel.access import Actor
from forum.kernel.ids import PostId
from forum.kernel.text import Rendered
from forum.posts.commands.again import draft_of
from forum.posts.commands.edit import edit
from forum.posts.policy import UNLIMITED, TrustLimits
from forum.posts.queries import get_post, get_revision


def restore_revision(
    actor: Actor, post_id: PostId, number: int, body: Rendered, *, limits: TrustLimits = UNLIMITED
) -> PostId:
    """An older version's words become the newest, as an edit like any other. `body` is its source, rendered.

    Raises NoSuchPost, NoSuchVersion, NotYours or Invalid.
    """
    old = get_revision(post_id, actor, number)
    draft = replace(
        draft_of(get_post(post_id, actor)),
        title=old.title,
        standfirst=old.standfirst,
        source=old.source,
        note=_("Version %(number)s put back", number=number),
    )
    return edit(actor, post_id, draft, body, limits=limits)
