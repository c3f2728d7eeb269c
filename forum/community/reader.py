"""Reads values out of parsed JSON and collects what is wrong with them, each problem at its JSON pointer (RFC 6901)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from forum.kernel.errors import Invalid
from forum.kernel.lines import one_line
from forum.kernel.text import TextTooLong, clean_source

MAX_PROBLEMS = 20
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
MAX_KEY = 200

Checked = TypeVar("Checked")
Choice = TypeVar("Choice", bound=StrEnum)


def parse(text: str) -> Any:
    """Raises Invalid naming line and column."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Invalid(f"This isn't JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from error
    except RecursionError:
        raise Invalid("This file nests too deeply to be read.") from None
    except ValueError as error:
        raise Invalid(f"This isn't JSON that can be read: {error}.") from error


def refuse(problems: list[str]) -> None:
    """Raises Invalid if there are any, showing at most MAX_PROBLEMS."""
    if not problems:
        return
    shown = problems[:MAX_PROBLEMS]
    more = [f"… and {len(problems) - len(shown)} more"] if len(problems) > len(shown) else []
    raise Invalid("The file was not loaded:\n" + "\n".join(f"  {one}" for one in (*shown, *more)))


def below(pointer: str, name: str | int) -> str:
    return f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"


class Place:
    """A value in the file and where it stands. Collects problems, so that a writer mends them in one go."""

    def __init__(self, value: Any, pointer: str, problems: list[str]) -> None:
        self.value = value
        self.pointer = pointer
        self.problems = problems

    def wrong(self, says: object) -> None:
        self.problems.append(f"{self.pointer or '/'}: {says}")

    def child(self, name: str | int) -> Place:
        return Place(self.value[name], below(self.pointer, name), self.problems)

    def fields(self, required: str, optional: str = "") -> bool:
        """Whether this is an object with the `required` fields; any but these and `optional` ones are a problem."""
        if not isinstance(self.value, dict):
            self.wrong("write an object")
            return False
        known = {*required.split(), *optional.split()}
        for name in self.value:
            if name not in known:
                self.child(name).wrong(f"there is no such field; known are {', '.join(sorted(known))}")
        missing = [name for name in required.split() if name not in self.value]
        if missing:
            self.wrong(f"missing {', '.join(missing)}")
        return not missing

    def key(self, name: str) -> str:
        """A text kept as it is, letter by letter."""
        key = self._string(name)
        if key is not None and not (key.isprintable() and key.strip() == key and 0 < len(key) <= MAX_KEY):
            self.child(name).wrong(f"write a key of 1 to {MAX_KEY} characters, without blanks at its ends")
        return key or ""

    def reference(self, name: str) -> str:
        """A key that may be left out."""
        return self.key(name) if self.value.get(name) is not None else ""

    def line(self, name: str, *, most: int = 200, needed: bool = True) -> str:
        """A text of one line, cleaned."""
        if not needed and self.value.get(name) is None:
            return ""
        line = self._string(name)
        if line is None:
            return ""
        line = one_line(line)
        if needed and not line:
            self.child(name).wrong("write something here")
        if len(line) > most:
            self.child(name).wrong(f"at most {most:,} characters, this has {len(line):,}")
        return line

    def body(self, name: str) -> str:
        """Markdown, cleaned."""
        source = self._string(name)
        if source is None:
            return ""
        try:
            source = clean_source(source)
        except TextTooLong as error:
            self.child(name).wrong(f"at most {error.limit:,} characters, this has {error.length:,}")
            return ""
        if not source:
            self.child(name).wrong("write something here")
        return source

    def one_of(self, name: str, values: type[Choice]) -> Choice:
        """A wrong one gives the first, so that reading goes on."""
        text = self._string(name)
        if text in list(values):
            return values(text)
        if text is not None:
            self.child(name).wrong(f"{text!r} isn't one of {', '.join(values)}")
        return next(iter(values))

    def language(self, name: str, default: str = "") -> str:
        if default and self.value.get(name) is None:
            return default
        text = self._string(name)
        if text is not None and not LANGUAGE.fullmatch(text):
            self.child(name).wrong("write a language code such as en or nl")
        return text or default

    def flag(self, name: str) -> bool:
        value = self.value.get(name, False)
        if not isinstance(value, bool):
            self.child(name).wrong("write true or false")
        return value is True

    def time(self, name: str) -> datetime | None:
        """Without a zone it's UTC."""
        text = self._string(name) if self.value.get(name) is not None else None
        if text is None:
            return None
        try:
            moment = datetime.fromisoformat(text)
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            self.child(name).wrong("write a time such as 2026-03-01T09:30:00Z (ISO 8601)")
            return None

    def strings(self, name: str) -> tuple[str, ...]:
        """Wrong ones are left empty, so that the others keep their place."""
        listed = tuple(self.items(name))
        for item in listed:
            if not isinstance(item.value, str):
                item.wrong("write a text")
        return tuple(item.value if isinstance(item.value, str) else "" for item in listed)

    def items(self, name: str) -> Iterator[Place]:
        value = self.value.get(name, [])
        if not isinstance(value, list):
            self.child(name).wrong("write a list")
            return
        for index in range(len(value)):
            yield self.child(name).child(index)

    def accept(self, check: Callable[[], Checked]) -> Checked | None:
        """What a feature says of its own words: each refused field at its place, unless it was refused already."""
        try:
            return check()
        except Invalid as error:
            told = {problem.partition(": ")[0] for problem in self.problems}
            refused = {below(self.pointer, field): message for field, message in error.fields.items()}
            self.problems.extend(f"{at}: {says}" for at, says in refused.items() if at not in told)
            if not refused:
                self.wrong(error.message)
            return None

    def _string(self, name: str) -> str | None:
        place = self.child(name)
        if not isinstance(place.value, str):
            place.wrong("write a text")
            return None
        return place.value
