"""Settings on their pages: typed, with a history, twice is once, and never over somebody else's change."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from forum.accounts.models import Member
from forum.admin.models import Act
from forum.admin.words import SETTINGS
from forum.kernel import settings
from forum.kernel.db import db, transaction
from tests.web import Web

NOTE = "/admin/settings/site-note"


def acts() -> list[tuple[str, str, str]]:
    return [(one.thing, one.old, one.new) for one in db.session.scalars(select(Act).order_by(Act.id))]


def test_setting_is_changed_and_its_history_says_who(web: Web, admin: Member) -> None:
    answer = web.submit(NOTE, NOTE, value="Until June.")
    page = web.follow(answer)
    assert (answer.status, settings.get(settings.SITE_NOTE)) == (303, "Until June.")
    assert "AdelaemptyUntil June." in page.words()
    assert acts() == [("site-note", "", "Until June.")]


def test_setting_goes_back_to_its_default(web: Web, admin: Member) -> None:
    web.submit(NOTE, NOTE, value="Until June.")
    fields = {**web.get(NOTE).form(NOTE), "default": ["yes"]}
    assert [web.post(NOTE, fields).status for _twice in range(2)] == [303, 303]
    assert settings.stored("site-note") is None
    assert acts() == [("site-note", "", "Until June."), ("site-note", "Until June.", "")]


def test_setting_sent_twice_changes_once(web: Web, admin: Member) -> None:
    fields = {**web.get(NOTE).form(NOTE), "value": ["Until June."]}
    assert [web.post(NOTE, fields).status for _twice in range(2)] == [303, 303]
    assert len(acts()) == 1


def test_setting_from_a_stale_form_is_refused_with_what_was_typed(web: Web, admin: Member) -> None:
    fields = {**web.get(NOTE).form(NOTE), "value": ["Mine."]}
    with transaction():
        settings.change("site-note", "Theirs.")
    page = web.post(NOTE, fields)
    assert (page.status, page.form(NOTE)["value"]) == (409, ["Mine."])
    assert settings.get(settings.SITE_NOTE) == "Theirs."


@pytest.mark.parametrize(
    ("name", "value"), [("sign-up-open", "perhaps"), ("report-threshold", "-3"), ("site-note", "x" * 401)]
)
def test_setting_of_another_type_is_refused(web: Web, admin: Member, name: str, value: str) -> None:
    here = f"/admin/settings/{name}"
    before = settings.values()
    assert (web.submit(here, here, value=value).status, settings.values(), acts()) == (422, before, [])


def test_setting_that_is_none_is_not_found(web: Web, admin: Member) -> None:
    assert web.get("/admin/settings/colour").status == 404


def test_change_on_the_command_line_is_in_the_history(web: Web, admin: Member) -> None:
    with transaction():
        settings.change("sign-up-open", "off")
    assert "On the command lineOnOff" in web.get("/admin/settings/sign-up-open").words()


@pytest.mark.parametrize("name", settings.ALL)
def test_every_setting_has_words_of_its_own(name: str) -> None:
    assert name in SETTINGS
