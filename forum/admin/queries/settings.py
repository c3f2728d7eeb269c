"""The site's settings, and what they were before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from forum.accounts.cards import MemberCard
from forum.admin.queries.acts import cards_of
from forum.admin.records import Change, SettingRow
from forum.admin.words import SETTINGS
from forum.kernel import settings
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.kernel.keyset import Order, page_in
from forum.kernel.paging import Page
from forum.kernel.settings import SettingChange

NEWEST = Order((SettingChange.id,), down=True)


def all_settings() -> tuple[SettingRow, ...]:
    """In two statements."""
    changed = select(SettingChange.name, func.max(SettingChange.changed_at)).group_by(SettingChange.name)
    times: dict[str, datetime] = {row[0]: row[1] for row in db.session.execute(changed)}
    return tuple(_setting(name, value, times.get(name)) for name, value in settings.values().items())


def get_setting_row(name: str) -> SettingRow:
    """Raises NotFound."""
    settings.get_setting(name)
    return _setting(name, settings.values()[name], None)


def page_of_changes(name: str, after: str | None = None, before: str | None = None) -> Page[Change]:
    """Newest first. Raises NotFound."""
    default = settings.default_of(name)
    query = select(SettingChange).where(SettingChange.name == name)
    found: Page[SettingChange] = page_in(NEWEST, query, lambda one: one, after=after, before=before)
    cards = cards_of(one.member_id for one in found.rows if one.member_id is not None)
    return Page(tuple(_change(one, cards, default) for one in found.rows), found.after, found.before)


def _setting(name: str, value: str, changed_at: datetime | None) -> SettingRow:
    setting = settings.get_setting(name)
    label, about = SETTINGS.get(name, (name, setting.about))
    return SettingRow(name, label, about, setting.kind, value, settings.default_of(name), changed_at)


def _change(one: SettingChange, cards: Mapping[MemberId, MemberCard], default: str) -> Change:
    return Change(
        id=one.id,
        made_at=one.changed_at,
        by=cards.get(one.member_id) if one.member_id else None,
        old=default if one.old is None else one.old,
        new=default if one.new is None else one.new,
    )
