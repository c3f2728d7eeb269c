"""What the table of notifications says."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Invalid
from forum.notifications.models import Channel, Digest, Kind
from forum.notifications.policy import ALWAYS_ON_SITE, DEFAULTS


def read_channels(sent: Mapping[str, str]) -> dict[Kind, Channel]:
    """A channel for each kind; what isn't sent stays at its default. Raises Invalid."""
    found: dict[Kind, Channel] = {}
    for kind, default in DEFAULTS.items():
        value = sent.get(kind.value, default)
        if value not in list(Channel) or (value == Channel.NONE and kind in ALWAYS_ON_SITE):
            raise Invalid(_("Choose one of the four ways in each line."))
        found[kind] = Channel(value)
    return found


def read_digest(sent: Mapping[str, str]) -> Digest:
    """Raises Invalid."""
    value = sent.get("digest", "")
    if value not in list(Digest):
        raise Invalid(_("Choose how often you want the digest."))
    return Digest(value)
