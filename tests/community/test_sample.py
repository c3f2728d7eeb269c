"""A sample is right in every path, time and counter, and the same for the same seed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select, text

from forum.accounts.models import Member
from forum.accounts.passwords import verify
from forum.accounts.queries import find_candidate
from forum.comments import tree
from forum.comments.models import LEVELS, Comment
from forum.community.cli import sample
from forum.community.sample.making import Sample, make
from forum.community.sample.rhythm import SPAN
from forum.community.sample.size import Size
from forum.kernel import counters as kept
from forum.kernel.db import db, transaction
from forum.posts.models import Post
from forum.recommendations.counters import ALL
from tests import factories
from tests.community.counters import unmirrored_topics, wrong_counters
from tests.community.files import rows

UNTIL = datetime(2026, 11, 1, tzinfo=UTC)
SMALL = Size(posts=30, comments=700, members=60, organisations=8, until=UNTIL, long_thread=250)


def made(size: Size = SMALL) -> Sample:
    with transaction():
        return make(size, "a hash")


def run(*words: str) -> Result:
    return CliRunner().invoke(sample, words)


def post_at(address: str) -> Post:
    return db.session.get_one(Post, int(address.split("/")[2]))


def comments() -> list[Comment]:
    return list(db.session.scalars(select(Comment).order_by(Comment.post_id, Comment.path)))


def comments_until() -> datetime:
    return db.session.scalars(select(Comment.created_at).order_by(Comment.created_at.desc()).limit(1)).one()


def contents() -> list[tuple[Any, ...]]:
    """What two samples have to have in common: all but the hash of the password, whose salt is chance."""
    queries = {
        "posts": "kind, title, slug, standfirst, html, excerpt, words, author_id, published_at, accepted_comment_id",
        "comments": "path, html, excerpt, author_id, organisation_id, created_at, recommendation_count, language",
        "members": "username, name, headline, city, trust_level, created_at, comment_count",
        "organisations": "slug, name, code, kind, state, verified_at, post_count",
    }
    return [
        tuple(row)
        for table, columns in queries.items()
        for row in db.session.execute(text(f"SELECT id, {columns} FROM {table} ORDER BY id"))
    ]


def test_sample_has_what_was_asked(app: Flask) -> None:
    counts = made().counts
    assert {name: counts[name] for name in ("posts", "comments", "members", "organisations")} == {
        "posts": 30, "comments": 700, "members": 60, "organisations": 8,
    }  # fmt: skip
    assert counts["recommendations"] == rows()["post_recommendations"] + rows()["comment_recommendations"]
    assert [rows()[name] for name in ("posts", "comments", "members", "organisations")] == [30, 700, 60, 8]


def test_counters_are_right(app: Flask) -> None:
    made()
    assert (wrong_counters(), unmirrored_topics()) == ({}, 0)
    assert kept.check(ALL) == []


def test_paths_say_who_answers_whom(app: Flask) -> None:
    made()
    by_id = {one.id: one for one in comments()}
    for one in by_id.values():
        above = by_id[one.parent_id].path if one.parent_id else ""
        assert tree.host_of(above) == tree.parent_of(one.path) if above else len(one.path) == tree.WIDTH
        assert one.depth == tree.depth_of(one.path)
    assert len({(one.post_id, one.path) for one in by_id.values()}) == 700


def test_ordinals_have_no_gaps_and_follow_time(app: Flask) -> None:
    made()
    families: dict[tuple[int, str], list[Comment]] = {}
    for one in comments():
        families.setdefault((one.post_id, tree.parent_of(one.path)), []).append(one)
    for family in families.values():
        assert [tree.ordinal_of(one.path) for one in family] == list(range(len(family)))
        assert sorted(family, key=lambda one: one.created_at) == family


def test_replies_come_after_what_they_answer(app: Flask) -> None:
    made()
    early = text(
        "SELECT count(*) FROM comments c JOIN posts p ON p.id = c.post_id LEFT JOIN comments a ON a.id = c.parent_id"
        " WHERE c.created_at <= p.published_at OR c.created_at <= a.created_at OR a.id > c.id"
    )
    assert db.session.execute(early).scalar_one() == 0
    first, last = db.session.scalar(select(func.min(Member.created_at))), comments_until()
    assert first == UNTIL - SPAN
    assert UNTIL - timedelta(days=30) < last <= UNTIL


def test_authors_had_joined_and_nobody_recommends_themselves(app: Flask) -> None:
    made()
    early = text(
        "SELECT count(*) FROM comments c JOIN members m ON m.id = c.author_id LEFT JOIN comment_recommendations r"
        " ON r.comment_id = c.id AND r.member_id = m.id WHERE c.created_at < m.created_at OR r.member_id IS NOT NULL"
    )
    assert db.session.execute(early).scalar_one() == 0


def test_who_speaks_for_an_organisation_may(app: Flask) -> None:
    made()
    spoken = (
        "SELECT count(*) FROM comments c JOIN organisations o ON o.id = c.organisation_id JOIN affiliations a"
        " ON a.organisation_id = o.id AND a.member_id = c.author_id AND a.title = c.role_title"
        " WHERE o.state = 'verified' AND a.\"right\" <> 'contributor'"
    )
    official = db.session.scalar(select(func.count()).where(Comment.organisation_id.is_not(None))) or 0
    assert 0 < official == db.session.execute(text(spoken)).scalar_one()


def test_typical_post_has_fifty_comments_on_its_pages(app: Flask) -> None:
    post = post_at(made().post)
    depths = db.session.scalars(select(Comment.depth).where(Comment.post_id == post.id)).all()
    assert (post.comment_count, len(depths), max(depths) < LEVELS) == (50, 50, True)


def test_long_thread_has_its_length(app: Flask) -> None:
    address = made().long_thread
    assert address is not None
    assert post_at(address).comment_count == 250


@pytest.mark.parametrize(
    ("size", "posts", "numbers"),
    [
        (Size(1, 0, 1, 0, UNTIL), 1, [0]),
        (Size(1, 20, 1, 3, UNTIL), 1, [20]),
        (Size(1, 60, 5, 0, UNTIL), 2, [10, 50]),
        (Size(1, 10, 5, 1, UNTIL, long_thread=70), 2, [50, 70]),
    ],
)
def test_smallest_samples_are_right_too(app: Flask, size: Size, posts: int, numbers: list[int]) -> None:
    assert made(size).counts["posts"] == posts
    assert sorted(db.session.scalars(select(Post.comment_count))) == numbers
    assert (wrong_counters(), unmirrored_topics()) == ({}, 0)


def test_same_seed_makes_the_same(app: Flask) -> None:
    size = Size(12, 150, 20, 3, UNTIL)
    _forget()
    first = made(size), contents()
    _forget()
    assert (made(size), contents()) == first
    _forget()
    made(Size(12, 150, 20, 3, UNTIL, seed=2))
    assert contents() != first[1]


def _forget() -> None:
    """As if nothing had been made. Ids begin again, too."""
    db.session.rollback()
    with transaction() as session:
        session.execute(text("UPDATE posts SET accepted_comment_id = NULL"))
        for table in reversed(db.metadata.sorted_tables):
            session.execute(table.delete())
        if db.engine.dialect.name == "postgresql":
            for table in ("posts", "comments", "members", "organisations", "topics"):
                session.execute(text(f"ALTER SEQUENCE {table}_id_seq RESTART"))


def test_second_sample_stands_beside_what_is_there(app: Flask) -> None:
    post = factories.post()
    factories.comment(factories.member(), post, "0000")
    with transaction() as session:
        session.execute(text("UPDATE posts SET comment_count = 1, next_root = 1"))
        session.execute(text("UPDATE members SET comment_count = 1 WHERE id = (SELECT author_id FROM comments)"))
        session.execute(text("UPDATE members SET post_count = 1 WHERE id = (SELECT author_id FROM posts)"))
        session.execute(text("UPDATE topics SET post_count = 1"))
        session.execute(text("UPDATE posts SET last_activity_at = (SELECT created_at FROM comments)"))
    made(Size(12, 150, 20, 3, UNTIL))
    made(Size(12, 150, 20, 3, UNTIL))
    assert [rows()[name] for name in ("posts", "comments", "topics")] == [25, 301, 7]
    assert (wrong_counters(), unmirrored_topics()) == ({}, 0)


def test_what_comes_after_a_sample_gets_the_next_id(app: Flask) -> None:
    made(Size(3, 20, 5, 1, UNTIL))
    last = db.session.scalar(select(func.max(Post.id)))
    assert factories.post().id == (last or 0) + 1


def test_triggers_are_back_and_every_page_is_out_of_date(app: Flask) -> None:
    post = factories.post()
    before = dict(_versions())
    made(Size(3, 20, 5, 1, UNTIL))
    after = dict(_versions())
    assert {key: after[key] for key in before if after[key] <= before[key]} == {}
    assert {f"post:{one}" for one in db.session.scalars(select(Post.id))} <= after.keys()
    with transaction() as session:
        session.execute(text("UPDATE posts SET title = 'New' WHERE id = :id"), {"id": post.id})
    assert dict(_versions())[f"post:{post.id}"] == after[f"post:{post.id}"] + 1


def _versions() -> Iterator[tuple[str, int]]:
    found = db.session.execute(text("SELECT key, n FROM page_versions")).all()
    db.session.rollback()
    return ((row.key, row.n) for row in found)


def test_sample_that_breaks_leaves_nothing(app: Flask) -> None:
    before = rows()
    with pytest.raises(ZeroDivisionError):
        _break()
    assert rows() == before
    post = factories.post()
    assert dict(_versions())[f"post:{post.id}"] > 0


def _break() -> None:
    with transaction():
        make(Size(3, 20, 5, 1, UNTIL), "a hash")
        raise ZeroDivisionError


def test_command_prints_one_json_object(app: Flask) -> None:
    result = run("--posts", "5", "--comments", "120", "--members", "9", "--organisations", "2", "--long-thread", "40")
    told = json.loads(result.stdout)
    assert {part: sorted(told[part]) for part in told} == {
        "counts": ["comments", "members", "organisations", "posts", "recommendations"],
        "addresses": ["long_thread", "post", "topic"],
        "member": ["password", "username"],
    }
    assert post_at(told["addresses"]["post"]).comment_count == 50


def test_member_can_sign_in(app: Flask) -> None:
    member = json.loads(run("--posts", "1", "--comments", "3", "--members", "2", "--organisations", "1").stdout)[
        "member"
    ]
    candidate = find_candidate(member["username"])
    assert verify(member["password"], candidate.password_hash).right
    row = db.session.get_one(Member, candidate.member_id)
    assert (row.state, row.email) == ("active", f"{row.username}@sample.example")
    assert db.session.scalar(select(func.count()).where(Member.password_hash.is_not(None))) == 1


@pytest.mark.parametrize("words", [("--posts", "0"), ("--comments", "-1"), ("--members", "none")])
def test_size_that_cannot_be_is_refused(app: Flask, words: tuple[str, str]) -> None:
    assert run(*words).exit_code == 2
    assert rows() == {}
