"""What members do with posts. Each checks the policy, changes rows and records what happened; none commits."""

from forum.posts.commands.answers import accept_answer, forget_answer, mark_answered, unaccept
from forum.posts.commands.arrivals import Arrival, insert_imported
from forum.posts.commands.counting import topic_ids_of
from forum.posts.commands.edit import edit, save_again
from forum.posts.commands.merging import Moved, move_all, move_back
from forum.posts.commands.placing import mark_featured, mark_pinned, place_under, turn_thread
from forum.posts.commands.publish import publish, save_draft, send
from forum.posts.commands.rerender import rerender
from forum.posts.commands.revisions import restore_revision
from forum.posts.commands.schedule import publish_due, schedule
from forum.posts.commands.threads import Thread, enter_thread, note_comment, set_comment_mode
from forum.posts.commands.visibility import restore, withdraw

__all__ = [
    "Arrival",
    "Moved",
    "Thread",
    "accept_answer",
    "edit",
    "enter_thread",
    "forget_answer",
    "insert_imported",
    "mark_answered",
    "mark_featured",
    "mark_pinned",
    "move_all",
    "move_back",
    "note_comment",
    "place_under",
    "publish",
    "publish_due",
    "rerender",
    "restore",
    "restore_revision",
    "save_again",
    "save_draft",
    "schedule",
    "send",
    "set_comment_mode",
    "topic_ids_of",
    "turn_thread",
    "unaccept",
    "withdraw",
]
