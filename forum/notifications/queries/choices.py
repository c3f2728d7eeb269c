"""How a member wants to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.notifications.models import Digest, Kind, MailPreference, NotificationChoice
from forum.notifications.policy import DEFAULTS


@dataclass(frozen=True)
class Choices:
    """`stopped_at`: since when their address refuses letters."""

    channels: Mapping[Kind, str]
    digest: str = Digest.OFF
    stopped_at: datetime | None = None


def choices_of(member_id: MemberId) -> Choices:
    rows = db.session.scalars(select(NotificationChoice).where(NotificationChoice.member_id == member_id))
    chosen = {Kind(row.kind): row.channel for row in rows if row.kind in list(Kind)}
    preference = db.session.get(MailPreference, member_id, populate_existing=True)
    channels: dict[Kind, str] = {kind: chosen.get(kind, default) for kind, default in DEFAULTS.items()}
    if preference is None:
        return Choices(channels)
    return Choices(channels, preference.digest, preference.stopped_at)
