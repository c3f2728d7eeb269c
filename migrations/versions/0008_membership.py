"""Membership: what organisations ask for, how they prove it, who they invite, and reminders of a verification's end.

Revision ID: 0008_membership
Revises: 0007_follows
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0008_membership"
down_revision = "0007_follows"
branch_labels = None
depends_on = None

WAITS = "stage IN ('draft', 'submitted', 'in review', 'information asked')"
CLAIM_WAITS = sa.text(f"{WAITS} AND kind = 'claim'")
OTHER_WAITS = sa.text(f"{WAITS} AND kind <> 'claim'")


def upgrade() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("invited_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("accepted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["members.id"], name=op.f("fk_invitations_accepted_by_id_members")),
        sa.ForeignKeyConstraint(["invited_by_id"], ["members.id"], name=op.f("fk_invitations_invited_by_id_members")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_invitations_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_invitations_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_accepted_by_id"), ["accepted_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_email_key"), ["email_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_invited_by_id"), ["invited_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_invitations_organisation_id", ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_token_hash"), ["token_hash"], unique=False)
        batch_op.create_index(
            "uq_invitations_open",
            ["organisation_id", "email_key"],
            unique=True,
            postgresql_where=sa.text("state = 'open'"),
            sqlite_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "membership_requests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("talk", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_membership_requests_decided_by_id_members")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_membership_requests_member_id_members")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_membership_requests_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_requests")),
    )
    with op.batch_alter_table("membership_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_requests_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index("ix_membership_requests_member_id", ["member_id"], unique=False)
        batch_op.create_index("ix_membership_requests_organisation_id", ["organisation_id"], unique=False)
        batch_op.create_index(
            "uq_membership_requests_claim",
            ["member_id", "organisation_id"],
            unique=True,
            postgresql_where=CLAIM_WAITS,
            sqlite_where=CLAIM_WAITS,
        )
        batch_op.create_index(
            "uq_membership_requests_open",
            ["organisation_id", "kind"],
            unique=True,
            postgresql_where=OTHER_WAITS,
            sqlite_where=OTHER_WAITS,
        )

    op.create_table(
        "renewal_reminders",
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("until", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_renewal_reminders_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_renewal_reminders")),
    )
    op.create_table(
        "membership_proofs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("challenge", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("check_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("checked_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("proven_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("seen_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["membership_requests.id"],
            name=op.f("fk_membership_proofs_request_id_membership_requests"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["seen_by_id"], ["members.id"], name=op.f("fk_membership_proofs_seen_by_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_proofs")),
        sa.UniqueConstraint("request_id", "method", name=op.f("uq_membership_proofs_request_id_method")),
    )
    with op.batch_alter_table("membership_proofs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_membership_proofs_due",
            ["check_at"],
            unique=False,
            postgresql_where=sa.text("check_at IS NOT NULL"),
            sqlite_where=sa.text("check_at IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_membership_proofs_seen_by_id"), ["seen_by_id"], unique=False)


def downgrade() -> None:
    for table in ("membership_proofs", "renewal_reminders", "membership_requests", "invitations"):
        op.drop_table(table)
