"""Reads of house rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from flask_babel import force_locale
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from forum.accounts.cards import card_of
from forum.accounts.models import Member
from forum.kernel.db import db
from forum.rules.errors import NoSuchEdition, NoSuchRule
from forum.rules.first import FIRST
from forum.rules.models import HouseRule, RuleEdition
from forum.rules.records import Book, EditionLine, Rule

FIRST_EDITION = 1
# Where an edition wasn't written in the language that is asked for.
FALLBACK = "en"
NOTE_OF_FIRST = _("The rules that this site began with.")


def current_book(language: str) -> Book:
    """The rules in force, in `language` or the nearest there is."""
    newest = select(func.max(RuleEdition.number)).scalar_subquery()
    rows = _rows(RuleEdition.number == newest)
    return _book(rows, language, is_current=True) if rows else first_book(language)


def get_book(number: int, language: str) -> Book:
    """An edition of any time. Raises NoSuchEdition."""
    now = current_number()
    rows = _rows(RuleEdition.number == number)
    if rows:
        return _book(rows, language, is_current=number == now)
    if number == FIRST_EDITION:
        return first_book(language, is_current=number == now)
    raise NoSuchEdition


def current_number() -> int:
    return db.session.scalar(select(func.max(RuleEdition.number))) or FIRST_EDITION


def find_rule(anchor: str, language: str) -> Rule | None:
    """A rule in force or retired: decisions of the past still name it."""
    return current_book(language).find(anchor)


def get_rule(anchor: str, language: str) -> Rule:
    """Raises NoSuchRule."""
    rule = find_rule(anchor, language)
    if rule is None:
        raise NoSuchRule
    return rule


def grounds(language: str) -> tuple[Rule, ...]:
    """The house rules that a decision can stand on today, for its form. The law (models.LAW) is the ground beside."""
    return current_book(language).in_force


def editions() -> tuple[EditionLine, ...]:
    """Newest first."""
    rows = db.session.execute(
        select(RuleEdition, Member)
        .outerjoin(Member, Member.id == RuleEdition.made_by_id)
        .order_by(RuleEdition.number.desc())
    )
    lines = tuple(_line(edition, member) for edition, member in rows)
    return lines or (EditionLine(FIRST_EDITION, None, None, str(NOTE_OF_FIRST)),)


def _line(edition: RuleEdition, member: Member | None) -> EditionLine:
    made_at = None if edition.number == FIRST_EDITION else edition.made_at
    return EditionLine(edition.number, made_at, card_of(member) if member is not None else None, edition.note)


def first_book(language: str, *, is_current: bool = True) -> Book:
    """What Kade brings, in a language of the interface."""
    with force_locale(language.replace("-", "_")):
        rules = tuple(
            Rule(number, one.anchor, str(one.title), str(one.words), "", one.category, retired=False)
            for number, one in enumerate(FIRST, start=1)
        )
        return Book(FIRST_EDITION, language, None, str(NOTE_OF_FIRST), rules, is_current)


def _rows(condition: object) -> Sequence[tuple[RuleEdition, HouseRule]]:
    chosen = (
        select(RuleEdition, HouseRule)
        .join(HouseRule, HouseRule.edition_id == RuleEdition.id)
        .where(condition)  # type: ignore[arg-type]  # a comparison of columns
        .order_by(HouseRule.language, HouseRule.number)
    )
    return [(edition, rule) for edition, rule in db.session.execute(chosen)]


def _book(rows: Sequence[tuple[RuleEdition, HouseRule]], language: str, *, is_current: bool) -> Book:
    edition = rows[0][0]
    by_language = {
        code: list(group) for code, group in groupby((rule for _one, rule in rows), lambda rule: rule.language)
    }
    spoken = next((code for code in (language, FALLBACK) if code in by_language), rows[0][1].language)
    rules = tuple(_rule(row) for row in by_language[spoken])
    made_at = None if edition.number == FIRST_EDITION else edition.made_at
    return Book(edition.number, spoken, made_at, edition.note, rules, is_current)


def _rule(row: HouseRule) -> Rule:
    return Rule(row.number, row.anchor, row.title, row.source, row.html, row.category, row.retired)
