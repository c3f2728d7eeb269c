"""Refusals. Raised in commands and queries, turned into a page in one place (kernel.refusals)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol


class Words(Protocol):
    """A sentence for a person: a str, or a lazy translation of one."""

    def __str__(self) -> str: ...


class ForumError(Exception):
    """Something a person asked for that can't be done. `message` says why and what to do, in their language.

    `fields` maps the name of a form field to what is wrong with it.
    """

    status: ClassVar[int] = 400

    def __init__(self, message: Words = "", fields: Mapping[str, Words] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields: Mapping[str, Words] = fields or {}


class SignInNeeded(ForumError):
    status = 401


class Forbidden(ForumError):
    status = 403


class SecondFactorNeeded(Forbidden):
    """What a moderator or administrator may do waits until they have a second factor."""


class NotFound(ForumError):
    status = 404


class Refused(ForumError):
    """The state of things doesn't allow it any more."""

    status = 409


class TooLarge(ForumError):
    status = 413


class Invalid(ForumError):
    """What was typed can't be used as it is."""

    status = 422


class TooOften(ForumError):
    """`retry_after` is in seconds."""

    status = 429

    def __init__(self, message: Words = "", retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Busy(ForumError):
    """The database can't take a change at this moment."""

    status = 503
    retry_after: ClassVar[int] = 5


class Away(Busy):
    """The database can't be asked anything at this moment."""

    retry_after = 30
