"""Conditions and orders that reads of people share."""

from __future__ import annotations

from sqlalchemy import case

from forum.kernel.access import Right
from forum.organisations.models import Affiliation, Organisation, Verification

RUNNING = Affiliation.ended_at.is_(None)
_RANKS = {Right.OWNER: 0, Right.MODERATOR: 1, Right.EDITOR: 2, Right.CONTRIBUTOR: 3}
BY_RIGHT = case(_RANKS, value=Affiliation.right, else_=len(_RANKS))
VERIFIED_FIRST = case((Organisation.state == Verification.VERIFIED, 0), else_=1)
