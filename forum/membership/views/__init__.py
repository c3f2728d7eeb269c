"""Applications, proofs, invitations and claims: the pages of whoever asks, and of whoever is asked."""

from forum.membership.views import applying, claiming, inviting, proving, standing
from forum.membership.views.door import blueprint

__all__ = ["applying", "blueprint", "claiming", "inviting", "proving", "standing"]
