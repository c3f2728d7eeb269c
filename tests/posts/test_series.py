"""Posts that continue each other lead to each other, on pages that are never stale."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.kernel.access import Actor
from forum.kernel.db import transaction
from forum.kernel.errors import Invalid
from forum.kernel.ids import PostId
from forum.posts import commands, queries
from tests import factories
from tests.posts.drafting import edit, publish, row, save
from tests.web import Web


@pytest.fixture
def anna(app: Flask) -> Actor:
    return factories.actor(factories.member("anna"))


def words(web: Web, post_id: PostId) -> str:
    return web.get(queries.get_address(post_id)).words()


def test_posts_of_a_series_lead_to_each_other(web: Web, anna: Actor) -> None:
    first = publish(anna, title="The plan")
    assert "Continue" not in words(web, first)
    second = publish(anna, title="The result", continues=first)
    assert "Continued in The result" in words(web, first)
    assert "Continues The plan" in words(web, second)


def test_shared_pages_follow_every_change_of_a_series(web: Web, anna: Actor) -> None:
    first, second = publish(anna, title="The plan"), publish(anna, title="The result")
    words(web, first)
    edit(anna, second, title="The result", continues=first)
    assert "Continued in The result" in words(web, first)
    edit(anna, second, title="What came of it", continues=first)
    assert "Continued in What came of it" in words(web, first)
    with transaction():
        commands.withdraw(anna, second)
    assert "Continued in" not in words(web, first)
    with transaction():
        commands.restore(anna, second)
    edit(anna, first, title="A plan")
    assert "Continues A plan" in words(web, second)
    edit(anna, second, title="What came of it")
    assert "Continued in" not in words(web, first)


def test_posts_of_others_are_not_continued(anna: Actor) -> None:
    other = publish(factories.actor(factories.member()))
    with pytest.raises(Invalid) as refused:
        publish(anna, continues=other)
    assert list(refused.value.fields) == ["continues"]


def test_colleague_continues_what_the_organisation_said(anna: Actor) -> None:
    member, colleague, city = factories.member(), factories.member(), factories.organisation("haarlem")
    for one in (member, colleague):
        factories.affiliation(one, city)
    first = publish(factories.actor(member), on_behalf_of="haarlem")
    assert row(publish(factories.actor(colleague), continues=first)).continues_id == first


def test_series_runs_in_no_circle(anna: Actor) -> None:
    first = publish(anna, title="One")
    second = publish(anna, title="Two", continues=first)
    for later in (second, first):
        with pytest.raises(Invalid):
            edit(anna, first, title="One", continues=later)


def test_draft_leaves_out_what_cannot_be_continued(anna: Actor) -> None:
    other = publish(factories.actor(factories.member()))
    assert row(save(anna, continues=other)).continues_id is None


def test_form_offers_own_posts_only(web: Web, anna: Actor) -> None:
    publish(factories.actor(factories.member()), title="Of another")
    mine = publish(anna, title="Mine")
    from forum.accounts.models import Member
    from forum.kernel.db import db

    page = web.sign_in(db.session.get_one(Member, anna.id)).get("/posts/new")
    (select,) = [one for one in page.tree.iter("select") if one.get("name") == "continues"]
    assert [one.get("value") for one in select.iter("option")] == ["", str(mine)]
