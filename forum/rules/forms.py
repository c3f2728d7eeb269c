"""The form of a house rule, in every language of the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import lazy_gettext as _

from forum.kernel import text
from forum.kernel.errors import Invalid, Words
from forum.kernel.lines import one_line
from forum.kernel.paging import cursor_id
from forum.rules import policy
from forum.rules.models import Category
from forum.rules.records import Book, Change, Text


@dataclass(frozen=True)
class RuleForm:
    """The fields as typed. `titles` and `words` by language; `retired` is "yes" or empty."""

    titles: Mapping[str, str]
    words: Mapping[str, str]
    category: str = Category.OTHER
    note: str = ""
    retired: str = ""
    edition: str = ""
    is_preview: bool = False

    @property
    def all_words(self) -> tuple[str, ...]:
        """What makes two sendings of one form the same."""
        return (*self.titles.values(), *self.words.values(), self.category, self.note, self.retired, self.edition)


def read(sent: Mapping[str, str], languages: tuple[str, ...]) -> RuleForm:
    return RuleForm(
        titles={code: sent.get(f"title_{code}", "") for code in languages},
        words={code: sent.get(f"words_{code}", "") for code in languages},
        category=sent.get("category", Category.OTHER),
        note=sent.get("note", ""),
        retired=sent.get("retired", ""),
        edition=sent.get("edition", ""),
        is_preview="preview" in sent,
    )


def empty(languages: tuple[str, ...], edition: int) -> RuleForm:
    return RuleForm(dict.fromkeys(languages, ""), dict.fromkeys(languages, ""), edition=str(edition))


def of(books: Mapping[str, Book], anchor: str) -> RuleForm:
    """The form of a rule as it is kept."""
    rules = {code: rule for code, book in books.items() if (rule := book.find(anchor))}
    some = next(iter(rules.values()))
    return RuleForm(
        titles={code: rule.title for code, rule in rules.items()},
        words={code: rule.source for code, rule in rules.items()},
        category=some.category,
        retired="yes" if some.retired else "",
        edition=str(next(iter(books.values())).edition),
    )


def change_of(form: RuleForm, anchor: str) -> Change:
    """Checked and rendered, so before the transaction. Raises Invalid."""
    problems: dict[str, Words] = {}
    texts = {code: _text(form, code, problems) for code in form.titles}
    note = one_line(form.note)
    if not note or len(note) > policy.MAX_NOTE:
        problems["note"] = _("Say in up to %(limit)s characters what changes, and why.", limit=policy.MAX_NOTE)
    if form.category not in set(Category):
        problems["category"] = _("Choose one from the list.")
    if problems:
        raise Invalid(_("This can’t be published yet."), problems)
    return Change(
        edition=cursor_id(form.edition) or 0,
        anchor=anchor,
        texts=texts,
        category=form.category,
        note=note,
        retired=bool(form.retired),
    )


def _text(form: RuleForm, code: str, problems: dict[str, Words]) -> Text:
    title, source = one_line(form.titles[code]), _source(form.words[code])
    if not title or len(title) > policy.MAX_TITLE:
        problems[f"title_{code}"] = _("Give the rule a title of up to %(limit)s characters.", limit=policy.MAX_TITLE)
    if not source or len(source) > policy.MAX_SOURCE:
        problems[f"words_{code}"] = _("Say in up to %(limit)s characters what the rule asks.", limit=policy.MAX_SOURCE)
        return Text(title, source, "")
    try:
        return Text(title, source, text.render(source, scope="rule-").html)
    except text.TextRefused:
        problems[f"words_{code}"] = _("Use less markup in this text.")
        return Text(title, source, "")


def _source(typed: str) -> str:
    """What is far too long isn't worth cleaning: its length is refused anyway."""
    return typed if len(typed) > text.MAX_SOURCE else text.clean_source(typed)


def at_edition(form: RuleForm, edition: int) -> RuleForm:
    """The same words, for the edition in force now."""
    return replace(form, edition=str(edition))
