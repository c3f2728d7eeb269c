"""What members do with comments. Each checks the policy, changes rows and records what happened; none commits."""

from forum.comments.commands.answers import accept
from forum.comments.commands.edit import edit, restore_revision
from forum.comments.commands.rerender import rerender
from forum.comments.commands.submit import submit
from forum.comments.commands.visibility import restore, withdraw

__all__ = ["accept", "edit", "rerender", "restore", "restore_revision", "submit", "withdraw"]
