"""Reports, notices of illegal content, and appeals.

Revision ID: 0014_justice
Revises: 0013_holds
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0014_justice"
down_revision = "0013_holds"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTES = sa.Text().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    _reports()
    _notices()
    _appeals()


def _key(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("reporter_id", BIG, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("decision_id", BIG, nullable=True),
        _key("reports", "item_id", "review_items", "CASCADE"),
        _key("reports", "reporter_id", "members", "CASCADE"),
        _key("reports", "decision_id", "decisions", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint(
            "reporter_id", "subject_type", "subject_id", name=op.f("uq_reports_reporter_id_subject_type_subject_id")
        ),
    )
    op.create_index("ix_reports_item_id", "reports", ["item_id", "id"])
    op.create_index("ix_reports_subject", "reports", ["subject_type", "subject_id"])
    op.create_index("ix_reports_outcomes", "reports", ["reporter_id", "outcome"])
    op.create_index(op.f("ix_reports_decision_id"), "reports", ["decision_id"])


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", BIG, nullable=False),
        sa.Column("reference", BYTES, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decision_id", BIG, nullable=True),
        sa.Column("answered_at", db.UtcDateTime(timezone=True), nullable=True),
        _key("notices", "item_id", "review_items", "CASCADE"),
        _key("notices", "decision_id", "decisions", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("reference", name=op.f("uq_notices_reference")),
    )
    op.create_index("ix_notices_item_id", "notices", ["item_id", "id"])
    op.create_index(op.f("ix_notices_made_at"), "notices", ["made_at"])
    op.create_index(op.f("ix_notices_decision_id"), "notices", ["decision_id"])


def _appeals() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("decision_id", BIG, nullable=False),
        sa.Column("appellant_id", BIG, nullable=True),
        sa.Column("notice_id", BIG, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer_id", BIG, nullable=True),
        _key("appeals", "item_id", "review_items", "CASCADE"),
        _key("appeals", "decision_id", "decisions", "CASCADE"),
        _key("appeals", "appellant_id", "members", "CASCADE"),
        _key("appeals", "notice_id", "notices", "CASCADE"),
        _key("appeals", "answer_id", "decisions", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("decision_id", "appellant_id", name=op.f("uq_appeals_decision_id_appellant_id")),
        sa.UniqueConstraint("decision_id", "notice_id", name=op.f("uq_appeals_decision_id_notice_id")),
    )
    op.create_index("ix_appeals_item_id", "appeals", ["item_id", "id"])
    for column in ("appellant_id", "notice_id", "answer_id"):
        op.create_index(op.f(f"ix_appeals_{column}"), "appeals", [column])


def downgrade() -> None:
    for table in ("appeals", "notices", "reports"):
        op.drop_table(table)
