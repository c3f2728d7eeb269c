"""Limits and defaults of what members are told."""

from __future__ import annotations

from datetime import timedelta

from forum.notifications.models import Channel, Kind

# Whoever is on the site sees it there; a letter is for who isn't.
MAIL_WAIT = timedelta(minutes=10)
# More than this reads nobody, and mail servers take it for spam. What is over goes into the digest.
LETTERS_A_DAY = 100
# A transaction that tells this many takes some 50 ms: others hardly wait for it.
BATCH = 500
# Read at a glance, and looked through for one page: older ones are a page further.
WINDOW = 300
KEPT_READ, KEPT_UNREAD = timedelta(days=90), timedelta(days=365)

# Mail only for what is meant for the member in person: the rest they ask for. Decisions and invitations have letters of
# their own.
DEFAULTS = {
    Kind.REPLY: Channel.MAIL,
    Kind.MENTION: Channel.MAIL,
    Kind.COMMENT: Channel.SITE,
    Kind.POST: Channel.DIGEST,
    Kind.RECOMMENDATION: Channel.SITE,
    Kind.ANSWER: Channel.MAIL,
    Kind.DECISION: Channel.SITE,
    Kind.REVIEW: Channel.SITE,
    Kind.INVITATION: Channel.SITE,
    Kind.REMINDER: Channel.MAIL,
}
# What a moderator decided about one's words is told whatever one likes.
ALWAYS_ON_SITE = frozenset({Kind.DECISION})
TABS = {
    "all": tuple(Kind),
    "replies": (Kind.REPLY, Kind.ANSWER, Kind.RECOMMENDATION),
    "mentions": (Kind.MENTION,),
    "following": (Kind.COMMENT, Kind.POST, Kind.REMINDER),
    "moderation": (Kind.DECISION, Kind.REVIEW, Kind.INVITATION),
}
