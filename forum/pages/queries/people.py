"""The pages of a member and of an organisation: who they are, and what they published."""

from __future__ import annotations

from forum.accounts import queries as accounts
from forum.comments.queries import By
from forum.following.models import TargetKind
from forum.kernel.access import ANONYMOUS, Actor
from forum.organisations import policy
from forum.organisations import queries as organisations
from forum.pages.made import Made
from forum.pages.queries.lists import Turn, shown_posts
from forum.pages.queries.tabs import Part, Whose, open_tab
from forum.pages.store import Target
from forum.posts.queries import Among


def member_page(username: str, part: Part, turn: Turn, actor: Actor = ANONYMOUS) -> Made:
    """Raises NotFound."""
    profile = accounts.get_profile(username, actor)
    address, counts = f"/members/{profile.card.username}", (profile.post_count, profile.comment_count)
    theirs = Whose(address, Among(author_id=profile.card.id), By(author_id=profile.card.id), counts)
    opened = open_tab(theirs, part, turn)
    return Made(
        template="pages/member.html",
        context={
            "profile": profile,
            "roles": organisations.roles_of(profile.card.id),
            "open": opened,
            "is_own": actor.member_id == profile.card.id,
            "may_grant": actor.is_admin,
            "may_block": actor.is_authenticated and actor.member_id != profile.card.id,
            "is_blocked": actor.is_authenticated and profile.card.id in accounts.blocked_ids(actor.id),
        },
        keys=("site",),
        shown=shown_posts(opened.cards, Target(TargetKind.MEMBER, profile.card.id, address)),
    )


def organisation_page(slug: str, part: Part, turn: Turn, actor: Actor = ANONYMOUS) -> Made:
    """Raises NotFound; ask organisations.find_moved then."""
    head = organisations.get_organisation_page(slug, actor)
    address, counts = f"/organisations/{head.plate.slug}", (head.post_count, head.comment_count)
    theirs = Whose(address, Among(organisation_id=head.id), By(organisation_id=head.id), counts)
    opened = open_tab(theirs, part, turn)
    return Made(
        template="pages/organisation.html",
        context={
            "head": head,
            "open": opened,
            "may_manage": policy.can_manage_people_of(actor, head.id),
            "may_judge": actor.is_moderator,
            "may_join": head.id not in actor.rights,
        },
        keys=("site",),
        shown=shown_posts(opened.cards, Target(TargetKind.ORGANISATION, head.id, address)),
    )
