"""Write the house rules anew. An edition is never changed: each change makes another."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Invalid
from forum.kernel.ids import MemberId
from forum.kernel.slugs import slug_of
from forum.rules import policy, queries
from forum.rules.errors import ChangedMeanwhile, NoSuchRule, NotAdministrator
from forum.rules.models import LAW, HouseRule, RuleEdition
from forum.rules.records import Book, Change, Rule


def publish(actor: Actor, change: Change, languages: tuple[str, ...]) -> Rule:
    """A new edition with one rule added, reworded, retired or brought back, in force at once.

    `languages` are those of the site: a language that joined since is filled from the nearest there is. Raises
    NotAdministrator, NoSuchRule, Invalid for a taken anchor, or ChangedMeanwhile.
    """
    if not policy.can_edit(actor):
        raise NotAdministrator
    books = {code: queries.current_book(code) for code in languages}
    some = next(iter(books.values()))
    if some.edition != change.edition:
        raise ChangedMeanwhile
    number, anchor = _place(some, change)
    if some.edition == queries.FIRST_EDITION:
        _keep_first(books)
    changed = {code: _changed(book, change, number, anchor) for code, book in books.items()}
    _add(some.edition + 1, changed, actor.id, change.note)
    return next(rule for rule in changed[languages[0]] if rule.number == number)


def _place(book: Book, change: Change) -> tuple[int, str]:
    """Number and anchor, both of which stay with a rule for good."""
    if change.anchor:
        rule = book.find(change.anchor)
        if rule is None:
            raise NoSuchRule
        return rule.number, rule.anchor
    anchor = slug_of(next(iter(change.texts.values())).title, "rule")
    if anchor == LAW or book.find(anchor) is not None:
        words = _("There is a rule of this name, or there was one. Choose another title.")
        raise Invalid(words, {f"title_{next(iter(change.texts))}": words})
    return max(rule.number for rule in book.rules) + 1, anchor


def _changed(book: Book, change: Change, number: int, anchor: str) -> tuple[Rule, ...]:
    text = change.texts[book.language] if book.language in change.texts else next(iter(change.texts.values()))
    new = Rule(number, anchor, text.title, text.source, text.html, change.category, change.retired)
    kept = tuple(rule for rule in book.rules if rule.number != number)
    return tuple(sorted((*kept, new), key=lambda rule: rule.number))


def _keep_first(books: dict[str, Book]) -> None:
    """From now on a site's first edition is what it was on this day, whatever later versions of Kade bring."""
    note = next(iter(books.values())).note
    _add(queries.FIRST_EDITION, {code: book.rules for code, book in books.items()}, None, note)


def _add(number: int, rules: dict[str, tuple[Rule, ...]], by: MemberId | None, note: str) -> None:
    edition = RuleEdition(number=number, made_by_id=by, made_at=clock.now(), note=note)
    try:
        with db.session.begin_nested():
            db.session.add(edition)
    except IntegrityError as error:  # somebody else was a moment faster
        raise ChangedMeanwhile from error
    db.session.add_all(
        HouseRule(edition_id=edition.id, language=code, **vars(rule)) for code, all_ in rules.items() for rule in all_
    )
