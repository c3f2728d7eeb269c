"""Posts that come from a community file, with the dates and addresses they had before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import MemberId, OrganisationId, PostId, TopicId
from forum.kernel.text import Rendered
from forum.posts.commands.counting import count_post
from forum.posts.commands.rows import fill, keep_address, keep_revision, new_post, put_under
from forum.posts.commands.speaker import Speaker
from forum.posts.draft import Draft
from forum.posts.events import PostImported
from forum.posts.models import Post, PostState
from forum.posts.queries import find_imported
from forum.posts.requirements import check_words
from forum.topics.models import Topic


@dataclass(frozen=True)
class Arrival:
    """A post of a community file, its names resolved. `draft.topics` and `draft.on_behalf_of` aren't read.

    `role` is the author's: their organisation, None for nobody's, and their title there.
    """

    key: str
    draft: Draft
    body: Rendered
    author_id: MemberId
    topic_ids: tuple[TopicId, ...]
    published_at: datetime
    organisation_id: OrganisationId | None = None
    role: tuple[OrganisationId | None, str] = (None, "")
    old_addresses: tuple[str, ...] = ()


def insert_imported(arrival: Arrival) -> PostId:
    """A published post; one that came before under this key stays as it is. Raises Invalid for what no post may be.

    The caller checked that the file may be imported at all: no policy is asked.
    """
    earlier = find_imported(arrival.key)
    if earlier is not None:
        return earlier
    check_words(arrival.draft, len(arrival.topic_ids))
    post = _insert(arrival)
    put_under(post, [db.session.get_one(Topic, topic_id) for topic_id in dict.fromkeys(arrival.topic_ids)])
    keep_revision(post, arrival.author_id, arrival.published_at)
    for slug in arrival.old_addresses:
        keep_address(post.id, slug)
    count_post(post, +1)
    record(PostImported(post.id))
    return post.id


def _insert(arrival: Arrival) -> Post:
    speaker = Speaker(arrival.organisation_id, *arrival.role)
    post = new_post(arrival.author_id, speaker, PostState.PUBLISHED, arrival.published_at)
    fill(post, arrival.draft, arrival.body)
    post.import_key = arrival.key
    db.session.add(post)
    db.session.flush()
    return post
