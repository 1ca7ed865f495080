"""How a document becomes a PDF: by typst, tagged for PDF/UA-1, in our typefaces, the same bytes for the same input.

Whatever a document says travels as data (JSON), never as markup, so that a name with markup in it prints as it was
typed. Templates stand beside this module and begin with `house.typ`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from corridor.errors import CorridorError
from corridor.present.style import LIGHT
from corridor.present.typography.typefaces import FILES, OTHER_SCRIPTS, SANS, writable
from corridor.present.words import disclaimer, facts_line
from corridor.quantities import day
from corridor.store.confinement import libraries_began_threads

FOLDER = Path(__file__).parent
#: What a template says when it was asked for fewer pages than it needs.
TOO_LONG = "more pages than allowed"

Content = str | float | bool | None | Sequence["Content"] | Mapping[str, "Content"]


class Svg(str):
    """A drawing in a document's content, which is handed on as it is; any other string counts as text."""

    __slots__ = ()


class TooLongError(CorridorError):
    """A document needs more pages than it may have."""


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """What every page of a document carries.

    `handling` is a line such as "Internal"; `running` are short lines of the running foot, such as sources, above the
    disclaimer. `pages` is the most it may have, None for any number.
    """

    title: str
    made_on: date
    handling: str = ""
    running: tuple[str, ...] = ()
    page: Literal["a4", "us-letter"] = "a4"
    language: str = "en"
    pages: int | None = None


def typeset(template: str, document: PrintedDocument, content: Mapping[str, Content]) -> bytes:
    """Return the PDF of a template (a file beside this module) filled with `content`.

    Every text in it is set in letters the typefaces have. Raises TooLongError when the document needs more pages than
    it may have, and CorridorError, with typst's own words, when the template is broken.
    """
    head = {
        **asdict(document),
        "title": document.title or "Without a title",
        "made_on": [document.made_on.year, document.made_on.month, document.made_on.day],
        "made_on_words": day(document.made_on),
        "facts_as_of": facts_line(),
        "disclaimer": disclaimer(),
        "families": [SANS, OTHER_SCRIPTS],
        "inks": asdict(LIGHT),
    }
    data = json.dumps({"document": _printable(head), "content": _printable(content)}, ensure_ascii=False)
    compiler = typst.Compiler(
        input=FOLDER / template,
        root=FOLDER,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )
    libraries_began_threads()
    try:
        made, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        if TOO_LONG in error.message:
            raise TooLongError(f"{document.title!r} does not fit on {document.pages} page.") from error
        raise CorridorError(f"{template} cannot be typeset: {error.diagnostic}") from error
    if warnings or not isinstance(made, bytes):
        reasons = "; ".join(warning.message for warning in warnings) or "it is no single file"
        raise CorridorError(f"{template} is not typeset as it should be: {reasons}.")
    return made


@cache
def _fonts() -> typst.Fonts:
    folders = sorted({str(path.parent) for paths in FILES.values() for path in paths})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))


def _printable(value: object) -> object:
    """Return content with every text in letters the typefaces have; line breaks stay, and a space at an end."""
    if isinstance(value, Svg):
        return str(value)
    if isinstance(value, str):
        return "\n".join(_line(line) for line in value.split("\n"))
    if isinstance(value, Mapping):
        return {str(key): _printable(entry) for key, entry in value.items()}
    if isinstance(value, Sequence):
        return [_printable(entry) for entry in value]
    return value


def _line(text: str) -> str:
    """Return a line as it can be set; a piece of a sentence keeps the space that parts it from the next."""
    before, after = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    line = writable(text)
    return f"{before}{line}{after}" if line else before
