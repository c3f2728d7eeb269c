"""link cards: what pages say of themselves, which texts show it, and a trigger that marks cards of changed posts

Revision ID: 0018_link_cards
Revises: 0017_curating
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0018_link_cards"
down_revision = "0017_curating"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BINARY = sa.Text().with_variant(sa.String(collation="C"), "postgresql")
NAME = "posts_on_cards"
SHOWN = ("title", "slug", "state", "author_id", "organisation_id", "language")
DUE = "UPDATE link_cards SET next_at = created_at WHERE post_id = NEW.id"


def upgrade() -> None:
    op.create_table(
        "link_cards",
        sa.Column("id", BIG, nullable=False),
        sa.Column("url", BINARY, nullable=False),
        sa.Column("post_id", BIG, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("next_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link_cards"),
        sa.UniqueConstraint("url", name="uq_link_cards_url"),
    )
    op.create_index("ix_link_cards_post_id", "link_cards", ["post_id"])
    op.create_index("ix_link_cards_next_at", "link_cards", ["next_at"])
    op.create_table(
        "link_card_uses",
        sa.Column("card_id", BIG, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("holder_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["link_cards.id"], name="fk_link_card_uses_card_id_link_cards", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("card_id", "holder", "holder_id", name="pk_link_card_uses"),
    )
    op.create_index("ix_link_card_uses_holder", "link_card_uses", ["holder", "holder_id"])
    for statement in _trigger():
        op.execute(statement)


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(f"DROP TRIGGER {NAME}" + (" ON posts" if postgresql else ""))
    if postgresql:
        op.execute(f"DROP FUNCTION {NAME}()")
    op.drop_table("link_card_uses")
    op.drop_table("link_cards")


def _trigger() -> list[str]:
    postgresql = op.get_bind().dialect.name == "postgresql"
    different = "IS DISTINCT FROM" if postgresql else "IS NOT"
    changed = " OR ".join(f"OLD.{one} {different} NEW.{one}" for one in SHOWN)
    head = f"CREATE TRIGGER {NAME} AFTER UPDATE ON posts FOR EACH ROW WHEN ({changed})"
    if not postgresql:
        return [f"{head} BEGIN {DUE}; END"]
    return [
        f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {DUE}; RETURN NULL; END $$",
        f"{head} EXECUTE FUNCTION {NAME}()",
    ]
