"""The form of a notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from forum.accounts import emails
from forum.kernel import text
from forum.kernel.errors import Invalid, Words
from forum.kernel.lines import one_line
from forum.notices import policy
from forum.notices.complaint import Complaint


@dataclass(frozen=True)
class NoticeForm:
    """The fields as typed. `good_faith` is "yes" or empty."""

    address: str = ""
    explanation: str = ""
    law: str = ""
    name: str = ""
    email: str = ""
    good_faith: str = ""


def read(sent: Mapping[str, str]) -> NoticeForm:
    return NoticeForm(**{name: sent.get(name, "") for name in vars(NoticeForm())})


def complaint_of(form: NoticeForm, language: str) -> Complaint:
    """Raises Invalid."""
    problems: dict[str, Words] = {}
    address, law, name = (one_line(one[:4_000]) for one in (form.address, form.law, form.name))
    long = len(form.explanation) > text.MAX_SOURCE
    explanation = form.explanation if long else text.clean_source(form.explanation).strip()
    email = _email(form.email, problems)
    if not address or len(address) > policy.MAX_ADDRESS:
        problems["address"] = _("Give the exact address of the post or comment.")
    if not explanation:
        problems["explanation"] = _("Say why you think that it is illegal.")
    if len(explanation) > policy.MAX_EXPLANATION:
        problems["explanation"] = _("Shorten this to %(limit)s characters.", limit=f"{policy.MAX_EXPLANATION:,}")
    if len(law) > policy.MAX_LAW:
        problems["law"] = _("Shorten this to %(limit)s characters.", limit=f"{policy.MAX_LAW:,}")
    if not name or len(name) > policy.MAX_NAME:
        problems["name"] = _("Give your name, in up to %(limit)s characters.", limit=policy.MAX_NAME)
    if not form.good_faith:
        problems["good_faith"] = _("Confirm that what you say is true as far as you know.")
    if problems:
        raise Invalid(
            _("This notice isn’t complete yet."), {name: problems[name] for name in ORDER if name in problems}
        )
    return Complaint(address, explanation, law, name, email, language)


ORDER = tuple(vars(NoticeForm()))


def _email(typed: str, problems: dict[str, Words]) -> str:
    try:
        return emails.check_email(typed)
    except Invalid as error:
        problems["email"] = error.message
        return ""
