"""A community file is loaded whole or not at all, and loading it again changes nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from forum.accounts.models import Member
from forum.accounts.queries import find_candidate
from forum.comments import tree
from forum.comments.models import Comment
from forum.community.file import read
from forum.community.loading import Count, prepare, write
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.kernel.errors import Invalid, Refused
from forum.organisations.models import Affiliation, Organisation
from forum.posts.models import Post
from forum.posts.queries import find_by_slug, topic_slugs_of
from forum.topics.models import Topic
from tests import factories
from tests.community.counters import unmirrored_topics, wrong_counters
from tests.community.files import Value, changed, load, rows, run_import, small

PUBLISHED = datetime(2026, 3, 1, 9, tzinfo=UTC)


def the_post() -> Post:
    return db.session.scalars(select(Post).where(Post.import_key == "heat")).one()


def the_thread() -> dict[str, Comment]:
    """By place."""
    found = db.session.scalars(select(Comment).order_by(Comment.path).execution_options(populate_existing=True))
    return {(one.import_key or "#").rpartition("#")[2]: one for one in found}


def test_everything_is_counted(app: Flask) -> None:
    assert load(small()) == {
        "organisations": Count(2, 0),
        "members": Count(3, 0),
        "topics": Count(2, 0),
        "posts": Count(1, 0),
        "comments": Count(5, 0),
    }
    assert (wrong_counters(), unmirrored_topics()) == ({}, 0)


def test_second_time_changes_nothing(app: Flask) -> None:
    load(small())
    before, versions = rows(), db.session.execute(text("SELECT key, n FROM page_versions ORDER BY key")).all()
    assert {noun: count.new for noun, count in load(small()).items()} == dict.fromkeys(
        ("organisations", "members", "topics", "posts", "comments"), 0
    )
    assert rows() == before
    assert db.session.execute(text("SELECT key, n FROM page_versions ORDER BY key")).all() == versions
    assert wrong_counters() == {}


def test_post_is_in_the_name_of_its_organisation(app: Flask) -> None:
    load(small())
    post, city = the_post(), db.session.scalars(select(Organisation).where(Organisation.code == "AMS")).one()
    assert (post.organisation_id, post.role_organisation_id, post.role_title) == (city.id, city.id, "Planner")
    assert (post.title, post.standfirst, post.state, post.published_at) == (
        "Heat for a street", "In short.", "published", PUBLISHED,
    )  # fmt: skip
    assert topic_slugs_of(post.id) == ("mobility", "energy")


def test_names_of_the_same_file_become_links(app: Flask) -> None:
    load(small())
    assert the_post().html == (
        '<p>Words for <a class="mention" href="/members/bob" title="Bob Visser">@bob</a> about'
        ' <a class="topic" href="/topics/energy" data-topic="energy">Energy</a>.</p>\n'
    )


def test_old_address_leads_to_the_post(app: Flask) -> None:
    load(small())
    assert find_by_slug("heat-for-all") == f"/posts/{the_post().id}/heat-for-a-street"


def test_thread_has_its_places(app: Flask) -> None:
    load(small())
    thread = the_thread()
    assert [(place, one.path, one.depth, one.reply_count, one.next_child) for place, one in thread.items()] == [
        ("0", "0000", 0, 3, 2),
        ("0.0", "00000000", 1, 1, 1),
        ("0.0.0", "000000000000", 2, 0, 0),
        ("0.1", "00000001", 1, 0, 0),
        ("1", "0001", 0, 0, 0),
    ]
    assert thread["0.0.0"].parent_id == thread["0.0"].id


def test_comments_say_who_speaks_and_as_what(app: Flask) -> None:
    load(small())
    thread, city = the_thread(), db.session.scalars(select(Organisation).where(Organisation.code == "AMS")).one()
    said = {place: (one.organisation_id, one.role_title, one.language) for place, one in thread.items()}
    assert said["0"] == (None, "Intern", "en")
    assert said["0.0"] == (city.id, "Planner", "nl")
    assert said["1"] == (None, "", "en")


def test_comments_without_a_time_follow_what_they_answer(app: Flask) -> None:
    load(small())
    thread = the_thread()
    first = PUBLISHED + timedelta(hours=1)
    assert thread["0"].created_at == first
    assert first < thread["0.0"].created_at < thread["0.0.0"].created_at < first + timedelta(seconds=1)
    assert PUBLISHED < thread["1"].created_at < PUBLISHED + timedelta(seconds=1)
    assert the_post().last_activity_at == max(one.created_at for one in thread.values())


def test_post_without_a_time_was_published_now(app: Flask) -> None:
    before = clock.now()
    load(changed("/posts/0/published_at", None))
    assert before <= (the_post().published_at or before) <= clock.now()


def test_members_are_active_but_cannot_sign_in(app: Flask) -> None:
    load(small())
    ann = db.session.scalars(select(Member).where(Member.import_key == "ann")).one()
    assert (ann.state, ann.role, ann.email, ann.password_hash) == ("active", "member", None, None)
    assert ann.created_at == PUBLISHED
    assert find_candidate("ann").member_id is None


def test_topics_get_their_signs(app: Flask) -> None:
    load(small())
    topics = db.session.execute(select(Topic.slug, Topic.sign).order_by(Topic.position)).all()
    assert [tuple(topic) for topic in topics] == [("energy", "energy"), ("mobility", "mobility")]


def test_topic_that_is_here_stays_as_it_is(app: Flask) -> None:
    factories.topic("energy", name="Energie")
    assert load(small())["topics"] == Count(1, 1)
    assert db.session.scalars(select(Topic.name).where(Topic.slug == "energy")).one() == "Energie"


def test_replies_deeper_than_a_path_goes_stand_beside(app: Flask) -> None:
    comment: Value = {"author": "bob", "body": "Deep."}
    for _ in range(40):
        comment = {"author": "bob", "body": "Deep.", "replies": [comment]}
    load(changed("/posts/0/comments", [comment]))
    thread = list(the_thread().values())
    assert (len(thread), max(one.depth for one in thread)) == (41, tree.MAX_DEPTH)
    assert (len({one.path for one in thread}), wrong_counters()) == (41, {})


def test_what_a_later_file_adds_comes_after_what_is_there(app: Flask) -> None:
    load(small())
    file = changed("/posts/0/comments/0/replies/2", {"author": "cas", "body": "Later.", "replies": []})
    file["posts"][0]["comments"].append({"author": "ann", "body": "At last."})
    assert load(file)["comments"] == Count(2, 5)
    thread = the_thread()
    assert (thread["0.2"].path, thread["2"].path, thread["0"].reply_count) == ("00000002", "0002", 4)
    assert wrong_counters() == {}


def test_replies_of_members_keep_their_place(app: Flask) -> None:
    load(small())
    post, answered = the_post(), the_thread()["0"]
    factories.comment(factories.member(), post, "00000002", parent_id=answered.id)
    with transaction() as session:
        session.execute(text("UPDATE comments SET next_child = 3 WHERE path = '0000'"))
    load(changed("/posts/0/comments/0/replies/2", {"author": "cas", "body": "Later.", "replies": []}))
    assert the_thread()["0.2"].path == "00000003"


def test_new_place_in_an_organisation_is_added_once(app: Flask) -> None:
    load(small())
    file = changed("/members/2/affiliations", [{"organisation": "club", "title": "Chair", "right": "owner"}])
    load(file)
    load(file)
    assert len(db.session.scalars(select(Affiliation.id)).all()) == 3


def test_whoever_left_an_organisation_stays_away(app: Flask) -> None:
    load(small())
    with transaction() as session:
        session.execute(text("UPDATE affiliations SET ended_at = started_at WHERE title = 'Intern'"))
    load(small())
    assert len(db.session.scalars(select(Affiliation.id).where(Affiliation.ended_at.is_(None))).all()) == 1


def test_collision_with_another_import_leaves_nothing(app: Flask) -> None:
    prepared = prepare(read(json.dumps(small())))
    factories.member("bob")
    before = rows()
    with pytest.raises(Refused, match="at the same moment"), transaction():
        write(prepared)
    assert rows() == before


def test_text_too_dense_to_draw_is_told_at_its_place(app: Flask) -> None:
    with pytest.raises(Invalid, match="/posts/0/comments/1/body: this can't be drawn"):
        load(changed("/posts/0/comments/1/body", "[" * 3_000))
    assert rows() == {}


def test_command_says_what_is_new(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    path.write_text(json.dumps(small()))
    first, second = run_import(str(path)), run_import(str(path))
    assert first.output.splitlines() == [
        "organisations: 2 new, 0 already there",
        "members: 3 new, 0 already there",
        "topics: 2 new, 0 already there",
        "posts: 1 new, 0 already there",
        "comments: 5 new, 0 already there",
    ]
    assert second.output.splitlines()[4] == "comments: 0 new, 5 already there"


@pytest.mark.parametrize("words", ["{", json.dumps(changed("/posts/0/comments/1/author", "eve"))])
def test_command_with_a_broken_file_changes_nothing(app: Flask, tmp_path: Path, words: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(words)
    result = run_import(str(path))
    assert (result.exit_code, isinstance(result.exception, Invalid), rows()) == (1, True, {})
