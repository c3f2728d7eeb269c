"""Types of identifiers. Integers in the database; distinct in the type checker, so that they can't be mixed up."""

from typing import NewType

MemberId = NewType("MemberId", int)
SessionId = NewType("SessionId", int)
OrganisationId = NewType("OrganisationId", int)
AffiliationId = NewType("AffiliationId", int)
TopicId = NewType("TopicId", int)
PostId = NewType("PostId", int)
CommentId = NewType("CommentId", int)
RevisionId = NewType("RevisionId", int)
LetterId = NewType("LetterId", int)
DeliveryId = NewType("DeliveryId", int)

ALL = (
    MemberId,
    SessionId,
    OrganisationId,
    AffiliationId,
    TopicId,
    PostId,
    CommentId,
    RevisionId,
    LetterId,
    DeliveryId,
)
