"""Tables of organisations."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.access import Right
from forum.kernel.db import Base, BinaryText
from forum.kernel.ids import AffiliationId, MemberId, OrganisationId


class OrganisationKind(StrEnum):
    CITY = "city"
    REGION = "region"
    NATIONAL = "national"
    UNIVERSITY = "university"
    ECONOMIC_BOARD = "economic board"
    AGENCY = "agency"
    COMPANY = "company"
    NGO = "ngo"
    NETWORK = "network"
    UTILITY = "utility"


class Verification(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in review"
    INFORMATION_ASKED = "information asked"
    VERIFIED = "verified"
    REJECTED = "rejected"
    SUSPENDED = "suspended"
    EXPIRED = "expired"


class ApprovalPolicy(StrEnum):
    """Whose texts in the organisation's name wait for an approver of its own."""

    NOBODY = "nobody"
    FIRST_THREE = "first three"
    BELOW_OWNER = "everyone below owner"


WHOLE_SQL = text("whole")
# As the partial index has it.
WHOLE: ColumnElement[bool] = literal_column("organisation_beginnings.whole")


class Organisation(Base):
    __tablename__ = "organisations"
    __table_args__ = (
        Index(
            "uq_organisations_verified_code",
            "code",
            unique=True,
            postgresql_where=text("state = 'verified'"),
            sqlite_where=text("state = 'verified'"),
        ),
        Index("ix_organisations_posts", "post_count", "id"),
        Index("ix_organisations_domain", "domain"),
    )

    id: Mapped[OrganisationId] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(BinaryText, unique=True)
    name: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    kind: Mapped[str]
    country: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    domain: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    description_html: Mapped[str] = mapped_column(default="")
    logo: Mapped[str] = mapped_column(default="", server_default="")
    """The key of the picture on its plate, a square."""
    state: Mapped[str] = mapped_column(default=Verification.DRAFT)
    approval_policy: Mapped[str] = mapped_column(default=ApprovalPolicy.NOBODY)
    first_posts_left: Mapped[int] = mapped_column(default=0)
    """How many of its next posts the site's moderators look at first: newly verified ones begin with three."""
    struck_at: Mapped[datetime | None]
    """When something said in its name was last removed: for a while, all that it says waits."""
    verified_at: Mapped[datetime | None]
    verified_until: Mapped[datetime | None]
    post_count: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    import_key: Mapped[str | None] = mapped_column(unique=True)


class OrganisationBeginning(Base):
    """How an organisation's name, one of its words, its city or code begins (kernel.beginnings)."""

    __tablename__ = "organisation_beginnings"
    __table_args__ = (
        Index(
            "ix_organisation_beginnings_names", "key", "owner_id", postgresql_where=WHOLE_SQL, sqlite_where=WHOLE_SQL
        ),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[str] = mapped_column(BinaryText, primary_key=True)
    owner_id: Mapped[OrganisationId] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    whole: Mapped[bool]


class OrganisationAddress(Base):
    """A slug that an organisation had before; it redirects."""

    __tablename__ = "organisation_addresses"

    slug: Mapped[str] = mapped_column(BinaryText, primary_key=True)
    organisation_id: Mapped[OrganisationId] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )


class Affiliation(Base):
    """A member's place in an organisation, from `started_at` until `ended_at`; one running a pair."""

    __tablename__ = "affiliations"
    __table_args__ = (
        Index(
            "uq_affiliations_running",
            "member_id",
            "organisation_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
        Index("ix_affiliations_member_id", "member_id"),
    )

    id: Mapped[AffiliationId] = mapped_column(primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    organisation_id: Mapped[OrganisationId] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(default="")
    right: Mapped[str] = mapped_column(default=Right.CONTRIBUTOR)
    public: Mapped[bool] = mapped_column(default=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
