"""Every letter that the site sends, made of things that never happened, for an administrator's eyes.

Nothing is kept or sent: what a letter's maker would put into the tray is taken out of its hands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from forum.accounts import mail as accounts
from forum.accounts.cards import card_of
from forum.accounts.models import FactorKind, Member
from forum.kernel import clock
from forum.kernel.errors import NotFound
from forum.kernel.ids import CommentId, NotificationId, OrganisationId, PostId
from forum.kernel.mailer import Letter, intercepted
from forum.notifications import mail, specimens
from forum.notifications.mail import Section
from forum.notifications.models import Kind
from forum.notifications.records import Group, Line
from forum.notifications.specimens import SAMPLE, TITLE
from forum.organisations.bylines import Byline, Plate
from forum.posts.cards import PostCard

WORDS = "We split it by population, in an agreement of two pages. It took nineteen meetings."


@dataclass(frozen=True)
class Preview:
    """A letter by the name it has in the list."""

    name: str
    letter: Letter


def all_previews(member: Member) -> tuple[Preview, ...]:
    """As `member` would get them, in the order of the list."""
    return tuple(Preview(name, _make(member, make)) for name, make in LETTERS.items())


def get_preview(member: Member, name: str) -> Preview:
    """Raises NotFound."""
    if name not in LETTERS:
        raise NotFound(_("There is no letter of this name."))
    return Preview(name, _make(member, LETTERS[name]))


def _make(member: Member, make: Callable[[Member], None]) -> Letter:
    with intercepted() as letters:
        make(member)
    return letters[0]


def _update(kind: Kind) -> Callable[[Member], None]:
    return lambda member: mail.mail_group(member, Group((_line(kind, member),), 0))


def _digest(member: Member) -> None:
    group = Group((_line(Kind.RECOMMENDATION, member),), 2)
    mail.mail_digest(member, (Section("Energy", (_card(member),)),), (group,))


def _line(kind: Kind, member: Member) -> Line:
    about_text = kind not in {Kind.DECISION, Kind.REVIEW, Kind.INVITATION}
    is_comment = about_text and kind is not Kind.POST
    return Line(
        id=NotificationId(0), kind=kind, thread="comment:0", actor=card_of(member), plate=_plate(kind),
        post_id=PostId(0) if about_text else None, comment_id=CommentId(0) if is_comment else None, is_own_post=True,
        title=TITLE if about_text else "City of Example", language="en", excerpt=WORDS if about_text else "",
        excerpt_language="en", address="/comments/0" if is_comment else "/", count=1, at=clock.now(), is_read=False,
    )  # fmt: skip


def _plate(kind: Kind) -> Plate | None:
    if kind is not Kind.REPLY:
        return None
    return Plate(OrganisationId(0), "city-of-example", "City of Example", "EXA", "city", verified=True)


def _card(member: Member) -> PostCard:
    now = clock.now()
    return PostCard(
        id=PostId(0), slug="why-good-pilots-stall", title=TITLE, kind="article", state="published", standfirst="",
        excerpt=WORDS, language="en", byline=Byline(card_of(member), None, "", on_behalf=False), topics=(),
        published_at=now, last_activity_at=now, comment_count=24, recommendation_count=128, words=900, featured=False,
        answered=False, deadline=None, starts_at=None, ends_at=None, time_zone="", place="",
    )  # fmt: skip


LETTERS: dict[str, Callable[[Member], None]] = {
    "confirm": lambda member: accounts.confirm_address(member, SAMPLE),
    "known-address": accounts.known_address,
    "confirm-change": lambda member: accounts.confirm_change(member, member.email or "", SAMPLE),
    "address-changed": lambda member: accounts.address_changed(member, member.email or ""),
    "reset": lambda member: accounts.reset_password(member, SAMPLE),
    "password-changed": accounts.password_changed,
    "factor-added": lambda member: accounts.factor_added(member, FactorKind.PASSKEY),
    "factor-removed": lambda member: accounts.factor_removed(member, FactorKind.APP, is_last=True),
    "recovery-code-used": lambda member: accounts.recovery_code_used(member, 9),
    "second-step-failed": accounts.second_step_failed,
    "factors-reset": accounts.factors_reset,
    **{kind.value: _update(kind) for kind in Kind},
    "digest": _digest,
    **specimens.LETTERS,
}
