"""What an address of this site is about. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from forum.moderation.models import SubjectType

_COMMENT = re.compile(r"/comments/(\d{1,18})/?")
_POST = re.compile(r"/posts/(\d{1,18})(?:/[^/]*)?/?")
_PLACE = re.compile(r"comment-(\d{1,18})")


def subject_at(address: str, host: str) -> tuple[SubjectType, int] | None:
    """Post or comment, as readers' addresses show them: `/posts/<id>/…`, with `#comment-<id>`, or `/comments/<id>`.

    `host` is this site's. None for any other page, and for another site's.
    """
    try:
        parts = urlsplit(address if "://" in address else f"//{address}" if not address.startswith("/") else address)
    except ValueError:  # such as an IPv6 address without its end
        return None
    if parts.netloc and parts.netloc.lower() != host.lower():
        return None
    place = _PLACE.fullmatch(parts.fragment)
    comment, post = _COMMENT.fullmatch(parts.path), _POST.fullmatch(parts.path)
    if comment or (post and place):
        found = comment or place
        return (SubjectType.COMMENT, int(found[1])) if found else None
    return (SubjectType.POST, int(post[1])) if post else None
