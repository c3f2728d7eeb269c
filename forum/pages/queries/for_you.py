"""The list of posts for one member, each with the reason why it's there."""

from __future__ import annotations

from forum.following import queries as following
from forum.kernel.access import Actor
from forum.pages.made import Made
from forum.pages.queries.home import FOR_YOU, tabs
from forum.pages.queries.lists import shown_posts
from forum.posts import queries as posts


def for_you(actor: Actor, after: str | None) -> Made:
    """Never kept, since it's one member's. Raises SignInNeeded for anybody else."""
    found = following.for_you(actor.id, after)
    cards = posts.cards_by_id(actor, found.reasons)
    shown = [cards[post_id] for post_id in found.reasons if post_id in cards]
    return Made(
        template="pages/for_you.html",
        context={
            "posts": shown,
            "reasons": following.explained(actor, found.reasons),
            "tabs": tabs(FOR_YOU),
            "older": f"/?tab={FOR_YOU}&after={found.after}" if found.after else "",
            "follows_any": found.follows_any,
        },
        keys=("site",),
        shown=shown_posts(shown),
    )
