"""Nobody is sent elsewhere, however the address is dressed up."""

from __future__ import annotations

import pytest

from forum.accounts.local_paths import local_path


@pytest.mark.parametrize("path", ["/", "/posts/1/a-b?sort=top&x=%2F%2F#comment-3", "/zoek?q=brug", "/topics/énergie"])
def test_path_of_this_site_is_kept(path: str) -> None:
    assert local_path(path, "/otherwise") == path


@pytest.mark.parametrize(
    "address",
    [
        None, "", "posts", "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example",
        "\\\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example",
        " //evil.example", "/ /evil.example", "javascript:alert(1)", "data:text/html,x", "http:/evil.example",
        "/\x00/evil.example", "/\x7f", "/a\r\nLocation: https://evil.example", "//[", "/" + "x" * 2000, "/\u2028",
    ],
)  # fmt: skip
def test_anything_else_is_left(address: str | None) -> None:
    assert local_path(address, "/otherwise") == "/otherwise"
