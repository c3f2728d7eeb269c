"""What an organisation says about itself: cleaned, and checked before it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Invalid, Words
from forum.kernel.lines import one_line
from forum.organisations.models import OrganisationKind
from forum.organisations.words import country_codes

# Verified together with the organisation, and kept as they were then.
FROZEN = ("name", "code", "kind", "domain")
MAX_NAME = 120
MAX_CITY = 80
MAX_DESCRIPTION = 2_000
# What fits on the plate at its smallest size. Capitals of ASCII only: look-alikes of other scripts are nobody's code.
CODE = re.compile(r"[A-Z]{2,4}")
DOMAIN = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


@dataclass(frozen=True)
class Details:
    """`country` is a code of two letters, `domain` a host name, `description_html` what text.render made of
    `description`; each may be empty."""

    name: str
    code: str
    kind: str
    country: str = ""
    city: str = ""
    domain: str = ""
    description: str = ""
    description_html: str = ""


def checked(details: Details) -> Details:
    """The details as they are kept. Raises Invalid naming every field that can't be."""
    cleaned = _clean(details)
    problems = dict(_problems(cleaned))
    if problems:
        raise Invalid(_("Some of this can’t be kept as it is."), fields=problems)
    return cleaned


def _clean(details: Details) -> Details:
    return replace(
        details,
        name=one_line(details.name),
        code=details.code.strip().upper(),
        kind=details.kind.strip().lower(),
        country=details.country.strip().upper(),
        city=one_line(details.city),
        domain=_host(details.domain),
    )


def _host(domain: str) -> str:
    """People paste the address of their home page."""
    return domain.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _problems(details: Details) -> Iterator[tuple[str, Words]]:
    if not 2 <= len(details.name) <= MAX_NAME:
        yield "name", _("Give a name of 2 to %(most)s characters.", most=MAX_NAME)
    if not CODE.fullmatch(details.code):
        yield "code", _("A code is 2 to 4 letters from A to Z, such as AMS.")
    if details.kind not in set(OrganisationKind):
        yield "kind", _("Choose one of the kinds.")
    if details.country and details.country not in country_codes():
        yield "country", _("Give the country’s code of two letters, such as NL.")
    if len(details.city) > MAX_CITY:
        yield "city", _("Give a city of at most %(most)s characters.", most=MAX_CITY)
    if details.domain and not DOMAIN.fullmatch(details.domain):
        yield "domain", _("Give the website’s domain, such as amsterdam.nl.")
    if len(details.description) > MAX_DESCRIPTION:
        yield "description", _("Shorten the description to %(most)s characters.", most=f"{MAX_DESCRIPTION:,}")
