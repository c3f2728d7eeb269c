"""A post and a page of its thread, in a fixed number of statements whatever the thread's size."""

from __future__ import annotations

from forum.comments import queries as comments
from forum.comments.outline import outline
from forum.comments.place import Place
from forum.comments.queries import ThreadPage
from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.ids import PostId
from forum.pages.made import Made, Moved
from forum.pages.store import Shown
from forum.posts import policy
from forum.posts import queries as posts
from forum.posts.models import PostKind
from forum.posts.queries import PostPage, RelatedPost


def discussion(wanted: tuple[PostId, str], place: Place, actor: Actor = ANONYMOUS) -> Made:
    """`wanted` is a post's id and slug. Raises NotFound where the actor may not see it, Moved for another slug."""
    post_id, slug = wanted
    post = posts.get_article(post_id, actor)
    if post.slug != slug:
        raise Moved(post.address)
    thread = comments.page_of_thread(
        post_id, place.sort, after=place.after, before=place.before, last=place.last, branch=place.branch
    )
    related = posts.related_posts(post_id, post.topic_ids)
    return Made(
        template="pages/discussion.html",
        context={
            "post": post,
            "thread": thread,
            "outline": outline(thread.rows, comments.name_of, thread.cut),
            "place": place,
            "related": related,
            "is_open": policy.is_open(post),
        },
        keys=_keys(post, related),
        shown=_shown(post, thread),
    )


def _keys(post: PostPage, related: tuple[RelatedPost, ...]) -> tuple[str, ...]:
    return ("site", f"post:{post.id}", *(f"post:{one.id}" for one in related))


def _shown(post: PostPage, thread: ThreadPage) -> Shown:
    rows = (*thread.context, *thread.rows)
    return Shown(
        post_ids=(post.id,),
        comment_ids=tuple(row.id for row in rows),
        authors={row.id: row.author_id for row in rows},
        post_authors={post.id: post.author_id},
        discussion=post.id,
        asker=post.author_id if post.kind == PostKind.QUESTION else None,
        accepted=post.accepted_comment_id or 0,
    )
