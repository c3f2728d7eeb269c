"""Page versions grow with what they stand for, whoever makes the change."""

from flask import Flask
from sqlalchemy import text

from forum.kernel.db import db, transaction
from tests import factories


def version(key: str) -> int:
    return db.session.execute(text("SELECT n FROM page_versions WHERE key = :key"), {"key": key}).scalar() or 0


def test_post_version_grows_with_its_title(app: Flask) -> None:
    post = factories.post()
    before = version(f"post:{post.id}"), version("home")
    with transaction() as session:
        session.execute(text("UPDATE posts SET title = 'Another'"))
    assert (version(f"post:{post.id}"), version("home")) == (before[0] + 1, before[1] + 1)


def test_post_version_stays_when_nothing_shown_changes(app: Flask) -> None:
    post = factories.post()
    before = version(f"post:{post.id}")
    with transaction() as session:
        session.execute(text("UPDATE posts SET next_root = 5"))
    assert version(f"post:{post.id}") == before


def test_post_version_grows_when_a_commenter_is_renamed(app: Flask) -> None:
    post, commenter = factories.post(), factories.member()
    factories.comment(commenter, post, "0000")
    before = version(f"post:{post.id}")
    with transaction() as session:
        session.execute(text("UPDATE members SET name = 'New' WHERE id = :id"), {"id": commenter.id})
    assert version(f"post:{post.id}") == before + 1


def test_topic_list_mirrors_its_posts(app: Flask) -> None:
    post = factories.post()
    with transaction() as session:
        session.execute(text("UPDATE posts SET state = 'withdrawn', recommendation_count = 7"))
    mirrored = db.session.execute(text("SELECT listed, recommendation_count FROM post_topics")).one()
    assert (bool(mirrored[0]), mirrored[1], post.id) == (False, 7, post.id)


def test_draft_outdates_no_page_that_others_read(app: Flask) -> None:
    topic = factories.topic()
    before = version("home"), version(f"topic:{topic.id}")
    post = factories.post(under=topic, state="draft", published_at=None)
    with transaction() as session:
        session.execute(text("UPDATE posts SET title = 'Half a sentence'"))
    assert (version("home"), version(f"topic:{topic.id}")) == before
    with transaction() as session:
        session.execute(text("UPDATE posts SET state = 'published' WHERE id = :id"), {"id": post.id})
    assert (version("home"), version(f"topic:{topic.id}")) == (before[0] + 1, before[1] + 1)
