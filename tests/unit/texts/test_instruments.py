"""The registers around the Declaration are complete, sourced on every side, and quote nobody wrongly."""

import pytest

from corridor.errors import DocumentError
from corridor.sources import read_sources
from corridor.texts.edition import facts_as_of
from corridor.texts.instruments import read_disagreements, read_instruments, read_parallels
from corridor.texts.reading import cited_ids
from tests.support.registers import change, copied, one_sentence, seed

SOURCES = read_sources()
INSTRUMENTS = read_instruments(SOURCES)
PARALLELS = read_parallels(INSTRUMENTS, SOURCES)
DISAGREEMENTS = read_disagreements(SOURCES)


def seats(record):
    return {SOURCES[source].seat for source in cited_ids(record)}


def test_the_register_holds_every_document_the_briefs_ask_about():
    assert {i.removeprefix("instrument/") for i in INSTRUMENTS} >= {
        "almaty-declaration-1991",
        "armenia-us-memoranda-2025",
        "crossroads-of-peace",
        "delimitation-regulation-2024",
        "joint-declaration-2025",
        "north-south-road",
        "osce-joint-appeal-2025",
        "peace-agreement-2025",
        "section-907-waiver-2025",
        "socar-exxonmobil-memorandum-2025",
        "statement-2020-11-10",
        "tripp-agreement-2026",
        "tripp-implementation-framework-2026",
        "un-charter",
        "us-azerbaijan-charter-2026",
        "us-azerbaijan-mou-2025",
    }


def test_instruments_run_by_date():
    dates = [instrument.date for instrument in INSTRUMENTS.values()]
    assert dates == sorted(dates)


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=lambda one: one.id)
def test_parties_are_in_alphabetical_order(instrument):
    assert list(instrument.parties) == sorted(instrument.parties)


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=lambda one: one.id)
def test_nothing_is_dated_after_the_last_search(instrument):
    assert instrument.status_as_of <= facts_as_of().isoformat()
    assert all(act.date <= facts_as_of().isoformat() for act in instrument.acts)


def test_the_declaration_has_two_signatories_and_its_witness_is_said_elsewhere():
    declaration = INSTRUMENTS["instrument/joint-declaration-2025"]
    signed = next(act for act in declaration.acts if act.did == "signed")
    witnessed = next(act for act in declaration.acts if act.did == "witnessed")
    assert len(signed.by) == 2
    assert "not by the text of the Declaration" in witnessed.note
    assert "seed-003" not in witnessed.sources


def test_the_agreement_is_initialled_and_not_signed():
    assert not [act for act in INSTRUMENTS["instrument/peace-agreement-2025"].acts if act.did == "signed"]


def test_the_signature_of_the_framework_agreement_rests_on_secondary_notes_alone_and_says_so():
    agreement = INSTRUMENTS["instrument/tripp-agreement-2026"]
    assert not [act for act in agreement.acts if act.did == "signed"]
    (signed,) = (act for act in agreement.acts if act.did == "reported as signed")
    assert {SOURCES[source].grade for source in signed.sources} == {"note"}
    assert "two secondary notes" in agreement.status
    assert not [act for act in agreement.acts if act.did == "ratified"]


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=lambda one: one.id)
def test_an_act_that_rests_on_headlines_or_notes_alone_is_said_as_reported(instrument):
    for act in instrument.acts:
        if all(SOURCES[source].grade != "page" for source in act.sources):
            assert act.did.startswith("reported as "), act


def test_the_almaty_declaration_carries_both_readings_with_their_dates():
    readings = INSTRUMENTS["instrument/almaty-declaration-1991"].quotations
    by_seat = {SOURCES[one.sources[0]].seat: one.as_of for one in readings}
    assert by_seat["Armenia"] == "2024-05-10"
    assert by_seat["Azerbaijan"] == "2024-10"


@pytest.mark.parametrize(
    "instrument_id",
    [
        "instrument/joint-declaration-2025",
        "instrument/peace-agreement-2025",
        "instrument/statement-2020-11-10",
        "instrument/tripp-implementation-framework-2026",
        "instrument/us-azerbaijan-charter-2026",
        "instrument/delimitation-protocol-2024",
    ],
)
def test_contested_documents_rest_on_sources_of_both_sides(instrument_id):
    assert {"Armenia", "Azerbaijan"} <= seats(INSTRUMENTS[instrument_id])


def test_four_texts_stand_side_by_side_by_date():
    dates = [passage.date for passage in PARALLELS.passages]
    assert dates == sorted(dates)
    assert len(dates) == 4


def test_whom_the_benefits_are_for_is_quoted_from_three_texts():
    point = next(point for point in PARALLELS.points if point.id == "for-whom")
    ends = [saying.words.rsplit("connectivity ", 1)[-1] for saying in point.sayings if saying.words]
    assert ends == ["for the Republic of Armenia", "for the Republic of Armenia", "for the countries involved"]


def test_the_passage_of_the_declaration_is_paragraph_3():
    passage = next(passage for passage in PARALLELS.passages if passage.id == "declaration-2025")
    assert f"3. {passage.passage}" in seed("003")


def test_thirteen_disagreements_are_called_what_they_are():
    assert len(DISAGREEMENTS.entries) == 13
    assert "None of the five source documents is Armenian or of the US government" in DISAGREEMENTS.origins.statement
    assert "not counted twice" in DISAGREEMENTS.origins.counting


@pytest.mark.parametrize("entry", DISAGREEMENTS.entries, ids=lambda one: one.id)
def test_every_disagreement_sets_two_versions_side_by_side(entry):
    assert len(entry.versions) >= 2


@pytest.mark.parametrize(
    "version",
    [one for entry in DISAGREEMENTS.entries for one in entry.versions if one.source.startswith("seed-")],
    ids=lambda one: f"{one.source}: {one.quote[:40]}",
)
def test_seeds_are_quoted_word_for_word(version):
    assert version.quote in seed(version.source.removeprefix("seed-"))


@pytest.mark.parametrize(
    "quotation",
    [one for instrument in INSTRUMENTS.values() for one in instrument.quotations if one.sources[0].startswith("seed-")],
    ids=lambda one: one.text[:40],
)
def test_quotations_from_seeds_are_word_for_word(quotation):
    assert quotation.text in seed(quotation.sources[0].removeprefix("seed-"))


@pytest.mark.parametrize(
    "quotation", [one for i in INSTRUMENTS.values() for one in i.quotations], ids=lambda o: o.text[:40]
)
def test_quotations_are_short(quotation):
    assert len(quotation.text.split()) <= 60


def read_all(root):
    sources = read_sources(root)
    instruments = read_instruments(sources, root)
    read_parallels(instruments, sources, root)
    read_disagreements(sources, root)


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("instruments.toml", "[[instrument]]", "[[instrument]", ["line 4"]),
        ("instruments.toml", 'date = "1945-06-26"', 'date = "1945"', ["un-charter", "date", "a day such as"]),
        ("instruments.toml", 'sources = ["un-charter-1945", "seed-003"]', "", ["un-charter", "sources"]),
        (
            "instruments.toml",
            '"un-charter-1945"',
            '"un-charter-1946"',
            ["un-charter", "un-charter-1946", "geodata/sources/"],
        ),
        ("instruments.toml", 'kind = "document"', 'kind = "treaty"', ["un-charter", "kind", "'document'"]),
        ("instruments.toml", 'id = "instrument/un-charter"', 'id = "un-charter"', ["'instrument/'"]),
        ("instruments.toml", 'did = "signed"', 'did = "sealed"', ["un-charter", "did", "'signed'"]),
        ("parallels.toml", 'words = "unimpeded connectivity"', 'words = "unhindered"', ["'how'", "does not stand"]),
        ("parallels.toml", 'words = "unimpeded connectivity"', 'words = ""', ["'how'", "neither words nor a remark"]),
        (
            "parallels.toml",
            '{ text = "declaration-2025"',
            '{ text = "declaration"',
            ["what-is-connected", "in this order"],
        ),
        (
            "parallels.toml",
            '"instrument/statement-2020-11-10"',
            '"instrument/x"',
            ["statement-2020", "not an instrument"],
        ),
        ("disagreements.toml", "[origins]", "[origin]", ["[origins]", "statement", "required"]),
        ("disagreements.toml", 'source = "seed-002"', 'source = "seed-020"', ["what-is-closed", "seed-020"]),
        ("disagreements.toml", 'quote = "', 'qoute = "', ["what-is-closed", "versions.0"]),
    ],
)
def test_a_broken_register_is_refused_in_one_sentence(tmp_path, name, old, new, expected):
    root = copied(tmp_path)
    change(root, name, old, new)
    with pytest.raises(DocumentError) as raised:
        read_all(root)
    one_sentence(raised, name, *expected)


def test_an_empty_register_is_refused(tmp_path):
    root = copied(tmp_path)
    (root / "texts" / "instruments.toml").write_text("", encoding="utf-8")
    with pytest.raises(DocumentError) as raised:
        read_all(root)
    one_sentence(raised, "instruments.toml", "[[instrument]]", "at least one")
