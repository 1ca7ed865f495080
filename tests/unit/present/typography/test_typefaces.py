"""What is written in a document or on a map can be written, and its width is known before."""

import base64
import re
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.present.typography.typefaces import (
    FILES,
    NOT_WRITABLE,
    OTHER_SCRIPTS,
    SANS,
    _made_writable,
    advances,
    carried,
    face_runs,
    shortened,
    width,
    wrapped,
    writable,
)
from corridor.shipped import read_shipped

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


def shipped_names() -> list[str]:
    return [
        text
        for feature in read_shipped().by_id.values()
        for text in (feature["properties"]["label"], *(name["text"] for name in feature["properties"]["names"]))
    ]


@pytest.mark.parametrize(("weight", "italic"), FILES)
def test_every_shipped_name_in_every_script_can_be_written(weight, italic):
    for name in shipped_names():
        assert writable(name) == name
        for face, signs in face_runs(name, weight, italic):
            assert all(face.has(sign) and face.font.get_nominal_glyph(ord(sign)) for sign in signs)


@pytest.mark.parametrize(
    ("text", "italic", "families"),
    [
        ("Meghri", False, [SANS]),
        ("Naxçıvan, Gəncə, Iğdır", True, [SANS]),
        ("Ереван", False, [SANS]),
        ("Ереван", True, [OTHER_SCRIPTS]),
        ("Երևան", False, [OTHER_SCRIPTS]),
        ("A – Երևան", False, [SANS, OTHER_SCRIPTS]),
        ("ایروان", True, [OTHER_SCRIPTS]),
    ],
)
def test_source_sans_writes_what_it_can_and_dejavu_the_rest(text, italic, families):
    assert [face.family for face, _ in face_runs(text, 400, italic)] == families


def test_what_cannot_be_written_is_seen_to_be_missing_and_nothing_turns_a_line_about():
    assert writable("日本") == NOT_WRITABLE * 2
    assert writable("a\u202eb\x00c\x1b") == "abc"
    assert writable("  one\n\ttwo ") == "one two"
    assert writable("\ud800x") == f"{NOT_WRITABLE}x"
    with pytest.raises(ValueError, match=r"U\+65E5"):
        list(face_runs("日"))


def test_a_text_taken_as_it_stands_is_what_each_of_its_signs_would_make_of_it():
    for sign in map(chr, range(0x3100)):
        for text in (sign, f"e{sign}x", f"क{sign} {sign}\t"):
            assert writable(text) == _made_writable(text), hex(ord(sign))


@settings(deadline=None)
@given(TEXTS)
def test_any_text_becomes_writable_and_stays_so(text):
    once = writable(text)
    assert writable(once) == once
    assert len(advances(once)) == len(once)
    assert all(wide >= 0 for wide in advances(once))


def test_letters_of_a_joined_script_are_as_wide_as_the_forms_they_take():
    assert width("تبریز", 10) < 0.6 * sum(width(sign, 10) for sign in "تبریز")
    # A beginning form is not the one that stands alone, and a sign that parts letters brings that one back.
    assert width("به", 10) == pytest.approx(width("ب\u200d", 10) + width("\u200dه", 10))
    assert width("ب\u200cه", 10) == pytest.approx(width("ب", 10) + width("ه", 10))
    assert advances("ب\u200cه")[1] == 0


def test_characters_that_are_drawn_as_one_share_its_width():
    first, second = advances("لا")
    assert first == second
    assert first + second < sum(advances("ل") + advances("ا"))
    assert advances("بَ")[1] == 0


def test_scripts_beside_each_other_are_shaped_each_by_its_own_rules():
    for first, second in [("تبریز", "Երևան"), ("Երևան", "تبریز"), ("אב", "تبریز"), ("AVA", "Ереван")]:
        assert advances(first + second) == pytest.approx(advances(first) + advances(second))


def test_ligatures_a_script_does_not_require_are_not_measured_as_maps_do_not_set_them():
    assert width("ffi", 10) == pytest.approx(2 * width("f", 10) + width("i", 10), rel=0.02)


def test_pairs_are_kerned_and_letters_spaced():
    assert width("AV", 10) < width("A", 10) + width("V", 10)
    assert width("IRAN", 10, spacing=2) == pytest.approx(width("IRAN", 10) + 3 * 2)
    assert width("", 10, spacing=2) == 0
    assert width("تبریز", 10, spacing=2) == width("تبریز", 10)
    assert width("A تبریز B", 10, spacing=2) == pytest.approx(width("A تبریز B", 10) + 3 * 2)
    assert width("Meghri", 20) == pytest.approx(2 * width("Meghri", 10))
    assert width("", 10) == 0


@settings(deadline=None)
@given(TEXTS, st.floats(20, 200))
def test_wrapped_lines_fit_and_lose_nothing(text, room):
    text = writable(text)
    lines = wrapped(text, room, 8)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert width(line, 8) <= room or len(line) == 1


@settings(deadline=None)
@given(TEXTS, st.floats(20, 200))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text, room):
    text = writable(text)
    short = shortened(text, room, 8)
    assert width(short, 8) <= room
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_a_file_that_travels_alone_carries_the_letters_it_needs_and_no_more():
    texts = [("Meghri Երևան", 400, False), ("ARMENIA", 600, False)]
    rules = carried(texts)
    assert carried(texts) == rules
    found = {}
    pattern = r'font-family:"([^"]+)";font-weight:(\d+);font-style:normal;src:url\(data:font/woff;base64,([^)]+)\)'
    for family, weight, data in re.findall(pattern, rules):
        letters = TTFont(BytesIO(base64.b64decode(data))).getBestCmap()
        found[family, weight] = "".join(sorted(map(chr, letters)))
    assert found == {
        (SANS, "400"): " Meghir",
        (OTHER_SCRIPTS, "400"): "".join(sorted("Երևան")),
        (SANS, "600"): "AEIMNR",
    }
