"""A real mail server for the letters of membership."""

from tests.accounts.conftest import letters, smtp

__all__ = ["letters", "smtp"]
