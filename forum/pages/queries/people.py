"""The pages of a member and of an organisation: who they are, and what they published."""

from __future__ import annotations

from forum.accounts import queries as accounts
from forum.kernel.access import ANONYMOUS, Actor
from forum.organisations import policy
from forum.organisations import queries as organisations
from forum.pages.made import Made
from forum.pages.queries.lists import Turn, beside, page_of, shown_posts
from forum.posts.queries import Among, Sort


def member_page(username: str, turn: Turn, actor: Actor = ANONYMOUS) -> Made:
    """Raises NotFound."""
    profile = accounts.get_profile(username, actor)
    page = page_of(Sort.NEWEST, turn, Among(author_id=profile.card.id))
    newer, older = beside(f"/members/{profile.card.username}", None, page)
    return Made(
        template="pages/member.html",
        context={
            "profile": profile,
            "roles": organisations.roles_of(profile.card.id),
            "posts": page.rows,
            "newer": newer,
            "older": older,
            "is_own": actor.member_id == profile.card.id,
            "may_block": actor.is_authenticated and actor.member_id != profile.card.id,
            "is_blocked": actor.is_authenticated and profile.card.id in accounts.blocked_ids(actor.id),
        },
        keys=("site",),
        shown=shown_posts(page.rows),
    )


def organisation_page(slug: str, turn: Turn, actor: Actor = ANONYMOUS) -> Made:
    """Raises NotFound; ask organisations.find_moved then."""
    head = organisations.get_organisation_page(slug, actor)
    page = page_of(Sort.NEWEST, turn, Among(organisation_id=head.id))
    newer, older = beside(f"/organisations/{head.plate.slug}", None, page)
    return Made(
        template="pages/organisation.html",
        context={
            "head": head,
            "posts": page.rows,
            "newer": newer,
            "older": older,
            "may_manage": policy.can_manage_people_of(actor, head.id),
        },
        keys=("site",),
        shown=shown_posts(page.rows),
    )
