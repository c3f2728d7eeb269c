"""A stored post as its author would have typed it, to be sent once more."""

from __future__ import annotations

from forum.kernel.db import db
from forum.organisations.models import Organisation
from forum.posts.draft import Draft, Image
from forum.posts.models import Post, PostKind
from forum.posts.queries import topic_slugs_of


def draft_of(post: Post) -> Draft:
    organisation = db.session.get(Organisation, post.organisation_id) if post.organisation_id else None
    return Draft(
        title=post.title, source=post.source, kind=PostKind(post.kind), standfirst=post.standfirst,
        topics=topic_slugs_of(post.id), language=post.language,
        on_behalf_of=organisation.slug if organisation else "", deadline=post.deadline, starts_at=post.starts_at,
        ends_at=post.ends_at, time_zone=post.time_zone, place=post.place, link=post.link, continues=post.continues_id,
        image=Image(post.image, post.image_alt, post.image_decorative) if post.image else None,
    )  # fmt: skip
