"""Privacy: copies of one's data, accounts that end, names of the erased, and last letters.

Revision ID: 0021_privacy
Revises: 0020_pictures_of_things
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0021_privacy"
down_revision = "0020_pictures_of_things"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BINARY = sa.Text().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = db.UtcDateTime(timezone=True)
WAITING = sa.text("done_at IS NULL")


def upgrade() -> None:
    op.add_column("members", sa.Column("erase_at", MOMENT, nullable=True))
    op.add_column("letters", sa.Column("is_last", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "retired_names",
        sa.Column("digest", BINARY, nullable=False),
        sa.Column("retired_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_retired_names"),
    )
    op.create_table(
        "data_exports",
        sa.Column("id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("key", BINARY, nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("ready_at", MOMENT, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_data_exports_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_data_exports"),
        sa.UniqueConstraint("member_id", name="uq_data_exports_member_id"),
        sa.UniqueConstraint("key", name="uq_data_exports_key"),
    )
    op.create_index("ix_data_exports_state", "data_exports", ["state"])
    op.create_table(
        "erasures",
        sa.Column("id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("posts", sa.Text(), nullable=False),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("erase_at", MOMENT, nullable=False),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_erasures_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
        sa.UniqueConstraint("member_id", name="uq_erasures_member_id"),
    )
    op.create_index("ix_erasures_due", "erasures", ["erase_at"], postgresql_where=WAITING, sqlite_where=WAITING)


def downgrade() -> None:
    op.drop_table("erasures")
    op.drop_table("data_exports")
    op.drop_table("retired_names")
    op.drop_column("letters", "is_last")
    op.drop_column("members", "erase_at")
