"""A case about an organisation's standing, opened by a moderator."""

from __future__ import annotations

from forum.kernel.access import acting, moderators
from forum.kernel.answers import Answer, see
from forum.moderation import membership
from forum.moderation.views.door import blueprint
from forum.organisations import queries


@blueprint.post("/moderation/organisations/<slug>")
@moderators
def open_case(slug: str) -> Answer:
    """One that waits already is the same."""
    with acting() as actor:
        item_id = membership.open_case(actor, queries.get_organisation(slug, actor).id)
    return see(f"/moderation/items/{item_id}")
