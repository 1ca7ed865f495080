"""What the fork server holds ready, so that a worker starts at once: the domain imported, the land read and indexed.

Imported in the fork server alone. Python has a new process run whatever script is `__main__` in its parent, which here
is a page of Streamlit's; a worker has no use for it.
"""

from multiprocessing import spawn

from corridor.store.work import region_at_hand


def _leave_out(_path: str) -> None:
    """Run nothing."""


# There is no public way to leave it out.
spawn._fixup_main_from_path = _leave_out  # type: ignore[attr-defined]  # private, so its types leave it out
region_at_hand()
