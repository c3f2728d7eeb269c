"""Where a session was opened, in words short enough to recognise it by."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

# The first that is found counts: browsers name their ancestors, too.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chromium", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Browser:
    """What a session remembers of where it was opened. `network` is an address without its last part."""

    user_agent: str
    network: str


def browser_of(user_agent: str, address: str) -> Browser:
    return Browser(user_agent, network_of(address))


def name_and_system(user_agent: str) -> tuple[str, str]:
    """`("Firefox", "Linux")`; empty where it can't be told."""
    return _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)


def network_of(address: str) -> str:
    """An address shortened to its network, /24 or /48: enough to recognise, too little to find somebody by."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    length = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, length), strict=False).network_address)


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
