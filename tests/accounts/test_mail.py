"""Letters: who gets which, in what language, and that none is lost or doubled."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from forum.accounts.events import EmailChanged, PasswordChanged
from forum.accounts.models import Member
from forum.kernel.db import db, transaction
from forum.kernel.events import record
from forum.kernel.mailer import StoredLetter
from tests import factories
from tests.accounts.letters import Letters, plain_of


def tell(member: Member) -> None:
    with transaction():
        record(PasswordChanged(member.id))


def test_letter_has_plain_words_and_html_with_the_same_link(app: Flask, letters: Letters) -> None:
    tell(factories.member("hanna"))
    letter = letters.one()
    html = letter.get_body(("html",))
    assert html is not None
    link = "http://localhost/reset-password"
    assert (link in plain_of(letter), f'<a href="{link}">' in html.get_content()) == (True, True)


def test_letter_speaks_the_members_language(app: Flask, letters: Letters) -> None:
    tell(factories.member("hanna", interface_language="nl"))
    html = letters.one().get_body(("html",))
    assert html is not None
    assert '<html lang="nl">' in html.get_content()


def test_letter_speaks_the_sites_language_where_none_is_offered(app: Flask, letters: Letters) -> None:
    tell(factories.member("hanna", interface_language="tlh"))
    html = letters.one().get_body(("html",))
    assert html is not None
    assert '<html lang="en">' in html.get_content()


def test_letters_go_out_once(app: Flask, letters: Letters) -> None:
    tell(factories.member("hanna"))
    assert (len(letters.deliver()), len(letters.deliver())) == (1, 0)


def test_member_without_an_address_gets_none(app: Flask, letters: Letters) -> None:
    tell(factories.member("hanna", email=None, email_key=None))
    assert letters.deliver() == []


def test_notice_goes_to_the_address_that_was(app: Flask, letters: Letters) -> None:
    member = factories.member("hanna", email="new@example.org", email_key="new@example.org")
    with transaction():
        record(EmailChanged(member.id, "old@example.org"))
    assert letters.one()["To"] == "hanna <old@example.org>"


def test_words_are_wiped_when_the_letter_is_sent(app: Flask, letters: Letters) -> None:
    tell(factories.member("hanna"))
    letters.deliver()
    assert db.session.execute(select(StoredLetter.plain, StoredLetter.html)).all() == [("", "")]
