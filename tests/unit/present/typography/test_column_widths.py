"""Columns fill their room, hold their longest words, and break texts where it costs the fewest lines."""

from hypothesis import given
from hypothesis import strategies as st

from corridor.present.typography.column_widths import column_widths

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=8).map(" ".join)
COLUMNS = st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=6)


def wide(text: str) -> float:
    return len(text) + 1.0


@given(COLUMNS, st.floats(10.0, 400.0))
def test_columns_fill_the_room_and_hold_their_longest_words(columns, room):
    widths = column_widths(columns, room, wide)
    longest = [max(wide(word) for text in texts for word in text.split()) for texts in columns]
    if widths is None:
        assert sum(longest) > room
    else:
        assert abs(sum(widths) - room) < 1e-6 * room
        assert all(one >= least - 1e-6 for one, least in zip(widths, longest, strict=True))


def test_one_long_text_gives_way_before_many():
    names = ["short"] * 5 + ["a name that is longer than all others by far indeed"]
    told = ["said in so many words"] * 6
    widths = column_widths([names, told], 60.0, wide)
    assert widths is not None
    assert widths[1] == wide(told[0])
    assert column_widths([["unbreakable" * 9]], 20.0, wide) is None
