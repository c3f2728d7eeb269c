"""Posts that come from a community file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from forum.kernel.db import db, transaction
from forum.kernel.errors import Invalid
from forum.kernel.ids import PostId
from forum.posts import queries
from forum.posts.commands import Arrival, insert_imported
from forum.posts.models import Post, PostRevision
from forum.posts.rendering import render_body
from tests import factories
from tests.posts import drafting
from tests.posts.drafting import post_counts, row, topics_of

THEN = datetime(2017, 11, 14, 9, tzinfo=UTC)


def arrival(**fields: Any) -> Arrival:
    draft = replace(drafting.DRAFT, **fields.pop("draft", {}))
    values: dict[str, Any] = {"author_id": factories.member().id, "topic_ids": (factories.topic().id,)}
    return Arrival(key="expo", draft=draft, body=render_body(draft.source), published_at=THEN, **(values | fields))


def insert(arrived: Arrival) -> PostId:
    with transaction():
        return insert_imported(arrived)


def test_import_keeps_date_speaker_and_addresses(app: Flask) -> None:
    author, city, topic = factories.member(), factories.organisation(), factories.topic()
    post_id = insert(
        arrival(
            author_id=author.id, organisation_id=city.id, role=(city.id, "Editors"), topic_ids=(topic.id,),
            old_addresses=("2017-expo", "expo"),
        )
    )  # fmt: skip
    post = row(post_id)
    assert (post.published_at, post.last_activity_at, post.created_at, post.edited_at) == (THEN, THEN, THEN, None)
    assert (post.author_id, post.organisation_id, post.role_organisation_id, post.role_title) == (
        author.id, city.id, city.id, "Editors",
    )  # fmt: skip
    assert (post_counts(author, city, topic), topics_of(post_id)) == ([1, 1, 1], [topic.slug])
    assert {queries.find_by_slug(slug) for slug in ("2017-expo", "expo")} == {queries.get_address(post_id)}


def test_import_twice_changes_nothing(app: Flask) -> None:
    arrived = arrival(old_addresses=("expo",))
    assert insert(arrived) == insert(replace(arrived, draft=replace(arrived.draft, title="Another")))
    assert (db.session.query(Post).count(), db.session.query(PostRevision).count()) == (1, 1)


def test_import_has_a_history_of_one(app: Flask) -> None:
    only = queries.page_of_revisions(insert(arrival())).versions
    assert [(version.number, version.created_at) for version in only] == [(1, THEN)]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"draft": {"title": ""}}, "title"),
        ({"draft": {"title": "x" * 161}}, "title"),
        ({"draft": {"source": ""}}, "body"),
        ({"topic_ids": ()}, "topics"),
        ({"topic_ids": (1, 2, 3, 4, 5, 6)}, "topics"),
    ],
)
def test_import_of_what_no_post_may_be_is_refused(app: Flask, fields: dict[str, Any], wrong: str) -> None:
    arrived = arrival(**fields)
    with pytest.raises(Invalid) as refused:
        insert(arrived)
    assert (list(refused.value.fields), db.session.query(Post).count()) == ([wrong], 0)


def test_imported_event_needs_no_time(app: Flask) -> None:
    assert row(insert(arrival(draft={"kind": "event"}))).starts_at is None
