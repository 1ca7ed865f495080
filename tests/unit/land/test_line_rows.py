"""Many lines in one array are the same lines, as a sequence, as one shape and back."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from corridor.land import line_rows
from corridor.land.line_rows import LineRows, line_of, shapes_of, without_heights

DEGREES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
LINES = st.lists(st.lists(DEGREES, min_size=2, max_size=5), min_size=1, max_size=9)


@given(LINES, st.integers(1, 4))
def test_lines_become_one_shape_and_are_the_same_again(lines, at_a_time):
    arrays = [np.array(line) for line in lines]
    together = LineRows.together(arrays)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(line_rows, "AT_A_TIME", at_a_time)
        shape = line_of(together)
        some = [list(lines) for lines in together.some_at_a_time()]
        listed = [rows.tolist() for rows in together]
    as_shapes = [shapely.LineString(rows) for rows in arrays]
    assert shape.equals_exact(as_shapes[0] if len(lines) == 1 else shapely.MultiLineString(as_shapes))
    assert shapes_of(together).tolist() == as_shapes
    assert listed == [rows.tolist() for rows in arrays] == [rows.tolist() for lines in some for rows in lines]
    assert together.starts.tolist() == [rows[0].tolist() for rows in arrays]
    assert together.ends.tolist() == [rows[-1].tolist() for rows in arrays]


@given(LINES, st.integers(-10, 10), st.integers(-10, 10))
def test_lines_are_numbered_as_in_a_list(lines, start, end):
    together = LineRows.together([np.array(line) for line in lines])
    assert [rows.tolist() for rows in together[start:end]] == [[list(at) for at in line] for line in lines[start:end]]
    assert together[-1].tolist() == [list(at) for at in lines[-1]]
    with pytest.raises(IndexError):
        together[len(lines)]


def test_heights_are_no_part_of_a_shape():
    rows = np.array([[45.0, 39.0, 700.0], [45.1, 39.0, np.nan]])
    for lines in (without_heights([rows, rows]), without_heights(LineRows.together([rows, rows]))):
        assert [line.tolist() for line in lines] == [rows[:, :2].tolist()] * 2
    assert shapely.get_coordinate_dimension(line_of([rows, rows])) == 2
