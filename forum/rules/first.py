"""The rules that Kade brings: edition 1 of every site, until an administrator writes another."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.rules.models import Category


@dataclass(frozen=True)
class FirstRule:
    """`words` are one plain paragraph. The place in FIRST is the number."""

    anchor: str
    category: Category
    title: Words
    words: Words


FIRST = (
    FirstRule(
        "argue-the-case",
        Category.BULLYING,
        _("Argue the case, not the person"),
        _(
            "Say what is wrong with a plan, a figure or a decision as plainly as you like. Don’t insult, threaten or "
            "hound the people behind it, and don’t follow somebody from thread to thread."
        ),
    ),
    FirstRule(
        "equal-worth",
        Category.SPEECH,
        _("Everyone counts the same"),
        _(
            "Nobody is talked down to or shut out here for their origin, faith, sex, orientation, disability, age or "
            "income. Criticism of an idea or an institution is fine; contempt for a group of people isn’t."
        ),
    ),
    FirstRule(
        "private-people",
        Category.PRIVACY,
        _("Leave private people private"),
        _(
            "Don’t publish or hint at where somebody lives, their phone number, health, family or other details that "
            "they didn’t make public themselves. Office holders may be named for what they do in office."
        ),
    ),
    FirstRule(
        "own-flag",
        Category.FRAUD,
        _("Sail under your own flag"),
        _(
            "Don’t pretend to be another person or to speak for an organisation that didn’t ask you to. If you gain "
            "from what you recommend, as a supplier, a candidate or an employee, say so."
        ),
    ),
    FirstRule(
        "honest-account",
        Category.CIVIC,
        _("Give an honest account"),
        _(
            "Other cities act on what you write. Don’t make up results, sources or quotations, and don’t present an "
            "altered picture or a machine’s text as something that happened. Put a mistake right when you learn of it."
        ),
    ),
    FirstRule(
        "on-topic",
        Category.OTHER,
        _("Stay with the subject"),
        _(
            "Write under the topic and in the thread where it belongs. Something else that matters deserves a post of "
            "its own; the same text in many places doesn’t."
        ),
    ),
    FirstRule(
        "no-advertising",
        Category.FRAUD,
        _("No spam, no advertising"),
        _(
            "You may say what you used and from whom. Texts whose purpose is to sell, to collect clicks or addresses, "
            "or to lift a site in search engines go."
        ),
    ),
    FirstRule(
        "others-work",
        Category.PROPERTY,
        _("Respect the work of others"),
        _(
            "Quote briefly and name the source. Don’t publish whole texts, pictures, drawings or documents of others "
            "without their permission or a licence that allows it."
        ),
    ),
    FirstRule(
        "fair-play",
        Category.OTHER,
        _("Play fair"),
        _(
            "One person, one account. Don’t agree with others to push recommendations up or reports in, don’t report "
            "what you know to be in order, and don’t come back under another name after a suspension."
        ),
    ),
)
