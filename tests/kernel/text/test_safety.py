"""Nothing a member writes runs, loads or leads anywhere it shouldn't."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forum.kernel.text import Known, names_in, plain, present, render
from forum.kernel.text.errors import TextRefused
from forum.kernel.text.sanitise import sanitise
from tests.kernel.text import page
from tests.kernel.text.payloads import PAYLOADS, PLACES, attempts

MARKS = [
    *"*_`~[]()<>!#&|\\-+=:.@'\"^/ \n\t{}$%",
    *("**", "```", "\n\n", "](", "![", "[^1]", "[^1]: ", "- [x] ", "> ", "    ", "https://a.nl/", "www.a.nl", "a@b.nl"),
    *("&amp;", "&#x3c;", "<a href=", "<script>", "javascript:", "@marit", "#energy", "|-|-|\n", "~~", "---\n", "1. "),
    *("https://youtu.be/abcdefghijk", "\0", "\u202e", "\ud800", "\u0301", "é", "word", "\u2028", "[a]: /b\n"),
]
KNOWN = Known({"marit": ("marit", '"><script>fired()</script>')}, {"energy": ("<b>'\"", "energy")})

texts = st.text() | st.lists(st.sampled_from(MARKS) | st.text(max_size=3), max_size=60).map("".join)
markup = st.lists(
    st.sampled_from([*PAYLOADS, "<p>", "</p>", "<a href='", "<b>", "<table><td>", "<pre>", "x", "'>", '">'])
)


@pytest.mark.parametrize("place", PLACES)
def test_attempt_in_a_text_comes_to_nothing(place: str) -> None:
    for payload in PAYLOADS:
        html = render(place.replace("{}", payload), KNOWN).html
        assert (payload, page.problems(str(present(html)))) == (payload, [])


def test_attempt_past_the_parser_comes_to_nothing() -> None:
    for attempt in attempts():
        html = sanitise(attempt.encode(errors="replace").decode())
        assert (attempt, page.problems(html)) == (attempt, [])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="javascript:123">x</a>', "<a>x</a>"),
        ('<a href="a1b2:80">x</a>', "<a>x</a>"),
        ('<a href="//evil.example">x</a>', "<a>x</a>"),
        ('<a href="https://a@b.nl">x</a>', "<a>x</a>"),
        ('<a href="x.html">x</a>', "<a>x</a>"),
        (
            '<a class="mention" href="https://a.nl">x</a>',
            '<a class="mention" href="https://a.nl" rel="nofollow ugc noopener">x</a>',
        ),
        (
            '<a class="btn" href="/x" rel="opener" target="_blank">x</a>',
            '<a href="/x" rel="nofollow ugc noopener">x</a>',
        ),
        ('<img src="https://a.nl/x.png" alt="a &lt; b">', "a &lt; b"),
        ('<p class="admin" id="main" style="x">y</p>', "<p>y</p>"),
        ('<h2 id="comments">y</h2>', "<h2>y</h2>"),
        ('<code class="language-x btn">y</code>', "<code>y</code>"),
        ('<input type="password">', "<input>"),
        ("<div><span>x</span></div>", "<div><span>x</span></div>"),
        ("<script>x</script><style>y</style><!-- z -->", ""),
    ],
)
def test_walls_stop_what_the_writer_never_writes(html: str, expected: str) -> None:
    assert sanitise(html) == expected


@settings(max_examples=200, deadline=None)
@given(texts)
def test_any_text_is_shown_harmlessly(text: str) -> None:
    rendered = render(text, KNOWN)
    assert page.problems(str(present(rendered.html))) == []
    assert sanitise(rendered.html) == rendered.html


@settings(max_examples=100, deadline=None)
@given(texts)
def test_any_text_is_read_without_a_fault(text: str) -> None:
    names_in(text)
    rendered = render(text, scope=text[:9])
    assert plain(rendered.html) == plain(rendered.html).strip()
    assert len(rendered.excerpt) <= 240


@settings(max_examples=100, deadline=None)
@given(markup.map("".join))
@example("<img src=x>\ufeff<img src=x>")
@example("<img src=x>&#xfeff;<img src=x>")
def test_any_markup_passes_the_walls_once(html: str) -> None:
    once = sanitise(html.encode(errors="replace").decode())
    assert page.problems(once) == []
    assert sanitise(once) == once


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(MARKS), min_size=1, max_size=6).map("".join))
def test_any_text_repeated_is_refused_or_shown(unit: str) -> None:
    try:
        html = render((unit * 4_000)[:4_000]).html
    except TextRefused:
        return
    assert page.problems(html) == []


def test_many_threads_share_the_parsers() -> None:
    sources = [f"*{number}* https://a.nl/{number}[^1]\n\n[^1]: <b>{number}</b>" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        together = [rendered.html for rendered in pool.map(render, sources * 3)]
    assert together == [render(source).html for source in sources] * 3
