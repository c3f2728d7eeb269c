"""Who is told of what is written. All of it may run twice: nobody is told twice."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from forum.accounts import queries as accounts
from forum.comments.events import CommentRestored, CommentSubmitted
from forum.comments.models import READABLE, Comment
from forum.following import queries as following
from forum.following.models import Level
from forum.following.policy import HIGHLIGHT
from forum.following.queries import Audience
from forum.kernel import text
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import CommentId, MemberId, PostId
from forum.notifications import commands
from forum.notifications.commands import News
from forum.notifications.events import SomeToldOfComment, SomeToldOfPost
from forum.notifications.models import Kind
from forum.notifications.policy import BATCH
from forum.posts.events import PostAnswered, PostPublished
from forum.posts.models import Post, PostState, PostTopic
from forum.recommendations.events import CommentRecommended, PostRecommended
from forum.topics.names import known

# A post passes the mark once; a few further ones may be delivered before the first is.
JUST_PASSED = range(HIGHLIGHT, HIGHLIGHT + 3)


def tell_of_post(event: PostPublished) -> None:
    tell_post(event.post_id)


def tell_post(post_id: int) -> None:
    """Whom it calls, and the followers of its topics, organisation and author. Nobody while readers don't see it."""
    post = _find_post(post_id)
    if post is None:
        return
    _tell_mentioned(post.source, _post_news(post, Kind.MENTION), _audience(post))
    _tell_followers(post, highlight=False)


def tell_more_of_post(event: SomeToldOfPost) -> None:
    post = _find_post(event.post_id)
    if post is not None:
        _tell_followers(post, highlight=event.highlight, after=event.up_to)


def tell_of_comment(event: CommentSubmitted) -> None:
    tell_comment(event.comment_id)


def tell_of_restored(event: CommentRestored) -> None:
    """Whoever was told before isn't told again."""
    tell_comment(event.comment_id)


def tell_more_of_comment(event: SomeToldOfComment) -> None:
    found = _find_comment(event.comment_id)
    if found is not None:
        _tell_thread(*found, answer=event.answer, after=event.up_to)


def tell_of_answer(event: PostAnswered) -> None:
    found = _find_comment(event.comment_id or 0)
    if found is None:
        return
    comment, post = found
    news = _answer_news(comment, post)
    if comment.author_id != post.author_id:
        _tell_one(comment.author_id, news, replace(_thread_of(comment, post), author_id=post.author_id))
    _tell_thread(comment, post, answer=True)


def tell_of_recommended_post(event: PostRecommended) -> None:
    post = _find_post(event.post_id)
    if post is None:
        return
    source = f"recommended:post:{post.id}"
    news = News(Kind.RECOMMENDATION, source, source, event.member_id, post.id)
    _tell_count(post.author_id, news, post.recommendation_count)
    if post.recommendation_count in JUST_PASSED:
        _tell_followers(post, highlight=True)


def tell_of_recommended_comment(event: CommentRecommended) -> None:
    found = _find_comment(event.comment_id)
    if found is None:
        return
    comment, post = found
    source = f"recommended:comment:{comment.id}"
    news = News(Kind.RECOMMENDATION, source, source, event.member_id, post.id, comment.id)
    _tell_count(comment.author_id, news, comment.recommendation_count)


def tell_comment(comment_id: int) -> None:
    """First those it speaks to, then those who follow: each hears the nearest reason. Nobody of what can't be read."""
    found = _find_comment(comment_id)
    if found is None:
        return
    comment, post = found
    audience = _thread_of(comment, post)
    answered, thread = _answered(comment, post)
    _tell_one(answered, _comment_news(comment, Kind.REPLY, thread), audience)
    _tell_mentioned(comment.source, _comment_news(comment, Kind.MENTION), audience)
    if post.author_id != answered:
        _tell_one(post.author_id, _comment_news(comment, Kind.COMMENT), audience)
    _tell_thread(comment, post, answer=False)


def _tell_thread(comment: Comment, post: Post, *, answer: bool, after: int = 0) -> None:
    """Those who follow the post: every comment, or only what is official or the answer."""
    levels = {Level.EVERY, Level.HIGHLIGHTS} if answer or comment.organisation_id else {Level.EVERY}
    news = _answer_news(comment, post) if answer else _comment_news(comment, Kind.COMMENT)
    members = following.followers_of(_thread_of(comment, post), levels, after=after, limit=BATCH)
    commands.tell([one for one in members if one != news.actor_id], news)
    if len(members) == BATCH:
        record(SomeToldOfComment(comment.id, members[-1], answer))


def _tell_followers(post: Post, *, highlight: bool, after: int = 0) -> None:
    levels = {Level.HIGHLIGHTS} if highlight else {Level.EVERY}
    members = following.followers_of(_audience(post), levels, after=after, limit=BATCH)
    commands.tell(members, _post_news(post, Kind.POST))
    if len(members) == BATCH:
        record(SomeToldOfPost(post.id, members[-1], highlight))


def _tell_mentioned(source: str, news: News, audience: Audience) -> None:
    called = {username for username, _name in known(text.names_in(source)).members.values()}
    for member in accounts.find_members_by_username(sorted(called)).values():
        _tell_one(member.id, news, audience)


def _tell_one(member_id: MemberId, news: News, audience: Audience) -> None:
    """Not about oneself, nor by somebody blocked, nor where one wants to hear nothing."""
    if member_id == audience.author_id or following.is_muted(member_id, audience):
        return
    commands.tell(accounts.unblocked([member_id], audience.author_id), news)


def _tell_count(member_id: MemberId, news: News, count: int) -> None:
    if news.actor_id is not None and count and member_id in accounts.unblocked([member_id], news.actor_id):
        commands.tell_count(member_id, news, count)


def _post_news(post: Post, kind: Kind) -> News:
    return News(kind, f"post:{post.id}", f"post:{post.id}", post.author_id, post.id)


def _comment_news(comment: Comment, kind: Kind, thread: str = "") -> News:
    thread = thread or f"post:{comment.post_id}"
    return News(kind, f"comment:{comment.id}", thread, comment.author_id, comment.post_id, comment.id)


def _answer_news(comment: Comment, post: Post) -> News:
    return News(Kind.ANSWER, f"answer:{comment.id}", f"answer:{post.id}", post.author_id, post.id, comment.id)


def _answered(comment: Comment, post: Post) -> tuple[MemberId, str]:
    """Whom it answers, and what of theirs it is grouped under."""
    if comment.parent_id is None:
        return post.author_id, f"post:{post.id}"
    author_id = db.session.scalars(select(Comment.author_id).where(Comment.id == comment.parent_id)).one()
    return author_id, f"comment:{comment.parent_id}"


def _audience(post: Post) -> Audience:
    topics = db.session.scalars(select(PostTopic.topic_id).where(PostTopic.post_id == post.id))
    return Audience(post.author_id, tuple(topics), post.organisation_id)


def _thread_of(comment: Comment, post: Post) -> Audience:
    """Whoever muted the post, its topic or either author isn't told."""
    return replace(_audience(post), author_id=comment.author_id, post_id=post.id)


def _find_post(post_id: int) -> Post | None:
    """None for one that readers don't see, or not any more."""
    return db.session.scalar(select(Post).where(Post.id == PostId(post_id), Post.state == PostState.PUBLISHED))


def _find_comment(comment_id: int) -> tuple[Comment, Post] | None:
    row = db.session.execute(
        select(Comment, Post)
        .join(Post, Post.id == Comment.post_id)
        .where(Comment.id == CommentId(comment_id), Comment.state.in_(READABLE), Post.state == PostState.PUBLISHED)
    ).first()
    return (row.Comment, row.Post) if row is not None else None
