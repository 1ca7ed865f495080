"""Which files can be made of a briefing; adding a kind of file is adding a record."""

from collections.abc import Callable
from dataclasses import dataclass

from corridor.present.briefing_files.evidence_pack import evidence_pack
from corridor.present.briefing_files.story_json import story_json_bytes
from corridor.present.paper.story_pages import story_pages
from corridor.present.single_file.story_file import story_file
from corridor.present.slides.story_slides import story_slides
from corridor.present.story.briefing import Briefing


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: its suffix without the dot, what it is in words, its media type, and what writes it.

    The same briefing gives the same bytes. `takes` names the options (fields of ExportOptions) it has a use for.
    """

    suffix: str
    what: str
    media_type: str
    write: Callable[[Briefing], bytes]
    takes: tuple[str, ...] = ()


#: What is asked for most comes first, what only a program reads and what holds everything last.
FORMATS: tuple[Format, ...] = (
    Format("pdf", "Pages to print or to hear read: PDF/UA-1, A4 or Letter", "application/pdf", story_pages, ("paper",)),
    Format(
        "pptx",
        "Slides that can be edited, 16:9 or in your template",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        story_slides,
        ("template", "address"),
    ),
    Format("html", "One page with a live map: works from a memory stick, without a network", "text/html", story_file),
    Format("json", "The same words and numbers as JSON", "application/json", lambda made: story_json_bytes(made.view)),
    Format("zip", "Evidence pack: lines, tables, results, hashes and licences", "application/zip", evidence_pack),
)


def format_of(name: str) -> Format | None:
    """Return the kind of file a file name asks for by its suffix; None for a suffix that is none."""
    suffix = name.rpartition(".")[2].casefold()
    return next((file_format for file_format in FORMATS if file_format.suffix == suffix), None)
