"""The site's settings: typed, with defaults, kept in the database with a history of who changed what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from sqlalchemy import ForeignKey, ScalarSelect, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel import clock
from forum.kernel.db import Base, BigInt, db
from forum.kernel.errors import Invalid, NotFound, Refused
from forum.kernel.ids import MemberId

Value = bool | str
T = TypeVar("T", bool, str)
MAX_LINE = 400


class StoredSetting(Base):
    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SettingChange(Base):
    """Append-only. `member_id` is empty for a change made on the command line."""

    __tablename__ = "setting_changes"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    old: Mapped[str | None]
    new: Mapped[str | None]
    member_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    changed_at: Mapped[datetime]


class Kind(StrEnum):
    SWITCH = "switch"
    NUMBER = "number"
    LINE = "line"


@dataclass(frozen=True)
class Setting(Generic[T]):
    name: str
    default: T
    about: str
    read: Callable[[str], T]

    @property
    def kind(self) -> Kind:
        """How it is typed in a form."""
        return KINDS.get(self.read, Kind.LINE)


def _switch(text: str) -> bool:
    words = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
    if text.lower() not in words:
        raise ValueError("write on or off")
    return words[text.lower()]


def _line(text: str) -> str:
    if "\n" in text or len(text) > MAX_LINE:
        raise ValueError(f"write one line of at most {MAX_LINE} characters")
    return text


def _status(text: str) -> str:
    if text not in {"unknown", "full", "partial", "none"}:
        raise ValueError("write unknown, full, partial or none")
    return text


def _number(text: str) -> str:
    if not (text.isascii() and text.isdigit() and int(text[:6]) >= 1 and len(text) <= 6):
        raise ValueError("write a whole number from 1 to 999999")
    return str(int(text))


def _days(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise ValueError("write a whole number of days from 0 to 9999")
    return str(int(text))


KINDS: dict[Callable[[str], Value], Kind] = {_switch: Kind.SWITCH, _number: Kind.NUMBER, _days: Kind.NUMBER}
SIGN_UP_OPEN = Setting("sign-up-open", default=True, about="Anyone may make an account.", read=_switch)
CONTACT_ADDRESS = Setting(
    "contact-address", default="", about="E-mail address shown to people who need help.", read=_line
)
SITE_NOTE = Setting("site-note", default="", about="A sentence shown at the top of home.", read=_line)
FEED_IDS = Setting(
    "feed-ids",
    default="",
    about="Host name in the ids of feeds. Set it to the old one when the site moves, so that nothing is new again.",
    read=_line,
)
FIRST_CONTRIBUTIONS_WAIT = Setting(
    "first-contributions-wait",
    default=False,
    about="A new member’s first two posts or comments wait for a moderator.",
    read=_switch,
)
NEWCOMERS_LINKS_WAIT = Setting(
    "newcomers-links-wait", default=False, about="A new member’s text with a link waits for a moderator.", read=_switch
)
HABITS_WATCHED = Setting(
    "habits-watched",
    default=True,
    about="What new members send for the third time, or in a burst, waits for a moderator.",
    read=_switch,
)
# Three members of level 2 reach it, and two leaders; no one alone does, and no handful of new accounts.
REPORT_THRESHOLD = Setting(
    "report-threshold",
    default="8",
    about="What reports must weigh together to hide something until a moderator has looked.",
    read=_number,
)
CONTROLLER = Setting(
    "controller", default="", about="Who runs the site, with a postal address: on the page about privacy.", read=_line
)
PRIVACY_CONTACT = Setting(
    "privacy-contact",
    default="",
    about="E-mail address for questions about personal data; contact-address where it isn't set.",
    read=_line,
)
PRIVACY_AUTHORITY = Setting(
    "privacy-authority", default="", about="Data protection authority to complain to, with its address.", read=_line
)
ACCESSIBILITY_CONTACT = Setting(
    "accessibility-contact",
    default="",
    about="E-mail address for whoever can't use a page; contact-address where it isn't set.",
    read=_line,
)
ACCESSIBILITY_STATUS = Setting(
    "accessibility-status",
    default="unknown",
    about="What an evaluation of this site found (EN 301 549): full, partial or none; unknown before there was one.",
    read=_status,
)
ACCESSIBILITY_CHECKED = Setting(
    "accessibility-checked", default="", about="Who evaluated this site's accessibility, how and when.", read=_line
)
ACCESSIBILITY_GAPS = Setting(
    "accessibility-gaps", default="", about="What isn't accessible on this site, and why.", read=_line
)
ACCESSIBILITY_ENFORCEMENT = Setting(
    "accessibility-enforcement",
    default="",
    about="Body that looks after complaints about accessibility, with its address.",
    read=_line,
)
# Two weeks bridge a holiday, and whoever was just made a moderator can begin at once.
SECOND_FACTOR_DAYS = Setting(
    "second-factor-days",
    default="14",
    about="How many days moderators and administrators have to set up a second factor; 0: they need it at once.",
    read=_days,
)
ALL: dict[str, Setting[bool] | Setting[str]] = {
    one.name: one
    for one in (
        SIGN_UP_OPEN,
        CONTACT_ADDRESS,
        SITE_NOTE,
        FEED_IDS,
        FIRST_CONTRIBUTIONS_WAIT,
        NEWCOMERS_LINKS_WAIT,
        HABITS_WATCHED,
        REPORT_THRESHOLD,
        CONTROLLER,
        PRIVACY_CONTACT,
        PRIVACY_AUTHORITY,
        ACCESSIBILITY_CONTACT,
        ACCESSIBILITY_STATUS,
        ACCESSIBILITY_CHECKED,
        ACCESSIBILITY_GAPS,
        ACCESSIBILITY_ENFORCEMENT,
        SECOND_FACTOR_DAYS,
    )
}


def get(setting: Setting[T]) -> T:
    """The value in force: what was set, else the default."""
    stored = db.session.scalar(select(StoredSetting.value).where(StoredSetting.name == setting.name))
    return setting.default if stored is None else setting.read(stored)


def stored_value(setting: Setting[T]) -> ScalarSelect[str | None]:
    """What was set, as a part of another statement: its text, or nothing for the default."""
    return select(StoredSetting.value).where(StoredSetting.name == setting.name).scalar_subquery()


def get_setting(name: str) -> Setting[bool] | Setting[str]:
    """Raises NotFound for a name that isn't a setting's."""
    if name not in ALL:
        raise NotFound(f"There is no setting {name!r}. Settings: {', '.join(sorted(ALL))}.")
    return ALL[name]


def values() -> dict[str, str]:
    """Every setting's value in force, as text, by name."""
    stored = {row.name: row.value for row in db.session.scalars(select(StoredSetting))}
    return {name: stored.get(name, _as_text(setting.default)) for name, setting in ALL.items()}


def stored(name: str) -> str | None:
    """What was set, as text; None where the default is in force."""
    return db.session.scalar(select(StoredSetting.value).where(StoredSetting.name == name))


def checked(name: str, text: str | None) -> str | None:
    """A value as it is kept. Raises NotFound, or Invalid for a value of another type."""
    setting = get_setting(name)
    if text is None:
        return None
    try:
        return _as_text(setting.read(text.strip()))
    except ValueError as error:
        raise Invalid(f"{name} can't be {text!r}: {error}.") from error


def change(name: str, text: str | None, by: MemberId | None = None) -> None:
    """Set a value, or with None go back to the default. Raises NotFound, Invalid, or Refused when somebody else did at
    the same moment."""
    text = checked(name, text)
    old = db.session.get(StoredSetting, name, populate_existing=True, with_for_update=True)
    old_value = old.value if old else None
    if old_value == text:
        return
    try:
        with db.session.begin_nested():
            db.session.execute(delete(StoredSetting).where(StoredSetting.name == name))
            if text is not None:
                db.session.execute(insert(StoredSetting).values(name=name, value=text))
    except IntegrityError as error:
        raise Refused(f"Somebody else set {name} at this moment.") from error
    db.session.add(SettingChange(name=name, old=old_value, new=text, member_id=by, changed_at=clock.now()))


def default_of(name: str) -> str:
    """As text. Raises NotFound."""
    return _as_text(get_setting(name).default)


def _as_text(value: Value) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else str(value)
