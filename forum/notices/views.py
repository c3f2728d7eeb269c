"""Send a notice of illegal content, and follow it."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import get_locale

from forum import config
from forum.accounts import emails, throttles
from forum.accounts.throttles import NOTICE_ADDRESS
from forum.kernel import limits
from forum.kernel.access import public
from forum.kernel.answers import Answer, keep_nowhere, page, see
from forum.kernel.db import transaction
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again
from forum.notices import commands, forms, queries
from forum.notices.complaint import Complaint
from forum.notices.forms import NoticeForm

blueprint = Blueprint("notices", __name__)
blueprint.after_request(keep_nowhere)


def show_new(error: ForumError | None = None) -> str:
    form = forms.read(request.form)
    if request.method != "POST":
        form = NoticeForm(address=request.args.get("address", ""))
    return page("notices/new.html", error, form=form)


@blueprint.get("/notices/new")
@public
def new() -> str:
    return show_new()


@blueprint.post("/notices/new")
@public
@again(show_new)
def send() -> Answer:
    complaint = forms.complaint_of(forms.read(request.form), str(get_locale()).replace("_", "-"))
    _count(complaint)
    with transaction():
        reference = commands.send(complaint, config.current().host).reference
    return see(f"/notices/{reference}")


@blueprint.get("/notices/<reference>")
@public
def show(reference: str) -> str:
    return page("notices/show.html", notice=queries.get_notice_page(reference))


def _count(complaint: Complaint) -> None:
    """Before the work is done, whatever comes of it. Raises TooOften."""
    with transaction():
        throttles.hit((NOTICE_ADDRESS, limits.address()), (throttles.MAIL_ACCOUNT, emails.email_key(complaint.email)))
