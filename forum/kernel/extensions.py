"""What the application was put together with, for code below the views that knows no web framework."""

from __future__ import annotations

from typing import Any

from flask import current_app


def extension(name: str) -> Any:
    """What the factory installed under this name. Raises KeyError."""
    return current_app.extensions[name]
