"""Addresses: which become links, how they are shown, where they lead."""

from __future__ import annotations

import pytest

from forum.kernel.pictures import Document, Picture
from forum.kernel.text import Known, names_in, plain, render
from tests.kernel.text import page

REL = 'rel="nofollow ugc noopener"'


def inline(source: str) -> str:
    return render(source).html.removeprefix("<p>").removesuffix("</p>\n")


def test_url_in_a_sentence_ends_before_its_full_stop() -> None:
    url = "https://amsterdamsmartcity.com/posts/organizing-smart-city-projects-lessons-learned-fr"
    assert page.hrefs(inline(f"Earlier, we posted. {url}.\nIt is good.")) == [url]


def test_url_is_shown_without_scheme_and_whole_in_its_href() -> None:
    assert inline("See https://www.example.org/a.") == (
        f'See <a class="url" href="https://www.example.org/a" {REL}>example.org/a</a>.'
    )


def test_long_url_is_shown_shortened_and_read_whole_in_letters() -> None:
    url = "https://example.org/reports/2026/what-we-learned-in-fourteen-districts-about-shared-heat"
    rendered = render(f"See {url} there.")
    assert page.words(rendered.html) == "See example.org/reports/2026/what-we-learned-in-fourteen-districts… there."
    assert plain(rendered.html) == f"See {url} there."


@pytest.mark.parametrize(
    ("source", "href"),
    [
        ("(https://a.nl/x)", "https://a.nl/x"),
        ("https://en.wikipedia.org/wiki/Quay_(place).", "https://en.wikipedia.org/wiki/Quay_(place)"),
        ("(see https://a.nl/b_(c))", "https://a.nl/b_(c)"),
        ("**https://a.nl**", "https://a.nl"),
        ("_https://a.nl/x_", "https://a.nl/x"),
        ("https://youtu.be/abcdefghij_ ends so", "https://youtu.be/abcdefghij_"),
        ("“https://a.nl”", "https://a.nl"),
        ("https://a.nl, and", "https://a.nl"),
        ("https://a.nl/?a=1&amp;b=2", "https://a.nl/?a=1&b=2"),
        ("https://a.nl/x?y=1#z!", "https://a.nl/x?y=1#z"),
        ("https://a.nl&gt; x", "https://a.nl"),
        ("https://a.nl/_a_*b*_c_ x", "https://a.nl/_a_*b*_c_"),
        ("HTTPS://A.nl/B x", "https://A.nl/B"),
        ("www.a.nl/x.", "https://www.a.nl/x"),
        ("<https://a.nl/x>", "https://a.nl/x"),
        ("https://münchen.example/straße x", "https://xn--mnchen-3ya.example/stra%C3%9Fe"),
        ("http://[2001:db8::1]/ x [l](http://[2001:db8::1]/)", "http://[2001:db8::1]/"),
        ("[l](/posts/1)", "/posts/1"),
        ("[l](https://a.nl 'title')", "https://a.nl"),
        ("[l][r]\n\n[r]: https://a.nl", "https://a.nl"),
        ("foo@bar.example.", "mailto:foo@bar.example"),
        ("<foo@bar.example>", "mailto:foo@bar.example"),
        ("mailto:foo.b-c_d@bar.example", "mailto:foo.b-c_d@bar.example"),
    ],
)
def test_address_becomes_a_link(source: str, href: str) -> None:
    assert page.hrefs(inline(source)) == [href]


@pytest.mark.parametrize(
    "source",
    [
        "file.py and e.g. this",
        "http:// and https://",
        "https://user:word@a.nl/",
        "https://bank.example@evil.example/",
        "[x](https://bank.example@evil.example/)",
        "[x](//evil.example)",
        "[x](/\\evil.example)",
        "[x](\\\\evil.example)",
        "[x](/%09/..//evil.example\\@x)",
        "[x](javascript:alert(1))",
        "[x](javascript:123)",
        "[x](JaVaScRiPt&#58;alert`1`)",
        "[x](java\tscript:alert)",
        "[x](data:text/html,x)",
        "[x](data:image/png;base64,x)",
        "[x](vbscript:x)",
        "[x](tel:123)",
        "[x](ftp://a.nl)",
        "[x](a1b2:80)",
        "[x](posts/1)",
        "[x](?q=1)",
        "[x](mailto:?bcc=c)",
        "[x](/posts/../../admin)",
        "[x](/%2Fevil.example)",
        "[x](/a//evil.example)",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "`https://a.nl`",
        "x@y",
        "foo@bar.nl@baz.nl",
        "https://" + "a" * 2100,
        "[x](https://a.nl/" + "a" * 2100 + ")",
        "https://" + "é" * 64 + ".nl",
    ],
)
def test_address_that_is_no_link(source: str) -> None:
    assert page.hrefs(inline(source)) == []


def test_link_whose_words_name_another_host_shows_the_true_one() -> None:
    assert page.words(inline("[https://bank.example/in](https://evil.example/x)")) == "evil.example/x"


def test_link_whose_words_name_the_same_host_keeps_them() -> None:
    assert page.words(inline("[www.a.nl](https://a.nl/x)")) == "www.a.nl"


def test_link_without_words_shows_its_address() -> None:
    assert page.words(inline("[](https://a.nl/x)")) == "a.nl/x"


def test_host_in_letters_that_pass_for_others_is_shown_in_code() -> None:
    assert page.words(inline("x https://аpple.example/")) == "x xn--pple-43d.example"


def test_host_in_accented_latin_is_shown_in_letters() -> None:
    assert page.words(inline("x https://münchen.example/")) == "x münchen.example"


def test_path_that_turns_the_line_around_is_shown_straight() -> None:
    assert page.words(inline("x https://a.nl/%E2%80%AEgpj")) == "x a.nl/gpj"


def test_links_of_a_text_are_listed_once() -> None:
    rendered = render(
        "https://a.nl [b](http://b.nl) https://a.nl c@d.nl [e](/e) `https://f.nl`\n\n![g](https://g.nl/h.png)"
    )
    assert rendered.links == ("https://a.nl", "http://b.nl", "https://g.nl/h.png")


def test_picture_from_elsewhere_is_a_link_that_loads_nothing() -> None:
    rendered = render("![A quay](https://a.nl/b.png)")
    assert rendered.html == f'<p><a class="picture-link" href="https://a.nl/b.png" {REL}>A quay</a></p>\n'
    assert rendered.images == 1


def test_picture_without_words_shows_its_address() -> None:
    assert page.words(inline("![](https://a.nl/b.png)")) == "a.nl/b.png"


def test_picture_within_a_link_is_its_words() -> None:
    assert inline("[![A quay](https://a.nl/b.png)](https://c.nl)") == f'<a href="https://c.nl" {REL}>A quay</a>'


KEY = "0123456789abcdeF"
PICTURE, REPORT = Picture(KEY, 1200, 800), Document("r" * 16, "report.pdf", 1_234_567)
FILES = Known({}, {}, {KEY: PICTURE, REPORT.key: REPORT})


def test_picture_of_this_site_is_shown_in_its_place() -> None:
    rendered = render(f'![A @quay & more](/media/{KEY}.webp "Spring")', FILES)
    assert rendered.html == (
        f'<p><img src="/media/{KEY}/960.webp" srcset="/media/{KEY}/480.webp 480w, /media/{KEY}/960.webp 960w, '
        f'/media/{KEY}/1200.webp 1200w" sizes="(min-width: 44rem) 38.5rem, calc(100vw - 2rem)" width="1200" '
        'height="800" alt="A @quay &amp; more" title="Spring" loading="lazy" decoding="async"></p>\n'
    )
    assert (rendered.files, rendered.images, rendered.links) == ((KEY,), 1, ())


def test_picture_that_is_not_stored_is_its_words() -> None:
    assert render(f"![A quay](/media/{'x' * 16}.webp)", FILES).html == "<p>A quay</p>\n"


def test_file_of_this_site_is_a_link_with_its_size() -> None:
    rendered = render(f"[The report]({REPORT.address})", FILES)
    link = f'<a class="file" href="{REPORT.address}" {REL}>The report <small>(PDF, 1.2 MB)</small></a>'
    assert (rendered.html, rendered.files) == (f"<p>{link}</p>\n", (REPORT.key,))


def test_files_that_a_text_names() -> None:
    source = f"![a]({PICTURE.address}) [b]({REPORT.address}) /media/short.webp"
    assert names_in(source).files == {KEY, REPORT.key}


@pytest.mark.parametrize("src", ["/media/../x.png", "/media//x.png", "/other/x.png", "/media/x.png?y", "javascript:1"])
def test_picture_from_anywhere_else_is_not_loaded(src: str) -> None:
    assert [node.tag for node in page.elements(inline(f"![a]({src})"))] == []
