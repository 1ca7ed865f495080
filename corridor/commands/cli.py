"""The domain from the command line: exit 0 fine, 1 shipped data broken or a finding of severity error, 2 wrong use.

141 where whoever reads the output has had enough, as `head` has after ten lines.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date

from corridor.candidates import MODES
from corridor.commands.profiles import profile_routes
from corridor.commands.routes import check, compare_routes, mend_file
from corridor.commands.systems import ANSWERED, reference_system
from corridor.errors import CorridorError
from corridor.present.words import edition_lines
from corridor.shipped import read_shipped
from corridor.texts.documents import Document, as_published, clause_name
from corridor.texts.edition import about, read_edition
from corridor.texts.library import read_library

#: What a shell says of a program that was ended because nobody reads its output any more: 128 + SIGPIPE.
ENOUGH = 141
#: Adds a command by its name, and returns the parser of its arguments.
AddCommand = Callable[..., argparse.ArgumentParser]


def list_layers(arguments: argparse.Namespace) -> int:
    """Print every layer of the catalogue, after all that is shipped has been read and checked as at start-up."""
    for layer in read_shipped().catalogued.values():
        if arguments.json:
            print(json.dumps(asdict(layer), ensure_ascii=False))
        else:
            print(f"{layer.id:10} {layer.holds:40} ±{layer.accuracy_m:g} m  {layer.as_of}  {layer.title}")
    return 0


def show_document(arguments: argparse.Namespace) -> int:
    """Print the document with its clauses and anchors, after every text, link and source has been checked."""
    document = read_library().declaration
    if arguments.json:
        print(json.dumps(as_published(document), ensure_ascii=False))
    else:
        print(readable_document(document))
    return 0


def tell_about(arguments: argparse.Namespace) -> int:
    """Print the version, the layers with date and hash, and up to when the facts go."""
    record = about(read_shipped().catalogued, read_edition())
    if arguments.json:
        print(json.dumps(record, ensure_ascii=False))
        return 0
    print(f"Declaration Map, corridor {record['version']}")
    print("\n".join(edition_lines(read_edition())))
    for identity, layer in record["data"]["layers"].items():
        print(f"{identity:10} {layer['as_of']:10}  {layer['sha256']}")
    return 0


def brief_story(arguments: argparse.Namespace) -> int:
    """Write a story as a file to leave behind."""
    # Imported here, since it brings in the libraries of maps and charts, which no other command has to wait for.
    from corridor.commands.brief import brief_story as write

    return write(arguments)


def find_by_words(arguments: argparse.Namespace) -> int:
    """Print what is found by some words."""
    # Imported here as well: it reads every text, which no other command has to wait for.
    from corridor.commands.searching import search_words

    return search_words(arguments)


def readable_document(document: Document) -> str:
    """Return the document for a terminal: each clause, and under it what its phrases point to and why."""
    heading = document.heading
    lines = [f"{heading.label}, {heading.place}", heading.note, ""]
    for clause in document.clauses:
        lines += [f"[{clause_name(clause.id)}] {clause.text}"]
        for anchor in (anchor for anchor in document.anchors if anchor.clause == clause.id):
            targets = ", ".join(anchor.targets) or "nothing"
            lines.append(f"    “{anchor.phrase}” -> {targets} ({anchor.relation}): {anchor.reason}")
        lines.append("")
    return "\n".join(lines).rstrip()


def iso_day(given: str) -> date:
    """Return a day given as ISO 8601; raise argparse's error, one sentence, for anything else."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{given}” is no day; something like 2026-08-12 was expected") from None


def command_line() -> argparse.ArgumentParser:
    """Return the parser of every subcommand."""
    parser = argparse.ArgumentParser(prog="corridor", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _of_what_is_shipped(commands.add_parser)
    _of_files(commands.add_parser)
    _of_files_and_candidates(commands.add_parser)
    _of_a_story(commands.add_parser)
    return parser


def _of_what_is_shipped(add: AddCommand) -> None:
    layers = add("layers", help="list the shipped layers with licence, accuracy and date")
    layers.add_argument("--json", action="store_true", help="one JSON object per line")
    layers.set_defaults(run=list_layers)
    about_parser = add("about", help="print the version, the layers' dates and hashes, and how new the facts are")
    about_parser.add_argument("--json", action="store_true", help="one JSON object")
    about_parser.set_defaults(run=tell_about)
    document = add("document", help="print a document with its clauses and what its phrases point to")
    document.add_argument("id", choices=["joint-declaration"], help="the document's id")
    document.add_argument("--json", action="store_true", help="one JSON object")
    document.set_defaults(run=show_document)
    searched = add("search", help="find questions, texts, crossings, routes, places by any word, with the answer")
    searched.add_argument("words", nargs="+", metavar="WORDS", help="what to find, in any script")
    searched.add_argument("--json", action="store_true", help="one JSON array, best first, at most ten")
    searched.set_defaults(run=find_by_words)


def _of_files(add: AddCommand) -> None:
    checked = add("check", help="read, measure and judge routes; says what is wrong with each file")
    checked.add_argument(
        "files", nargs="+", metavar="FILE", help="GeoJSON, KML, KMZ, GPX, GeoPackage or zipped Shapefile"
    )
    checked.add_argument("--mode", choices=MODES, help="what the routes are, where their files do not say it")
    checked.add_argument("--json", action="store_true", help="one JSON object per file and line")
    checked.add_argument("--crs", type=reference_system, metavar="EPSG:N", help=ANSWERED)
    checked.set_defaults(run=check)
    mended = add("mend", help="mend in a file what cannot be wrong and account for every change")
    mended.add_argument("file", metavar="FILE")
    mended.add_argument("-o", "--output", metavar="OUT", help="where the mended GeoJSON is written")
    mended.add_argument(
        "--only", action="append", default=[], metavar="CODE",
        help="do this repair alone, also one that is not done unless it is named; repeatable",
    )  # fmt: skip
    mended.add_argument("--dry-run", action="store_true", help="say what would be changed and write nothing")
    mended.add_argument("--crs", type=reference_system, metavar="EPSG:N", help=ANSWERED)
    mended.add_argument("--json", action="store_true", help="the ledger as one JSON object")
    mended.set_defaults(run=mend_file)


def _of_files_and_candidates(add: AddCommand) -> None:
    compared = add("compare", help="set routes side by side; the first is the one compared with")
    compared.add_argument("base", metavar="BASE", help="a file, or the id of a shipped candidate such as rail-araks")
    compared.add_argument("others", nargs="+", metavar="OTHER", help="files or ids of shipped candidates")
    compared.add_argument("--out", metavar="FILE", help="write .csv, .xlsx, .geojson, .gpkg, .json or a .pdf card")
    compared.add_argument("--made-on", metavar="YYYY-MM-DD", type=iso_day, help="the day of a file; today otherwise")
    compared.add_argument("--handling", metavar="TEXT", default="", help="handling line of a card or workbook")
    compared.add_argument("--json", action="store_true", help="one JSON object")
    compared.set_defaults(run=compare_routes)
    profiled = add("profile", help="the ground along a route as a band of heights; never a gradient")
    profiled.add_argument(
        "route", metavar="FILE|ID", help="a file, or what is shipped: a candidate as rail-araks, a segment as route/..."
    )
    profiled.add_argument("--json", action="store_true", help="one JSON object")
    profiled.add_argument("--crs", type=reference_system, metavar="EPSG:N", help=ANSWERED)
    profiled.set_defaults(run=profile_routes)


def _of_a_story(add: AddCommand) -> None:
    briefed = add("brief", help="write a story as a file to leave behind; the same numbers in each kind")
    briefed.add_argument("story", nargs="?", metavar="STORY", help="a story file, or the id of a shipped story")
    briefed.add_argument("--to", metavar="OUT", help="the file to write; its suffix says which kind")
    briefed.add_argument("--made-on", metavar="YYYY-MM-DD", help="the day the file is made on; today where not given")
    briefed.add_argument("--handling", metavar="TEXT", help="handling line, in place of the story's own")
    briefed.add_argument("--paper", choices=("a4", "letter"), help="size of the pages of a PDF; A4 where not given")
    briefed.add_argument("--template", metavar="FILE.pptx", help="a presentation of yours whose look slides take")
    briefed.add_argument("--address", metavar="URL", help="where the application is found that slides link to")
    briefed.add_argument("--list", action="store_true", help="list the shipped stories and the kinds of file")
    briefed.add_argument("--json", action="store_true", help="one JSON object: file, sha256, format, scenes, problems")
    briefed.set_defaults(run=brief_story)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parsed = command_line().parse_args(arguments)
    try:
        status: int = parsed.run(parsed)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still to be written goes nowhere, or the interpreter would try once more, and fail, as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ENOUGH
    except CorridorError as error:
        print(f"corridor: {error}", file=sys.stderr)
        return 1
    return status
