"""The decision form: what was sent, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Invalid, Words
from forum.kernel.ids import ItemId
from forum.kernel.paging import cursor_id
from forum.kernel.text import TextRefused, clean_source
from forum.moderation.models import Action, Outcome
from forum.moderation.plugs import Verdict

FIELDS = ("version", "action", "ground", "law", "facts", "until")
KERNEL = ("csrf_token", "idempotency_key", "preview", "canned")


@dataclass(frozen=True)
class DecisionForm:
    """The fields as typed. `more` are those of the lane's own panels; `canned` is the ground whose words to begin with
    were asked for."""

    version: str = ""
    action: str = ""
    ground: str = ""
    law: str = ""
    facts: str = ""
    until: str = ""
    is_preview: bool = False
    canned: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """What makes two sendings of one form the same."""
        more = (f"{name}={value}" for name, value in sorted(self.more.items()))
        return (self.version, self.action, self.ground, self.law, self.facts, self.until, *more)

    def verdict(self) -> Verdict:
        """Raises Invalid for what can't be read."""
        problems: dict[str, Words] = {}
        if self.action not in set(Action) or self.action == Action.HIDE:
            problems["action"] = _("Choose what happens.")
        until = self._until(problems)
        if problems:
            raise Invalid(_("This decision isn’t complete yet."), fields=problems)
        return Verdict(
            version=cursor_id(self.version) or 0,
            action=Action(self.action),
            ground=self.ground,
            law=self.law.strip(),
            facts=_cleaned(self.facts),
            until=until,
            more=self.more,
        )

    def _until(self, problems: dict[str, Words]) -> datetime | None:
        """The end of that day, so that it still counts."""
        if not self.until:
            return None
        try:
            day = datetime.strptime(self.until, "%Y-%m-%d").replace(tzinfo=UTC)
        except ValueError:
            problems["until"] = _("Write the day as 2027-01-31, or leave it empty.")
            return None
        return datetime.combine(day, time(23, 59), UTC)


def read(sent: Mapping[str, str]) -> DecisionForm:
    known = {name: sent.get(name, "") for name in FIELDS}
    more = {name: value for name, value in sent.items() if name not in (*FIELDS, *KERNEL)}
    return DecisionForm(**known, is_preview="preview" in sent, canned=sent.get("canned", ""), more=more)


def _cleaned(facts: str) -> str:
    try:
        return clean_source(facts)
    except TextRefused as error:
        message = _("Shorten the facts.")
        raise Invalid(message, fields={"facts": message}) from error


def items_of(sent: list[str]) -> list[tuple[ItemId, int]]:
    """`id:version` of each box that was ticked; what can't be read is left out."""
    pairs = (one.partition(":") for one in sent)
    read_pairs = [(cursor_id(number), cursor_id(version)) for number, _colon, version in pairs]
    return [(ItemId(number), version) for number, version in read_pairs if number and version]


@dataclass(frozen=True)
class WordForm:
    words: str = ""
    is_pattern: bool = False
    outcome: str = Outcome.HOLD


def read_word(sent: Mapping[str, str]) -> WordForm:
    return WordForm(sent.get("words", ""), sent.get("is_pattern") == "yes", sent.get("outcome", Outcome.HOLD))
