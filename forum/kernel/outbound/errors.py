"""Why another machine wasn't asked, or what was wrong with its answer. `code` is for keeping."""

from __future__ import annotations

from typing import ClassVar


class OutboundError(Exception):
    """Nothing usable came back. The message is for the log, not for members: it may hold what a stranger wrote."""

    code: ClassVar[str] = "failed"


class AddressRefused(OutboundError):
    """Not an address that Kade goes to: another scheme or port, a password in it, no proper host name."""

    code = "address-refused"


class PrivateAddress(AddressRefused):
    """The name leads, among others, to an address that isn't public."""

    code = "private-address"


class NameNotFound(OutboundError):
    code = "name-not-found"


class Unreachable(OutboundError):
    """No connection, or none that kept to the rules of HTTP or DNS."""

    code = "unreachable"


class CertificateRefused(Unreachable):
    """The certificate is out of date, for another name, or from nobody we know."""

    code = "certificate-refused"


class TooSlow(OutboundError):
    code = "too-slow"


class TooLarge(OutboundError):
    """More than the limit, after decompression."""

    code = "too-large"


class TooManyRedirects(OutboundError):
    code = "too-many-redirects"


class WrongType(OutboundError):
    """A media type that wasn't asked for, or a compression that we don't take."""

    code = "wrong-type"


class BadStatus(OutboundError):
    """Any status but 200, after redirects."""

    code = "bad-status"

    def __init__(self, status: int) -> None:
        super().__init__(f"answered {status}")
        self.status = status
