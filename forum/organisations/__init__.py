"""Organisations, the people who speak for them, and the byline that shows it."""

from forum.organisations import finding

__all__ = ["finding"]  # it keeps what they are found by, whoever changes them
