"""Who listens to what. Read this first: it's the only place where one feature's news reaches another.

TOGETHER runs in the transaction of the event, before the answer; LATER is delivered by the worker, at least once.
JOBS are what the worker does by the clock, CHORES what it looks after in every round. LANES are the queue's lanes, each
with what its decisions do. PERSONAL is what each feature holds about a member, in the order in which it is erased.
READERS say who may see what holds a file, MENTIONS which files an author may go back to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from forum import config
from forum.accounts import listeners as accounts
from forum.accounts import personal as accounts_personal
from forum.accounts import queries as accounts_queries
from forum.accounts import sessions, steps, throttles, tokens
from forum.accounts.commands import sweep_attempts
from forum.accounts.events import (
    ConfirmationAsked,
    EmailChangeAsked,
    EmailChanged,
    FactorAdded,
    FactorRemoved,
    FactorsReset,
    KnownAddressUsed,
    MemberConfirmed,
    MemberSignedUp,
    PasswordChanged,
    RecoveryCodeUsed,
    ResetAsked,
    SecondStepFailed,
)
from forum.admin import personal as admin_personal
from forum.appeals import listeners as appeals
from forum.appeals import personal as appeals_personal
from forum.appeals.lane import APPEALS
from forum.bookmarks import commands as bookmarks
from forum.bookmarks import personal as bookmarks_personal
from forum.bookmarks.events import BookmarkDue
from forum.comments import personal as comments_personal
from forum.comments import queries as comments
from forum.comments.events import CommentEdited, CommentRestored, CommentSubmitted, CommentWithdrawn
from forum.comments.redrawing import draw_again as redraw_comments
from forum.comments.redrawing import draw_at_once as draw_cards_on_comments
from forum.curating import personal as curating_personal
from forum.drafts import commands as drafts_commands
from forum.drafts import listeners as drafts
from forum.drafts import personal as drafts_personal
from forum.drafts.files import files_in_drafts
from forum.following import listeners as following
from forum.following import personal as following_personal
from forum.kernel import keys, mailer, outbox
from forum.kernel.events import Table
from forum.kernel.mailer import AddressRefused
from forum.kernel.personal import Part
from forum.kernel.worker import Job
from forum.media import cards, sweeping
from forum.media import personal as media_personal
from forum.media.events import LinkCardChanged
from forum.media.models import Holder
from forum.media.readers import Mention, Reader
from forum.membership import checking
from forum.membership import commands as membership_commands
from forum.membership import listeners as membership
from forum.membership import personal as membership_personal
from forum.membership.events import (
    CodeAsked,
    ColleagueJoined,
    InvitationAnswered,
    PersonInvited,
    QuestionAnswered,
    QuestionAsked,
    RequestSubmitted,
    RequestWithdrawn,
    VerificationEnding,
    VerificationExpired,
)
from forum.moderation import commands as moderation
from forum.moderation import lanes
from forum.moderation import listeners as moderators
from forum.moderation import membership as membership_lane
from forum.moderation import personal as moderation_personal
from forum.moderation.events import DecisionSettled, DecisionUndone, ItemHandedOver, ItemOpened
from forum.moderation.models import Lane
from forum.moderation.plugs import Plug
from forum.notices import commands as notice_commands
from forum.notices import listeners as notices
from forum.notices import personal as notices_personal
from forum.notices.events import NoticeSent
from forum.notices.lane import LEGAL
from forum.notifications import personal as notifications_personal
from forum.notifications import sending
from forum.notifications.events import SomeToldOfComment, SomeToldOfPost
from forum.notifications.listeners import moderation as news_of_queue
from forum.notifications.listeners import personal as news_for_one
from forum.notifications.listeners import reading as news_of_reading
from forum.notifications.listeners import texts as news
from forum.organisations import personal as organisations_personal
from forum.organisations import queries as organisations_queries
from forum.organisations.events import OrganisationChanged
from forum.posts import commands as posts
from forum.posts import listeners as posts_listeners
from forum.posts import personal as posts_personal
from forum.posts import queries as posts_queries
from forum.posts.events import (
    PostAnswered,
    PostApproved,
    PostEdited,
    PostHeld,
    PostNotPublished,
    PostPublished,
    PostReinstated,
    PostRejected,
    PostRemoved,
    PostRestored,
    PostReturned,
    PostWithdrawn,
    WordsTaken,
)
from forum.posts.redrawing import draw_again as redraw_posts
from forum.posts.redrawing import draw_at_once as draw_cards_on_posts
from forum.privacy import listeners as privacy_listeners
from forum.privacy import personal as privacy_personal
from forum.privacy import working as privacy
from forum.privacy.events import ErasureAsked, ErasureBegun, ErasureNear, ErasurePostponed
from forum.reading import personal as reading_personal
from forum.reading.events import DiscussionSeen
from forum.recommendations import personal as recommendations_personal
from forum.recommendations.events import CommentRecommended, PostRecommended
from forum.reports import commands as reports_commands
from forum.reports import listeners as reports
from forum.reports import personal as reports_personal
from forum.reports.lane import REPORTS
from forum.restrictions import ending
from forum.rules import personal as rules_personal
from forum.search import sync as search
from forum.topics import personal as topics_personal
from forum.topics.events import TopicMerged, TopicParted
from forum.trust import commands as trust
from forum.trust import personal as trust_personal

# Texts that show a post's card are drawn with what became of it.
CARDS = (draw_cards_on_posts, draw_cards_on_comments)

TOGETHER: Table = {
    CommentEdited: [moderators.look_at_edited_comment],
    CommentSubmitted: [moderators.look_at_comment],
    CommentWithdrawn: [moderators.forget_comment],
    DiscussionSeen: [news_of_reading.mark_seen],
    ErasureAsked: [privacy_listeners.mail_asked],
    ErasureBegun: [privacy_listeners.mail_done],
    ErasureNear: [privacy_listeners.mail_near],
    ErasurePostponed: [privacy_listeners.mail_postponed],
    OrganisationChanged: [membership.keep_as_sent],
    PostApproved: CARDS,
    PostEdited: [moderators.look_at_edited_post, *CARDS],
    PostHeld: CARDS,
    PostPublished: [moderators.look_at_post, *CARDS],
    PostReinstated: CARDS,
    PostRejected: CARDS,
    PostRemoved: CARDS,
    PostRestored: CARDS,
    PostReturned: CARDS,
    PostWithdrawn: [moderators.forget_post, *CARDS],
    QuestionAnswered: [membership_lane.resume_for],
    RequestSubmitted: [membership_lane.open_for],
    RequestWithdrawn: [membership_lane.close_for],
    TopicMerged: [following.follow_into],
    TopicParted: [following.follow_apart],
    WordsTaken: [drafts.close_taken],
}

LATER: Table = {
    AddressRefused: [news_of_reading.stop_mail],
    BookmarkDue: [news_for_one.remind],
    CodeAsked: [membership.mail_code],
    ColleagueJoined: [membership.mail_colleague],
    CommentRecommended: [news.tell_of_recommended_comment],
    CommentRestored: [news.tell_of_restored],
    CommentSubmitted: [news.tell_of_comment],
    ConfirmationAsked: [accounts.mail_confirmation_again],
    DecisionSettled: [
        membership_lane.mail_applicant,
        moderators.mail_author,
        news_of_queue.tell_of_decision,
        reports.tell_reporters,
        notices.answer_notices,
        appeals.answer_appeals,
    ],
    DecisionUndone: [reports.turn_outcomes, appeals.drop_appeal],
    EmailChangeAsked: [accounts.mail_new_address],
    EmailChanged: [accounts.mail_old_address, news_of_reading.resume_mail],
    FactorAdded: [accounts.mail_factor_added],
    FactorRemoved: [accounts.mail_factor_removed],
    FactorsReset: [accounts.mail_factors_reset],
    InvitationAnswered: [membership.mail_answer],
    ItemHandedOver: [news_of_queue.tell_of_hand_over],
    ItemOpened: [news_of_queue.tell_of_item],
    KnownAddressUsed: [accounts.mail_owner],
    LinkCardChanged: [redraw_posts, redraw_comments],
    MemberConfirmed: [membership.mail_represent],
    MemberSignedUp: [accounts.mail_confirmation],
    PostNotPublished: [posts_listeners.mail_not_published],
    NoticeSent: [notices.mail_receipt],
    PasswordChanged: [accounts.mail_password_changed],
    PersonInvited: [membership.mail_invitation, news_for_one.tell_of_invitation],
    PostAnswered: [news.tell_of_answer],
    PostPublished: [news.tell_of_post],
    PostRecommended: [news.tell_of_recommended_post],
    QuestionAsked: [membership.mail_question],
    RequestSubmitted: [membership.mail_claim],
    RecoveryCodeUsed: [accounts.mail_recovery_code_used],
    ResetAsked: [accounts.mail_reset],
    SecondStepFailed: [accounts.mail_step_failed],
    SomeToldOfComment: [news.tell_more_of_comment],
    SomeToldOfPost: [news.tell_more_of_post],
    VerificationEnding: [membership.mail_ending],
    VerificationExpired: [membership.mail_expiry],
}


def _sweep_accounts() -> None:
    sessions.sweep()
    steps.sweep()
    sweep_attempts()
    throttles.sweep()
    tokens.sweep()


def _sweep_outbox() -> None:
    outbox.sweep()
    mailer.sweep(config.current().data_dir / mailer.FOLDER)


def _publish_due() -> None:
    posts.publish_due(lifted=not config.current().rate_limits)


JOBS: dict[str, Job] = {
    "accounts.sessions": Job(timedelta(hours=1), _sweep_accounts),
    "bookmarks.due": Job(timedelta(minutes=5), bookmarks.tell_due),
    "drafts.sweep": Job(timedelta(hours=6), drafts_commands.sweep),
    "kernel.keys": Job(timedelta(hours=6), keys.sweep),
    "membership.checks": Job(timedelta(seconds=10), checking.check_due, outside=True),
    "membership.addresses": Job(timedelta(hours=24), membership_commands.forget_addresses),
    "membership.clock": Job(timedelta(hours=1), membership_commands.settle),
    "kernel.outbox": Job(timedelta(hours=1), _sweep_outbox),
    "media.cards": Job(timedelta(seconds=5), cards.refresh_due, outside=True),
    "media.old-cards": Job(timedelta(days=1), cards.sweep_cards),
    "media.orphans": Job(timedelta(hours=6), sweeping.sweep_orphans, outside=True),
    "media.strays": Job(timedelta(days=1), sweeping.sweep_strays, outside=True),
    "moderation.overdue": Job(timedelta(minutes=1), moderation.escalate_overdue),
    "moderation.settle": Job(timedelta(seconds=10), moderation.settle),
    "notifications.digests": Job(timedelta(minutes=1), sending.send_digests),
    "notifications.letters": Job(timedelta(seconds=10), sending.send_due),
    "notifications.sweep": Job(timedelta(hours=6), sending.sweep),
    "notices.names": Job(timedelta(hours=24), notice_commands.forget_names),
    "privacy.erase": Job(timedelta(minutes=1), privacy.erase_due, outside=True),
    "privacy.exports": Job(timedelta(seconds=10), privacy.make_exports, outside=True),
    "privacy.forget": Job(timedelta(hours=1), privacy.forget_exports, outside=True),
    "privacy.remind": Job(timedelta(hours=1), privacy.remind_leaving),
    "reports.words": Job(timedelta(hours=24), reports_commands.forget_words),
    "restrictions.end": Job(timedelta(minutes=1), ending.end_due),
    "trust.levels": Job(timedelta(minutes=2), trust.recompute_due),
    "posts.scheduled": Job(timedelta(seconds=10), _publish_due),
    "search.optimise": Job(timedelta(hours=1), search.optimise, outside=True),
}

READERS: dict[str, Reader] = {
    Holder.COMMENT: comments.sees_any,
    Holder.MEMBER: accounts_queries.sees_any,
    Holder.ORGANISATION: organisations_queries.sees_any,
    Holder.POST: posts_queries.sees_any,
}
MENTIONS: tuple[Mention, ...] = (files_in_drafts, comments.files_in_versions, posts_queries.files_in_versions)

LANES: dict[Lane, Plug] = {
    Lane.MEMBERSHIP: membership_lane.PLUG,
    Lane.ON_BEHALF: lanes.ON_BEHALF,
    Lane.INSTITUTIONAL: lanes.INSTITUTIONAL,
    Lane.NEW_MEMBERS: lanes.NEW_MEMBERS,
    Lane.REPORTS: REPORTS,
    Lane.LEGAL: LEGAL,
    Lane.APPEALS: APPEALS,
}

# Texts first, then what they held, then what quotes them. Accounts come last: others find by the address what there is.
PERSONAL: tuple[Part, ...] = tuple(
    feature.PART
    for feature in (
        admin_personal,
        recommendations_personal,
        comments_personal,
        posts_personal,
        media_personal,
        moderation_personal,
        appeals_personal,
        reports_personal,
        notices_personal,
        notifications_personal,
        bookmarks_personal,
        drafts_personal,
        following_personal,
        reading_personal,
        trust_personal,
        membership_personal,
        organisations_personal,
        topics_personal,
        curating_personal,
        rules_personal,
        privacy_personal,
        accounts_personal,
    )
)

# The search index is told of what the database's triggers noted: hence no event above has it as a listener.
CHORES: tuple[Callable[[], bool], ...] = (search.drain,)
