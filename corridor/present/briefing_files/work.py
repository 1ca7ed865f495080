"""A story written as a file in a process of its own; asked for with the bytes of its file, which name all it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corridor.errors import CorridorError
from corridor.office.updates import Update
from corridor.present.briefing_files.formats import FORMATS
from corridor.present.context import BriefingContext, with_lines_of
from corridor.present.slides.stage import left_out_of
from corridor.present.story.briefing import ExportOptions, brief
from corridor.store.bounds import Failed
from corridor.storyboard.opening import open_story


@lru_cache(maxsize=2)
def briefing_context(lines: tuple[Update, ...]) -> BriefingContext:
    """Return all that a briefing is written from with the lines of an office, read once per process and lines."""
    return with_lines_of(lines)


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a story, and what has to be said of the template it was made with, "" for nothing."""

    data: bytes
    says: str = ""

    @property
    def held_bytes(self) -> int:
        """How many bytes of memory this takes."""
        return len(self.data)


def written_story(
    data: bytes,
    made_on: date,
    suffix: str,
    options: ExportOptions,
    lines: tuple[Update, ...],
    tell: Callable[[str], None],
) -> Written | Failed:
    """Return the file of a story; `data` is the story's own file and `suffix` names the kind of file that is made.

    `lines` are the entries of the office that give segments a line.

    What is wrong with a template that was sent is told as a failure. Raises ValueError when `data` is no story or no
    kind of file has that suffix.
    """
    tell("reading what is shipped")
    opened = open_story(data, "story.toml")
    kind = next((file_format for file_format in FORMATS if file_format.suffix == suffix), None)
    if opened.story is None or kind is None:
        raise ValueError(f"no story, or no kind of file {suffix!r}")
    tell("putting the scenes into words")
    briefing = brief(opened.story, briefing_context(lines), made_on, problems=opened.problems, options=options)
    tell(f"writing {kind.what[:1].lower()}{kind.what[1:]}")
    try:
        return Written(kind.write(briefing), left_out_of(options.template))
    except CorridorError as error:
        return Failed(str(error))
