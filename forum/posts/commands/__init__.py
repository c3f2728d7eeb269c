"""What members do with posts. Each checks the policy, changes rows and records what happened; none commits."""

from forum.posts.commands.answers import accept_answer, forget_answer, mark_answered, unaccept
from forum.posts.commands.arrivals import Arrival, insert_imported
from forum.posts.commands.edit import edit, save_again
from forum.posts.commands.publish import publish, save_draft, send
from forum.posts.commands.rerender import rerender
from forum.posts.commands.threads import note_comment, set_comment_mode
from forum.posts.commands.visibility import restore, withdraw

__all__ = [
    "Arrival",
    "accept_answer",
    "edit",
    "forget_answer",
    "insert_imported",
    "mark_answered",
    "note_comment",
    "publish",
    "rerender",
    "restore",
    "save_again",
    "save_draft",
    "send",
    "set_comment_mode",
    "unaccept",
    "withdraw",
]
