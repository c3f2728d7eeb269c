"""E-mail addresses, as far as they can be told from their spelling. Whether one works is told by a letter."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Invalid

MAX_LENGTH = 254  # RFC 5321, §4.5.3.1.3, without the angle brackets
# Dot-atoms of RFC 5322 and a domain of labels. Quoted local parts exist on paper only.
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)


def check_email(typed: str, field: str = "email") -> str:
    """The address without blanks around it. Raises Invalid."""
    address = typed.strip()
    if len(address) > MAX_LENGTH or len(address.partition("@")[0]) > 64 or not _ADDRESS.fullmatch(address):
        message = _("Write an e-mail address, such as name@example.org.")
        raise Invalid(message, {field: message})
    return address


def email_key(address: str) -> str:
    """What is unique among members: capitals make no difference to any mail server in use."""
    return address.strip().casefold()
