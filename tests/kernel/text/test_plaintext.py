"""Words without markup."""

from __future__ import annotations

import pytest

from forum.kernel.text import Known, plain, render

KNOWN = Known({"marit": ("marit", "Marit")}, {"energy": ("Energy", "energy")})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A *b* `c`\nd", "A b c\nd"),
        ("# Title\n\nText", "Title\nText"),
        ("- a\n  - b\n- [x] c", "a\nb\nc"),
        ("a | b\n--|--\n1 | 2", "a b\n1 2"),
        ('x < y & z &lt; "q"', 'x < y & z < "q"'),
        ("A[^1] b\n\n[^1]: Note.", "A b\nNote."),
        ("@marit on #energy", "@marit on Energy"),
        ("foo@bar.nl", "foo@bar.nl"),
        ("https://vimeo.com/123456", "https://vimeo.com/123456"),
        ("https://a.nl/some-thing?x=1&y=2", "https://a.nl/some-thing?x=1&y=2"),
        ("```\na  b\nc\n```", "a b\nc"),
        ("", ""),
    ],
)
def test_plain_words_of(source: str, expected: str) -> None:
    assert plain(render(source, KNOWN).html) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Title\n\nFirst[^1] *words*.\n\n```\ncode\n```\n\nMore.\n\n[^1]: Note.", "First words. More."),
        ("https://vimeo.com/123456\n\nBelow it.", "Below it."),
        ("```\nonly code\n```", "only code"),
        ("# Only a title", "Only a title"),
        ("https://vimeo.com/123456", "https://vimeo.com/123456"),
        ("- a\n- b", "a b"),
        ("", ""),
    ],
)
def test_excerpt_of(source: str, expected: str) -> None:
    assert render(source).excerpt == expected


def test_excerpt_ends_between_words() -> None:
    excerpt = render("every word, " * 50).excerpt
    assert (len(excerpt) <= 240, excerpt[-11:]) == (True, "every word…")


def test_excerpt_of_one_endless_word_is_cut() -> None:
    assert render("a" * 500).excerpt == "a" * 239 + "…"


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("One two, three.", 3),
        ("It’s a 1,000-city well-known plan", 5),
        ("https://vimeo.com/1", 0),
        ("`code` too", 2),
        ("", 0),
    ],
)
def test_words_of(source: str, count: int) -> None:
    assert render(source).words == count
