"""Several members of an archive that hold lines, as one file: stages of a tour, variants, one route for each lot."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePosixPath

from corridor.quantities import MOST_NAMED, listed
from corridor.reading.faults import FaultSpot, Finding, Json, JsonMembers, shown
from corridor.reading.formats.beside import Beside
from corridor.reading.formats.converted import Converted, collected, line_geometries, positions_in, stops
from corridor.reading.formats.feature_texts import FeatureTexts
from corridor.reading.formats.json_dialects.collected import Collected
from corridor.reading.formats.json_dialects.wrapped import add_geojson, is_geojson
from corridor.reading.formats.json_places import JsonPlaces
from corridor.reading.limits import Limits, TooMuchError
from corridor.reading.names import ChosenName, chosen_name, collection_name, name_around

#: Lines of a member up to which it is a route among others: so many can be compared. What has more is a map, or the
#: ways of one road, which are only seen to be one where nothing else stands between them.
MOST_LINES = 12
DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, eq=False, slots=True)
class Member:
    """A member of an archive by its name, and what it became, with its document."""

    name: str
    read: Converted

    @property
    def stem(self) -> str:
        """Its name without folder and suffix, as a person calls it."""
        return PurePosixPath(self.name.replace("\\", "/")).stem

    @property
    def stands_with_others(self) -> bool:
        """Whether it is one of several routes: nothing stops it from being read, and its lines are few."""
        if self.read.document is None or stops(self.read.findings):
            return False
        lines = sum(1 for _ in islice(line_geometries(self.read.document), MOST_LINES + 1))
        return 0 < lines <= MOST_LINES


def read_together(members: Sequence[Member], limits: Limits) -> tuple[Converted, tuple[str, ...]]:
    """Return members as one file, and the names of those in it: the first, and others as far as the caps reach.

    Each feature keeps the system its own file names. A line without a name is called what its file is called; where
    lines of several files have the same name, that of the file is added.
    """
    taken = Collected("", "", limits)
    systems: list[tuple[int, Json]] = []
    within: list[Member] = []
    for member in in_their_order(members):
        features, positions = _features_of(member.read.document, limits), positions_in(member.read.document)
        try:
            if features is None or len(taken.features) + len(features) > limits.features:
                continue
            taken.count(positions)
        except TooMuchError:
            taken.positions -= positions
            continue
        within.append(member)
        taken.features.extend(features)
        systems.append((len(taken.features), _system_of(member.read.document)))
    ends = [end for end, _ in systems]
    _name_lines(taken.features, list(zip(within, ends, strict=True)))
    common = _declare(taken.features, systems)
    formats = listed(list(dict.fromkeys(member.read.format for member in within)))
    names = tuple(member.name for member in within)
    made = collected(formats, taken.features, list(_findings_of(within)), Beside())
    if made.document is not None and common is not WGS84:
        made.document["crs"] = common
    linked = tuple(name for member in within for name in member.read.linked)
    return replace(made, linked=linked), names


def in_their_order(members: Sequence[Member]) -> list[Member]:
    """Return members in their order, those that differ by a number alone by that: “day 2” before “day 10”."""
    pieces = [DIGITS.split(member.name) for member in members]
    if len({tuple(parts[::2]) for parts in pieces}) > 1:
        return list(members)
    numbers = {member.name: [int(part) for part in parts[1::2]] for member, parts in zip(members, pieces, strict=True)}
    return sorted(members, key=lambda member: numbers[member.name])


#: Stands for a file that names no system because its format has one.
WGS84 = object()


def _system_of(document: JsonMembers) -> Json:
    return document.get("crs", WGS84)


def _features_of(document: Json, limits: Limits) -> FeatureTexts | None:
    """Return the features of a document, None where it is no GeoJSON after all or has too many."""
    features = document.get("features")
    if isinstance(features, FeatureTexts):
        return features
    if not is_geojson(document):
        return None
    taken = Collected("", "", limits)
    try:
        add_geojson(document, taken)
    except TooMuchError:
        return None
    return taken.features


def _declare(features: FeatureTexts, systems: Sequence[tuple[int, Json]]) -> Json:
    """Write the system of each file at its features where files differ; return the one of all where they do not."""
    if all(system == systems[0][1] for _, system in systems):
        return systems[0][1]
    first = 0
    for end, system in systems:
        for number in range(first, end) if system is not WGS84 else ():
            features[number] = {"crs": system, **features[number]}
        first = end
    return WGS84


def _name_lines(features: FeatureTexts, members: Sequence[tuple[Member, int]]) -> None:
    """Give lines without a name that of their file, and tell lines of the same name in several files apart by it."""
    named: dict[str, set[str]] = defaultdict(set)
    lines: list[tuple[int, str, str, str]] = []
    first = 0
    stems = Counter(member.stem for member, _ in members)
    for member, end in members:
        stem = member.stem if stems[member.stem] == 1 else member.name
        around = collection_name(member.read.document)
        for number in range(first, end):
            feature = features[number]
            if next(line_geometries(feature), None) is None:
                continue
            properties = feature.get("properties")
            given = properties if isinstance(properties, dict) else {}
            chosen = chosen_name(given, feature.get("id")) or name_around(given)
            if chosen is None:
                called = stem if around is None else around.name
                features[number] = {**feature, "properties": {**given, "layer": called}}
                chosen = ChosenName(called, "layer", plain=False)
            named[chosen.name].add(stem)
            lines.append((number, stem, chosen.name, chosen.member))
        first = end
    for number, stem, name, named_by in lines:
        if len(named[name]) > 1:
            feature = features[number]
            given = feature["properties"] if isinstance(feature.get("properties"), dict) else {}
            renamed = {"name" if named_by == "id" else named_by: f"{name} ({stem})"}
            features[number] = {**feature, "properties": {**given, **renamed}}


def _findings_of(members: Sequence[Member]) -> Iterator[tuple[Finding, FaultSpot]]:
    """Yield what was found of members, each thing once, and where it is not of all, of which it is."""
    by_words: dict[tuple[str, str, str], list[tuple[Member, Finding]]] = defaultdict(list)
    for member in members:
        for finding, spot in member.read.findings:
            line, column = _place(member.read, spot)
            finding = replace(finding, line=line, column=column)
            by_words[finding.code, finding.says, finding.advice].append((member, finding))
    for alike in by_words.values():
        names = list(dict.fromkeys(member.name for member, _ in alike))
        _, finding = alike[0]
        if len(names) < len(members):
            quoted = [f"“{shown(name)}”" for name in names[:MOST_NAMED]]
            more = [f"{len(names) - MOST_NAMED:,} more"] if len(names) > MOST_NAMED else []
            finding = replace(finding, says=f"{finding.says} This is about {listed([*quoted, *more])}.")
        yield replace(finding, path=None, feature=None), FaultSpot()


def _place(read: Converted, spot: FaultSpot) -> tuple[int, int] | tuple[None, None]:
    """Return line and column in the member itself, None where the spot has no place in its text."""
    if spot.offset is None or read.text is None:
        return None, None
    return JsonPlaces(read.text).line_and_column(spot.offset)
