"""A rule takes something out of sight at once, until a person has decided."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.ids import ItemId
from forum.moderation.commands.decide import announce, supersede
from forum.moderation.commands.reasons import about, give_reasons
from forum.moderation.models import Action, Decision, ReviewItem
from forum.moderation.plugs import Restriction
from forum.moderation.policy import UNDO_WITHIN
from forum.moderation.statements import Visibility


def hide_by_rule(item_id: ItemId, rule: str, before: dict[str, Any]) -> Decision:
    """The statement of reasons for what the caller has just hidden. `rule` names the checks; the item goes on waiting,
    and whatever is decided on it takes this decision's place."""
    now = clock.now()
    raised = update(ReviewItem).where(ReviewItem.id == item_id).values(version=ReviewItem.version + 1)
    db.session.execute(raised)
    wanted = select(ReviewItem).where(ReviewItem.id == item_id).execution_options(populate_existing=True)
    item = db.session.scalars(wanted).one()
    supersede(item_id)
    decision = Decision(
        item_id=item.id, item_version=item.version - 1, action=Action.HIDE, decided_at=now, in_force=True,
        before=before, settles_at=now + UNDO_WITHIN,
        facts=_("An automatic check (%(rule)s) found something in the text. Nobody sees it until a moderator has "
                "looked at it.", rule=rule),
    )  # fmt: skip
    db.session.add(decision)
    db.session.flush()
    give_reasons(item, decision, Restriction(visibility=Visibility.DISABLED), about(item, ""))
    announce(item, decision, None)
    return decision
