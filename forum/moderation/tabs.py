"""The tabs above the queue: all that waits, each lane with its count, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.moderation.queries.queue import Wanted
from forum.moderation.records import QueuePage


@dataclass(frozen=True)
class Tab:
    label: Words
    href: str
    current: bool
    count: int | None


def of_queue(queue: QueuePage, wanted: Wanted, here: str) -> tuple[Tab, ...]:
    """Lanes in which nothing waits are left out, but the one that is open."""
    plain = wanted.lane is None
    everything = Tab(_("All open"), here, plain and wanted.view == "open", queue.total)
    lanes = (
        Tab(one.name, f"{here}?{urlencode({'lane': one.lane})}", wanted.lane == one.lane, one.count)
        for one in queue.counts
        if one.count or wanted.lane == one.lane
    )
    views = (("mine", _("Yours")), ("asked", _("Information asked")), ("decided", _("Decided")))
    others = (Tab(name, f"{here}?view={view}", plain and wanted.view == view, None) for view, name in views)
    return (everything, *lanes, *others)
