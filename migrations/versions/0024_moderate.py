"""Who collapsed a comment, and why; indexes of the queue that hold what waits, or what was decided, and nothing else.

Revision ID: 0024_moderate
Revises: 0023_operate
"""

import sqlalchemy as sa
from alembic import op

revision = "0024_moderate"
down_revision = "0023_operate"
branch_labels = None
depends_on = None

COLUMNS = ("collapsed_by", "collapsed_because")
ASKED = "state = 'information asked'"
DECIDED = "decided_at IS NOT NULL"


def upgrade() -> None:
    """The columns change with the state, which the triggers on what pages show look at already."""
    for name in COLUMNS:
        op.add_column("comments", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    _drop_decided()
    _create("ix_review_items_asked", ["due_at", "id"], ASKED)
    _create("ix_review_items_decided", ["decided_at", "id"], DECIDED)
    _create("ix_review_items_lane_decided", ["lane", "decided_at"], DECIDED)


def downgrade() -> None:
    """A locked thread stays closed. Dropping a column builds no table anew: the triggers stay."""
    op.execute("UPDATE posts SET comment_mode = 'closed' WHERE comment_mode = 'locked'")
    for name in reversed(COLUMNS):
        op.drop_column("comments", name)
    _drop_decided()
    op.drop_index("ix_review_items_asked", "review_items")
    op.create_index("ix_review_items_decided", "review_items", ["state", "decided_at", "id"])
    op.create_index("ix_review_items_lane_decided", "review_items", ["lane", "decided_at"])


def _drop_decided() -> None:
    for name in ("ix_review_items_lane_decided", "ix_review_items_decided"):
        op.drop_index(name, "review_items")


def _create(name: str, columns: list[str], condition: str) -> None:
    op.create_index(name, "review_items", columns, postgresql_where=sa.text(condition), sqlite_where=sa.text(condition))
