"""Messages of a page: a pasted text may be long, and everything else together may not."""

import pytest
from google.protobuf.message import DecodeError
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from corridor.web.message_size import bytes_beside_text
from corridor.web.websocket_bounds import WebsocketBounds

MOST = WebsocketBounds().beside_text_bytes


def message(*widgets: WidgetState, **state: object) -> bytes:
    return BackMsg(rerun_script=ClientState(widget_states=WidgetStates(widgets=widgets), **state)).SerializeToString()


@pytest.mark.parametrize(
    "sent",
    [
        message(*[WidgetState()] * 500_000),
        # What is no field of a page's: a sign of life that lasts, and 19,800 fields nobody knows.
        b"\x88\x01\x01" + b"\xa0\x1f\x01" * 19_800,
        message(*[WidgetState(id="button", trigger_value=True)] * 100_000),
        message(WidgetState(id="a", json_value="[" * MOST)),
        message(WidgetState(id="a", string_trigger_value={"data": "x" * MOST})),
        message(cached_message_hashes=[""] * 500_000),
        message(query_string="a&" * 400_000),
        message(page_name="x" * MOST),
        BackMsg(file_urls_request={"file_names": [""] * 500_000}).SerializeToString(),
        message(WidgetState(int_array_value={"data": [1] * MOST})),
    ],
)
def test_many_bytes_beside_a_text_are_told(sent):
    assert bytes_beside_text(sent, MOST) > MOST


def test_a_pasted_text_is_not_counted_and_many_entries_of_a_page_are_few_bytes():
    entries = [WidgetState(id=f"$$ID-{number:064}-entry", bool_value=True) for number in range(1_000)]
    assert bytes_beside_text(message(WidgetState(id="paste", string_value="ж" * 2_000_000), *entries), MOST) < MOST


@pytest.mark.parametrize("broken", [b"\xff" * 80_000, b"\x0b" * 80_000, b"\x5a\xff\xff\x7f" + b"\x0a\x00" * 80_000])
def test_what_is_no_message_is_refused(broken):
    with pytest.raises(DecodeError):
        bytes_beside_text(broken, MOST)


@given(
    st.lists(st.builds(WidgetState, id=st.text(max_size=5), double_value=st.floats()), max_size=12),
    st.text(min_size=1_001, max_size=3_000),
    st.integers(1, 400),
)
def test_a_long_text_more_is_no_more_than_its_fields(widgets, text, most):
    before = bytes_beside_text(message(*widgets), most)
    with_text = bytes_beside_text(message(*widgets, WidgetState(string_value=text)), most)
    assert with_text >= min(before, most)
    assert with_text <= max(before, 100 * (4 + 4 * len(widgets)))
