"""What notifications say: the same sentence on the site and in a letter."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from forum.notifications.models import Channel, Digest, Kind
from forum.notifications.records import Group

KINDS = {
    Kind.REPLY: (lazy_gettext("Replies"), lazy_gettext("Somebody answers your post or your comment.")),
    Kind.MENTION: (lazy_gettext("Mentions"), lazy_gettext("Somebody calls you by @name.")),
    Kind.COMMENT: (
        lazy_gettext("Comments"),
        lazy_gettext("A comment in a discussion that you follow, or below your post."),
    ),
    Kind.POST: (
        lazy_gettext("New posts"),
        lazy_gettext("Under a topic, by an organisation or by a member that you follow."),
    ),
    Kind.RECOMMENDATION: (lazy_gettext("Recommendations"), lazy_gettext("Of what you wrote.")),
    Kind.ANSWER: (lazy_gettext("Answers"), lazy_gettext("A comment was accepted as the answer to a question.")),
    Kind.DECISION: (
        lazy_gettext("Decisions"),
        lazy_gettext("About something you wrote. These always stand on the site."),
    ),
    Kind.REVIEW: (lazy_gettext("Waiting for you"), lazy_gettext("Something that you are asked to decide.")),
    Kind.INVITATION: (
        lazy_gettext("Invitations"),
        lazy_gettext("To belong to an organisation. The letter holds the link."),
    ),
    Kind.REMINDER: (lazy_gettext("Reminders"), lazy_gettext("Of a bookmark, on the day that you chose.")),
}
CHANNELS = (
    (Channel.NONE, lazy_gettext("Nothing")),
    (Channel.SITE, lazy_gettext("On the site")),
    (Channel.DIGEST, lazy_gettext("Site and digest")),
    (Channel.MAIL, lazy_gettext("Site and mail at once")),
)
DIGESTS = (
    (Digest.OFF, lazy_gettext("No digest")),
    (Digest.DAILY, lazy_gettext("Every morning")),
    (Digest.WEEKLY, lazy_gettext("Every Monday morning")),
)
TABS = {
    "all": lazy_gettext("All"),
    "replies": lazy_gettext("Replies"),
    "mentions": lazy_gettext("Mentions"),
    "following": lazy_gettext("Following"),
    "moderation": lazy_gettext("Moderation"),
}


def sentence(group: Group) -> str:
    """One sentence without a full stop: who did what to what."""
    return str(_SENTENCES[Kind(group.newest.kind)](group))


def speakers(group: Group) -> str:
    """`Sofia Okonkwo and 3 others`."""
    who: str = group.newest.who or _("Somebody")
    if not group.others:
        return who
    both: str = ngettext("%(who)s and %(num)s other", "%(who)s and %(num)s others", group.others, who=who)
    return both


def _replied(group: Group) -> object:
    newest, who = group.newest, speakers(group)
    if newest.plate is not None and not group.others:
        if newest.is_to_post:
            return _("%(who)s replied officially to your post", who=who)
        return _("%(who)s replied officially to your comment", who=who)
    if newest.is_to_post:
        return _("%(who)s commented on your post", who=who)
    return _("%(who)s replied to your comment", who=who)


def _mentioned(group: Group) -> object:
    return _("%(who)s mentioned you", who=speakers(group))


def _commented(group: Group) -> object:
    if group.newest.is_own_post:
        return _("%(who)s replied below your post", who=speakers(group))
    return _("%(who)s commented in a discussion that you follow", who=speakers(group))


def _posted(group: Group) -> object:
    return _("%(who)s published a post", who=speakers(group))


def _recommended(group: Group) -> object:
    who, newest = speakers(group), group.newest
    if newest.comment_id is not None:
        return _("%(who)s recommended your comment", who=who)
    return _("%(who)s recommended your post", who=who)


def _answered(_group: Group) -> object:
    return _("A comment was accepted as the answer")


def _decided(group: Group) -> object:
    if group.newest.thread.startswith("decision:publish"):
        return _("What you wrote was published after a check")
    return _("A moderator decided about something you wrote")


def _waiting(group: Group) -> object:
    return ngettext("%(num)s thing waits for your decision", "%(num)s things wait for your decision", group.count)


def _invited(group: Group) -> object:
    return _("You are invited to %(name)s: the letter we sent you holds the link", name=group.newest.title)


def _reminded(_group: Group) -> object:
    return _("You asked to be reminded of this")


_SENTENCES: dict[Kind, Callable[[Group], object]] = {
    Kind.REPLY: _replied,
    Kind.MENTION: _mentioned,
    Kind.COMMENT: _commented,
    Kind.POST: _posted,
    Kind.RECOMMENDATION: _recommended,
    Kind.ANSWER: _answered,
    Kind.DECISION: _decided,
    Kind.REVIEW: _waiting,
    Kind.INVITATION: _invited,
    Kind.REMINDER: _reminded,
}
