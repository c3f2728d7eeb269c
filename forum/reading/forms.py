"""What a page says was seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from forum.kernel import clock
from forum.kernel.ids import MemberId, PostId
from forum.kernel.paging import cursor_id
from forum.reading.commands import Seen
from forum.reading.policy import LONGEST_S, MOST_COMMENTS, UNKNOWN_S


def read(member_id: MemberId, post_id: PostId, sent: Mapping[str, str]) -> Seen:
    """`comments` are ids with commas; `seconds` how long the page was looked at. What means nothing is left aside."""
    ids = (cursor_id(one) for one in sent.get("comments", "")[:2000].split(",")[:MOST_COMMENTS])
    seconds = min(cursor_id(sent.get("seconds")) or UNKNOWN_S, LONGEST_S)
    return Seen(
        member_id=member_id,
        post_id=post_id,
        comment_ids=tuple(one for one in ids if one is not None),
        seconds=seconds,
        at=clock.now() - timedelta(seconds=seconds),
    )
