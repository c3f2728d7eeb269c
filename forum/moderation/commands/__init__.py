"""What moderators, and the rules, do with items. Each checks the policy, changes rows and records; none commits."""

from forum.moderation.commands.clock import escalate_overdue, resume
from forum.moderation.commands.decide import decide
from forum.moderation.commands.hide import hide_by_rule
from forum.moderation.commands.open import Opening, close_unneeded, open_item
from forum.moderation.commands.settle import settle
from forum.moderation.commands.spam import MOST as MOST_SPAM
from forum.moderation.commands.spam import refuse_spam
from forum.moderation.commands.turns import claim, escalate, hand_over, note, release
from forum.moderation.commands.undo import reverse, undo
from forum.moderation.commands.watch import unwatch, watch

__all__ = [
    "MOST_SPAM",
    "Opening",
    "claim",
    "close_unneeded",
    "decide",
    "escalate",
    "escalate_overdue",
    "hand_over",
    "hide_by_rule",
    "note",
    "open_item",
    "refuse_spam",
    "release",
    "resume",
    "reverse",
    "settle",
    "undo",
    "unwatch",
    "watch",
]
