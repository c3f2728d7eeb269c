"""How lanes, states and decisions are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.membership.words import KINDS
from forum.moderation.models import Action, ItemState, Lane, ReviewItem, Scope, SubjectType

LANES: dict[str, Words] = {
    Lane.MEMBERSHIP: _("Membership"),
    Lane.ON_BEHALF: _("On behalf"),
    Lane.INSTITUTIONAL: _("Institutional"),
    Lane.NEW_MEMBERS: _("New members"),
    Lane.REPORTS: _("Reports"),
    Lane.LEGAL: _("Legal"),
    Lane.APPEALS: _("Appeals"),
}
STATES: dict[str, Words] = {
    ItemState.OPEN: _("Open"),
    ItemState.CLAIMED: _("Being looked at"),
    ItemState.INFORMATION_ASKED: _("Information asked"),
    ItemState.ESCALATED: _("Escalated"),
    ItemState.DECIDED: _("Decided"),
    ItemState.APPEALED: _("Appealed"),
    ItemState.FINAL: _("Final"),
}
SCOPES: dict[str, Words] = {
    Scope.SITE: _("The whole site"),
    Scope.TOPIC: _("Topic"),
    Scope.ORGANISATION: _("Organisation"),
}
# What a button says.
ACTIONS: dict[str, Words] = {
    Action.PUBLISH: _("Publish"),
    Action.RETURN: _("Return"),
    Action.REJECT: _("Reject"),
    Action.KEEP: _("Keep"),
    Action.COLLAPSE: _("Collapse"),
    Action.LOCK: _("Close the discussion"),
    Action.REMOVE: _("Remove"),
    Action.WARN: _("Warn"),
    Action.SILENCE: _("Silence"),
    Action.SUSPEND: _("Suspend"),
    Action.ESCALATE: _("Escalate"),
    Action.UPHOLD: _("Uphold"),
    Action.REVERSE: _("Reverse"),
    Action.VARY: _("Vary"),
    Action.VERIFY: _("Verify"),
    Action.ASK: _("Ask for information"),
    Action.NO_ACTION: _("No action"),
    Action.HIDE: _("Hide"),
}
# Why an automatic check made something wait.
CHECKS: dict[str, Words] = {
    "approval": _("Needs approval"),
    "unverified": _("Organisation not verified"),
    "strike": _("After a removal"),
    "first posts": _("First posts"),
    "first contribution": _("First contribution"),
    "premoderated thread": _("Premoderated thread"),
    "premoderated topic": _("Premoderated topic"),
    "newcomer’s link": _("Newcomer’s link"),
    "watched words": _("Watched words"),
    "repeat": _("Said before"),
    "speed": _("Sent in a burst"),
    "sent again": _("Sent again"),
}
REASONS: dict[str, Words] = {
    **CHECKS,
    **KINDS,
    "spam": _("Spam"),
    "off_topic": _("Off topic"),
    "rude": _("Rude"),
    "personal_data": _("Personal data"),
    "illegal": _("Illegal"),
    "other": _("Other"),
}
# How a post or a comment stands before its readers.
CONTENT_STATES: dict[str, Words] = {
    "draft": _("A draft again"),
    "scheduled": _("Scheduled"),
    "published": _("Visible"),
    "visible": _("Visible"),
    "pending": _("Nobody sees it yet"),
    "returned": _("Returned to its author"),
    "rejected": _("Rejected"),
    "collapsed": _("Collapsed"),
    "hidden": _("Hidden until decided"),
    "removed": _("Removed"),
    "withdrawn": _("Withdrawn by its author"),
}
# What an author is told of who looks at what waits.
WHO_LOOKS: dict[str, Words] = {
    Lane.MEMBERSHIP: _("A moderator of the site looks at it."),
    Lane.ON_BEHALF: _("Somebody of the organisation approves what is said in its name."),
    Lane.INSTITUTIONAL: _("A moderator looks at what new organisations say first."),
    Lane.NEW_MEMBERS: _("A moderator looks at it first."),
    Lane.REPORTS: _("A moderator looks at it."),
    Lane.LEGAL: _("A moderator looks at it."),
    Lane.APPEALS: _("Another moderator looks at it."),
}
# What was done, in lists, letters and the log.
OUTCOMES: dict[str, Words] = {
    Action.PUBLISH: _("published"),
    Action.RETURN: _("returned to its author"),
    Action.REJECT: _("rejected"),
    Action.KEEP: _("kept"),
    Action.COLLAPSE: _("collapsed"),
    Action.LOCK: _("discussion closed"),
    Action.REMOVE: _("removed"),
    Action.WARN: _("author warned"),
    Action.SILENCE: _("author silenced"),
    Action.SUSPEND: _("account suspended"),
    Action.ESCALATE: _("escalated"),
    Action.UPHOLD: _("upheld"),
    Action.REVERSE: _("reversed"),
    Action.VARY: _("varied"),
    Action.VERIFY: _("verified"),
    Action.ASK: _("information asked"),
    Action.NO_ACTION: _("no action taken"),
    Action.HIDE: _("hidden by a rule"),
}
# What its author is told, in the letter and above the statement of reasons.
TOLD: dict[str, Words] = {
    Action.RETURN: _("What you wrote came back to you"),
    Action.REJECT: _("What you wrote was not published"),
    Action.COLLAPSE: _("What you wrote was collapsed"),
    Action.LOCK: _("A discussion in which you wrote was closed"),
    Action.REMOVE: _("What you wrote was removed"),
    Action.WARN: _("A moderator wrote to you"),
    Action.SILENCE: _("You can’t write for a while"),
    Action.SUSPEND: _("Your account was suspended"),
    Action.HIDE: _("What you wrote is hidden until a moderator has looked"),
}
WHAT_HAPPENS: dict[str, Words] = {
    Action.PUBLISH: _("Everyone sees it from now on."),
    Action.RETURN: _("Its author gets it back as a draft, with your words, and can send it again."),
    Action.REJECT: _("It never appears. Its author reads why."),
    Action.KEEP: _("It stays as it is, and the reports are closed."),
    Action.COLLAPSE: _("Readers see that it is there, who collapsed it and why, and its words on a click."),
    Action.LOCK: _(
        "Everything stays readable; nobody adds to the discussion, until the date you give if you give one."
    ),
    Action.REMOVE: _("Its words go; a placeholder keeps the replies in place."),
    Action.WARN: _("It stays. Its author reads what you write."),
    Action.SILENCE: _("Its author can read, but writes nothing until the date you give."),
    Action.SUSPEND: _("The account can do nothing until the date you give."),
    Action.ESCALATE: _("Somebody one level up decides."),
    Action.UPHOLD: _("The decision stands."),
    Action.REVERSE: _("The decision is taken back and everything is as it was."),
    Action.VARY: _("The decision is replaced by another one."),
    Action.VERIFY: _("What was asked for holds from now on, and whoever asked is told."),
    Action.ASK: _("The clock stands still until they answer."),
    Action.NO_ACTION: _("Nothing changes. Who sent the notice reads why."),
}
# About an organisation, not about a text or an account.
WHAT_HAPPENS_THERE: dict[str, Words] = {
    Action.REJECT: _("What was asked for isn’t given. Whoever asked reads why, and can ask again."),
    Action.SUSPEND: _("Its mark goes and nobody speaks in its name, until a moderator gives it back."),
}
KEEPS_ITS_MARK: Words = _("It keeps its mark, or gets it back.")


def what_happens(item: ReviewItem, action: Action) -> Words:
    """What a decision means, beside its button."""
    if item.subject_type == SubjectType.ORGANISATION and action is Action.VERIFY:
        return KEEPS_ITS_MARK
    if item.lane == Lane.MEMBERSHIP and action in WHAT_HAPPENS_THERE:
        return WHAT_HAPPENS_THERE[action]
    return WHAT_HAPPENS[action]
