"""Publishing, and drafts before it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from forum.kernel.access import MemberState, Right
from forum.kernel.db import db, transaction
from forum.kernel.errors import Forbidden, Invalid, NotFound, TooOften
from forum.posts import commands, queries
from forum.posts.errors import NoSuchPost, NotYours
from forum.posts.models import PostRevision, PostState, PostTopic
from forum.posts.policy import NEWCOMER
from tests import factories
from tests.posts import drafting
from tests.posts.drafting import ago, post_counts, publish, row, save, save_again, send, topics_of


def test_post_is_published_as_it_was_written(app: Flask) -> None:
    anna = factories.actor(factories.member("anna"))
    post = row(publish(anna, standfirst="In short.", language="nl"))
    assert (post.state, post.title, post.slug) == (
        PostState.PUBLISHED,
        drafting.DRAFT.title,
        "a-plain-letter-that-doubled-the-response",
    )
    assert (post.standfirst, post.language, post.words) == ("In short.", "nl", 4)
    assert post.html == "<p>We asked <em>three</em> residents.</p>\n"
    assert post.published_at == post.last_activity_at == post.created_at


def test_post_keeps_its_topics_in_order(app: Flask) -> None:
    slugs = [factories.topic().slug for _ in range(5)]
    wanted = (slugs[3], slugs[0], slugs[3], slugs[4])
    post_id = publish(factories.actor(factories.member()), topics=wanted)
    assert topics_of(post_id) == [slugs[3], slugs[0], slugs[4]]


def test_post_is_counted_everywhere(app: Flask) -> None:
    anna, city = factories.member(), factories.organisation("haarlem")
    factories.affiliation(anna, city)
    one, two, other = factories.topic(), factories.topic(), factories.topic()
    publish(factories.actor(anna), topics=(one.slug, two.slug), on_behalf_of="haarlem")
    assert post_counts(anna, city, one, two, other) == [1, 1, 1, 1, 0]


def test_post_is_in_its_topics_lists(app: Flask) -> None:
    post = row(publish(factories.actor(factories.member())))
    mirrored = db.session.query(PostTopic).one()
    assert (mirrored.listed, mirrored.published_at, mirrored.last_activity_at, mirrored.recommendation_count) == (
        True, post.published_at, post.last_activity_at, 0,
    )  # fmt: skip


def test_post_starts_its_history(app: Flask) -> None:
    post = row(publish(factories.actor(factories.member())))
    first = db.session.query(PostRevision).one()
    assert (first.post_id, first.number, first.title, first.source) == (post.id, 1, post.title, post.source)


def test_titles_may_be_equal(app: Flask) -> None:
    anna = factories.actor(factories.member())
    first, second = publish(anna), publish(anna)
    assert row(first).slug == row(second).slug


def test_title_like_a_page_of_ours_gets_another_address(app: Flask) -> None:
    assert row(publish(factories.actor(factories.member()), title="Edit")).slug == "edit-post"


def test_names_in_a_text_become_links(app: Flask) -> None:
    factories.member("bob")
    post = row(publish(factories.actor(factories.member()), source="Ask @bob, not @nobody."))
    assert 'href="/members/bob"' in post.html
    assert "@nobody." in post.html


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"standfirst": "x" * 401}, "standfirst"),
        ({"source": ""}, "body"),
        ({"topics": ()}, "topics"),
        ({"topics": ("no-such-topic",)}, "topics"),
        ({"topics": tuple("abcdef")}, "topics"),
    ],
)
def test_incomplete_post_is_refused_by_field(app: Flask, fields: dict[str, Any], wrong: str) -> None:
    anna = factories.member()
    with pytest.raises(Invalid) as refused:
        publish(factories.actor(anna), **fields)
    assert (list(refused.value.fields), post_counts(anna)) == ([wrong], [0])


def test_limits_of_length_are_inclusive(app: Flask) -> None:
    topics = tuple(factories.topic().slug for _ in range(5))
    post = row(publish(factories.actor(factories.member()), title="x" * 160, standfirst="y" * 400, topics=topics))
    assert (len(post.title), len(post.standfirst), len(topics_of(post.id))) == (160, 400, 5)


def test_archived_topic_takes_no_new_post(app: Flask) -> None:
    with pytest.raises(Invalid):
        publish(factories.actor(factories.member()), topics=(factories.topic(state="archived").slug,))


@pytest.mark.parametrize("state", [MemberState.UNCONFIRMED, MemberState.SILENCED, MemberState.SUSPENDED])
def test_publishing_needs_an_active_member(app: Flask, state: MemberState) -> None:
    with pytest.raises(Forbidden):
        publish(factories.actor(factories.member(state=state)))


def test_post_on_behalf_keeps_who_wrote_it(app: Flask) -> None:
    anna, city = factories.member(), factories.organisation("haarlem")
    factories.affiliation(anna, city, title="Adviser")
    post = row(publish(factories.actor(anna), on_behalf_of="haarlem"))
    assert (post.author_id, post.organisation_id, post.role_organisation_id, post.role_title) == (
        anna.id, city.id, city.id, "Adviser",
    )  # fmt: skip


def test_personal_post_keeps_the_role_of_that_moment(app: Flask) -> None:
    anna, city = factories.member(), factories.organisation()
    factories.affiliation(anna, city, title="Adviser")
    post = row(publish(factories.actor(anna)))
    assert (post.organisation_id, post.role_organisation_id, post.role_title) == (None, city.id, "Adviser")


def test_speaking_without_a_right_is_refused(app: Flask) -> None:
    anna, city = factories.member(), factories.organisation("haarlem")
    with pytest.raises(Forbidden):
        publish(factories.actor(anna), on_behalf_of="haarlem")
    assert post_counts(anna, city) == [0, 0]


def test_speaking_for_nobody_is_refused(app: Flask) -> None:
    with pytest.raises(NotFound):
        publish(factories.actor(factories.member()), on_behalf_of="no-such-city")


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ("https://a.example and https://b.example", False),
        ("https://a.example, https://b.example, https://c.example", True),
        ("https://a.example, https://a.example, https://a.example", False),
        ("![one](https://a.example/1.png)", False),
        ("![one](https://a.example/1.png) ![two](https://a.example/2.png)", True),
        ("![one](https://a.example/1.png) https://b.example https://c.example", False),
        ("@anna1 and @anna2", False),
        ("@anna1, @anna2 and @anna3", True),
    ],
)
def test_newcomers_text_is_limited(app: Flask, source: str, refused: bool) -> None:
    for number in (1, 2, 3):
        factories.member(f"anna{number}")
    newcomer = factories.actor(factories.member())
    if not refused:
        publish(newcomer, NEWCOMER, source=source)
        return
    with pytest.raises(Invalid) as error:
        publish(newcomer, NEWCOMER, source=source)
    assert list(error.value.fields) == ["body"]


def test_newcomers_first_day_has_three_posts(app: Flask) -> None:
    anna = factories.member()
    for _ in range(3):
        publish(factories.actor(anna), NEWCOMER)
    with pytest.raises(TooOften) as refused:
        publish(factories.actor(anna), NEWCOMER)
    assert (post_counts(anna), refused.value.retry_after > 23 * 3600) == ([3], True)


def test_withdrawing_does_not_make_the_first_day_longer(app: Flask) -> None:
    anna = factories.actor(factories.member())
    posts = [publish(anna, NEWCOMER) for _ in range(3)]
    with transaction():
        commands.withdraw(anna, posts[0])
    with pytest.raises(TooOften):
        publish(anna, NEWCOMER)


def test_second_day_has_no_such_limit(app: Flask) -> None:
    anna = factories.member(created_at=ago(hours=25))
    for _ in range(4):
        publish(factories.actor(anna), NEWCOMER)
    assert post_counts(anna) == [4]


def test_draft_may_lack_everything_but_a_word(app: Flask) -> None:
    anna = factories.member()
    post = row(save(factories.actor(anna), title="", source="Half a thought", topics=()))
    assert (post.state, post.published_at, post.slug, post_counts(anna)) == (PostState.DRAFT, None, "post", [0])


def test_draft_without_a_word_is_refused(app: Flask) -> None:
    with pytest.raises(Invalid):
        save(factories.actor(factories.member()), title="", source="", topics=())


def test_unconfirmed_member_saves_drafts(app: Flask) -> None:
    anna = factories.actor(factories.member(state=MemberState.UNCONFIRMED))
    assert row(save(anna)).state == PostState.DRAFT


def test_suspended_member_saves_no_drafts(app: Flask) -> None:
    with pytest.raises(Forbidden):
        save(factories.actor(factories.member(state=MemberState.SUSPENDED)))


def test_contributor_drafts_in_the_name_of_their_organisation(app: Flask) -> None:
    anna, city = factories.member(), factories.organisation("haarlem")
    factories.affiliation(anna, city, Right.CONTRIBUTOR)
    assert row(save(factories.actor(anna), on_behalf_of="haarlem")).organisation_id == city.id


def test_outsider_drafts_in_nobodys_name(app: Flask) -> None:
    factories.organisation("haarlem")
    with pytest.raises(Forbidden):
        save(factories.actor(factories.member()), on_behalf_of="haarlem")


def test_draft_saved_again_keeps_one_version(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = save(anna, source="A secret")
    save_again(anna, post_id, source="Nothing secret", topics=(factories.topic("water").slug,))
    only = db.session.query(PostRevision).one()
    assert (only.source, row(post_id).source, topics_of(post_id)) == ("Nothing secret", "Nothing secret", ["water"])


def test_draft_is_published_with_its_last_words(app: Flask) -> None:
    member = factories.member()
    anna, topic = factories.actor(member), factories.topic()
    post_id = save(anna, title="Half", topics=())
    assert send(anna, post_id, title="Whole", topics=(topic.slug,)) == post_id
    post = row(post_id)
    assert (post.state, post.title, post.revision, post.edited_at) == (PostState.PUBLISHED, "Whole", 1, None)
    assert (post_counts(member, topic), queries.get_post(post_id).id) == ([1, 1], post_id)


def test_draft_published_twice_is_one_post(app: Flask) -> None:
    anna = factories.member()
    post_id, topic = save(factories.actor(anna)), factories.topic()
    for _ in range(2):
        send(factories.actor(anna), post_id, topics=(topic.slug,))
    assert (post_counts(anna, topic), row(post_id).revision) == ([1, 1], 1)


def test_draft_of_an_unconfirmed_member_stays_one(app: Flask) -> None:
    anna = factories.actor(factories.member(state=MemberState.UNCONFIRMED))
    post_id = save(anna)
    with pytest.raises(Forbidden):
        send(anna, post_id)
    assert row(post_id).state == PostState.DRAFT


def test_draft_of_another_does_not_exist(app: Flask) -> None:
    post_id = save(factories.actor(factories.member()))
    with pytest.raises(NoSuchPost):
        send(factories.actor(factories.member()), post_id)


def test_post_of_another_is_not_sent_again(app: Flask) -> None:
    post_id = publish(factories.actor(factories.member()))
    with pytest.raises(NotYours):
        send(factories.actor(factories.member()), post_id)
