"""What a page may say: the kinds of Streamlit's messages that go on, and how much one may hold."""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates

from corridor.web.message_size import bytes_beside_text
from corridor.web.websocket_bounds import WebsocketBounds

#: What a page sends. The others of Streamlit's messages empty everybody's caches, ask Git, or are for its developers.
KNOWN = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"})
OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
#: How the id of the one entry ends whose text may be long (the text area of corridor/ui/checking/adding.py).
PASTED = "-paste"
#: Values of entries that no page here has; they hold others without number.
NOT_OURS = frozenset({"arrow_value", "bytes_value", "chat_input_value"})
#: Signs of a fragment's id; Streamlit's have 32.
LONGEST_ID = 64
#: Codes with which a websocket is closed (RFC 6455 7.4.1, and 1013 of the IANA's list).
POLICY, TOO_BIG, UNREADABLE, LATER = 1008, 1009, 1003, 1013


class RefusedMessageError(ValueError):
    """No page sends such a message; the connection is closed with a code."""

    def __init__(self, code: int, reason: str) -> None:
        """Keep why the message is refused."""
        super().__init__(reason)
        self.code = code


def read_message(data: bytes, bounds: WebsocketBounds) -> tuple[BackMsg | None, int]:
    """Return the message that bytes hold, None for one that goes nowhere, and what it took to look at, in bytes.

    Raises RefusedMessageError.
    """
    if len(data) > bounds.message_bytes:
        raise RefusedMessageError(TOO_BIG, f"A message of more than {bounds.message_bytes:,} bytes was sent.")
    try:
        beside = bytes_beside_text(data, bounds.beside_text_bytes)
        if beside > bounds.beside_text_bytes:
            reason = f"More than {bounds.beside_text_bytes:,} bytes were sent beside a pasted text."
            raise RefusedMessageError(TOO_BIG, reason)
        message: BackMsg = BackMsg.FromString(data)
    except DecodeError as error:
        raise RefusedMessageError(UNREADABLE, "What was sent is no message of a page.") from error
    kind = message.WhichOneof("type")
    if kind not in KNOWN:
        return None, beside
    if (
        kind == "backend_operation_request"
        and message.backend_operation_request.WhichOneof("payload") not in OPERATIONS
    ):
        return None, beside
    if len(message.file_urls_request.file_names) > bounds.names_at_once:
        raise RefusedMessageError(
            POLICY, f"Addresses for more than {bounds.names_at_once} files were asked for at once."
        )
    _check_entries(message.rerun_script.widget_states, bounds)
    if len(message.rerun_script.fragment_id) > LONGEST_ID:
        # Streamlit writes one it does not know into the log, whole.
        raise RefusedMessageError(POLICY, f"A part of the page was named by more than {LONGEST_ID} signs.")
    if len(message.rerun_script.query_string) > bounds.query_bytes:
        raise RefusedMessageError(POLICY, f"The page was asked for with more than {bounds.query_bytes:,} signs.")
    return message, beside


def _check_entries(states: WidgetStates, bounds: WebsocketBounds) -> None:
    """Raise RefusedMessageError for more of a page than anybody enters: pages walk what they are given, value by value.

    Streamlit lets a text stand for a list, whose values are then its signs.
    """
    values = 0
    for entry in states.widgets if len(states.widgets) <= bounds.widgets else ():
        if len(entry.string_value) > bounds.entry_signs and not entry.id.endswith(PASTED):
            raise RefusedMessageError(POLICY, f"An entry of more than {bounds.entry_signs:,} signs was sent.")
        if entry.WhichOneof("value") in NOT_OURS:
            raise RefusedMessageError(POLICY, "An entry of a kind was sent that no page here has.")
        arrays = (entry.string_array_value, entry.int_array_value, entry.double_array_value)
        values += sum(len(array.data) for array in arrays)
        values += len(entry.file_uploader_state_value.uploaded_file_info)
    if len(states.widgets) > bounds.widgets or values > bounds.widgets:
        raise RefusedMessageError(POLICY, f"More than {bounds.widgets:,} entries of one page were sent at once.")
