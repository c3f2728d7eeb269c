"""Letters: when they go, what stands in them, and how they stop. Over SMTP to a real server."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel.db import db, transaction
from forum.notifications import commands
from forum.notifications.models import MailPreference, Notification
from tests import factories
from tests.accounts.letters import Letters, plain_of
from tests.notifications.happenings import Happenings
from tests.web import Web


@pytest.fixture
def hanna(happen: Happenings) -> Member:
    member: Member = factories.member("hanna")
    return member


def told(happen: Happenings, hanna: Member, words: str = "Two pages did it.") -> Comment:
    sofia = factories.member(name="Sofia Okonkwo")
    comment = happen.comment(sofia, factories.post(hanna, title="Quay", slug="quay"), words)
    happen.deliver()
    return comment


def stop_of(letter: EmailMessage) -> str:
    return str(letter["List-Unsubscribe"]).strip(" <>").removeprefix("http://localhost")


def test_letter_waits_ten_minutes(happen: Happenings, hanna: Member, letters: Letters) -> None:
    told(happen, hanna)
    before = letters.deliver()
    happen.ten_minutes_pass()
    assert (before, len(letters.deliver()), len(letters.deliver())) == ([], 1, 0)


def test_what_was_read_by_then_is_not_mailed(happen: Happenings, hanna: Member, letters: Letters) -> None:
    told(happen, hanna)
    with transaction():
        db.session.execute(update(Notification).values(read_at=Notification.at))
    happen.ten_minutes_pass()
    assert letters.deliver() == []


def test_what_was_hidden_by_then_is_not_mailed(happen: Happenings, hanna: Member, letters: Letters) -> None:
    comment = told(happen, hanna)
    with transaction():
        db.session.execute(update(Comment).where(Comment.id == comment.id).values(state="hidden"))
    happen.ten_minutes_pass()
    assert letters.deliver() == []


def test_letter_reads_well_in_both_parts(happen: Happenings, hanna: Member, letters: Letters) -> None:
    comment = told(happen, hanna, "Two pages <b>did</b> it & more.")
    happen.ten_minutes_pass()
    letter = letters.one()
    html = letter.get_body(("html",))
    assert html is not None
    assert plain_of(letter).startswith(
        "Hello hanna,\n\nSofia Okonkwo commented on your post:\nQuay\n\n"
        "Sofia Okonkwo:\n> Two pages <b>did</b> it & more.\n\n"
        f"http://localhost/comments/{comment.id}\n"
    )
    assert "Two pages &lt;b&gt;did&lt;/b&gt; it &amp; more." in html.get_content()


def test_letter_speaks_the_members_language(happen: Happenings, letters: Letters) -> None:
    told(happen, factories.member("hanna", interface_language="nl"))
    happen.ten_minutes_pass()
    html = letters.one().get_body(("html",))
    assert html is not None
    assert '<html lang="nl">' in html.get_content()


def test_letters_of_one_discussion_are_one_thread(happen: Happenings, hanna: Member, letters: Letters) -> None:
    comment = told(happen, hanna)
    happen.ten_minutes_pass()
    first = letters.one()
    happen.comment(factories.member(), db.session.get_one(type(factories.post()), comment.post_id))
    happen.deliver()
    happen.ten_minutes_pass()
    second = letters.one()
    names = ("Subject", "In-Reply-To", "References")
    assert [first[name] for name in names] == [second[name] for name in names]
    assert first["Message-ID"] != second["Message-ID"]


def test_much_in_one_discussion_is_one_letter(happen: Happenings, hanna: Member, letters: Letters) -> None:
    post = factories.post(hanna)
    for _ in range(12):
        happen.comment(factories.member(), post)
    happen.deliver()
    happen.ten_minutes_pass()
    assert "And 2 more." in plain_of(letters.one())


def test_never_more_than_a_hundred_a_day(
    happen: Happenings, hanna: Member, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.notifications.sending.LETTERS_A_DAY", 2)
    for _ in range(4):
        told(happen, hanna)
    happen.ten_minutes_pass()
    assert len(letters.deliver()) == 2
    left = select(Notification.channel).where(Notification.channel == "digest")
    assert len(db.session.scalars(left).all()) == 2


def test_one_click_from_a_mail_program_stops_the_kind(
    web: Web, happen: Happenings, hanna: Member, letters: Letters
) -> None:
    told(happen, hanna)
    happen.ten_minutes_pass()
    letter = letters.one()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    elsewhere = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    for _ in range(2):
        answer = web.post(stop_of(letter), {"List-Unsubscribe": "One-Click"}, headers=elsewhere)
        assert answer.status == 200
    told(happen, hanna)
    happen.ten_minutes_pass()
    assert (letters.deliver(), len(happen.told(hanna))) == ([], 2)


def test_following_the_link_only_shows_a_button(web: Web, happen: Happenings, hanna: Member, letters: Letters) -> None:
    told(happen, hanna)
    happen.ten_minutes_pass()
    path = stop_of(letters.one())
    assert web.get(path).status == 200
    told(happen, hanna)
    happen.ten_minutes_pass()
    assert len(letters.deliver()) == 1
    assert web.submit(path, path).heading() == "Letters stopped"


@pytest.mark.parametrize("token", ["nonsense", "WzEsImFsbCJd.c2lnbmF0dXJl"])
def test_forged_link_changes_nothing(web: Web, happen: Happenings, hanna: Member, token: str) -> None:
    assert [web.get(f"/unsubscribe/{token}").status, web.post(f"/unsubscribe/{token}", {}).status] == [410, 410]


def test_address_that_came_back_gets_no_more(web: Web, happen: Happenings, hanna: Member, letters: Letters) -> None:
    with transaction():
        commands.stop_mail("hanna@example.org", "550 no such user")
    told(happen, hanna)
    happen.ten_minutes_pass()
    page = web.sign_in(hanna).get("/settings/notifications")
    assert (letters.deliver(), "so we stopped writing" in page.words()) == ([], True)
    web.submit("/settings/notifications", "/settings/notifications/resume")
    told(happen, hanna)
    happen.ten_minutes_pass()
    assert len(letters.deliver()) == 1


def test_refusal_by_the_mail_server_stops_mail(happen: Happenings, hanna: Member, letters: Letters) -> None:
    told(happen, hanna)
    happen.ten_minutes_pass()
    letters.refuse("hanna@example.org")
    assert letters.deliver() == []
    preference = db.session.get_one(MailPreference, hanna.id)
    assert (preference.stopped_at is None, "550" in preference.stop_reason) == (False, True)


@pytest.mark.parametrize("state", ["unconfirmed", "suspended", "erased"])
def test_members_who_are_away_get_none(happen: Happenings, letters: Letters, state: str) -> None:
    told(happen, factories.member("hanna", state=state))
    happen.ten_minutes_pass()
    assert letters.deliver() == []
