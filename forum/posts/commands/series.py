"""Posts that continue each other."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import lazy_gettext as _

from forum.kernel.access import Actor
from forum.kernel.errors import Invalid
from forum.posts import policy
from forum.posts.draft import Draft
from forum.posts.models import Post
from forum.posts.queries import find_continued


def check_series(actor: Actor, draft: Draft, post: Post | None = None) -> None:
    """The post that `draft` continues can be continued by this author, and came before. Raises Invalid.

    What was continued before stays so, even where it isn't the author's to continue any more.
    """
    if draft.continues is None or (post is not None and post.continues_id == draft.continues):
        return
    if not _may_follow(actor, draft, post):
        words = _("Choose a published post of yours, from before this one.")
        raise Invalid(words, fields={"continues": words})


def keep_series(actor: Actor, draft: Draft, post: Post | None = None) -> Draft:
    """A draft may lack anything: what can't be continued is left out."""
    try:
        check_series(actor, draft, post)
    except Invalid:
        return replace(draft, continues=None)
    return draft


def _may_follow(actor: Actor, draft: Draft, post: Post | None) -> bool:
    """Only a later post continues an earlier one, so that no series runs in a circle."""
    earlier = find_continued(draft.continues) if draft.continues is not None else None
    if earlier is None or not policy.can_continue(actor, earlier):
        return False
    if post is None or post.published_at is None:
        return True
    return earlier.published_at is not None and earlier.published_at < post.published_at
