"""The end of an account: asked for, taken back, done; by kind, once, and also when the worker dies in between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts import names
from forum.accounts.models import Member, RetiredName
from forum.comments.models import Comment, CommentState
from forum.kernel import personal
from forum.kernel.access import MemberState, Right, Role
from forum.kernel.db import db, transaction
from forum.kernel.errors import Refused
from forum.kernel.mailer import Postbox, StoredLetter
from forum.kernel.personal import Choice, Choices
from forum.kernel.worker import Worker
from forum.media.models import LinkCard
from forum.notifications.commands import telling
from forum.notifications.models import Kind, Notification
from forum.posts.models import PostState
from forum.privacy import commands, policy, working
from forum.privacy.models import Erasure
from forum.recommendations import commands as recommendations
from tests import factories
from tests.accounts import people
from tests.accounts.people import PASSWORD
from tests.privacy.leavers import REMOVE, ask, later, leave, remarked, written
from tests.web import Page, Web

KEEP = Choices()
PAGE = "/settings/privacy/erase"


def again(thing: Any) -> Any:
    return db.session.get_one(type(thing), thing.id, populate_existing=True)


def subjects() -> list[str]:
    return list(db.session.scalars(select(StoredLetter.subject).order_by(StoredLetter.id)))


def asked_on(web: Web, password: str = PASSWORD, **fields: str) -> Page:
    return web.submit(PAGE, PAGE, password=password, **fields)


def test_kept_words_are_by_a_former_member(web: Web) -> None:
    hanna = people.member()
    post = written(hanna, role_title="Adviser", role_organisation_id=factories.organisation().id)
    comment = remarked(hanna, post, "0000")
    leave(hanna, KEEP)
    page = web.get(f"/posts/{post.id}/{post.slug}")
    assert (page.status, "Hanna" in page.text, "Adviser" in page.text) == (200, False, False)
    assert ("Former member" in page.text, again(comment).source, again(post).role_organisation_id) == (
        True, "A remark.", None,
    )  # fmt: skip


def test_removed_post_without_comments_of_others_is_out_of_sight(web: Web) -> None:
    hanna, topic = people.member(), factories.topic()
    post = written(hanna, under=topic)
    remarked(hanna, post, "0000")
    leave(hanna)
    assert web.get(f"/posts/{post.id}/{post.slug}").status == 404
    assert (again(post).state, again(post).comment_count, again(hanna).post_count) == (PostState.WITHDRAWN, 0, 0)


def test_removed_post_keeps_the_discussion_of_others(web: Web) -> None:
    hanna, other = people.member(), factories.member("joost")
    post = written(hanna, title="What I tried")
    mine = remarked(hanna, post, "0000")
    remarked(other, post, "00000000", parent_id=mine.id)
    leave(hanna)
    page = web.get(f"/posts/{post.id}/-")
    assert (page.status, "What I tried" in page.text, page.heading()) == (200, False, "A post that its author removed")
    assert ("A remark." in page.text, again(mine).state, again(post).comment_count) == (True, CommentState.WITHDRAWN, 1)


def test_official_acts_stay_with_the_organisation(web: Web) -> None:
    hanna, city = people.member(), factories.organisation("city-of-x", name="City of X")
    factories.affiliation(hanna, city)
    post = written(hanna, organisation_id=city.id, title="Said for the city")
    comment = remarked(hanna, post, "0000", organisation_id=city.id)
    leave(hanna)
    page = web.get(f"/posts/{post.id}/{post.slug}")
    assert ("City of X" in page.words(), "written by Former member" in page.words()) == (True, True)
    assert (again(post).title, again(comment).state) == ("Said for the city", CommentState.VISIBLE)


@pytest.mark.parametrize("state", ["draft", "pending", "scheduled", "returned", "rejected", "withdrawn"])
def test_what_nobody_read_goes_though_words_are_kept(app: Flask, state: str) -> None:
    hanna, city = people.member(), factories.organisation()
    post = factories.post(hanna, state=state, published_at=None, organisation_id=city.id)
    leave(hanna, KEEP)
    assert (again(post).state, "Write-up" in again(post).title) == (PostState.WITHDRAWN, False)


def test_unread_comments_go_though_words_are_kept(app: Flask) -> None:
    hanna, post = people.member(), factories.post()
    waiting = factories.comment(hanna, post, "0000", state=CommentState.PENDING)
    withdrawn = factories.comment(hanna, post, "0001", state=CommentState.WITHDRAWN)
    leave(hanna, KEEP)
    assert db.session.get(Comment, waiting.id, populate_existing=True) is None
    assert (again(withdrawn).state, again(withdrawn).source) == (CommentState.WITHDRAWN, "")


def test_removed_by_a_moderator_stays_so(app: Flask) -> None:
    hanna, post = people.member(), factories.post()
    comment = factories.comment(hanna, post, "0000", state=CommentState.REMOVED)
    leave(hanna)
    assert (again(comment).state, again(comment).source) == (CommentState.REMOVED, "")


def test_choice_is_by_kind(app: Flask) -> None:
    hanna, post = people.member(), factories.post()
    own, comment = written(hanna), remarked(hanna, post, "0000")
    leave(hanna, Choices(posts=Choice.KEEP, comments=Choice.REMOVE))
    assert (again(own).state, again(comment).state) == (PostState.PUBLISHED, CommentState.WITHDRAWN)


def test_recommendations_go_with_their_numbers(app: Flask) -> None:
    hanna, post = people.member(), factories.post()
    comment = factories.comment(factories.member(), post, "0000")
    with transaction():
        recommendations.recommend_post(factories.actor(hanna), post.id, on=True)
        recommendations.recommend_comment(factories.actor(hanna), comment.id, on=True)
    leave(hanna)
    assert (again(post).recommendation_count, again(comment).recommendation_count) == (0, 0)


def test_account_has_no_name_and_opens_nothing(web: Web) -> None:
    hanna = people.member(role=Role.MODERATOR)
    web.sign_in(hanna)
    leave(hanna)
    gone = again(hanna)
    assert (gone.state, gone.role, gone.name, gone.email, gone.password_hash) == ("erased", "member", "", None, None)
    assert [web.get(path).status for path in ("/settings/profile", "/members/hanna", f"/members/{gone.username}")] == [
        303, 404, 404,
    ]  # fmt: skip
    assert people.sign_in(Web(web.app)).status == 422


@pytest.mark.parametrize(
    ("was", "wanted"), [("hanna", "HANNA"), ("bill", "b1ll"), ("marnie", "mamie"), ("anna", "аnnа")]
)
def test_nobody_can_pass_for_the_erased(web: Web, was: str, wanted: str) -> None:
    leave(people.member(was))
    page = people.sign_up(web, username=wanted)
    assert (page.status, "looks like it" in page.words() or "one alphabet" in page.words()) == (422, True)


def test_name_is_kept_as_a_digest_only(app: Flask) -> None:
    leave(people.member())
    assert list(db.session.scalars(select(RetiredName.digest))) == [names.digest_of(names.username_key("hanna"))]


def test_address_is_free_again(web: Web) -> None:
    leave(people.member())
    people.sign_up(web, username="somebody-new", email="hanna@example.org")
    assert db.session.scalar(select(func.count()).where(Member.email_key == "hanna@example.org")) == 1


def test_links_to_their_posts_are_drawn_again_without_their_name(app: Flask) -> None:
    post = written(hanna := people.member())
    with transaction() as session:
        session.add(LinkCard(url=f"http://localhost/posts/{post.id}", post_id=post.id, created_at=post.created_at))
    leave(hanna, KEEP)
    assert db.session.scalar(select(LinkCard.next_at)) is not None


def test_nobody_erased_is_told_of_replies_to_what_they_left(app: Flask) -> None:
    hanna, post = people.member(), factories.post()
    leave(hanna, KEEP)
    with transaction():
        telling.tell([hanna.id, post.author_id], telling.News(Kind.REPLY, "comment:1", "post:1"))
        telling.tell_count(hanna.id, telling.News(Kind.RECOMMENDATION, "post:2", "post:2"), 3)
    assert list(db.session.scalars(select(Notification.member_id))) == [post.author_id]


def test_password_is_asked_again(web: Web) -> None:
    web.sign_in(hanna := people.member())
    page = asked_on(web, "another sentence of mine")
    assert (page.status, "present password" in page.words(), again(hanna).erase_at) == (422, True, None)


def test_choice_that_is_none_is_refused(web: Web) -> None:
    web.sign_in(hanna := people.member())
    assert (asked_on(web, posts="sell").status, again(hanna).erase_at) == (422, None)


def test_preview_counts_what_goes_and_what_stays(web: Web) -> None:
    hanna, city = people.member(), factories.organisation()
    written(hanna)
    written(hanna, organisation_id=city.id)
    factories.post(hanna, state=PostState.DRAFT)
    words = web.sign_in(hanna).get(PAGE).words()
    assert "Your posts: 1" in words
    assert ("organisation’s name: 1" in words, "withdrawn: 1" in words) == (True, True)


def test_asked_for_it_shows_everywhere_and_can_be_taken_back(web: Web) -> None:
    web.sign_in(hanna := people.member())
    assert asked_on(web, posts="remove").status == 303
    pages = [web.get(path) for path in ("/", "/topics", "/settings/profile")]
    assert ["Your account is erased on" in page.text for page in pages] == [True, True, True]
    web.submit("/settings/privacy", "/settings/privacy/stay")
    assert ("Your account is erased on" in web.get("/").text, again(hanna).erase_at) == (False, None)
    with later(policy.THINK_FOR):
        working.erase_due()
    assert again(hanna).state == MemberState.ACTIVE


def test_asked_twice_is_once(web: Web) -> None:
    hanna = people.member()
    ask(hanna, KEEP)
    with later(timedelta(days=2)):
        ask(hanna, REMOVE)
    made = db.session.scalars(select(Erasure)).one()
    assert (made.posts, len(subjects())) == ("keep", 1)


def test_taking_back_what_was_never_asked_changes_nothing(web: Web) -> None:
    web.sign_in(hanna := people.member())
    with transaction():
        commands.stay(hanna.id)
    assert again(hanna).state == MemberState.ACTIVE


def test_day_before_its_time_nothing_happens(app: Flask) -> None:
    ask(hanna := people.member())
    with later(policy.THINK_FOR - timedelta(hours=1)):
        working.erase_due()
    assert again(hanna).state == MemberState.ACTIVE


def test_letters_tell_of_it_before_and_after(app: Flask) -> None:
    ask(people.member())
    with later(policy.THINK_FOR - policy.REMIND_BEFORE), transaction():
        working.remind_leaving()
        working.remind_leaving()
    told = [one.partition(" will")[2] for one in subjects()]
    with later(policy.THINK_FOR):
        working.erase_due()
    assert told == [" be erased", " be erased soon"]
    assert [one.partition(" is")[2] for one in subjects()] == [" erased"]


def test_nothing_of_the_last_letter_is_kept(app: Flask) -> None:
    leave(people.member())
    assert subjects() == ["Your account at Kade is erased"]
    with later(policy.THINK_FOR):
        Worker(Postbox.of(app.extensions["settings"]), {}).drain()
    assert subjects() == []


def test_last_owner_hands_over_first(web: Web) -> None:
    hanna, city = people.member(), factories.organisation(name="City of X")
    factories.affiliation(hanna, city, Right.OWNER)
    web.sign_in(hanna)
    page = web.get(PAGE)
    assert ("only owner of City of X" in page.words(), "Erase my account" in page.words()) == (True, False)
    with pytest.raises(Refused), transaction():
        commands.ask_erasure(hanna.id, KEEP)
    factories.affiliation(factories.member(), city, Right.OWNER)
    assert asked_on(web).status == 303


def test_only_administrator_makes_another_first(app: Flask) -> None:
    admin = people.member(role=Role.ADMIN)
    with pytest.raises(Refused), transaction():
        commands.ask_erasure(admin.id, KEEP)
    factories.member(role=Role.ADMIN)
    ask(admin)
    assert again(admin).erase_at is not None


def test_who_became_the_last_owner_meanwhile_is_told_and_waits(app: Flask) -> None:
    ask(hanna := people.member())
    factories.affiliation(hanna, factories.organisation(), Right.OWNER)
    with later(policy.THINK_FOR):
        working.erase_due()
        working.erase_due()
    assert (again(hanna).state, len(subjects())) == (MemberState.ACTIVE, 2)


def test_worker_killed_in_between_goes_on(app: Flask) -> None:
    hanna, post = people.member(), factories.post()
    comment = remarked(hanna, post, "0000")
    ask(hanna)
    with later(policy.THINK_FOR):
        for number in range(1, len(personal.parts())):
            with patch.object(personal, "erase_rows", side_effect=dying_at(number)), pytest.raises(SystemExit):
                working.erase_due()
            db.session.rollback()
        working.erase_due()
    assert (again(hanna).name, again(comment).source, again(post).comment_count) == ("", "", 0)
    assert (len(subjects()), db.session.scalars(select(Erasure)).one().done_at is not None) == (1, True)


def dying_at(number: int) -> Any:
    """Erases so many parts, and is then killed before the last of them is kept."""
    left, really = iter(range(number)), personal.erase_rows

    def erase(part: personal.Part, member_id: Any) -> None:
        really(part, member_id)
        if next(left) == number - 1:
            raise SystemExit

    return erase


def test_done_twice_changes_nothing(app: Flask) -> None:
    hanna = people.member()
    leave(hanna)
    before = again(hanna).username
    with later(policy.THINK_FOR * 2):
        working.erase_due()
        assert working.erase(hanna.id) is False
    assert (again(hanna).username, len(list(db.session.scalars(select(RetiredName))))) == (before, 1)


def test_begun_cannot_be_stopped(app: Flask) -> None:
    ask(hanna := people.member())
    with later(policy.THINK_FOR), transaction():
        commands.begin(hanna.id)
    with pytest.raises(Refused), transaction():
        commands.stay(hanna.id)
