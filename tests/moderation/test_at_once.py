"""Twenty moderators press the button at the same moment."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.kernel.access import Role
from forum.kernel.db import db
from forum.kernel.mailer import StoredLetter
from forum.moderation import log
from forum.moderation.models import Decision, LogLine, StatementOfReasons
from tests import factories
from tests.moderation.holding import comment_by, comment_row, item_about, post_by, watch, wrong_counters
from tests.moderation.test_undo import settled
from tests.parallel import at_once
from tests.web import Page, Web

pytestmark = pytest.mark.drill

MODERATORS = 20
DECISIONS = 6


def test_twenty_moderators_make_one_decision_and_one_letter(app: Flask) -> None:
    watch("cheap lamps")
    comment = comment_by(factories.member(), post_by(factories.member()), "Cheap lamps")
    path = f"/moderation/items/{item_about(comment).id}"
    visitors = [Web(app).sign_in(factories.member(role=Role.MODERATOR)) for _ in range(MODERATORS)]
    reasons = {"action": ["reject"], "ground": ["no-advertising"], "facts": ["It sells lamps."]}
    forms = [(web, web.get(path).form(f"{path}/decide") | reasons) for web in visitors]
    comment_id = comment.id

    def press(given: tuple[Web, dict[str, list[str]]]) -> Page:
        web, form = given
        return web.post(f"{path}/decide", form)

    pages = at_once(app, press, forms)
    refused = [page for page in pages if page.status == 409]
    assert sorted(page.status for page in pages) == [303, *[409] * (MODERATORS - 1)]
    assert all("decided this on" in page.words() for page in refused)
    assert (comment_row(comment_id).state, wrong_counters()) == ("rejected", [])
    counts = [db.session.scalars(select(func.count()).select_from(one)).one() for one in (Decision, StatementOfReasons)]
    assert (counts, settled(), settled()) == ([1, 1], ["What you wrote was not published"], [])
    assert db.session.scalars(select(func.count()).select_from(StoredLetter)).one() == 1


def test_decisions_at_once_stand_in_one_unbroken_log(app: Flask) -> None:
    watch("cheap lamps")
    post = post_by(factories.member())
    comments = [comment_by(factories.member(), post, "Cheap lamps") for _ in range(DECISIONS)]
    paths = [f"/moderation/items/{item_about(one).id}" for one in comments]
    visitors = [Web(app).sign_in(factories.member(role=Role.MODERATOR)) for _ in paths]
    forms = [
        (web, f"{path}/decide", web.get(path).form(f"{path}/decide")) for web, path in zip(visitors, paths, strict=True)
    ]
    pages = at_once(app, lambda given: given[0].post(given[1], given[2]), forms)
    assert {page.status for page in pages} == {303}
    lines = db.session.scalars(select(LogLine).order_by(LogLine.id)).all()
    assert (log.first_broken(lines), [line.action for line in lines].count("publish")) == (None, DECISIONS)
    assert wrong_counters() == []
