"""Members and organisations by how a name begins, in several orders, and by what others recommend of them.

Revision ID: 0016_directories
Revises: 0015_search_changes
"""

import sqlalchemy as sa
from alembic import op
from slugify import slugify

revision = "0016_directories"
down_revision = "0015_search_changes"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTES = sa.Text().with_variant(sa.String(collation="C"), "postgresql")
WHOLE = sa.text("whole")
PUBLISHED = sa.text("state = 'published'")
RECOMMENDED = sa.text("state IN ('visible', 'collapsed') AND recommendation_count > 0")
BATCH = 1_000
KINDS = (
    ("member", "members", ("name", "username", "city")),
    ("organisation", "organisations", ("name", "city", "code")),
)
ORDERS = (
    ("ix_members_posts", "members", ["post_count", "id"], None),
    ("ix_members_comments", "members", ["comment_count", "id"], None),
    ("ix_organisations_posts", "organisations", ["post_count", "id"], None),
    ("ix_posts_author_top", "posts", ["author_id", "recommendation_count", "id"], PUBLISHED),
    ("ix_posts_organisation_top", "posts", ["organisation_id", "recommendation_count", "id"], PUBLISHED),
    ("ix_comments_author_top", "comments", ["author_id", "recommendation_count", "id"], RECOMMENDED),
    ("ix_comments_organisation_top", "comments", ["organisation_id", "recommendation_count", "id"], RECOMMENDED),
)


def upgrade() -> None:
    for kind, table, texts in KINDS:
        _make(kind, table)
        _fill(kind, table, texts)
    for name, table, columns, where in ORDERS:
        op.create_index(name, table, columns, postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    for name, table, _columns, _where in reversed(ORDERS):
        op.drop_index(name, table)
    for kind, _table, _texts in KINDS:
        op.drop_table(f"{kind}_beginnings")


def _make(kind: str, table: str) -> None:
    made = f"{kind}_beginnings"
    op.create_table(
        made,
        sa.Column("key", BYTES, nullable=False),
        sa.Column("owner_id", BIG, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], [f"{table}.id"], name=op.f(f"fk_{made}_owner_id_{table}"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "owner_id", name=op.f(f"pk_{made}")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f(f"ix_{made}_owner_id"), made, ["owner_id"])
    op.create_index(f"ix_{made}_names", made, ["key", "owner_id"], postgresql_where=WHOLE, sqlite_where=WHOLE)


def _fill(kind: str, table: str, columns: tuple[str, ...]) -> None:
    """As forum/kernel/beginnings.py does it."""
    connection, last = op.get_bind(), 0
    made = sa.table(f"{kind}_beginnings", *(sa.column(name) for name in ("key", "owner_id", "whole")))
    query = sa.text(f"SELECT id, {', '.join(columns)} FROM {table} WHERE id > :last ORDER BY id LIMIT {BATCH}")
    while rows := connection.execute(query, {"last": last}).all():
        connection.execute(sa.insert(made), [one for id_, *texts in rows for one in _beginnings(id_, texts)])
        last = rows[-1][0]


def _beginnings(owner_id: int, texts: list[str]) -> list[dict[str, object]]:
    folded = [slugify(text[:100], separator=" ") for text in texts]
    whole = folded[0][:60]
    tails = {" ".join(text.split()[start:])[:60] for text in folded for start in range(min(len(text.split()), 6))}
    keys = [(whole, True), *((key, False) for key in sorted(tails - {whole, ""}))]
    return [{"key": key, "owner_id": owner_id, "whole": is_whole} for key, is_whole in keys]
