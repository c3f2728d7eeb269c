"""Types of identifiers. Integers in the database; distinct in the type checker, so that they can't be mixed up."""

from typing import NewType

MemberId = NewType("MemberId", int)
SessionId = NewType("SessionId", int)
FactorId = NewType("FactorId", int)
AttemptId = NewType("AttemptId", int)
OrganisationId = NewType("OrganisationId", int)
AffiliationId = NewType("AffiliationId", int)
MembershipRequestId = NewType("MembershipRequestId", int)
ProofId = NewType("ProofId", int)
InvitationId = NewType("InvitationId", int)
TopicId = NewType("TopicId", int)
PostId = NewType("PostId", int)
CommentId = NewType("CommentId", int)
RevisionId = NewType("RevisionId", int)
BookmarkId = NewType("BookmarkId", int)
NotificationId = NewType("NotificationId", int)
LetterId = NewType("LetterId", int)
DeliveryId = NewType("DeliveryId", int)
RuleEditionId = NewType("RuleEditionId", int)
ReportId = NewType("ReportId", int)
NoticeId = NewType("NoticeId", int)
AppealId = NewType("AppealId", int)
ItemId = NewType("ItemId", int)
DecisionId = NewType("DecisionId", int)
DraftId = NewType("DraftId", int)
FileId = NewType("FileId", int)

ALL = (
    MemberId,
    SessionId,
    FactorId,
    AttemptId,
    OrganisationId,
    AffiliationId,
    MembershipRequestId,
    ProofId,
    InvitationId,
    TopicId,
    PostId,
    CommentId,
    RevisionId,
    BookmarkId,
    NotificationId,
    LetterId,
    DeliveryId,
    RuleEditionId,
    ReportId,
    NoticeId,
    AppealId,
    ItemId,
    DecisionId,
    DraftId,
    FileId,
)
