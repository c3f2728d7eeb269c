"""What a bare address on a line of its own becomes: a player for a video, a card for anything else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from forum.kernel.text.spans import CardWords
from forum.kernel.text.urls import clip, host_of, shown_host, shown_rest

# A page of players is a wall; the rest stay links.
MAX_EMBEDS = 20

# Two lines of a card on a phone.
MAX_TITLE = 110

_YOUTUBE = {"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"}
_YOUTUBE_ID = re.compile(r"(?!videoseries)[A-Za-z0-9_-]{11}")
_YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v|e)/([^/]+)/?")
_VIMEO = {"vimeo.com", "player.vimeo.com"}
_VIMEO_PATH = re.compile(
    r"(?:/video|/channels/[\w-]+|/groups/[\w-]+/videos|/(?:album|showcase)/\d+/video)?/(\d{1,12})(?:/([0-9a-f]{6,20}))?/?"
)
_VIMEO_KEY = re.compile(r"[0-9a-f]{6,20}")
_TIME = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?")


@dataclass(frozen=True)
class Video:
    """`key` opens an unlisted Vimeo film; `start` is in seconds."""

    provider: str
    id: str
    key: str = ""
    start: int = 0

    @property
    def page(self) -> str:
        """Where it can be watched without a player of ours."""
        if self.provider == "youtube":
            return f"https://www.youtube.com/watch?v={self.id}" + (f"&t={self.start}s" if self.start else "")
        key = f"/{self.key}" if self.key else ""
        return f"https://vimeo.com/{self.id}{key}" + (f"#t={self.start}s" if self.start else "")


@dataclass(frozen=True)
class Card:
    """`words` are those of the page itself, where it was fetched; else `title` is made of the address."""

    url: str
    host: str
    title: str
    words: CardWords | None = None


def video_of(url: str) -> Video | None:
    """`url` is a normal one. Playlists and channels have no single video: they are cards."""
    host = host_of(url)
    if host in _YOUTUBE or host == "youtu.be":
        return _youtube(url, short=host == "youtu.be")
    return _vimeo(url) if host in _VIMEO else None


def card_of(url: str) -> Card:
    """Made of the address alone, nothing is fetched: the last part of a path is mostly the title."""
    host, rest = shown_host(url), shown_rest(url)
    words = re.sub(r"\.(?:html?|php|aspx?|pdf)\Z", "", re.split(r"[?#]", rest)[0].rstrip("/").rpartition("/")[2])
    title = re.sub(r"[-_+\s]+", " ", words).strip()
    if " " not in title or not any(letter.isalpha() for letter in title):
        title = rest.strip("/")
    return Card(url, host if title else "", clip(title[:1].upper() + title[1:] or host, MAX_TITLE))


def _youtube(url: str, *, short: bool) -> Video | None:
    parts = urlsplit(url)
    query = parse_qs(parts.query, max_num_fields=20) if parts.query.count("&") < 20 else {}
    if short:
        name = parts.path.strip("/")
    elif parts.path.rstrip("/") == "/watch":
        name = query.get("v", [""])[0]
    else:
        found = _YOUTUBE_PATH.fullmatch(parts.path)
        name = found[1] if found else ""
    start = query.get("t") or query.get("start") or [parts.fragment.removeprefix("t=")]
    return Video("youtube", name, start=_seconds(start[0])) if _YOUTUBE_ID.fullmatch(name) else None


def _vimeo(url: str) -> Video | None:
    parts = urlsplit(url)
    found = _VIMEO_PATH.fullmatch(parts.path)
    if found is None or parts.query.count("&") >= 20:
        return None
    key = found[2] or parse_qs(parts.query).get("h", [""])[0]
    start = _seconds(parts.fragment.removeprefix("t="))
    return Video("vimeo", found[1], key if _VIMEO_KEY.fullmatch(key) else "", start)


def _seconds(typed: str) -> int:
    """Of `90`, `90s`, `1m30s` or `1h2m3s`; 0 for anything else."""
    found = _TIME.fullmatch(typed)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds
