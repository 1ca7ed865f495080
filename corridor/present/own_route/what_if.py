"""What stands beside a line while it is edited: its numbers and answers in words, and what they were before."""

from collections.abc import Mapping
from typing import TypedDict

from corridor.assessing.assessment import Assessment
from corridor.assessing.judging import Verdict
from corridor.assessing.measures import Measures
from corridor.assessing.region import Region
from corridor.land.catalogue import Layer
from corridor.land.features import LayerId
from corridor.present.own_route.criteria import BELONGS_TO_NONE
from corridor.present.verdicts import HEADING, SYMBOLS, verdict_words
from corridor.present.words import known_to
from corridor.quantities import bare_kilometres, kilometres, longer_or_shorter, sentence
from corridor.texts.documents import clause_name

#: Decimals of a degree in what is told to the page, about 0.1 m.
DECIMALS = 6
#: Layers the numbers of a line rest on.
RESTS_ON: tuple[LayerId, ...] = ("territory", "border", "crossing", "exclave", "place")
NO_CHANGE = "no change"
NO_LONGER_STATED = " What its file states of its accuracy does not hold for a line that is moved by hand."


class PanelLength(TypedDict):
    """How long the line is, and by how much that has changed, in words."""

    km: str
    change: str


class PanelShare(TypedDict):
    """How much of the line lies in one territory, between which km, and by how much that has changed, in words."""

    label: str
    km: str
    range: str
    change: str


class PanelCrossing(TypedDict):
    """Where the line crosses which border and how exactly that is known, in words; the place in degrees."""

    words: str
    border: str
    accuracy: str
    lon: float
    lat: float


class PanelAnswer(TypedDict):
    """A question to the line with its answer."""

    id: str
    clause: str
    question: str
    sign: str
    words: str
    because: str


class LinePanel(TypedDict):
    """What stands beside an edited line; `crossings_before` is None for a line that was drawn from nothing."""

    heading: str
    length: PanelLength
    accuracy: str
    vertices: int
    territories: list[PanelShare]
    crossings: list[PanelCrossing]
    crossings_before: int | None
    answers: list[PanelAnswer]
    rest: list[PanelAnswer]


def panel(assessment: Assessment, region: Region, origin: Assessment | None) -> LinePanel:
    """Return what the panel beside an edited line says, as plain words; `origin` is the route it began as."""
    of, before = assessment.measures, None if origin is None else origin.measures
    stated = origin is not None and origin.route.stated_accuracy_m is not None
    return {
        "heading": HEADING,
        "length": {
            "km": _km(of.length_km, of.accuracy.metres),
            "change": _change(of.length_km, None if before is None else before.length_km),
        },
        "accuracy": f"Line as drawn; {of.accuracy.says}.{NO_LONGER_STATED if stated else ''}{_repeats(of, before)}",
        "vertices": of.vertices,
        "territories": _territories(of, region, before),
        "crossings": [
            {
                "words": f"km {c.at_km:,.1f}: {region.label(c.before)} – {region.label(c.after)}",
                "border": c.border.label if c.border else "no border of the map",
                "accuracy": "not known" if c.accuracy_m is None else known_to(c.accuracy_m),
                "lon": round(c.lon, DECIMALS),
                "lat": round(c.lat, DECIMALS),
            }
            for c in of.crossings
        ],
        "crossings_before": None if before is None else len(before.crossings),
        "answers": [_answer(verdict) for verdict in assessment.verdicts if verdict.criterion.tests_text],
        "rest": [_answer(verdict) for verdict in assessment.verdicts if not verdict.criterion.tests_text],
    }


def _territories(of: Measures, region: Region, before: Measures | None) -> list[PanelShare]:
    """Return the km by territory, in the order of the alphabet; one the line has left is still told."""
    earlier = {} if before is None else before.by_territory_km
    rows: list[PanelShare] = []
    for territory in sorted({*of.by_territory_km, *earlier}, key=region.label):
        share = of.share(territory)
        rows.append(
            {
                "label": region.label(territory),
                "km": _km(share.km),
                "range": f"{bare_kilometres(share.least_km)} to {_km(share.most_km)}",
                "change": _change(share.km, None if before is None else earlier.get(territory, 0.0)),
            }
        )
    return rows


def _repeats(of: Measures, before: Measures | None) -> str:
    """Return in sentences what the line draws again as it stands, and what its file draws again and is left out."""
    now = f" {sentence(of.said_of_repeats)}." if of.said_of_repeats else ""
    if before is None or not before.repeated_km:
        return now
    return f"{now} What its file draws twice, {kilometres(before.repeated_km)}, does not move with it and is left out."


def _answer(verdict: Verdict) -> PanelAnswer:
    of, criterion = verdict.judgement, verdict.criterion
    return {
        "id": criterion.id,
        "clause": clause_name(criterion.clause) if criterion.clause else BELONGS_TO_NONE,
        "question": criterion.question,
        "sign": SYMBOLS[of.answer],
        "words": verdict_words(of),
        "because": of.because,
    }


def _km(km: float, accuracy_m: float | None = None) -> str:
    """Return a length as the tables of the page write it."""
    return f"{bare_kilometres(km, accuracy_m)} km"


def _change(now: float, before: float | None) -> str:
    """Return by how much a length has changed, to 10 m: a hand's movement is told, though the line is less exact."""
    if before is None:
        return ""
    change = round(now - before, 2)
    return f"{longer_or_shorter(change, decimals=2)} km" if change else NO_CHANGE


def rests_on(layers: Mapping[LayerId, Layer]) -> str:
    """Return in a sentence which shipped layers the numbers rest on, and of when they are."""
    titles = "; ".join(f"{layers[layer].title} (as of {layers[layer].as_of})" for layer in RESTS_ON if layer in layers)
    return f"Measured on the line as it stands, against: {titles}."
