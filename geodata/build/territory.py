"""Knows how the territories are made: time-zone polygons of OpenStreetMap, clipped, the Caspian taken off."""

from __future__ import annotations

from typing import Any

from geodata.build.features import feature, name
from geodata.build.inputs import Inputs
from geodata.build.mosaic import mosaic

METHOD = (
    "Time-zone polygon of timezone-boundary-builder 2026c (OpenStreetMap borders), every vertex kept along Armenia and "
    "Azerbaijan, on a grid of 6 decimals; neighbours share each vertex of a common border."
)
CLIPPED = METHOD + " Shown only inside 42.8-50.7 E, 38.0-42.2 N; borders between two neighbours thinned to 60 m."
COAST = (
    " Territorial sea is left out: the Caspian coast is OpenStreetMap of November 2017, about one vertex per "
    "kilometre; the Caspian has fallen since."
)
NOTE = (
    "As OpenStreetMap depicts it, release of July 2026. The depiction takes no position on the status of any territory "
    "or on delimitation, which continues between Armenia and Azerbaijan."
)

# id -> (label, kind, other names, whether its land ends at the Caspian)
TERRITORIES: dict[str, tuple[str, str, list[dict[str, Any]], bool]] = {
    "armenia": ("Armenia", "state", [
        name("Հայաստան", "hy"), name("Ermənistan", "az"), name("Армения", "ru"), name("ارمنستان", "fa"),
        name("Ermenistan", "tr"), name("სომხეთი", "ka"), name("Republic of Armenia", "en"),
        name("Hayastan", "hy-Latn")], False),
    "az-mainland": ("Azerbaijan, main part", "state-part", [
        name("Azərbaycan", "az"), name("Ադրբեջան", "hy"), name("Азербайджан", "ru"), name("جمهوری آذربایجان", "fa"),
        name("Azerbaycan", "tr"), name("აზერბაიჯანი", "ka"), name("Republic of Azerbaijan", "en"),
        name("main part of the Republic of Azerbaijan", "en", "the words of paragraph 3")], True),
    "az-nakhchivan": ("Nakhchivan Autonomous Republic (Azerbaijan)", "state-part", [
        name("Naxçıvan Muxtar Respublikası", "az"), name("Naxçıvan", "az"), name("Նախիջևան", "hy"),
        name("Nakhijevan", "hy-Latn"), name("Нахичевань", "ru"), name("نخجوان", "fa"), name("Nahçıvan", "tr"),
        name("Nakhchivan", "en"), name("Nakhichevan", "en")], False),
    "georgia": ("Georgia", "neighbour", [
        name("საქართველო", "ka"), name("Sakartvelo", "ka-Latn"), name("Վրաստան", "hy"), name("Gürcüstan", "az"),
        name("Грузия", "ru")], False),
    "iran": ("Iran", "neighbour", [
        name("ایران", "fa"), name("Իրան", "hy"), name("İran", "az"), name("Иран", "ru"),
        name("Islamic Republic of Iran", "en")], True),
    "russia": ("Russia", "neighbour", [
        name("Россия", "ru"), name("Ռուսաստան", "hy"), name("Rusiya", "az"), name("Russian Federation", "en")], True),
    "turkiye": ("Türkiye", "neighbour", [
        name("Turkey", "en"), name("Turkiye", "en"), name("Թուրքիա", "hy"), name("Türkiyə", "az"),
        name("Турция", "ru")], False),
}  # fmt: skip


def build(_inputs: Inputs) -> list[dict[str, Any]]:
    """The seven territories; edges of neighbours are identical to the last decimal."""
    shapes = mosaic()
    features = []
    for key, (label, kind, names, coastal) in TERRITORIES.items():
        own = kind != "neighbour"
        features.append(
            feature(
                f"territory/{key}", shapes[key],
                label=label, kind=kind, territories=[key], names=names, accuracy_m=200,
                method=(METHOD if own else CLIPPED) + (COAST if coastal else ""), note=NOTE,
                sources=["timezonefinder-data", *(["geo-maps-countries-land"] if coastal else [])],
                as_of="2026-07-11",
            )
        )  # fmt: skip
    return features
