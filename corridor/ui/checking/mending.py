"""The mends of a file on the page: each accepted by the reader alone, each to be undone, with an account of all."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from corridor.present.footnotes import Footnotes
from corridor.present.own_route.downloads import ledger_json, mended_zip, stem
from corridor.present.own_route.file_report import ledger_sheet, mend_words
from corridor.present.tables import element
from corridor.quantities import counted, sentence
from corridor.reading.checks.systems import CHOSEN
from corridor.reading.faults import Finding, Severity
from corridor.reading.ledger import OfferedRepair
from corridor.reading.repairs.systems import CLEAR, QUESTIONS
from corridor.reading.route import GeojsonVerdict
from corridor.store.own_file import OwnFile
from corridor.store.work import FileAnalysis
from corridor.ui.checking.system_choice import show_system_choice
from corridor.ui.frame.text_page import show
from corridor.ui.tables import show_sheet
from corridor.ui.visit.asked_again import of_analysis
from corridor.ui.visit.download import show_download
from corridor.ui.visit.visit import current_visit

EXPLAINED = (
    "Nothing is changed that you do not accept here, and the file you gave stays as it is. What you accept is done to "
    "a copy. Each mend can be undone by itself."
)
NOT_VALID = (
    "The mended copy is not valid GeoJSON yet and cannot be taken away: accept more, or correct the file itself."
)
#: Codes of what is said of a choice: that others fit too, or that the line does not lie where it should.
ANSWERS = (CHOSEN, "system-contradicted")
QUESTION, ANSWERED = "A question to you: how are the numbers meant?", "Your answer"
UNNEEDED = "Not needed, but possible:"
Accepted = Mapping[str, str | None]


def offered(analysis: FileAnalysis, accepted: Accepted) -> dict[str, Finding]:
    """Return the mends a reader can accept or undo now: the first finding of each code, in the order found."""
    first: dict[str, Finding] = {}
    for finding in (*analysis.given.findings, *analysis.reading.findings):
        if finding.mendable:
            first.setdefault(finding.code, finding)
    changing = {offer.would.code for offer in analysis.offers}
    chosen = {finding.code for finding in analysis.reading.findings if finding.choices or finding.code == CLEAR}
    return {code: finding for code, finding in first.items() if code in changing | chosen or code in accepted}


def show_questions(file: OwnFile, analysis: FileAnalysis, notes: Footnotes) -> None:
    """Ask what the file leaves open, as the system of its numbers, and show what was chosen."""
    for code, finding in offered(analysis, file.accepted).items():
        if finding.choices:
            st.subheader(ANSWERED if code in file.accepted else QUESTION)
            _reading_control(file, analysis, code, finding, notes)


def show_mending(file: OwnFile, analysis: FileAnalysis, notes: Footnotes) -> None:
    """Show a control for each mend, then the ledger of what was done and the mended file to take away."""
    mends = {code: finding for code, finding in offered(analysis, file.accepted).items() if not finding.choices}
    if not mends and not file.accepted:
        return
    st.header("Mend")
    show(element("p", EXPLAINED, class_="lead"))
    needed = {code: finding for code, finding in mends.items() if finding.severity is not Severity.NOTE}
    unneeded = {code: finding for code, finding in mends.items() if code not in needed}
    _show_controls(file, analysis, needed, notes)
    if unneeded:
        show(element("p", UNNEEDED, class_="soft"))
        _show_controls(file, analysis, unneeded, notes)
    _all_at_once(file, [offer.would.code for offer in analysis.offers if offer.would.code in needed and not offer.why])
    _show_mended(file, analysis, notes)


def _show_controls(file: OwnFile, analysis: FileAnalysis, mends: Mapping[str, Finding], notes: Footnotes) -> None:
    """Show a control for each of some mends, by the code of what is mended."""
    counts = Counter(finding.code for finding in analysis.given.findings)
    counts |= Counter(finding.code for finding in analysis.reading.findings)
    for code, finding in mends.items():
        if code == CLEAR:
            _reading_control(file, analysis, code, finding, notes)
        else:
            _control(file, code, counts[code], [offer for offer in analysis.offers if offer.would.code == code])


def _show_mended(file: OwnFile, analysis: FileAnalysis, notes: Footnotes) -> None:
    """Show the ledger of what was done and the mended file to take away, where anything was done."""
    if analysis.mended.changed:
        accuracy_m = max((of.measures.accuracy.metres for of in analysis.assessments), default=None)
        show_sheet(ledger_sheet(analysis.mended.ledger, accuracy_m), notes, look="ledger stack")
        if analysis.reading.geojson is GeojsonVerdict.INVALID:
            show(element("p", NOT_VALID, class_="notice", role="status"))
        else:
            _to_take(file)
    elif file.accepted:
        show(element("p", "What was accepted changed nothing.", class_="notice", role="status"))


def _reading_control(file: OwnFile, analysis: FileAnalysis, code: str, finding: Finding, notes: Footnotes) -> None:
    """Show how the numbers of a file are or can be read; what is said of a choice stands in another finding."""
    answers = [other.says for other in analysis.reading.findings if other.code in ANSWERS]
    show_system_choice(
        finding,
        # What is kept with the file leads; the control only mirrors it, also in a second tab.
        file.accepted.get(code) or "",
        _key(file, code),
        partial(_accept, file, code),
        partial(_undo, file, code),
        notes,
        answers[0] if answers and code in QUESTIONS else "",
    )


def _control(file: OwnFile, code: str, count: int, offers: Sequence[OfferedRepair]) -> None:
    """Show the control of one mend, with what it would do to the line in metres and kilometres."""
    key = _key(file, code)
    st.session_state[key] = code in file.accepted
    words = f"{mend_words(code)} ({counted(count, 'finding')})"
    if offers and offers[0].would.effect:
        words += f". {sentence(offers[0].would.effect)}."
    st.checkbox(words, key=key, on_change=_accept, args=(file, code))


def _key(file: OwnFile, code: str) -> str:
    return f"mend-{file.id}-{code}"


def _all_at_once(file: OwnFile, waiting: Sequence[str]) -> None:
    """Offer to accept at once all that cannot be wrong, and to undo all."""
    with st.container(horizontal=True, key="all-mends"):
        if len(waiting) > 1:
            every = {**file.accepted, **dict.fromkeys(waiting)}
            st.button("Accept every mend of an error or a warning", on_click=_set, args=(file, every))
        if file.accepted:
            st.button("Undo every mend", on_click=_set, args=(file, {}))


def _to_take(file: OwnFile) -> None:
    name, visit = stem(file.name), current_visit()
    kinds: tuple[tuple[str, Callable[[FileAnalysis], bytes | str], str, str], ...] = (
        ("Mended file and changes (zip)", lambda made: mended_zip(made.mended), "mended.zip", "application/zip"),
        ("Mended GeoJSON", lambda made: made.mended.data, "mended.geojson", "application/geo+json"),
        ("Changes as JSON", lambda made: ledger_json(made.mended), "ledger.json", "application/json"),
        ("Changes as text", lambda made: made.mended.ledger_text(), "ledger.txt", "text/plain"),
    )
    with st.container(horizontal=True, key="mended-files"):
        for words, make, suffix, mime in kinds:
            show_download(words, of_analysis(visit, file, make), f"{name}-{suffix}", mime, key=f"take-{suffix}")


def _accept(file: OwnFile, code: str) -> None:
    """Take over what a control says: True or a chosen system accepts, False or nothing chosen undoes."""
    said, kept = st.session_state[_key(file, code)], current_visit().file(file.id)
    left = {accepted: choice for accepted, choice in (kept or file).accepted.items() if accepted != code}
    _set(file, {**left, code: said if isinstance(said, str) else None} if said else left)


def _undo(file: OwnFile, code: str) -> None:
    """Take back one choice."""
    kept = current_visit().file(file.id) or file
    _set(file, {accepted: choice for accepted, choice in kept.accepted.items() if accepted != code})


def _set(file: OwnFile, accepted: Accepted) -> None:
    current_visit().set(file.id, accepted=accepted)
