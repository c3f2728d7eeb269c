"""What the page "How we moderate" says of each lane."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words


@dataclass(frozen=True)
class Target:
    what: Words
    who: Words
    target: Words


_TOPIC = _("The topic’s moderators, else the site’s")

TARGETS = (
    Target(
        _("An organisation’s application, or a change of its name"), _("The site’s moderators"), _("5 working days")
    ),
    Target(
        _("A text in an organisation’s name, where it wants to approve these first"),
        _("The organisation’s owners and editors, never its author"),
        _("1 working day"),
    ),
    Target(_("The first three posts of a newly verified organisation"), _TOPIC, _("1 working day")),
    Target(_("First contributions of newcomers, and what a check made wait"), _TOPIC, _("24 hours")),
    Target(
        _("What members reported"),
        _("The organisation under whose post it stands, else the topic’s moderators, else the site’s"),
        _("48 hours"),
    ),
    Target(
        _("Notices of illegal content"),
        _("The site’s moderators, never an organisation’s"),
        _("7 days, with a receipt at once"),
    ),
    Target(_("Appeals"), _("Somebody else, one level above"), _("10 working days")),
)
