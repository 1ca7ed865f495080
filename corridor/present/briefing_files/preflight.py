"""What is looked at before a briefing: that everything is here and whole, and nothing has to come from elsewhere."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corridor.present.briefing_files.formats import FORMATS
from corridor.present.context import BriefingContext
from corridor.present.story.records import StoryView
from corridor.present.typography.typefaces import writable
from corridor.quantities import counted, listed
from corridor.reading.limits import of_bytes
from corridor.settings import Settings

#: Names in every script the maps and pages use; each letter has to have a face.
SCRIPTS = ("Մեղրի", "Naxçıvan", "Нахичевань", "نخجوان", "Türkiye", "საქართველო")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a look found: whether it is as it should be, and a sentence."""

    well: bool
    says: str


@dataclass(frozen=True, slots=True)
class PreflightCheck:
    """One thing that is looked at."""

    title: str
    look: Callable[[StoryView, BriefingContext, Settings], CheckResult]


def _layers(_: StoryView, context: BriefingContext, __: Settings) -> CheckResult:
    wrong = []
    for layer in context.shipped.catalogued.values():
        path = context.root / layer.file
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != layer.sha256:
            wrong.append(layer.title)
    if wrong:
        return CheckResult(
            False, f"Not as they were shipped, or not here: {listed(wrong)}. Install the application anew."
        )
    return CheckResult(
        True, f"All {len(context.shipped.catalogued)} layers lie on this machine and have the hashes of the catalogue."
    )


def _scenes(view: StoryView, _: BriefingContext, __: Settings) -> CheckResult:
    broken = [scene.title for scene in view.scenes if scene.problem]
    if not view.shown:
        return CheckResult(False, "The briefing has no scene that is shown.")
    if broken:
        return CheckResult(False, f"Not complete: {listed(broken)}. Each says on its own what is missing.")
    return CheckResult(True, f"{counted(len(view.shown), 'scene')}, each complete.")


def _letters(_: StoryView, __: BriefingContext, ___: Settings) -> CheckResult:
    missing = [name for name in SCRIPTS if writable(name) != name]
    if missing:
        return CheckResult(
            False, f"No typeface here has every letter of {listed(missing)}; maps and pages would leave gaps."
        )
    return CheckResult(True, "The typefaces of maps, slides and pages are here and have every script that is used.")


def _hosts(_: StoryView, __: BriefingContext, settings: Settings) -> CheckResult:
    if settings.tiles:
        return CheckResult(
            False,
            "CORRIDOR_TILES names an online tile service: without a network the map shows the shipped land alone.",
        )
    return CheckResult(
        True, "No other host is asked for anything: the policy of every page names this application alone."
    )


LOOKS = (
    PreflightCheck("Layers", _layers),
    PreflightCheck("Scenes", _scenes),
    PreflightCheck("Typefaces", _letters),
    PreflightCheck("Network", _hosts),
)


def looked_at(
    view: StoryView, context: BriefingContext, settings: Settings
) -> list[tuple[PreflightCheck, CheckResult]]:
    """Return what each look found, in their order; the files of the briefing are written to be looked at elsewhere."""
    return [(look, look.look(view, context, settings)) for look in LOOKS]


def files_words(written: Sequence[tuple[str, int]]) -> CheckResult:
    """Return the sentence about files that were written, (suffix, bytes) each; all kinds have to be among them."""
    missing = [f".{kind.suffix}" for kind in FORMATS if kind.suffix not in dict(written)]
    if missing:
        return CheckResult(False, f"Not written: {listed(missing)}.")
    files = [f".{suffix} ({of_bytes(size)})" for suffix, size in written]
    return CheckResult(True, f"Every kind of file was written: {listed(files)}.")
