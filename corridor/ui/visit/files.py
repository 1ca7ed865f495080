"""The files of a visit on the page: which there are, how one is chosen and forgotten."""

import time
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from corridor.present.own_route.file_report import card_lines
from corridor.present.tables import element
from corridor.quantities import counted, listed
from corridor.reading.formats.conversion import is_named_by_head
from corridor.reading.limits import of_bytes
from corridor.store.bounds import Failed
from corridor.store.own_file import FileId, FileSource, OwnFile
from corridor.store.visits import Visit
from corridor.store.work import FileAnalysis, is_small
from corridor.ui.frame.text_page import show
from corridor.ui.visit.process import job_queue
from corridor.ui.visit.visit import analysis_job, current_visit, file_analysis

STAYS = "Kept for you alone, until you forget it or the visit ends."
COPIED = (
    "A briefing here keeps a copy of its line, also once the file is forgotten; delete the scene to take it out. "
    "Undo can bring the scene and its line back until the visit ends."
)
#: So many forgotten files are named; a sentence of more names is not read.
NAMED = 3
#: Where a page keeps what stands beside each other.
ROW = "own_files_row"
#: Said of a file whose kilometres are not known yet.
UNREAD = "Not read yet: “Show file {}” reads and measures it."
#: Said of one in whose place no route can be read, such as a picture.
NO_ROUTE = "No route is read from this kind of file: “Show file {}” says what to send."
#: Said of the same two while they are shown below.
BEING_READ = "Waits for its turn; reading begins by itself."
NO_ROUTE_SHOWN = "No route is read from this kind of file: below stands what to send."
#: Bytes at the beginning of a file that tell whether its format is one that is not read.
TELLING_BYTES = 4096
#: Seconds for which files that were not read yet are read for their cards, each in a tenth of one or so.
AT_ONCE_SECONDS = 0.5
ORIGINS = {
    FileSource.UPLOADED: "uploaded",
    FileSource.PASTED: "pasted",
    FileSource.SAMPLE: "a sample",
    FileSource.MENDED: "mended here",
    FileSource.EDITED: "edited here",
    FileSource.DRAWN: "drawn here",
    FileSource.CANDIDATE: "copied from a candidate",
}


@dataclass(frozen=True, slots=True)
class ForgottenFiles:
    """What stands where files were: their names; `copied` says that a briefing keeps a line of them."""

    names: tuple[str, ...]
    copied: bool

    @property
    def says(self) -> str:
        """Which files are gone, in a sentence, and whether a line of them is left."""
        named = [f"“{name}”" for name in self.names[:NAMED]]
        more = len(self.names) - len(named)
        files = listed([*named, counted(more, "more file", "more files")] if more else named)
        whose = "their" if len(self.names) > 1 else "its"
        lines = "their lines" if len(self.names) > 1 else "its line"
        left = f" A briefing here keeps a copy of {lines}; delete the scene to take it out." if self.copied else ""
        return f"{files}, {whose} results and downloads are gone from this machine.{left}"


def may_hold_route(file: OwnFile) -> bool:
    """Whether a file that was not read may hold a route: its first bytes name no format that is not read."""
    try:
        with file.path.open("rb") as stream:
            return not is_named_by_head(stream.read(TELLING_BYTES))
    except FileNotFoundError:
        return False


def choose_file(identity: str, number: int = 1) -> None:
    """Let the address name a file of the visit and one of its routes, from 1."""
    st.query_params.from_dict({"file": identity} | ({"route": str(number)} if number > 1 else {}))


def chosen_file(visit: Visit) -> OwnFile | None:
    """Return the file the address names, the newest where it names none; None where there is none.

    In place of one that was forgotten, in another tab perhaps, no other is shown: it would be taken for it.
    """
    asked = st.query_params.get("file")
    if asked is None:
        return visit.files[-1] if visit.files else None
    return visit.file(asked)


def unknown_file(visit: Visit) -> str:
    """Return the sentence about a file the address names and this visit has not; nothing where all is well."""
    asked = st.query_params.get("file")
    if asked is None or visit.file(asked) is not None:
        return ""
    return (
        "The address asks for a file which is not among the files of your visit. Such an address is of use only to "
        "whoever added the file, until it is forgotten or the visit ends."
    )


def show_files(visit: Visit, chosen: OwnFile | None) -> None:
    """Show the files of a visit beside each other, the newest first; each can be chosen, and forgotten for good.

    Where one was forgotten, a sentence stands in its place: a second press there meets no other file's button.
    """
    numbers = {file.id: number for number, file in enumerate(visit.files, start=1)}
    row = _row(visit)
    if not row:
        return
    until = time.monotonic() + AT_ONCE_SECONDS
    with st.container(horizontal=True, key="own-files", gap="medium"):
        for place, entry in enumerate(row):
            if isinstance(entry, ForgottenFiles):
                with st.container(key=f"own-file-gone-{place}", width=300, gap=None):
                    show(element("p", entry.says, class_="own-file-gone", role="status"))
                continue
            file = visit.file(entry)
            if file is None:
                continue
            number = numbers[file.id]
            state = "chosen" if file == chosen else "other"
            with st.container(key=f"own-file-{state}-{file.id}", width=300, gap=None):
                show(_facts(visit, file, number, until, shown=file == chosen))
                with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                    words = f"Show file {number}" if file != chosen else "Shown below"
                    key = f"choose-{file.id}"
                    st.button(words, key=key, on_click=choose_file, args=(file.id,), disabled=file == chosen)
                    key = f"forget-{file.id}"
                    st.button("Forget it now", key=key, type="tertiary", on_click=_forget, args=(file.id,))
    if len(visit.files) > 1:
        st.button("Forget all files now", key="forget-all", type="tertiary", on_click=_forget_all)


def _row(visit: Visit) -> list[FileId | ForgottenFiles]:
    """Return what stands beside each other: ids of files, the newest first, and what is said in place of others."""
    files: list[FileId | ForgottenFiles] = [file.id for file in reversed(visit.files)]
    row: list[FileId | ForgottenFiles] = st.session_state.get(ROW, [])
    # Once another file comes, or one goes that was forgotten in another tab, what is said of those before is over.
    if [entry for entry in row if not isinstance(entry, ForgottenFiles)] != files:
        row = files
    gone = [entry for entry in row if isinstance(entry, ForgottenFiles)]
    # Where no file is left there is no button to keep apart from a second press: one sentence tells of all.
    if not files and len(gone) > 1:
        names = tuple(name for entry in gone for name in entry.names)
        row = [ForgottenFiles(names, any(entry.copied for entry in gone))]
    st.session_state[ROW] = row
    return row


def _facts(visit: Visit, file: OwnFile, number: int, until: float, *, shown: bool) -> Markup:
    """Return what a card says of a file; one that is not read yet is read at once if it is small, before `until`."""
    lines = [f"{ORIGINS[file.origin.source]}, {of_bytes(file.size)}"]
    if file.origin.changes:
        before = visit.file(file.origin.file or "")
        lines.append(f"from “{before.name}”" if before else "from a file that was forgotten")
        lines.append(file.origin.changes)
    known = job_queue().known(analysis_job(visit, file))
    at_once = known is None and is_small(file.path) and time.monotonic() < until
    analysis = file_analysis(visit, file) if at_once else known
    if isinstance(analysis, FileAnalysis):
        measured = [assessment.measures for assessment in analysis.assessments]
        lengths = [(measures.length_km, measures.accuracy.metres) for measures in measured]
        lines += card_lines(analysis.reading, analysis.given.format, lengths)
    elif isinstance(analysis, Failed):
        lines.append(f"Not measured: {analysis.says}")
    else:
        lines.append(_why_unread(file, number, shown=shown))
    return element(
        "div",
        element("p", element("span", f"{number} ", class_="soft"), element("strong", file.name)),
        *(element("p", line, class_="soft") for line in lines),
        element("p", STAYS, class_="soft"),
        *([element("p", COPIED, class_="soft")] if _copied(visit, file) else []),
        class_="own-file",
    )


def _why_unread(file: OwnFile, number: int, *, shown: bool) -> str:
    """Return why a file that was not read yet has no kilometres; the one that is shown has no button to read it."""
    if not may_hold_route(file):
        return NO_ROUTE_SHOWN if shown else NO_ROUTE.format(number)
    return BEING_READ if shown else UNREAD.format(number)


def _copied(visit: Visit, file: OwnFile) -> bool:
    """Whether a briefing of the visit carries a line of the file, with its SHA-256 as where it came from."""
    return any(file.sha256.encode() in (visit.note(key) or b"") for key in visit.note_keys(""))


def _forget(identity: str) -> None:
    visit = current_visit()
    if file := visit.file(identity):
        gone = ForgottenFiles((file.name,), _copied(visit, file))
        st.session_state[ROW] = [gone if entry == identity else entry for entry in _row(visit)]
        visit.forget(identity)
    if st.query_params.get("file") == identity:
        st.query_params.clear()


def _forget_all() -> None:
    visit = current_visit()
    copied = any(_copied(visit, file) for file in visit.files)
    gone = [entry for entry in _row(visit) if isinstance(entry, ForgottenFiles)]
    names = [name for entry in gone for name in entry.names] + [file.name for file in reversed(visit.files)]
    st.session_state[ROW] = [ForgottenFiles(tuple(names), copied or any(entry.copied for entry in gone))]
    visit.forget_all()
    st.query_params.clear()
