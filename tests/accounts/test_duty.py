"""Moderators and administrators need a second factor: after some days, and without being shut out of reading."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from forum.accounts import commands
from forum.accounts.models import Member
from forum.kernel import clock, settings
from forum.kernel.access import Actor, Role
from forum.kernel.db import transaction
from forum.kernel.errors import Invalid
from tests import factories
from tests.accounts import factors, people
from tests.web import Web

WORK = ("/moderation", "/moderation/watched-words", "/topics/new", "/moderation/items/1")
ADMIN = ("/admin/letters", "/rules/new")


def give_days(days: str | None) -> None:
    with transaction():
        settings.change(settings.SECOND_FACTOR_DAYS.name, days)


def moderator(days_ago: int = 0, role: Role = Role.MODERATOR) -> Member:
    return people.member(role=role, role_since=clock.now() - timedelta(days=days_ago, minutes=1))


def test_whoever_was_just_made_a_moderator_begins_at_once(web: Web) -> None:
    people.member()
    with transaction():
        commands.set_role("hanna", Role.MODERATOR)
    people.sign_in(web)
    page = web.get("/moderation")
    assert (page.status, "need a second factor" in page.words()) == (200, True)
    assert "need a second factor" not in web.get("/settings/profile").words()


@pytest.mark.parametrize("path", WORK)
def test_work_waits_after_the_days(web: Web, path: str) -> None:
    web.sign_in(moderator(14))
    page = web.get(path)
    assert (page.status, page.heading()) == (403, "First a second factor")
    assert ("/settings/security" in page.links(), "before" in page.words()) == (True, False)


@pytest.mark.parametrize("path", ADMIN)
def test_administrators_work_waits_too(web: Web, path: str) -> None:
    web.sign_in(moderator(14, Role.ADMIN))
    assert web.get(path).heading() == "First a second factor"


def test_reading_and_writing_go_on(web: Web) -> None:
    web.sign_in(moderator(14))
    post = factories.post()
    page = f"/posts/{post.id}/comments/new"
    answer = web.submit(page, f"/posts/{post.id}/comments", body="Words of mine.")
    public = [web.get(path).status for path in ("/", "/moderation/log", "/moderation/how", "/settings/security")]
    assert (answer.status, public) == (303, [200] * 4)


def test_powers_rest_everywhere_and_come_back(web: Web) -> None:
    member = moderator(14)
    resting = factories.actor(member)
    assert (resting.is_moderator, resting.role, resting.resting) == (False, Role.MEMBER, Role.MODERATOR)
    factors.with_app(member)
    web.sign_in(member)
    back = factories.actor(member)
    assert (back.role, back.resting, back.factor_due, web.get("/moderation").status) == (
        Role.MODERATOR,
        None,
        None,
        200,
    )


def test_page_of_curators_says_what_is_missing(web: Web) -> None:
    web.sign_in(moderator(14))
    assert web.get(f"/posts/{factories.post().id}/curate").heading() == "First a second factor"


def test_decision_sent_after_the_days_changes_nothing(web: Web) -> None:
    member = moderator()
    web.sign_in(member)
    token = web.get("/moderation/watched-words").form("/moderation/watched-words")["csrf_token"][0]
    with transaction() as session:
        session.execute(update(Member).values(role_since=clock.now() - timedelta(days=15)))
    answer = web.post("/moderation/watched-words", {"csrf_token": token, "words": "planters"})
    assert (answer.status, answer.heading()) == (403, "First a second factor")


def is_resting(member: Member) -> bool:
    return factories.actor(member).resting is not None


def test_site_says_how_many_days(web: Web) -> None:
    member = moderator()
    found = []
    for days in ("0", "1", None):
        give_days(days)
        found.append(is_resting(member))
    assert found == [True, False, False]


@pytest.mark.parametrize("days", ["-1", "soon", "10000", "1.5", "\u0661"])
def test_days_are_a_number(web: Web, days: str) -> None:
    with pytest.raises(Invalid):
        give_days(days)


def test_role_again_gives_no_new_days(web: Web) -> None:
    member = moderator(14)
    with transaction():
        commands.set_role(member.username, Role.ADMIN)
    assert is_resting(member)


def test_role_without_a_day_counts_from_the_beginning(web: Web) -> None:
    assert is_resting(factories.member(role=Role.ADMIN, created_at=clock.now() - timedelta(days=20)))


def test_member_needs_none_and_an_attempt_is_none(web: Web) -> None:
    member = factories.member(created_at=clock.now() - timedelta(days=400))
    assert factories.actor(member).factor_due is None
    late = moderator(14)
    with transaction():
        commands.start_app(Actor(member_id=late.id), "Phone")
    assert is_resting(late)
