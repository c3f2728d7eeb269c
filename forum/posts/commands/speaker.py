"""In whose name a post is written, as it was at that moment."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from forum.kernel.access import Actor
from forum.kernel.errors import Forbidden
from forum.kernel.ids import OrganisationId
from forum.organisations import policy as organisations_policy
from forum.organisations.queries import find_organisation, get_voice, main_role


@dataclass(frozen=True)
class Speaker:
    """`organisation_id` is the organisation spoken for; the role is the author's, spoken for or not."""

    organisation_id: OrganisationId | None = None
    role_organisation_id: OrganisationId | None = None
    role_title: str = ""


def speaker_for(actor: Actor, on_behalf_of: str) -> Speaker:
    """For words that readers will see. Raises NotFound or Forbidden where the actor may not speak for it."""
    if not on_behalf_of:
        return _oneself(actor)
    voice = get_voice(actor, on_behalf_of)
    return Speaker(voice.plate.id, voice.plate.id, voice.role_title)


def sending_speaker(actor: Actor, on_behalf_of: str) -> Speaker:
    """For a post that is sent: a contributor's waits for somebody who speaks for the organisation.

    Raises NotFound or Forbidden where the actor doesn't belong to it.
    """
    if not on_behalf_of:
        return _oneself(actor)
    voice = get_voice(actor, on_behalf_of, organisations_policy.can_send_for)
    return Speaker(voice.plate.id, voice.plate.id, voice.role_title)


def drafting_speaker(actor: Actor, on_behalf_of: str) -> Speaker:
    """For a draft, which anyone in the organisation may begin in its name. Raises Forbidden."""
    if not on_behalf_of:
        return _oneself(actor)
    organisation = find_organisation(on_behalf_of, actor)
    if organisation is None or not organisations_policy.can_draft_for(actor, organisation):
        raise Forbidden(_("You can’t write in the name of this organisation. Write as yourself."))
    return Speaker(organisation.id, organisation.id)


def _oneself(actor: Actor) -> Speaker:
    if not actor.rights:
        return Speaker()  # who belongs nowhere has no role
    role = main_role(actor.id)
    return Speaker(None, role[0], role[1]) if role else Speaker()
