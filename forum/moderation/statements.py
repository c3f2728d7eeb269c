"""Statements of reasons, in the words of the European Union's transparency database (Digital Services Act, article 17).

Names of fields and values are those of its interface for platforms, so that a statement exports one to one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from forum.moderation.models import Decision, OpenedBy, ReviewItem, StatementOfReasons, SubjectType
from forum.moderation.plugs import Restriction
from forum.moderation.policy import APPEAL_WITHIN, is_law
from forum.rules.models import Category


class Visibility(StrEnum):
    REMOVED = "DECISION_VISIBILITY_CONTENT_REMOVED"
    DISABLED = "DECISION_VISIBILITY_CONTENT_DISABLED"
    DEMOTED = "DECISION_VISIBILITY_CONTENT_DEMOTED"
    COLLAPSED = "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED"


class Account(StrEnum):
    SUSPENDED = "DECISION_ACCOUNT_SUSPENDED"
    TERMINATED = "DECISION_ACCOUNT_TERMINATED"


class GroundKind(StrEnum):
    ILLEGAL = "DECISION_GROUND_ILLEGAL_CONTENT"
    INCOMPATIBLE = "DECISION_GROUND_INCOMPATIBLE_CONTENT"


class Source(StrEnum):
    OWN_INITIATIVE = "SOURCE_VOLUNTARY"
    NOTICE = "SOURCE_ARTICLE_16"
    REPORT = "SOURCE_TYPE_OTHER_NOTIFICATION"
    TRUSTED_REPORTER = "SOURCE_TRUSTED_FLAGGER"


class Automation(StrEnum):
    NOT = "AUTOMATED_DECISION_NOT_AUTOMATED"
    PARTLY = "AUTOMATED_DECISION_PARTIALLY"
    FULLY = "AUTOMATED_DECISION_FULLY"


CATEGORY = "STATEMENT_CATEGORY_"
CONTENT_TYPES = {SubjectType.POST: "CONTENT_TYPE_TEXT", SubjectType.COMMENT: "CONTENT_TYPE_TEXT"}
OTHER_CONTENT = "CONTENT_TYPE_OTHER"
EXPORTED = (
    "decision_visibility", "decision_account", "decision_ground", "decision_ground_reference_url",
    "illegal_content_legal_ground", "illegal_content_explanation", "incompatible_content_ground",
    "incompatible_content_explanation", "category", "content_type", "content_language", "content_date",
    "territorial_scope", "application_date", "end_date_visibility_restriction", "end_date_account_restriction",
    "decision_facts", "source_type", "source_identity", "automated_detection", "automated_decision", "puid",
)  # fmt: skip


@dataclass(frozen=True)
class About:
    """What is restricted: in which language and when it was written; the ground's name and its address on this site."""

    language: str = ""
    written_at: datetime | None = None
    ground_name: str = ""
    ground_url: str = ""
    category: str = Category.OTHER


def statement_of(item: ReviewItem, decision: Decision, restricts: Restriction, about: About) -> StatementOfReasons:
    """The row, not yet kept. Whether a rule found it is told by the item: the system opened it."""
    illegal = is_law(decision.ground)
    return StatementOfReasons(
        decision_id=decision.id,
        author_id=item.author_id,
        puid=secrets.token_urlsafe(12),
        decision_visibility=restricts.visibility,
        decision_account=restricts.account,
        decision_ground=GroundKind.ILLEGAL if illegal else GroundKind.INCOMPATIBLE,
        decision_ground_reference_url="" if illegal else about.ground_url,
        illegal_content_legal_ground=decision.law if illegal else "",
        illegal_content_explanation=decision.facts if illegal else "",
        incompatible_content_ground="" if illegal else about.ground_name,
        incompatible_content_explanation="" if illegal else decision.facts,
        category=f"{CATEGORY}{about.category}",
        content_type=CONTENT_TYPES.get(SubjectType(item.subject_type), OTHER_CONTENT),
        content_language=about.language.partition("-")[0].upper(),
        content_date=about.written_at,
        application_date=decision.decided_at,
        end_date_visibility_restriction=decision.until if restricts.visibility else None,
        end_date_account_restriction=decision.until if restricts.account else None,
        decision_facts=decision.facts,
        source_type=source_of(item),
        automated_detection="Yes" if found_by_rule(item) else "No",
        automated_decision=Automation.NOT if decision.decided_by_id else Automation.FULLY,
        appeal_until=decision.decided_at + APPEAL_WITHIN,
    )


def found_by_rule(item: ReviewItem) -> bool:
    return item.opened_by == OpenedBy.SYSTEM


def source_of(item: ReviewItem) -> Source:
    if item.lane == "legal":
        return Source.NOTICE
    return Source.OWN_INITIATIVE if item.opened_by == OpenedBy.SYSTEM else Source.REPORT
