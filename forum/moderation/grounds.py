"""What a decision can rest on: the house rules in force, or the law."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import get_locale
from flask_babel import gettext as _

from forum.rules import queries as rules
from forum.rules.models import LAW, Category

# Of Kade's own rules; where a site has others, nothing is chosen beforehand.
SUGGESTED = {
    "spam": "no-advertising",
    "off_topic": "on-topic",
    "rude": "argue-the-case",
    "personal_data": "private-people",
    "illegal": LAW,
}


@dataclass(frozen=True)
class Ground:
    """`value` is a rule's anchor, or `law`; `name` is in the language in force."""

    value: str
    name: str
    address: str
    category: str


def choices() -> tuple[Ground, ...]:
    """For the decision form, the law last."""
    book = rules.current_book(_language())
    return (*(Ground(one.anchor, one.title, one.address, one.category) for one in book.in_force), _law())


def canned() -> tuple[tuple[str, str], ...]:
    """For each ground, words to begin with. A moderator makes them fit."""
    return tuple((one.value, _("This breaks the house rule “%(rule)s”.", rule=one.name)) for one in choices()[:-1])


def words_for(value: str) -> str:
    """To begin with on this ground; empty for one that is no house rule."""
    return dict(canned()).get(value, "")


def suggested(reason: str) -> str:
    """The ground that a report's reason speaks of; empty for none."""
    return SUGGESTED.get(reason, "")


def spam() -> Ground:
    """What spam breaks: the rule that Kade brings against advertising, else the first rule there is."""
    chosen = choices()
    return next((one for one in chosen if one.value == "no-advertising"), chosen[0])


def find(value: str, language: str = "") -> Ground:
    """In this language, else in the one in force. Also of a rule that was retired since, or that nobody knows any
    more."""
    if value == LAW:
        return _law()
    rule = rules.find_rule(value, language or _language()) if value else None
    if rule is None:
        return Ground(value, value, "/rules", Category.OTHER)
    return Ground(rule.anchor, rule.title, rule.address, rule.category)


def _law() -> Ground:
    return Ground(LAW, _("The law"), "", Category.OTHER)


def _language() -> str:
    return str(get_locale() or "en").replace("_", "-")
