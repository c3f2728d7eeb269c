"""What an event and a request have to say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from forum.kernel import clock
from forum.kernel.errors import Invalid
from forum.posts.models import PostKind
from tests import factories
from tests.posts.drafting import EVENT, publish, row, save


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"starts_at": None}, ["starts_at"]),
        ({"ends_at": None}, ["ends_at"]),
        ({"ends_at": EVENT["starts_at"]}, ["ends_at"]),
        ({"time_zone": ""}, ["time_zone"]),
        ({"time_zone": "Mars/Olympus"}, ["time_zone"]),
        ({"place": ""}, ["place"]),
        ({"place": "x" * 201}, ["place"]),
    ],
)
def test_incomplete_event_is_refused(app: Flask, fields: dict[str, Any], wrong: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        publish(factories.actor(factories.member()), **(EVENT | fields))
    assert list(refused.value.fields) == wrong


def test_event_needs_a_place_or_a_link(app: Flask) -> None:
    anna = factories.actor(factories.member())
    assert row(publish(anna, **(EVENT | {"place": "", "link": "https://example.org/"}))).link == "https://example.org/"
    assert row(publish(anna, **EVENT)).place == "Town hall"


def test_incomplete_event_may_be_a_draft(app: Flask) -> None:
    anna = factories.actor(factories.member())
    assert row(save(anna, kind=PostKind.EVENT, time_zone="Europe/Amsterdam")).starts_at is None


def test_request_may_have_a_deadline(app: Flask) -> None:
    anna, tomorrow = factories.actor(factories.member()), clock.now() + timedelta(days=1)
    assert row(publish(anna, kind=PostKind.REQUEST)).deadline is None
    assert row(publish(anna, kind=PostKind.REQUEST, deadline=tomorrow)).deadline == tomorrow


def test_deadline_in_the_past_is_refused(app: Flask) -> None:
    with pytest.raises(Invalid) as refused:
        publish(factories.actor(factories.member()), kind=PostKind.REQUEST, deadline=datetime(2024, 1, 1, tzinfo=UTC))
    assert list(refused.value.fields) == ["deadline"]


def test_deadline_of_another_kind_is_left_out(app: Flask) -> None:
    passed = datetime(2024, 1, 1, tzinfo=UTC)
    assert row(publish(factories.actor(factories.member()), deadline=passed)).deadline is None
