"""What stands on the card of a link to a post of this site: its title and who says it, while everyone may read it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.kernel.ids import PostId
from forum.kernel.text import CardWords
from forum.organisations.models import Organisation
from forum.posts.models import Post
from forum.posts.policy import IS_PUBLISHED

MAX_ID = 2**63 - 1  # the databases' largest integer: a link may hold more


def posts_on_cards(wanted: Mapping[str, int]) -> dict[str, CardWords]:
    """By the link's address; what isn't public has no card of its own. One statement."""
    ids = [PostId(number) for number in wanted.values() if number <= MAX_ID]
    rows = db.session.execute(
        select(Post.id, Post.title, Member.name, Organisation.name.label("organisation"))
        .join(Member, Member.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.id.in_(ids), IS_PUBLISHED)
    ).all()
    words = {row.id: CardWords(row.title, _who(row.organisation, row.name)) for row in rows}
    return {url: words[PostId(number)] for url, number in wanted.items() if PostId(number) in words}


def _who(organisation: str | None, name: str) -> str:
    """An erased member has no name."""
    return " — ".join(part for part in (organisation, name) if part)
