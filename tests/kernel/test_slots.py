"""Slots: a shared page is cut once, and filled for each viewer."""

from markupsafe import Markup

from forum.kernel import slots


def test_page_is_cut_at_its_slots_and_filled() -> None:
    with slots.shared():
        page = Markup("a{}bü{}c").format(slots.slot("own", 12), slots.slot("own", 13))
    cut = slots.cut(page)
    assert cut.texts == (b"a", "bü".encode(), b"c")
    assert cut.fill({"own": lambda known, number: f"[{known}{number}]"}, "mé") == "a[mé12]bü[mé13]c".encode()


def test_marker_written_by_a_member_is_not_a_slot() -> None:
    forged = "\x02" + "0" * 32 + ":own:12\x03"
    assert slots.cut(forged).slots == ()
