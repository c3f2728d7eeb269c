"""What curators do. Each checks the policy, changes rows, keeps the act and logs it; none commits."""

from forum.curating.commands.merging import merge
from forum.curating.commands.posts import feature, move, pin, reorder, set_thread, unfeature, unpin
from forum.curating.commands.topics import write_note
from forum.curating.commands.undoing import undo

__all__ = [
    "feature",
    "merge",
    "move",
    "pin",
    "reorder",
    "set_thread",
    "undo",
    "unfeature",
    "unpin",
    "write_note",
]
