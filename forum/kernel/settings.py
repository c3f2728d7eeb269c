"""The site's settings: typed, with defaults, kept in the database with a history of who changed what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel import clock
from forum.kernel.db import Base, BigInt, db
from forum.kernel.errors import Invalid, NotFound
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


@dataclass(frozen=True)
class Setting(Generic[T]):
    name: str
    default: T
    about: str
    read: Callable[[str], T]


def _switch(text: str) -> bool:
    words = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
    if text.lower() not in words:
        raise ValueError("write on or off")
    return words[text.lower()]


def _line(text: str) -> str:
    if "\n" in text or len(text) > MAX_LINE:
        raise ValueError(f"write one line of at most {MAX_LINE} characters")
    return text


SIGN_UP_OPEN = Setting("sign-up-open", default=True, about="Anyone may make an account.", read=_switch)
CONTACT_ADDRESS = Setting(
    "contact-address", default="", about="E-mail address shown to people who need help.", read=_line
)
SITE_NOTE = Setting("site-note", default="", about="A sentence shown at the top of home.", read=_line)
ALL: dict[str, Setting[bool] | Setting[str]] = {one.name: one for one in (SIGN_UP_OPEN, CONTACT_ADDRESS, SITE_NOTE)}


def get(setting: Setting[T]) -> T:
    """The value in force: what was set, else the default."""
    stored = db.session.scalar(select(StoredSetting.value).where(StoredSetting.name == setting.name))
    return setting.default if stored is None else setting.read(stored)


def get_setting(name: str) -> Setting[bool] | Setting[str]:
    """Raises NotFound for a name that isn't a setting's."""
    if name not in ALL:
        raise NotFound(f"There is no setting {name!r}. Settings: {', '.join(sorted(ALL))}.")
    return ALL[name]


def values() -> dict[str, str]:
    """Every setting's value in force, as text, by name."""
    stored = {row.name: row.value for row in db.session.scalars(select(StoredSetting))}
    return {name: stored.get(name, _as_text(setting.default)) for name, setting in ALL.items()}


def change(name: str, text: str | None, by: MemberId | None = None) -> None:
    """Set a value, or with None go back to the default. Raises NotFound, or Invalid for a value of another type."""
    setting = get_setting(name)
    if text is not None:
        try:
            text = _as_text(setting.read(text.strip()))
        except ValueError as error:
            raise Invalid(f"{name} can't be {text!r}: {error}.") from error
    old = db.session.get(StoredSetting, name)
    old_value = old.value if old else None
    if old_value == text:
        return
    db.session.execute(delete(StoredSetting).where(StoredSetting.name == name))
    if text is not None:
        db.session.add(StoredSetting(name=name, value=text))
    db.session.add(SettingChange(name=name, old=old_value, new=text, member_id=by, changed_at=clock.now()))


def _as_text(value: Value) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else str(value)
