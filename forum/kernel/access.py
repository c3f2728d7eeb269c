"""Who acts, and the access that each view declares.

An Actor is passed as an argument: below a view nobody looks up who is signed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar, cast

from flask import current_app, request
from flask_babel import lazy_gettext as _
from flask_login import current_user

from forum.kernel.db import transaction
from forum.kernel.errors import Forbidden, SecondFactorNeeded, SignInNeeded
from forum.kernel.ids import MemberId, OrganisationId

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    MEMBER = "member"
    MODERATOR = "moderator"
    ADMIN = "admin"


class MemberState(StrEnum):
    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"
    SILENCED = "silenced"
    SUSPENDED = "suspended"
    ERASED = "erased"


class Right(StrEnum):
    """What a member may do in an organisation. `rank` orders them for lists, not for permission."""

    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    MODERATOR = "moderator"
    OWNER = "owner"


@dataclass(frozen=True)
class Actor:
    """Someone who reads or acts. `rights` are those in organisations at this moment; `session` names their session;
    `face` is the key of their picture.

    `factor_due` is until when a moderator or administrator has to set up a second factor; None who has one or needs
    none. Once it's past, `role` is that of any member, and `resting` is the one that they get back.
    """

    member_id: MemberId | None = None
    username: str = ""
    name: str = ""
    role: Role = Role.MEMBER
    state: MemberState = MemberState.ACTIVE
    trust: int = 0
    language: str | None = None
    rights: Mapping[OrganisationId, Right] = field(default_factory=dict)
    session: str = ""
    face: str = ""
    factor_due: datetime | None = None
    resting: Role | None = None

    @property
    def is_authenticated(self) -> bool:
        return self.member_id is not None

    @property
    def is_active(self) -> bool:
        return self.is_authenticated

    @property
    def is_anonymous(self) -> bool:
        return self.member_id is None

    @property
    def is_moderator(self) -> bool:
        """Moderator of the site, or administrator."""
        return self.is_authenticated and self.role in {Role.MODERATOR, Role.ADMIN}

    @property
    def is_admin(self) -> bool:
        return self.is_authenticated and self.role is Role.ADMIN

    @property
    def may_write(self) -> bool:
        """Confirmed, and neither silenced nor suspended."""
        return self.is_authenticated and self.state is MemberState.ACTIVE

    @property
    def id(self) -> MemberId:
        """The member's id. Raises SignInNeeded for an anonymous reader."""
        if self.member_id is None:
            raise SignInNeeded
        return self.member_id

    def get_id(self) -> str:
        """Flask-Login's name for what the cookie holds: the session, never the member."""
        return self.session


ANONYMOUS = Actor()


def current_actor() -> Actor:
    """The actor of this request, read once. For views and templates only."""
    return cast(Actor, current_user._get_current_object())  # noqa: SLF001  # werkzeug's documented way to unwrap


@contextmanager
def acting() -> Iterator[Actor]:
    """Open the transaction of this request and read the actor again inside it.

    Raises SignInNeeded when the session ended in the meantime.
    """
    with transaction():
        actor: Actor | None = current_app.extensions["read_actor"](current_actor().session)
        if actor is None:
            raise SignInNeeded
        yield actor


def public(view: View) -> View:
    """Anyone may call this view."""
    view.access = "public"  # type: ignore[attr-defined]  # read by the access test and by the guard
    return view


def tokenless(view: View) -> View:
    """This form stands in pages that all readers share, and only sets the reader's own cookie: no CSRF token."""
    view.is_tokenless = True  # type: ignore[attr-defined]  # read by the guard
    return view


def from_letters(view: View) -> View:
    """This address holds its own authority, and mail programs post to it from anywhere (RFC 8058)."""
    view.is_from_letters = True  # type: ignore[attr-defined]  # read by the guard
    return view


def signed_in(view: View) -> View:
    """Only members may call this view; a reader is asked to sign in."""
    return needs("signed_in", lambda actor: actor.is_authenticated)(view)


def needs(name: str, may: Callable[[Actor], bool]) -> Callable[[View], View]:
    """Only actors for whom `may` is true may call this view; `name` stands in the list of routes."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            actor = current_actor()
            if actor.is_anonymous:
                raise SignInNeeded
            if not may(actor):
                raise (
                    SecondFactorNeeded if actor.resting else Forbidden(_("This page is for people with another role."))
                )
            return view(*args, **kwargs)

        guarded.access = name  # type: ignore[attr-defined]  # see public()
        return cast(View, guarded)

    return declare


moderators = needs("moderator", lambda actor: actor.is_moderator)
administrators = needs("administrator", lambda actor: actor.is_admin)


# Where moderators and administrators work. What is public below these is for everybody, and stays so.
WORK = ("/moderation", "/admin")
OF_WORK = frozenset({"moderator", "administrator"})


def is_work() -> bool:
    """Whether this request is for a page of the work of moderators or administrators."""
    access = getattr(current_app.view_functions.get(request.endpoint or ""), "access", "public")
    return access in OF_WORK or (access != "public" and request.path.startswith(WORK))


def check_factor() -> None:
    """Before every view. Raises SecondFactorNeeded where somebody's work waits for their second factor."""
    if is_work() and current_actor().resting:
        raise SecondFactorNeeded


def factor_due() -> datetime | None:
    """For pages of somebody's work: until when they have to set up a second factor."""
    actor = current_actor() if is_work() else ANONYMOUS
    return actor.factor_due if actor.resting is None else None
