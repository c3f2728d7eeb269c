"""What waits for a moderator, what was decided and why, and a log that triggers keep append-only.

Revision ID: 0005_moderation
Revises: 0004_reading
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0005_moderation"
down_revision = "0004_reading"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "log_lines",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_lines")),
        sa.UniqueConstraint("hash", name=op.f("uq_log_lines_hash")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_log_lines_previous_hash")),
    )
    with op.batch_alter_table("log_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_lines_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_log_lines_made_at"), ["made_at"], unique=False)

    op.create_table(
        "review_items",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject_revision", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("about_organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("earlier_decider_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opener_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("remaining_s", sa.Integer(), nullable=True),
        sa.Column("claimed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("claimed_until", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("opened_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["about_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_review_items_about_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_review_items_author_id_members")),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["members.id"], name=op.f("fk_review_items_claimed_by_id_members")),
        sa.ForeignKeyConstraint(
            ["earlier_decider_id"], ["members.id"], name=op.f("fk_review_items_earlier_decider_id_members")
        ),
        sa.ForeignKeyConstraint(["opener_id"], ["members.id"], name=op.f("fk_review_items_opener_id_members")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_review_items_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_review_items_post_id_posts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_review_items_topic_id_topics")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_items")),
        sa.UniqueConstraint(
            "lane", "subject_type", "subject_id", name=op.f("uq_review_items_lane_subject_type_subject_id")
        ),
    )
    with op.batch_alter_table("review_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_items_about_organisation_id"), ["about_organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_review_items_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_items_claimed_by_id"), ["claimed_by_id"], unique=False)
        batch_op.create_index("ix_review_items_decided", ["state", "decided_at", "id"], unique=False)
        batch_op.create_index(
            "ix_review_items_due",
            ["due_at", "id"],
            unique=False,
            postgresql_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
            sqlite_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
        )
        batch_op.create_index(batch_op.f("ix_review_items_earlier_decider_id"), ["earlier_decider_id"], unique=False)
        batch_op.create_index(
            "ix_review_items_lane",
            ["lane", "due_at", "id"],
            unique=False,
            postgresql_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
            sqlite_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
        )
        batch_op.create_index(batch_op.f("ix_review_items_opener_id"), ["opener_id"], unique=False)
        batch_op.create_index(
            "ix_review_items_organisation",
            ["organisation_id", "due_at", "id"],
            unique=False,
            postgresql_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
            sqlite_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
        )
        batch_op.create_index("ix_review_items_organisation_id", ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_items_post_id"), ["post_id"], unique=False)
        batch_op.create_index("ix_review_items_subject", ["subject_type", "subject_id"], unique=False)
        batch_op.create_index(
            "ix_review_items_topic",
            ["topic_id", "due_at", "id"],
            unique=False,
            postgresql_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
            sqlite_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
        )
        batch_op.create_index("ix_review_items_topic_id", ["topic_id"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("until", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("undone_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("settles_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["members.id"], name=op.f("fk_decisions_decided_by_id_members")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["review_items.id"], name=op.f("fk_decisions_item_id_review_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("item_id", "item_version", name=op.f("uq_decisions_item_id_item_version")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index("ix_decisions_decided_by_id", ["decided_by_id", "decided_at"], unique=False)
        batch_op.create_index(
            "ix_decisions_settles_at",
            ["settles_at"],
            unique=False,
            postgresql_where=sa.text("settles_at IS NOT NULL"),
            sqlite_where=sa.text("settles_at IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_decisions_in_force",
            ["item_id"],
            unique=True,
            postgresql_where=sa.text("in_force"),
            sqlite_where=sa.text("in_force"),
        )

    op.create_table(
        "hold_reasons",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("check_name", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["review_items.id"], name=op.f("fk_hold_reasons_item_id_review_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_reasons")),
    )
    with op.batch_alter_table("hold_reasons", schema=None) as batch_op:
        batch_op.create_index("ix_hold_reasons_check_name", ["check_name", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_reasons_item_id"), ["item_id"], unique=False)

    op.create_table(
        "internal_notes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_internal_notes_author_id_members")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["review_items.id"], name=op.f("fk_internal_notes_item_id_review_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_internal_notes")),
    )
    with op.batch_alter_table("internal_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_internal_notes_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_internal_notes_item_id", ["item_id", "id"], unique=False)

    op.create_table(
        "statements_of_reasons",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("puid", sa.Text(), nullable=False),
        sa.Column("decision_visibility", sa.Text(), nullable=False),
        sa.Column("decision_account", sa.Text(), nullable=False),
        sa.Column("decision_ground", sa.Text(), nullable=False),
        sa.Column("decision_ground_reference_url", sa.Text(), nullable=False),
        sa.Column("illegal_content_legal_ground", sa.Text(), nullable=False),
        sa.Column("illegal_content_explanation", sa.Text(), nullable=False),
        sa.Column("incompatible_content_ground", sa.Text(), nullable=False),
        sa.Column("incompatible_content_explanation", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("content_language", sa.Text(), nullable=False),
        sa.Column("content_date", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("territorial_scope", sa.Text(), nullable=False),
        sa.Column("application_date", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("end_date_visibility_restriction", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("end_date_account_restriction", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_facts", sa.Text(), nullable=False),
        sa.Column("source_type", sa.Text(), nullable=False),
        sa.Column("source_identity", sa.Text(), nullable=False),
        sa.Column("automated_detection", sa.Text(), nullable=False),
        sa.Column("automated_decision", sa.Text(), nullable=False),
        sa.Column("appeal_until", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_statements_of_reasons_author_id_members")),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decisions.id"],
            name=op.f("fk_statements_of_reasons_decision_id_decisions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements_of_reasons")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_statements_of_reasons_decision_id")),
        sa.UniqueConstraint("puid", name=op.f("uq_statements_of_reasons_puid")),
    )
    with op.batch_alter_table("statements_of_reasons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statements_of_reasons_author_id"), ["author_id"], unique=False)

    for statement in _append_only() if op.get_bind().dialect.name == "postgresql" else _append_only_sqlite():
        op.execute(statement)


def _append_only() -> list[str]:
    return [
        """CREATE FUNCTION log_lines_stay() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'log_lines is append-only'; END $$""",
        """CREATE TRIGGER log_lines_stay BEFORE UPDATE OR DELETE ON log_lines
        FOR EACH ROW EXECUTE FUNCTION log_lines_stay()""",
        """CREATE TRIGGER log_lines_stay_all BEFORE TRUNCATE ON log_lines
        FOR EACH STATEMENT EXECUTE FUNCTION log_lines_stay()""",
    ]


def _append_only_sqlite() -> list[str]:
    return [
        f"""CREATE TRIGGER log_lines_stay_{change.lower()} BEFORE {change} ON log_lines
        BEGIN SELECT RAISE(ABORT, 'log_lines is append-only'); END"""
        for change in ("UPDATE", "DELETE")
    ]


def downgrade() -> None:
    with op.batch_alter_table("statements_of_reasons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statements_of_reasons_author_id"))

    op.drop_table("statements_of_reasons")
    with op.batch_alter_table("internal_notes", schema=None) as batch_op:
        batch_op.drop_index("ix_internal_notes_item_id")
        batch_op.drop_index(batch_op.f("ix_internal_notes_author_id"))

    op.drop_table("internal_notes")
    with op.batch_alter_table("hold_reasons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hold_reasons_item_id"))
        batch_op.drop_index("ix_hold_reasons_check_name")

    op.drop_table("hold_reasons")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_decisions_in_force", postgresql_where=sa.text("in_force"), sqlite_where=sa.text("in_force")
        )
        batch_op.drop_index(
            "ix_decisions_settles_at",
            postgresql_where=sa.text("settles_at IS NOT NULL"),
            sqlite_where=sa.text("settles_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_decisions_decided_by_id")

    op.drop_table("decisions")
    with op.batch_alter_table("review_items", schema=None) as batch_op:
        batch_op.drop_index("ix_review_items_topic_id")
        batch_op.drop_index(
            "ix_review_items_topic",
            postgresql_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
            sqlite_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
        )
        batch_op.drop_index("ix_review_items_subject")
        batch_op.drop_index(batch_op.f("ix_review_items_post_id"))
        batch_op.drop_index("ix_review_items_organisation_id")
        batch_op.drop_index(
            "ix_review_items_organisation",
            postgresql_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
            sqlite_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
        )
        batch_op.drop_index(batch_op.f("ix_review_items_opener_id"))
        batch_op.drop_index(
            "ix_review_items_lane",
            postgresql_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
            sqlite_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
        )
        batch_op.drop_index(batch_op.f("ix_review_items_earlier_decider_id"))
        batch_op.drop_index(
            "ix_review_items_due",
            postgresql_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
            sqlite_where=sa.text("state IN ('open', 'claimed', 'escalated')"),
        )
        batch_op.drop_index("ix_review_items_decided")
        batch_op.drop_index(batch_op.f("ix_review_items_claimed_by_id"))
        batch_op.drop_index(batch_op.f("ix_review_items_author_id"))
        batch_op.drop_index(batch_op.f("ix_review_items_about_organisation_id"))

    op.drop_table("review_items")
    with op.batch_alter_table("log_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_lines_made_at"))
        batch_op.drop_index(batch_op.f("ix_log_lines_item_id"))

    op.drop_table("log_lines")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION log_lines_stay()")
