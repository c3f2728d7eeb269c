"""Codes of an authenticator app: TOTP (RFC 6238) with six digits, half a minute and SHA-1, as every app has it."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from hmac import compare_digest

STEP_S = 30
# A phone's clock may be half a minute wrong, and somebody types slowly.
DRIFT = 1
CODE = re.compile(r"\d{6}", re.ASCII)


def new_secret() -> str:
    """160 bits, in base32."""
    import pyotp

    return pyotp.random_base32(32)


def address_of(secret: str, account: str, site: str) -> str:
    """What the picture holds: an app reads the secret and its label from it."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=site)


def picture_of(address: str) -> str:
    """The address as a QR code: a PNG in a data: address, which needs no style of its own."""
    import segno

    return segno.make(address, error="m").png_data_uri(scale=6, border=4)


def read_code(typed: str) -> str:
    """Six digits as they're compared: in any script, with or without spaces. Empty for anything else."""
    plain = "".join(
        str(unicodedata.digit(one, "")) for one in unicodedata.normalize("NFKC", typed) if not one.isspace()
    )
    return plain if CODE.fullmatch(plain) else ""


def step_of(secret: str, code: str, now: datetime, last: int | None = None) -> int | None:
    """The half minute for which the code is right, newer than `last`, which was used; None if it's wrong."""
    import pyotp

    app, here = pyotp.TOTP(secret), int(now.timestamp()) // STEP_S
    right = None
    for step in range(here - DRIFT, here + DRIFT + 1):
        if compare_digest(app.generate_otp(step), code) and (last is None or step > last):
            right = step
    return right
