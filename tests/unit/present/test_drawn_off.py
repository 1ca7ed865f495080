"""Where a drawing leaves its published length by more than five per cent, that stands beside the drawn length."""

import json
import re
import tomllib
import zipfile
from functools import cache
from io import BytesIO

import pytest

from corridor.answering.figures import Figure
from corridor.assessing.comparison import compare
from corridor.assessing.comparison_records import comparison_record
from corridor.land.catalogue import read_catalogue
from corridor.present.briefing_files.evidence_pack import _candidate
from corridor.present.candidates import tables
from corridor.present.candidates.legs import measured_length
from corridor.present.cards.feature import feature_card
from corridor.present.exports import layer_as_geojson
from corridor.present.registers.answers import answer_html
from corridor.present.sheets import sheet_csv
from corridor.present.story.briefing import brief
from corridor.quantities import published_first
from corridor.sources import GEODATA
from corridor.ui.context import briefing_context, stories
from tests.support.briefed import MADE_ON


@cache
def off() -> dict[str, str]:
    """The segments that are drawn too short or too long, as the layer's own file has them, with the words for it."""
    words = {}
    for feature in json.loads((GEODATA / "layers" / "route.geojson").read_bytes())["features"]:
        of = feature["properties"]
        lengths = [length for length in of["published_lengths"] if length["comparable"]]
        if not lengths or of["measured_km"] is None:
            continue
        low, high = min(at["km"] for at in lengths), max(at["km_high"] or at["km"] for at in lengths)
        if of["measured_km"] < low * 0.95:
            words[feature["id"]] = f"{(1 - of['measured_km'] / low) * 100:.0f} % short"
        if of["measured_km"] > high * 1.05:
            words[feature["id"]] = f"{(of['measured_km'] / high - 1) * 100:.0f} % too long"
    return words


def candidates():
    return briefing_context().shipped.candidates.values()


def legs(candidate):
    return briefing_context().table_lookup.segment_figures(candidate)


def percent(segment: str) -> str:
    return off()[segment].partition("%")[0] + "%"


def test_there_are_such_segments_and_the_worst_is_the_railway_from_hrazdan_to_yerevan():
    assert len(off()) == 14, "geodata/README.md counts them"
    assert off()["route/rail-hrazdan-yerevan"] == "19 % short"
    assert "route/tripp-rail" not in off()


@pytest.mark.parametrize("segment", sorted(off()))
def test_its_card_says_so_beside_the_drawn_length(segment):
    rows = feature_card(briefing_context().card_lookup, briefing_context().shipped.by_id[segment])["rows"]
    (drawn,) = (row for row in rows if row["label"] == "As drawn here")
    assert drawn["accuracy"].startswith(f"Drawn {off()[segment]}")


def test_a_part_that_is_drawn_short_says_so_beside_the_length_published_of_it():
    context, seen = briefing_context(), {}
    for segment, feature in context.shipped.by_id.items():
        for length in feature["properties"].get("published_lengths", ()):
            if length["drawn_km"] is None or length["drawn_km"] >= length["km"] * 0.95:
                continue
            words = f"{length['what']}; drawn {(1 - length['drawn_km'] / length['km']) * 100:.0f} % short, "
            rows = feature_card(context.card_lookup, feature)["rows"]
            assert any((row["accuracy"] or "").startswith(words) for row in rows), segment
            for candidate in feature["properties"]["candidates"]:
                sheet = tables.published_sheet([context.shipped.candidates[candidate]], context.table_lookup)
                assert words in sheet_csv(sheet, context.shipped.library.sources).decode("utf-8-sig")
            seen[length["what"]] = segment
    assert seen["part Kapan-Meghri on the road M2"] == "route/tripp-road-kajaran"


def test_the_layer_to_take_away_lists_the_drawings_that_are_off():
    layer, sources = read_catalogue()["route"], briefing_context().shipped.library.sources
    licence = zipfile.ZipFile(BytesIO(layer_as_geojson(layer, sources))).read("LICENCE.txt").decode()
    for segment, words in off().items():
        assert f"- {segment}: drawn {words} of its published length" in licence
    assert licence.count(" of its published length\n") == len(off())


def test_no_card_says_so_of_another():
    for segment, feature in briefing_context().shipped.by_id.items():
        if segment.startswith("route/") and segment not in off():
            rows = feature_card(briefing_context().card_lookup, feature)["rows"]
            assert not any(re.match(r"Drawn \d", row["accuracy"] or "") for row in rows), segment


@pytest.mark.parametrize("candidate", candidates(), ids=lambda candidate: candidate.id)
def test_the_tables_of_a_candidate_say_so_in_the_row_and_in_the_file(candidate):
    lookup, sources = briefing_context().table_lookup, briefing_context().shipped.library.sources
    sheet = tables.segments_sheet(candidate, lookup)
    for segment, row in zip(legs(candidate), sheet.rows, strict=True):
        if segment.leg.whole and segment.leg.segment in off() and isinstance(row[6], Figure):
            assert f"drawn {off()[segment.leg.segment]}" in row[7]
            assert f"drawn {off()[segment.leg.segment]}" in row[6].accuracy
            assert f"drawn {off()[segment.leg.segment]}" in sheet_csv(sheet, sources).decode("utf-8-sig")
        else:
            assert "drawn" not in (row[7] or "")
    by_country = tables.kilometres_sheet([candidate], lookup)
    for row in by_country.rows:
        here = [s for s in legs(candidate) if lookup.country(s.country) == row[1]]
        for segment in here:
            if segment.leg.whole and segment.leg.segment in off() and segment.measured_km is not None:
                assert percent(segment.leg.segment) in row[-2]
                words = published_first([s.leg for s in here])
                # The drawn length of a published one is left out where others beside it have none published.
                assert percent(segment.leg.segment) in words or "(" not in words
                assert percent(segment.leg.segment) in measured_length("x", here, lookup).accuracy


def test_answers_and_scenes_that_fetch_a_drawn_length_say_so():
    seen = 0
    written = tomllib.loads((GEODATA / "texts" / "questions.toml").read_text(encoding="utf-8"))["question"]
    context = briefing_context()
    for entry, question in zip(written, context.questions, strict=True):
        for keys, figure in zip(entry["figures"].values(), question.figures, strict=True):
            if keys["get"] == "drawn":
                used = [keys["feature"]]
            elif keys["get"] == "measured":
                used = [
                    s.leg.segment
                    for s in legs(context.shipped.candidates[keys["candidate"]])
                    if s.leg.whole
                    and s.measured_km is not None
                    and s.country in keys.get("countries", [s.country])
                    and s.status in keys.get("statuses", [s.status])
                    and s.leg.alignment_status in keys.get("alignments", [s.leg.alignment_status])
                ]
            else:
                continue
            for segment in set(used) & set(off()):
                assert percent(segment) in figure.accuracy, (question.number, figure.what)
                assert percent(segment) in answer_html(question, context.shipped.library.sources, opened=True)
                seen += 1
    assert seen >= 3


def test_the_comparison_and_the_lines_to_take_away_say_so():
    context = briefing_context()
    pair = [context.candidate_route(i) for i in ("rail-ijevan-yerevan", "rail-georgia-armenia")]
    record = comparison_record(compare(pair[0], pair[1:], context.region.labels))
    seen = set()
    for route in record["routes"]:
        for length in route["lengths"]:
            if len(length["covers"]) == 1 and length["segment"] in off() and length["published"] is not None:
                assert length["drawing"] == f"drawn {off()[length['segment']]}"
                seen.add(length["segment"])
    assert {"route/rail-hrazdan-yerevan", "route/rail-ijevan-hrazdan"} <= seen
    briefing = brief(stories()["options-side-by-side"], context, MADE_ON)
    exported = _candidate(context.shipped.candidates["rail-ijevan-yerevan"], briefing)["features"]
    by_id = {feature["id"]: feature["properties"]["used"] for feature in exported}
    assert by_id["route/rail-hrazdan-yerevan"]["drawing"] == "drawn 19 % short"
