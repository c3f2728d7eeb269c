"""files: pictures and documents that members added, and what holds them

Revision ID: 0012_files
Revises: 0011_notifications
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0012_files"
down_revision = "0011_notifications"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BINARY = sa.Text().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "files",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key", BINARY, nullable=False),
        sa.Column("owner_id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("source_id", BIG, nullable=True),
        sa.Column("created_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("unused_since", db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["members.id"], name="fk_files_owner_id_members"),
        sa.ForeignKeyConstraint(["source_id"], ["files.id"], name="fk_files_source_id_files", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
        sa.UniqueConstraint("key", name="uq_files_key"),
    )
    op.create_index("ix_files_owner", "files", ["owner_id", "created_at"])
    op.create_index("ix_files_source_id", "files", ["source_id"])
    op.create_index("ix_files_unused_since", "files", ["unused_since"])
    op.create_table(
        "file_uses",
        sa.Column("file_id", BIG, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("holder_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_file_uses_file_id_files", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("file_id", "holder", "holder_id", name="pk_file_uses"),
    )
    op.create_index("ix_file_uses_holder", "file_uses", ["holder", "holder_id"])


def downgrade() -> None:
    op.drop_table("file_uses")
    op.drop_table("files")
