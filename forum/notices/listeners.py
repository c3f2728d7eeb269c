"""Letters about notices: the receipt at once, the answer when a decision has settled."""

from __future__ import annotations

from forum.kernel.ids import DecisionId, ItemId, NoticeId
from forum.moderation.events import DecisionSettled
from forum.moderation.models import Lane
from forum.notices import commands, mail, queries
from forum.notices.events import NoticeSent


def mail_receipt(event: NoticeSent) -> None:
    notice = queries.find_notice(NoticeId(event.notice_id))
    if notice is not None and notice.email:
        mail.acknowledge(notice)


def answer_notices(event: DecisionSettled) -> None:
    """Twice is once: answered ones aren't answered again."""
    if event.lane != Lane.LEGAL:
        return
    waiting = [one for one in queries.notices_of_item(ItemId(event.item_id)) if one.answered_at is None]
    commands.settle(ItemId(event.item_id), DecisionId(event.decision_id))
    for notice in waiting:
        if notice.email:
            mail.answer(notice)
