"""A post and a page of its thread, in a fixed number of statements whatever the thread's size."""

from __future__ import annotations

from forum.comments import queries as comments
from forum.comments.models import CommentState
from forum.comments.outline import outline
from forum.comments.place import Place
from forum.comments.queries import ThreadPage
from forum.following.models import TargetKind
from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.ids import PostId
from forum.pages.made import Made, Moved
from forum.pages.store import Shown, Target
from forum.posts import policy
from forum.posts import queries as posts
from forum.posts.models import PostKind
from forum.posts.queries import PostPage, RelatedPost, Series

# Search engines ask for some comments beside the post; each costs 400 bytes, and all are on the page anyway.
TOLD = 5


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
    series = posts.series_of(post_id, post.continues_id)
    return Made(
        template="pages/discussion.html",
        context={
            "post": post,
            "thread": thread,
            "outline": outline(thread.rows, comments.name_of, thread.cut),
            "place": place,
            "told": [row for row in thread.rows if row.state == CommentState.VISIBLE][:TOLD],
            "related": related,
            "series": series,
            "is_open": policy.is_open(post),
        },
        keys=_keys(post, related, series),
        shown=_shown(post, thread),
    )


def _keys(post: PostPage, related: tuple[RelatedPost, ...], series: Series) -> tuple[str, ...]:
    shown = dict.fromkeys((post.id, *(one.id for one in related), *(link.id for link in series.links)))
    return ("site", *(f"post:{post_id}" for post_id in shown))


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
        targets=(
            Target(TargetKind.POST, post.id, f"/posts/{post.id}"),
            *(
                Target(TargetKind.TOPIC, topic_id, f"/topics/{label.slug}")
                for topic_id, label in zip(post.topic_ids, post.topics, strict=True)
            ),
        ),
    )
