"""What a message of a page holds beside the one long text a person may paste, told from its bytes.

A message is taken apart by Streamlit, and the states of its widgets are gone through one by one on the server's only
loop. Five million bytes of empty states, two bytes each, stop every page for eight seconds (measured).
"""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

#: Where a pasted text stands in a message: the fields that lead there, each in the one before.
TEXT = (
    BackMsg.RERUN_SCRIPT_FIELD_NUMBER,
    ClientState.WIDGET_STATES_FIELD_NUMBER,
    WidgetStates.WIDGETS_FIELD_NUMBER,
    WidgetState.STRING_VALUE_FIELD_NUMBER,
)
#: Bytes of a text that is not long, and of an entry that holds no long one; bytes that a field counts for at least,
#: since it takes 1 µs to walk over (measured).
SHORT_TEXT, FIELD_BYTES = 1_000, 100
#: Kinds of fields in protobuf's wire format (protobuf.dev/programming-guides/encoding).
VARINT, EIGHT_BYTES, WITH_LENGTH, FOUR_BYTES = 0, 1, 2, 5
LONGEST_VARINT = 10


def bytes_beside_text(message: bytes, most_bytes: int) -> int:
    """Return how many bytes a message holds beside the long texts of its widgets, of more than `most_bytes` as many.

    A field counts for FIELD_BYTES at least; a message that cannot hold enough of them, for none. Reads no further than
    it has to, and takes nothing apart. Raises DecodeError where the bytes are no message.
    """
    beside, at = 0, 0
    if len(message) * FIELD_BYTES <= 2 * most_bytes:
        return 0
    ends: list[int] = []
    while beside <= most_bytes:
        while ends and at == ends[-1]:
            ends.pop()
        if at == len(message):
            break
        begun = at
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        is_long_text = False
        if kind == WITH_LENGTH:
            length, at = _varint(message, at)
            end = at + length
            if number == TEXT[len(ends)] and length > SHORT_TEXT:
                is_long_text = len(ends) == len(TEXT) - 1
                if not is_long_text:
                    _check_end(end, message, ends)
                    ends.append(end)
                    beside += FIELD_BYTES
                    continue
        elif kind == VARINT:
            _, end = _varint(message, at)
        elif kind in (EIGHT_BYTES, FOUR_BYTES):
            end = at + (8 if kind == EIGHT_BYTES else 4)
        else:
            raise DecodeError("The bytes hold a field of no known kind.")
        _check_end(end, message, ends)
        beside += max(FIELD_BYTES, (at if is_long_text else end) - begun)
        at = end
    return beside


def _check_end(end: int, message: bytes, ends: list[int]) -> None:
    if end > (ends[-1] if ends else len(message)):
        raise DecodeError("The bytes hold a field that ends after what holds it.")


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """Return the number that begins at a byte, and where it ends."""
    value = 0
    for place, byte in enumerate(message[at : at + LONGEST_VARINT]):
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return value, at + place + 1
    raise DecodeError("The bytes end inside a number.")
