"""second factors: apps, passkeys and recovery codes, what is being set up, and sign-ins that lack their second step

Whoever is a moderator or administrator already has had their role from now on: the days to set one up begin today.

Revision ID: 0022_second_factors
Revises: 0021_privacy
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import clock, db

revision = "0022_second_factors"
down_revision = "0021_privacy"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BINARY = sa.Text().with_variant(sa.String(collation="C"), "postgresql")
TIME = db.UtcDateTime(timezone=True)
TABLES = ("second_steps", "factor_attempts", "recovery_codes", "second_factors")


def upgrade() -> None:
    op.add_column("members", sa.Column("role_since", TIME, nullable=True))
    members = sa.table("members", sa.column("role", sa.Text()), sa.column("role_since", TIME))
    op.execute(sa.update(members).where(members.c.role != "member").values(role_since=clock.now()))
    op.create_table(
        "second_factors",
        sa.Column("id", ID, nullable=False),
        _member("second_factors"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("last_used_at", TIME, nullable=True),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("last_step", ID, nullable=True),
        sa.Column("credential_id", BINARY, nullable=True),
        sa.Column("public_key", sa.Text(), nullable=True),
        sa.Column("sign_count", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_second_factors"),
        sa.UniqueConstraint("credential_id", name="uq_second_factors_credential_id"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", ID, nullable=False),
        _member("recovery_codes"),
        sa.Column("code_hash", BINARY, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_codes"),
        sa.UniqueConstraint("code_hash", name="uq_recovery_codes_code_hash"),
    )
    op.create_table(
        "factor_attempts",
        sa.Column("id", ID, nullable=False),
        _member("factor_attempts"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_factor_attempts"),
    )
    op.create_table(
        "second_steps",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_hash", BINARY, nullable=False),
        _member("second_steps", nullable=True),
        sa.Column("challenge", sa.Text(), nullable=False),
        sa.Column("remembered", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_second_steps"),
        sa.UniqueConstraint("token_hash", name="uq_second_steps_token_hash"),
    )
    for table in TABLES:
        op.create_index(f"ix_{table}_member_id", table, ["member_id"])
    for table in ("second_steps", "factor_attempts"):
        op.create_index(f"ix_{table}_expires_at", table, ["expires_at"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("members", "role_since")


def _member(table: str, *, nullable: bool = False) -> sa.Column[int]:
    name = f"fk_{table}_member_id_members"
    return sa.Column("member_id", ID, sa.ForeignKey("members.id", name=name, ondelete="CASCADE"), nullable=nullable)
