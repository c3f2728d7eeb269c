"""What a decision has to say, told field by field."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _

from forum.kernel import clock
from forum.kernel.errors import Invalid, Words
from forum.moderation import grounds, policy
from forum.moderation.plugs import Verdict


def check_reasons(verdict: Verdict) -> None:
    """Ground fields are required by ground. Raises Invalid."""
    problems = dict(_problems(verdict))
    if problems:
        raise Invalid(_("This decision isn’t complete yet."), fields=problems)


def _problems(verdict: Verdict) -> Iterator[tuple[str, Words]]:
    if verdict.action in policy.RESTRICTIONS and verdict.ground not in {one.value for one in grounds.choices()}:
        yield "ground", _("Choose the house rule or the law that this rests on.")
    if policy.is_law(verdict.ground) and not verdict.law.strip():
        yield "law", _("Name the law and its article.")
    if len(verdict.law) > policy.MAX_LAW:
        yield "law", _("Shorten the law to %(limit)s characters.", limit=policy.MAX_LAW)
    if verdict.action in policy.NEEDS_WORDS and not verdict.facts.strip():
        yield "facts", _("Write what happened, in your own words. The author reads it.")
    if len(verdict.facts) > policy.MAX_FACTS:
        yield "facts", _("Shorten the facts to %(limit)s characters.", limit=f"{policy.MAX_FACTS:,}")
    if verdict.until is not None and verdict.until <= clock.now():
        yield "until", _("This day has passed. Choose a later one, or none.")
