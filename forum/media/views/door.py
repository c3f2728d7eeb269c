"""What the views of media share: how a file that was sent becomes one of the actor's."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import lazy_gettext as _

from forum import config
from forum.kernel.access import Actor, current_actor
from forum.media import commands, forms, policy, storage, studio
from forum.media.commands import Upload
from forum.media.forms import Sent
from forum.media.policy import Quota

blueprint = Blueprint("media", __name__)

TOO_LARGE = _("This file is larger than 10 MB. Make it smaller, then add it again.")


def received(*, picture_only: bool = False) -> Upload:
    """Read, drawn and stored, before any transaction. Raises Invalid, Forbidden, TooOften, StudioBusy, StorageAway."""
    actor = current_actor()
    sent = sent_file(actor)
    return stored(sent.name, sent.alt, (studio.take_picture if picture_only else studio.take)(sent.data))


def sent_file(actor: Actor) -> Sent:
    """Raises Invalid, Forbidden, TooOften."""
    sent = forms.read_file(request.files, request.form)
    commands.check_may_add(actor, quota(actor), is_document=sent.data.startswith(studio.PDF))
    return sent


def stored(name: str, alt: str, drawn: studio.Drawn) -> Upload:
    key = commands.fresh_key()
    storage.current().put(key, drawn.parts)
    return Upload(key=key, name=name, alt=alt, drawn=drawn)


def quota(actor: Actor) -> Quota | None:
    return policy.quota_for(actor, lifted=not config.current().rate_limits)
