"""Texts of slides are measured as wide as Arial, broken where programs break them, and never lost when they are cut."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corridor.present.slides.fitting import height, taken
from corridor.present.slides.measuring import Measure, StyledText, clean, right_to_left
from corridor.present.slides.text_xml import SlideParagraph

MEASURE = Measure()
TEXTS = st.text("abc WiÉəЖՀک-/", min_size=1, max_size=120)
PIECES = st.lists(
    st.builds(StyledText, TEXTS, bold=st.booleans(), size=st.sampled_from([0.7, 1.0])), min_size=1, max_size=4
)


@pytest.mark.parametrize(("sign", "share"), [("i", 0.222), ("W", 0.944), ("ş", 0.5), ("—", 1.0)])
def test_letters_are_as_wide_as_those_of_arial(sign, share):
    assert MEASURE.width(sign, 1.0) == pytest.approx(share)
    assert Measure(known=False).width(sign, 1.0) >= share


def test_letters_arial_is_not_measured_for_count_as_wide_as_the_widest_face():
    assert MEASURE.width("Հ", 10.0) > 5
    assert MEASURE.width("漢", 10.0) == 10.0
    assert MEASURE.width("e\u0301", 10.0) == MEASURE.width("e", 10.0)


@pytest.mark.parametrize("measure", [MEASURE, Measure(known=False)])
def test_letters_of_a_joined_script_count_as_they_stand_beside_each_other(measure):
    assert measure.width("تبریز", 10.0) < 0.6 * sum(measure.width(sign, 10.0) for sign in "تبریز")
    assert measure.width("A تبریز, تفلیس", 10.0) == pytest.approx(
        sum(measure.width(part, 10.0) for part in ("A ", "تبریز", ", ", "تفلیس"))
    )
    assert measure.width("AVA", 10.0) == pytest.approx(2 * measure.width("A", 10.0) + measure.width("V", 10.0))


@given(PIECES, st.floats(20.0, 300.0))
def test_lines_hold_the_whole_text_and_are_no_wider_than_the_room(pieces, room):
    text = "".join(piece.text for piece in pieces)
    lines = MEASURE.lines(pieces, 10.0, room)
    assert "".join(text[begin:end] for begin, end in lines).replace(" ", "") == text.replace(" ", "")
    widths = [wide for piece in pieces for wide in MEASURE.advances(piece.text, 10.0 * piece.size, bold=piece.bold)]
    for begin, end in lines:
        said = text[begin:end].rstrip()
        assert sum(widths[begin : begin + len(said)]) <= room + 1e-6 or len(said) == 1
    assert MEASURE.count(pieces, 10.0, room) >= len(lines)


@given(st.lists(PIECES, min_size=1, max_size=5), st.floats(60.0, 300.0), st.floats(15.0, 120.0))
# A word of a joined script that is cut: its last letter here is wider than it was within the word.
@example([[StyledText("WW", size=0.7), StyledText("aa"), StyledText("Waaaaaaکک", size=0.7)]], 60.0, 15.0)
def test_what_is_cut_to_fit_a_room_fits_it_and_nothing_is_lost(paragraphs, wide, high):
    left = tuple(SlideParagraph(tuple(pieces), 10.0, before=3.0) for pieces in paragraphs)
    whole = "".join(piece.text for one in left for piece in one.pieces).replace(" ", "")
    said = ""
    for _ in range(500):
        if not left:
            break
        here, left = taken(left, MEASURE, wide, high, cut=True)
        assert here
        assert sum(len(one.lines(MEASURE, wide)) for one in here) * 12.0 <= high + 1e-6
        said += "".join(piece.text for one in here for piece in one.pieces).replace(" ", "")
    assert said == whole


def test_a_heading_stays_with_what_it_heads():
    head = SlideParagraph((StyledText("Heading"),), 10.0, heads=True)
    body = SlideParagraph((StyledText("Body"),), 10.0)
    assert taken((body, head, body), MEASURE, 200.0, 24.0, cut=False) == ((body,), (head, body))
    assert height((body, head, body), MEASURE, 200.0) == pytest.approx(36.0)


def test_signs_no_file_can_hold_are_left_out_and_joiners_stay():
    assert clean("a\x00b\x01c\ud800d\u202ee\ufffe") == "abcde"
    assert clean("راه\u200cآهن") == "راه\u200cآهن"
    assert clean("a\tb\u00a0c\nd") == "a b c\nd"
    assert right_to_left("12 راه") is True
    assert right_to_left("Norduz راه") is False
