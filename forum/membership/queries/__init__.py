"""Reads of membership."""

from forum.membership.queries.invitations import (
    InvitationLine,
    InvitationPage,
    get_invitation,
    open_invitations,
)
from forum.membership.queries.matching import Start, claim_page, start_page
from forum.membership.queries.proofs import DueProof, due_proofs, proofs_of
from forum.membership.queries.requests import (
    RequestLine,
    RequestPage,
    Standing,
    get_request,
    get_standing,
    own_requests,
)

__all__ = [
    "DueProof",
    "InvitationLine",
    "InvitationPage",
    "RequestLine",
    "RequestPage",
    "Standing",
    "Start",
    "claim_page",
    "due_proofs",
    "get_invitation",
    "get_request",
    "get_standing",
    "open_invitations",
    "own_requests",
    "proofs_of",
    "start_page",
]
