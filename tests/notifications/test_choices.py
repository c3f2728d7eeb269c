"""The table of who wants to hear of what, and letters as an administrator sees them."""

from __future__ import annotations

import inspect
import io
import sys

import pytest
from flask import Flask

from forum.accounts import mail as accounts
from forum.accounts.models import Member
from forum.appeals import mail as appeals
from forum.kernel.access import Role
from forum.kernel.db import db
from forum.kernel.mailer import StoredLetter
from forum.membership import mail as membership
from forum.moderation import mail as moderation
from forum.notices import mail as notices
from forum.notifications import bounces
from forum.notifications import mail as updates
from forum.notifications.cli import mail
from forum.notifications.models import Kind, MailPreference
from forum.notifications.previews import LETTERS
from forum.notifications.queries import choices_of
from forum.posts import mail as posts
from forum.reports import mail as reports
from tests import factories
from tests.web import Web

WRITERS = (accounts, appeals, membership, moderation, notices, posts, reports, updates)
REPORT = """\
From: MAILER-DAEMON@mail.example
To: no-reply@localhost
Subject: Undelivered Mail
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

It could not be delivered.
--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--cut--
"""


@pytest.fixture
def hanna(web: Web) -> Member:
    member: Member = factories.member("hanna")
    web.sign_in(member)
    return member


def test_choices_are_kept(web: Web, hanna: Member) -> None:
    answer = web.submit(
        "/settings/notifications", "/settings/notifications", reply="none", post="mail", digest="weekly"
    )
    choices = choices_of(hanna.id)
    assert (answer.status, choices.channels[Kind.REPLY], choices.channels[Kind.POST], choices.digest) == (
        303, "none", "mail", "weekly",
    )  # fmt: skip


def test_what_was_chosen_stands_in_the_table(web: Web, hanna: Member) -> None:
    web.submit("/settings/notifications", "/settings/notifications", mention="site")
    form = web.get("/settings/notifications").form("/settings/notifications")
    assert (form["mention"], form["reply"], form["digest"]) == (["site"], ["mail"], ["off"])


@pytest.mark.parametrize("fields", [{"reply": "loudly"}, {"digest": "hourly"}, {"decision": "none"}])
def test_what_cannot_be_chosen_is_refused_and_comes_back(web: Web, hanna: Member, fields: dict[str, str]) -> None:
    page = web.submit("/settings/notifications", "/settings/notifications", mention="none", **fields)
    assert (page.status, page.form("/settings/notifications")["mention"]) == (422, ["none"])
    assert choices_of(hanna.id).channels[Kind.MENTION] == "mail"


def test_digest_is_chosen_beside_the_updates(web: Web, hanna: Member) -> None:
    web.submit("/notifications", "/settings/notifications/digest", digest="daily")
    assert choices_of(hanna.id).digest == "daily"


def bounce(app: Flask, **fields: str) -> str:
    report = REPORT.format(**{"address": "hanna@example.org", "action": "failed", "status": "5.1.1", **fields})
    return app.test_cli_runner().invoke(mail, ["bounce"], input=report).output


def test_report_of_a_dead_address_stops_mail(app: Flask, hanna: Member) -> None:
    output = bounce(app)
    preference = db.session.get_one(MailPreference, hanna.id)
    assert (output.startswith("No more mail to hanna@example.org"), preference.stop_reason) == (
        True, "smtp; 550 5.1.1 User unknown",
    )  # fmt: skip


@pytest.mark.parametrize("fields", [{"action": "delayed"}, {"status": "4.4.1"}, {"address": "nobody@example.org"}])
def test_other_reports_change_nothing(app: Flask, hanna: Member, fields: dict[str, str]) -> None:
    assert bounce(app, **fields) == "No member's address was given up in this report.\n"
    assert db.session.get(MailPreference, hanna.id) is None


def test_what_is_no_report_gives_up_nobody() -> None:
    assert bounces.given_up(io.BytesIO(b"\xff\x00 not a letter")) == {}


def test_administrator_sees_every_letter_and_nothing_is_sent(web: Web) -> None:
    web.sign_in(factories.member(role=Role.ADMIN))
    listed = [link for link in web.get("/admin/letters").links() if link.startswith("/admin/letters/")]
    assert listed == [f"/admin/letters/{name}" for name in LETTERS]
    statuses = {web.get(f"{path}{part}").status for path in listed for part in ("", "/html")}
    assert (statuses, web.get("/admin/letters/nothing").status) == ({200}, 404)
    assert db.session.query(StoredLetter).count() == 0


def test_every_letter_that_a_feature_writes_has_a_preview(web: Web) -> None:
    """Whoever writes a new one is told here to show it."""
    web.sign_in(factories.member(role=Role.ADMIN))
    called: set[object] = set()
    sys.setprofile(lambda frame, _event, _argument: called.add(frame.f_code))
    web.get("/admin/letters")
    sys.setprofile(None)
    written = [one for module in WRITERS for one in vars(module).values() if inspect.isfunction(one)]
    mine = [one for one in written if not one.__name__.startswith("_") and one.__module__.endswith(".mail")]
    assert {one.__qualname__ for one in mine if one.__code__ not in called} == set()


def test_list_of_letters_is_for_administrators(web: Web, hanna: Member) -> None:
    assert web.get("/admin/letters").status == 403
