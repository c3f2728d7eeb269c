"""The site's settings."""

from __future__ import annotations

from forum.admin.commands.acts import check, keep
from forum.admin.errors import Stale
from forum.admin.models import Verb
from forum.kernel import settings
from forum.kernel.access import Actor


def change_setting(actor: Actor, name: str, text: str | None, was: str) -> bool:
    """Set a value, or with None go back to the default; says whether anything changed.

    `was` is the value that the form showed. Raises NotAdministrator, NotFound, Invalid or Stale.
    """
    check(actor)
    before, wanted = settings.values()[settings.get_setting(name).name], settings.checked(name, text)
    if wanted == settings.stored(name):
        return False
    if before != was:
        raise Stale
    settings.change(name, text, actor.id)
    after = settings.values()[name]
    keep(actor, Verb.SETTING, name, old=before, new=after)
    return True
