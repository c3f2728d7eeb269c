"""Every stored number counted again from the rows it stands for."""

from __future__ import annotations

from sqlalchemy import text

from forum.kernel.db import db

COUNTED = {
    "posts.comment_count": "SELECT id, comment_count, (SELECT count(*) FROM comments c WHERE c.post_id = posts.id"
    " AND c.state IN ('visible', 'collapsed')) FROM posts",
    "posts.next_root": "SELECT id, next_root, (SELECT count(*) FROM comments c WHERE c.post_id = posts.id"
    " AND c.depth = 0) FROM posts",
    "posts.last_activity_at": "SELECT id, last_activity_at, coalesce((SELECT max(c.created_at) FROM comments c"
    " WHERE c.post_id = posts.id), published_at) FROM posts",
    "posts.recommendation_count": "SELECT id, recommendation_count, (SELECT count(*) FROM post_recommendations r"
    " WHERE r.post_id = posts.id) FROM posts",
    "comments.reply_count": "SELECT id, reply_count, (SELECT count(*) FROM comments c"
    " WHERE c.post_id = comments.post_id AND c.path > comments.path AND c.path < comments.path || '~') FROM comments",
    "comments.next_child": "SELECT id, next_child, (SELECT count(*) FROM comments c WHERE c.post_id = comments.post_id"
    " AND c.path > comments.path AND c.path < comments.path || '~' AND c.depth = comments.depth + 1) FROM comments",
    "comments.recommendation_count": "SELECT id, recommendation_count, (SELECT count(*) FROM comment_recommendations r"
    " WHERE r.comment_id = comments.id AND r.post_id = comments.post_id) FROM comments",
    "members.post_count": "SELECT id, post_count, (SELECT count(*) FROM posts p WHERE p.author_id = members.id)"
    " FROM members",
    "members.comment_count": "SELECT id, comment_count, (SELECT count(*) FROM comments c"
    " WHERE c.author_id = members.id) FROM members",
    "organisations.post_count": "SELECT id, post_count, (SELECT count(*) FROM posts p"
    " WHERE p.organisation_id = organisations.id) FROM organisations",
    "organisations.comment_count": "SELECT id, comment_count, (SELECT count(*) FROM comments c"
    " WHERE c.organisation_id = organisations.id) FROM organisations",
    "topics.post_count": "SELECT id, post_count, (SELECT count(*) FROM post_topics t WHERE t.topic_id = topics.id)"
    " FROM topics",
}


def wrong_counters() -> dict[str, list[tuple[int, object, object]]]:
    """By name, the rows whose number isn't what counting gives: id, stored, counted."""
    wrong = {
        name: [(row[0], row[1], row[2]) for row in db.session.execute(text(query)) if row[1] != row[2]]
        for name, query in COUNTED.items()
    }
    db.session.rollback()
    return {name: found for name, found in wrong.items() if found}


def unmirrored_topics() -> int:
    """Posts under topics whose copy of the post's facts is out of date."""
    query = text(
        "SELECT count(*) FROM post_topics t JOIN posts p ON p.id = t.post_id WHERE NOT (t.listed"
        " AND t.published_at = p.published_at AND t.last_activity_at = p.last_activity_at"
        " AND t.recommendation_count = p.recommendation_count)"
    )
    return int(db.session.execute(query).scalar_one())
