"""The files that pages were sent, as Streamlit holds them in memory: let go of before the session ends, or with it."""

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager


def drop_session(session: str) -> None:
    """End a session of Streamlit's that is not connected, with the files it holds."""
    if runtime.exists() and not runtime.get_instance().is_active_session(session):
        runtime.get_instance().close_session(session)


def drop_file(session: str, file: str) -> None:
    """Drop one file of a session."""
    held = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    if isinstance(held, MemoryUploadedFileManager):
        held.remove_file(session, file)
