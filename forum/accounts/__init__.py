"""Members: who they are, how they sign in, whom they block."""

from forum.accounts import finding

__all__ = ["finding"]  # it keeps what they are found by, whoever changes them
