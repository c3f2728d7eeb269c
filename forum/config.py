"""The settings of an installation: environment variables, read in one place, all errors reported together."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8000
METRICS_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,200}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class ConfigurationError(Exception):
    """Some environment variables can't be used; `problems` holds a sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """What an operator sets from outside. The site's own settings live in the database (kernel.settings)."""

    data_dir: Path
    database_url: str
    secret_key: str
    base_url: str
    search: str = "whoosh"
    redis_url: str | None = None
    smtp_url: str | None = None
    media_url: str | None = None
    site_name: str = "Kade"
    languages: tuple[str, ...] = ("en", "nl")
    rate_limits: bool = True
    trusted_proxies: int = 0
    metrics: str | None = None

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read and check every FORUM_ variable. Raises ConfigurationError naming all that are wrong."""
        return _Reader(os.environ if environ is None else environ).settings()

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).netloc.lower()

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


class _Reader:
    """Collects problems instead of stopping at the first, so that an operator mends them in one go."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def settings(self) -> Settings:
        data_dir = Path(self.environ.get("FORUM_DATA_DIR") or ROOT / "instance").expanduser().absolute()
        settings = Settings(
            data_dir=data_dir,
            database_url=self.checked("DATABASE_URL", f"sqlite:///{data_dir / 'kade.sqlite3'}", _database_problem),
            secret_key=self.secret_key(data_dir),
            base_url=self.base_url(),
            search=self.checked("SEARCH", "whoosh", _one_of("whoosh", "postgres")),
            redis_url=self.optional("REDIS_URL", ("redis", "rediss", "unix")),
            smtp_url=self.optional("SMTP_URL", ("smtp", "smtps")),
            media_url=self.checked("MEDIA_URL", "", _media_url_problem) or None,
            site_name=self.checked("SITE_NAME", "Kade", _site_name_problem),
            languages=self.languages(),
            rate_limits=self.checked("RATE_LIMITS", "on", _one_of("on", "off")) == "on",
            trusted_proxies=self.trusted_proxies(),
            metrics=self.metrics(),
        )
        if settings.search == "postgres" and settings.is_sqlite:
            self.problems.append("FORUM_SEARCH is 'postgres': set FORUM_DATABASE_URL to a PostgreSQL database, too")
        if self.problems:
            raise ConfigurationError(self.problems)
        return settings

    def checked(self, name: str, default: str, problem: Callable[[str], str | None]) -> str:
        value = self.environ.get(f"FORUM_{name}") or default
        if found := problem(value):
            self.problems.append(f"FORUM_{name} is {value!r}: {found}")
        return value

    def optional(self, name: str, schemes: tuple[str, ...]) -> str | None:
        def problem(value: str) -> str | None:
            if value and urlsplit(value).scheme not in schemes:
                return f"write an address that starts with {' or '.join(s + '://' for s in schemes)}"
            return None

        return self.checked(name, "", problem) or None

    def base_url(self) -> str:
        port = self.environ.get("PORT") or str(DEFAULT_PORT)
        if not port.isdigit() or not 0 < int(port) < 65536:
            self.problems.append(f"PORT is {port!r}: write a number from 1 to 65535")
        return self.checked("BASE_URL", f"http://localhost:{port}", _base_url_problem).rstrip("/")

    def languages(self) -> tuple[str, ...]:
        value = self.environ.get("FORUM_LANGUAGES") or "en,nl"
        languages = tuple(part.strip() for part in value.split(",") if part.strip())
        if not languages or not all(LANGUAGE.fullmatch(one) for one in languages):
            self.problems.append(f"FORUM_LANGUAGES is {value!r}: write language codes with commas, such as en,nl")
        return languages

    def trusted_proxies(self) -> int:
        value = self.checked("TRUSTED_PROXIES", "0", _count_problem)
        return int(value) if value.isdigit() else 0

    def metrics(self) -> str | None:
        """The token that asks for figures. Never in the words of a problem, which end in a log."""
        value = self.environ.get("FORUM_METRICS") or ""
        if value and not METRICS_TOKEN.fullmatch(value):
            self.problems.append(
                "FORUM_METRICS can't be used: give a token of 20 to 200 letters, digits, “-” or “_”, or leave it unset"
            )
        return value or None

    def secret_key(self, data_dir: Path) -> str:
        given = self.environ.get("FORUM_SECRET_KEY")
        if given is not None and len(given) < 32:
            self.problems.append("FORUM_SECRET_KEY is too short: give at least 32 random characters, or leave it unset")
        return given or stored_secret_key(data_dir)


def stored_secret_key(data_dir: Path) -> str:
    """The key kept in the data folder; made on first use, readable by its owner only."""
    path = data_dir / "secret-key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    except OSError as error:
        raise ConfigurationError(
            [f"The data folder {data_dir} can't be written ({error.strerror}): set FORUM_DATA_DIR to one that can"]
        ) from error
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def _one_of(*values: str) -> Callable[[str], str | None]:
    return lambda value: None if value in values else f"write {' or '.join(values)}"


def _database_problem(value: str) -> str | None:
    if value.startswith(("sqlite:///", "postgresql+psycopg://")):
        return None
    return "write sqlite:///PATH or postgresql+psycopg://USER@HOST/DATABASE"


def _base_url_problem(value: str) -> str | None:
    parts = urlsplit(value)
    if parts.scheme in {"http", "https"} and parts.hostname and parts.path in {"", "/"} and not parts.query:
        return None
    return "write the site's address without a path, such as https://forum.example"


def _media_url_problem(value: str) -> str | None:
    parts = urlsplit(value)
    if not value or (parts.scheme in {"s3", "s3+http"} and parts.hostname and parts.path.strip("/") and parts.password):
        return None
    return "write s3://KEY-ID:SECRET@HOST/BUCKET?region=REGION, or leave it unset to keep files in the data folder"


def _site_name_problem(value: str) -> str | None:
    return None if len(value) <= 60 else "write at most 60 characters"


def _count_problem(value: str) -> str | None:
    return None if value.isdigit() else "write the number of proxies in front of Kade, such as 1"


def current() -> Settings:
    """The settings of the running application."""
    from flask import current_app  # the reader above serves command lines that have no application yet

    settings: Settings = current_app.extensions["settings"]
    return settings


def absolute(path: str) -> str:
    """A path of this site as an absolute address: from FORUM_BASE_URL, never from the Host header."""
    return current().base_url + path
