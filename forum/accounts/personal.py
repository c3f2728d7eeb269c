"""What accounts hold about a member, and what of it stays when they are erased: a row without a name, so that what
refers to it does so still, and the digest of the username, so that nobody can pass for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from forum import config
from forum.accounts import names
from forum.accounts.commands.standing import take_member
from forum.accounts.models import (
    Block,
    FactorAttempt,
    MailToken,
    Member,
    MemberBeginning,
    MemberSession,
    RecoveryCode,
    RetiredName,
    SecondFactor,
    SecondStep,
)
from forum.kernel import clock, mailer, outbox
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.kernel.keys import IdempotencyKey
from forum.kernel.mailer import StoredLetter
from forum.kernel.personal import Choices, Fate, Part, Rows, Section, plain
from forum.kernel.settings import SettingChange

# Nobody can sign up by such a name: names.RESERVED holds its stem.
NAMELESS = "former-member"
_SECRET = frozenset({"password_hash", "username_key", "email_key", "bio_html"})
_TOKEN = frozenset({"token_hash"})
_SEALED = frozenset({"secret", "public_key", "credential_id", "last_step", "sign_count"})
_OF_LETTERS = ("to_address", "subject", "state", "created_at", "sent_at")


def _erase(member_id: MemberId, _choices: Choices) -> bool:
    """Comes last: until here, others find by the address what else there is."""
    member = take_member(member_id)
    if member.email:
        mailer.forget(member.email, config.current().data_dir / mailer.FOLDER)
        outbox.forget(member.email)
    nameless = f"{NAMELESS}-{member.id}"
    if member.username != nameless:
        db.session.merge(RetiredName(digest=names.digest_of(member.username_key), retired_at=clock.now()))
    for name, value in {**_EMPTY, "username": nameless, "username_key": names.username_key(nameless)}.items():
        setattr(member, name, value)
    db.session.flush()
    return False


# `import_key` stays: a community file that is loaded again must not bring them back.
_EMPTY: dict[str, Any] = {
    "email": None, "email_key": None, "password_hash": None, "name": "", "headline": "", "bio": "", "bio_html": "",
    "city": "", "languages": [], "interface_language": None, "represents": "", "trust_level": 0, "confirmed_at": None,
    "erase_at": None, "face": "",
}  # fmt: skip


def _letters(member_id: MemberId) -> Iterable[Section]:
    """The words of a letter are wiped once it's sent."""
    address = select(func.lower(Member.email)).where(Member.id == member_id).scalar_subquery()
    found = db.session.scalars(
        select(StoredLetter).where(func.lower(StoredLetter.to_address) == address).order_by(StoredLetter.id)
    )
    rows = [{name: plain(getattr(one, name)) for name in _OF_LETTERS} for one in found]
    yield Section("letters", _("Letters to you"), rows)


PART = Part(
    (
        Rows(Member.id, Fate.CHANGED, title=_("Your account"), hidden=_SECRET),
        Rows(MemberBeginning.owner_id, why="words of the name, as they are looked up"),
        Rows(MemberSession.member_id, title=_("Where you are signed in"), hidden=_TOKEN),
        Rows(MailToken.member_id, title=_("Links in letters to you"), hidden=_TOKEN),
        Rows(SecondFactor.member_id, title=_("Your second steps at sign-in"), hidden=_SEALED),
        Rows(RecoveryCode.member_id, why="digests of codes"),
        Rows(FactorAttempt.member_id, why="a second step that is being set up, for some minutes"),
        Rows(SecondStep.member_id, why="a sign-in that waits for its second step, for some minutes"),
        Rows(Block.member_id, title=_("Members that you blocked")),
        Rows(Block.blocked_id, why="whom somebody blocks is theirs to know"),
        Rows(IdempotencyKey.member_id, why="marks that a form was sent, for some days; holds none of its words"),
        Rows(SettingChange.member_id, Fate.STAYS, why="an administrator's act about the site"),
    ),
    _erase,
    _letters,
)
