"""What only the operator can say on the pages about privacy and accessibility: from the site's settings."""

from __future__ import annotations

from dataclasses import dataclass

from forum import config
from forum.kernel import settings


@dataclass(frozen=True)
class Facts:
    """`contact` is the general address where no other is set; empty where the operator set none at all."""

    controller: str
    privacy_contact: str
    authority: str
    accessibility_contact: str
    accessibility_status: str
    accessibility_checked: str
    accessibility_gaps: str
    enforcement: str
    is_https: bool


def facts() -> Facts:
    general = settings.get(settings.CONTACT_ADDRESS)
    return Facts(
        controller=settings.get(settings.CONTROLLER),
        privacy_contact=settings.get(settings.PRIVACY_CONTACT) or general,
        authority=settings.get(settings.PRIVACY_AUTHORITY),
        accessibility_contact=settings.get(settings.ACCESSIBILITY_CONTACT) or general,
        accessibility_status=settings.get(settings.ACCESSIBILITY_STATUS),
        accessibility_checked=settings.get(settings.ACCESSIBILITY_CHECKED),
        accessibility_gaps=settings.get(settings.ACCESSIBILITY_GAPS),
        enforcement=settings.get(settings.ACCESSIBILITY_ENFORCEMENT),
        is_https=config.current().is_https,
    )
