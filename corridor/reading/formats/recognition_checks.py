"""What is said of a file that is recognised: what it is, what was taken from it, and how to export what is not read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corridor.land.geodesy import Positions, segment_lengths_m
from corridor.reading.faults import Check, FaultSpot, Severity, shown
from corridor.reading.formats.encoded_polyline import Decoded, other_decimals
from corridor.reading.formats.json_dialects.collected import Incomplete
from corridor.reading.formats.named_formats import LINK_IS_DEAD

PAGE_FOR_FILE = "Ask the sender to attach the file itself, or sign in there and use the page's download button."
#: What the title of a page says that stands where a file no longer is, in the languages of senders here.
NOT_FOUND = re.compile(
    r"\b(?:404|410)\b|not found|no longer (?:available|exists?)|(?:does not|doesn['’]t) exist|не найден|не существует|"
    r"bulunamadı|tapılmadı|չի գտնվել|չգտնվեց|ვერ მოიძებნა|nicht gefunden|introuvable",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file turned out to be.

    `named` is a format that is not read, as the rest of a sentence after “This is”, with `advice`, a sentence.
    `web_page` is the title of a web page, "" for one without. `other_json` says what form of JSON it is, of which
    `lines` were taken, without what is `incomplete`. `documents` is how many texts of a sequence were read, and
    `left_out` which were not, each with its line and the rest of a sentence. `packed` says it was packed with gzip,
    `unpacked` why that failed. `root` is the element in which its text should stand; `loose_points` stand in no
    segment. `decoded` are packed lines of which it is to be said with how many decimals they were read.
    """

    named: str = ""
    advice: str = ""
    web_page: str | None = None
    other_json: str = ""
    lines: int = 0
    incomplete: tuple[Incomplete, ...] = ()
    documents: int = 0
    left_out: tuple[tuple[int, int, str], ...] = ()
    packed: bool = False
    not_unpacked: str = ""
    root: str = ""
    loose_points: int = 0
    decoded: Sequence[Decoded] = ()


def _named(file: Recognised) -> Iterator[FaultSpot]:
    if file.named:
        yield FaultSpot(words={"what": file.named, "advice": file.advice})


def _web_page(file: Recognised) -> Iterator[FaultSpot]:
    if file.web_page is not None:
        title = f" (“{shown(file.web_page, 60)}”)" if file.web_page else ""
        advice = LINK_IS_DEAD if NOT_FOUND.search(file.web_page) else PAGE_FOR_FILE
        yield FaultSpot(words={"title": title, "advice": advice})


def _other_json(file: Recognised) -> Iterator[FaultSpot]:
    if file.other_json:
        yield FaultSpot(words={"what": file.other_json, "count": file.lines})


def _incomplete(file: Recognised) -> Iterator[FaultSpot]:
    for lack in file.incomplete:
        yield FaultSpot(words={"what": lack.what, "advice": lack.advice})


def _documents(file: Recognised) -> Iterator[FaultSpot]:
    if file.documents > 1:
        yield FaultSpot(offset=0, words={"count": file.documents})


def _left_out(file: Recognised) -> Iterator[FaultSpot]:
    if file.left_out:
        offset, line, reason = file.left_out[0]
        yield FaultSpot(offset=offset, words={"count": len(file.left_out), "line": line, "reason": reason})


def _packed(file: Recognised) -> Iterator[FaultSpot]:
    if file.packed:
        yield FaultSpot()


def _not_unpacked(file: Recognised) -> Iterator[FaultSpot]:
    if file.not_unpacked:
        yield FaultSpot(words={"reason": file.not_unpacked})


def _root(file: Recognised) -> Iterator[FaultSpot]:
    if file.root:
        yield FaultSpot(words={"root": file.root})


def _loose_points(file: Recognised) -> Iterator[FaultSpot]:
    if file.loose_points:
        yield FaultSpot(words={"count": file.loose_points})


def _length_and_start(rows: Positions) -> str:
    """Return how long a line is and where it begins: "252.6 km from 38.50 N, 120.20 W"."""
    lon, lat = rows[0, :2].tolist()
    start = f"{abs(lat):.2f} {'N' if lat >= 0 else 'S'}, {abs(lon):.2f} {'E' if lon >= 0 else 'W'}"
    return f"{segment_lengths_m(rows[:, :2]).sum() / 1000:,.1f} km from {start}"


def _open_decimals(file: Recognised) -> Iterator[FaultSpot]:
    either = [decoded for decoded in file.decoded if decoded.other is not None]
    if either:
        first = either[0]
        words = {
            "count": len(either),
            "decimals": str(first.decimals),
            "other": str(other_decimals(first.decimals)),
            "so": _length_and_start(np.concatenate(first.pieces)),
            "otherwise": _length_and_start(np.asarray(first.other)),
        }
        yield FaultSpot(words=words)


def _unusual_decimals(file: Recognised) -> Iterator[FaultSpot]:
    judged = [decoded for decoded in file.decoded if decoded.other is None]
    if judged:
        words = {"count": len(judged), "decimals": str(judged[0].decimals), "reason": judged[0].reason}
        yield FaultSpot(words=words)


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

RECOGNITION_CHECKS: tuple[Check[Recognised], ...] = (
    Check(
        "format-named",
        ERROR,
        "This is {what}.",
        "{advice}",
        _named,
        blocks=True,
    ),
    Check(
        "web-page",
        ERROR,
        "This is a web page{title}, saved in place of the file.",
        "{advice}",
        _web_page,
        blocks=True,
    ),
    Check(
        "json-of-another-form",
        NOTE,
        "This is {what}; {count:line was|lines were} taken from it.",
        "See whether the route is complete; what is downloaded from here is GeoJSON.",
        _other_json,
    ),
    Check(
        "content-missing",
        WARNING,
        "The file {what}.",
        "{advice}",
        _incomplete,
    ),
    Check(
        "decimals-of-packed-line",
        WARNING,
        "{count:packed line|packed lines} can be read in two ways; the usual one, with {decimals} decimals, was taken: "
        "{so}.",
        "With {other} decimals: {otherwise}. See which is right, or ask the sender for GeoJSON.",
        _open_decimals,
    ),
    Check(
        "unusual-decimals",
        NOTE,
        "{count:packed line was|packed lines were} read with {decimals} decimals: {reason}.",
        "See whether the line lies where it should; an answer in GeoJSON leaves no choice.",
        _unusual_decimals,
    ),
    Check(
        "several-documents",
        NOTE,
        "The file holds {count:GeoJSON text|GeoJSON texts} one after another; they were read as one collection.",
        "Nothing has to be done; what is downloaded from here is one GeoJSON file.",
        _documents,
    ),
    Check(
        "document-left-out",
        WARNING,
        "{count:piece of the file was|pieces of the file were} left out; the first, in line {line}, {reason}.",
        "See whether the route is complete; export the file again if it is not.",
        _left_out,
    ),
    Check(
        "gzip-packed",
        NOTE,
        "The file was packed with gzip (.gz) and was read unpacked.",
        "Nothing has to be done; other programs may want it unpacked.",
        _packed,
    ),
    Check(
        "gzip-unreadable",
        ERROR,
        "The gzip file (.gz) cannot be unpacked: {reason}.",
        "Download or pack it again, or send the file itself.",
        _not_unpacked,
        blocks=True,
    ),
    Check(
        "xml-root-missing",
        NOTE,
        "The file lacks the <{root}> … </{root}> that has to stand around everything; it was read as if it were there.",
        "Other programs may refuse it: export the whole file again.",
        _root,
    ),
    Check(
        "points-outside-segment",
        WARNING,
        "{count:track point stands|track points stand} outside of a segment (trkseg); they were read in their order.",
        "See whether that is the route; other programs may drop it.",
        _loose_points,
    ),
)
