"""`forum demo` loads the sample community once and keeps what is there."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select, text

from forum.accounts.models import Member
from forum.accounts.passwords import verify
from forum.accounts.queries import find_candidate
from forum.comments.models import Comment
from forum.community.demo import PASSWORD, load, sign_ins
from forum.kernel.db import db, transaction
from forum.posts.models import Post
from tests.community.counters import unmirrored_topics, wrong_counters
from tests.community.files import rows


def post(key: str) -> Post:
    return db.session.scalars(select(Post).where(Post.import_key == key)).one()


def test_sample_is_loaded_with_signs_of_life(app: Flask) -> None:
    load()
    assert [row.import_key for row in db.session.scalars(select(Post).where(Post.pinned))] == ["welcome"]
    assert [row.import_key for row in db.session.scalars(select(Post).where(Post.featured))] == ["forty-one-pilots"]
    assert (wrong_counters(), unmirrored_topics()) == ({}, 0)
    assert rows()["comment_recommendations"] > 100


def test_events_have_their_time_and_place(app: Flask) -> None:
    load()
    event = post("stopping-well")
    assert (event.starts_at, event.ends_at) == (
        datetime(2027, 1, 21, 9, tzinfo=UTC), datetime(2027, 1, 22, 14, 30, tzinfo=UTC),
    )  # fmt: skip
    assert (event.time_zone, event.place) == ("Europe/Amsterdam", "Old waterworks, Lommervelde")
    assert post("open-machinekamer").starts_at == datetime(2026, 11, 28, 9, tzinfo=UTC)


def test_question_has_its_answer(app: Flask) -> None:
    load()
    question = post("bus-shelter-roofs")
    answer = db.session.get_one(Comment, question.accepted_comment_id)
    author = db.session.get_one(Member, answer.author_id)
    assert (question.answered, author.username, answer.created_at.date().isoformat()) == (True, "griet", "2026-06-11")


def test_people_of_the_sample_can_sign_in(app: Flask) -> None:
    load()
    assert sorted(sign_ins()) == [
        f"admin / {PASSWORD} – administrator",
        f"amira / {PASSWORD} – member",
        f"joost / {PASSWORD} – member, speaks for the City of Oosterkade",
        f"rosa / {PASSWORD} – moderator",
    ]
    assert verify(PASSWORD, find_candidate("amira@sample.example").password_hash).right
    assert find_candidate("griet").member_id is None


def test_second_time_changes_nothing(app: Flask) -> None:
    load()
    before = rows()
    with transaction() as session:
        session.execute(text("UPDATE posts SET pinned = false"))
        session.execute(text("UPDATE members SET password_hash = NULL WHERE username = 'amira'"))
    load()
    assert rows() == before
    assert db.session.scalars(select(Post).where(Post.pinned)).all() == []
    assert [line.partition(" ")[0] for line in sign_ins()] == ["rosa", "joost", "admin"]
