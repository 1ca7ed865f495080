"""What an office adds, and what is said about a file that cannot be used."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.office.updates import MOST_ENTRIES, Update, check_update, read_updates
from corridor.office.updates_file import Removal, add_update, as_toml, remove_update, undo_removal
from tests.support.office_entries import EVENT, KNOWN

STATUS = {
    "kind": "status",
    "what": "under construction",
    "date": "2026-11-20",
    "source": "Ministry note 12, 20 November 2026",
    "feature": "route/tripp-rail",
}
FIGURE = {
    "kind": "figure",
    "what": "length in the feasibility study",
    "date": "2026-10-01",
    "source": "Study, p. 4",
    "feature": "candidate/rail-araks",
    "value": 42.5,
    "unit": "km",
}

GOOD = """# Kept by the transport desk
[[update]]
kind = "status"
what = "under construction"
date = 2026-11-20
source = "Ministry note 12"
feature = "route/tripp-rail"

# about the study
[[update]]
kind = "figure"
what = "length"
value = 42
unit = "km"
date = "2026-10-01"
source = "Study, p. 4"
feature = "candidate/rail-araks"
link = "https://example.org/study"
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "office-updates.toml"


def read(file, text):
    file.write_text(text, encoding="utf-8")
    return read_updates(file, KNOWN)


BAD = {
    "broken TOML": (GOOD + '\n[[update]]\nkind = "event\n', "office-updates.toml is not readable TOML", "line 21"),
    "missing source": (
        '[[update]]\nkind = "event"\nwhat = "a"\ndate = 2026-01-01\n',
        "office-updates.toml, line 1, key 'source'",
        "is missing; every entry has a kind, what, date and source",
    ),
    "missing date": (
        '\n[[update]]\nkind = "event"\nwhat = "a"\nsource = "b"\n',
        "line 2, key 'date'",
        "is missing; every entry has a kind, what, date and source",
    ),
    "empty source": (
        '[[update]]\nkind = "event"\nwhat = "a"\ndate = 2026-01-01\nsource = " "\n',
        "line 5, key 'source'",
        "is empty; some words were expected",
    ),
    "no such day": (
        '[[update]]\nkind = "event"\nwhat = "a"\ndate = "2026-02-30"\nsource = "b"\n',
        "line 4, key 'date'",
        "is '2026-02-30'; a day such as 2026-11-23 was expected",
    ),
    "no day of the calendar": ("[[update]]\ndate = 2026-02-30\n", "is not readable TOML", "line 2"),
    "time instead of a day": (
        '[[update]]\nkind = "event"\nwhat = "a"\ndate = 2026-01-01T10:00:00\nsource = "b"\n',
        "line 4, key 'date'",
        "a day such as",
    ),
    "unknown feature": (
        GOOD.replace("route/tripp-rail", "route/nowhere"),
        "line 7, key 'feature'",
        "is 'route/nowhere', which this application does not know",
    ),
    "unknown key": (
        GOOD.replace("link =", "address ="),
        "line 18, key 'address'",
        "is not a key of an entry; expected are kind, what, date, source",
    ),
    "unknown kind": (
        GOOD.replace('"status"', '"rumour"'),
        "line 3, key 'kind'",
        "'event', 'figure' or 'line'",
    ),
    "status of nothing": (
        GOOD.replace('feature = "route/tripp-rail"\n', ""),
        "line 2: this entry",
        "lacks the key feature; a status says what it is about",
    ),
    "figure without unit": (GOOD.replace('unit = "km"\n', ""), "line 10: this entry", "lacks the key unit"),
    "value in words": (GOOD.replace("value = 42", 'value = "42"'), "line 13, key 'value'", "valid number"),
    "value that is no number": (
        GOOD.replace("value = 42", "value = nan"),
        "line 10: this entry",
        "not a usable number",
    ),
    "value on an event": (
        '[[update]]\nkind = "event"\nwhat = "a"\nvalue = 3\ndate = 2026-01-01\nsource = "b"\n',
        "line 1: this entry",
        "only a figure has it",
    ),
    "address of a script": (
        GOOD.replace("https://example.org/study", "javascript:alert(1)"),
        "key 'link'",
        "a full web address (https://...) or nothing was expected",
    ),
    "control character": (GOOD.replace("Study, p. 4", "Study\\u202E4"), "key 'source'", "cannot be shown"),
    "too long": (GOOD.replace("Study, p. 4", "x" * 501), "key 'source'", "has 501 characters; at most 500"),
    "day still to come": (
        GOOD.replace("2026-11-20", "2099-01-21"),
        "line 5, key 'date'",
        "is 21 January 2099, which is still to come; write expected = true if that is meant",
    ),
    "one table instead of a list": ('[update]\nkind = "event"\n', "key 'update'", "[[update]] entries were expected"),
    "a word among the entries": ('update = ["x"]\n', "office-updates.toml, entry 1", "is no table"),
    "misspelt table": ('[[updates]]\nkind = "event"\n', "key 'updates'", "only [[update]] entries were expected"),
    "endless brackets": ("update = " + "[" * 20_000, "is not readable TOML", "nested too deeply"),
    "endless digits": ("value = " + "1" * 20_000, "is not readable TOML", "left out"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_in_one_sentence_and_the_good_entries_stay(file, name):
    text, where, what = BAD[name]
    updates = read(file, text)
    assert len(updates.problems) == 1
    assert updates.problems[0].startswith("office-updates.toml")
    assert where in updates.problems[0]
    assert what in updates.problems[0]
    assert updates.problems[0].endswith((".", "expected."))
    assert len(updates.entries) == {2: 1, 3: 2}.get(text.count("[[update]]\nkind"), 0)


def test_a_day_still_to_come_is_used_once_it_is_said_to_be_meant(file):
    text = GOOD.replace("date = 2026-11-20", "date = 2099-01-21\nexpected = true")
    updates = read(file, text)
    assert updates.problems == ()
    assert [entry.date for entry in updates.entries] == ["2099-01-21", "2026-10-01"]
    assert "expected = true" in as_toml(updates.entries[0])
    assert "expected" not in as_toml(updates.entries[1])
    assert add_update(file, {**STATUS, "date": "2099-01-21"}, KNOWN)[0].startswith("Date is 21 January 2099")


def test_bytes_that_are_no_text_are_told_with_their_line(file):
    file.write_bytes(b"# fine\n# \xff\n")
    assert read_updates(file, KNOWN).problems == (
        "office-updates.toml, line 2: not UTF-8 text, as TOML must be. It is left out.",
    )


def test_a_folder_or_a_huge_file_in_its_place_is_told(tmp_path, file):
    assert "cannot be read" in read_updates(tmp_path, KNOWN).problems[0]
    assert "larger than 10,000,000 bytes" in read(file, "#" * 10_000_001).problems[0]


def test_no_file_adds_nothing_and_is_no_problem(file):
    assert read_updates(file, KNOWN) == read(file, "")


def test_a_good_file_is_read_in_order(file):
    updates = read(file, GOOD)
    assert updates.problems == ()
    assert [(entry.kind, entry.date, entry.value) for entry in updates.entries] == [
        ("status", "2026-11-20", None),
        ("figure", "2026-10-01", 42.0),
    ]


def test_markup_is_kept_as_the_characters_it_is(file):
    assert add_update(file, {**EVENT, "what": "<script>alert('x')</script> & **bold**"}, KNOWN) == ()
    assert read_updates(file, KNOWN).entries[0].what == "<script>alert('x')</script> & **bold**"


def test_an_entry_is_added_after_what_the_office_wrote(file):
    file.write_text(GOOD.rstrip(), encoding="utf-8")
    assert add_update(file, EVENT, KNOWN) == ()
    assert file.read_text(encoding="utf-8") == GOOD + "\n" + as_toml(Update(**EVENT))
    assert not list(file.parent.glob("*.part"))


def test_an_entry_is_written_once(file):
    assert add_update(file, STATUS, KNOWN) == ()
    assert "not written twice" in add_update(file, STATUS, KNOWN)[0]
    assert len(read_updates(file, KNOWN).entries) == 1


def test_a_faulty_entry_is_told_and_not_written(file):
    assert add_update(file, {**STATUS, "source": ""}, KNOWN) == ("Source is empty; some words were expected.",)
    assert not file.exists()


@pytest.mark.parametrize("text", ["[[update]\n", '[update]\nkind = "event"\n', "update = 3\n"])
def test_a_file_that_cannot_be_read_is_never_written_over(file, text):
    file.write_text(text, encoding="utf-8")
    assert "nothing was written to it" in add_update(file, EVENT, KNOWN)[0]
    assert file.read_text(encoding="utf-8") == text


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    assert "cannot be written" in add_update(tmp_path / "no-such-folder" / "updates.toml", EVENT, KNOWN)[0]


def test_entries_that_cannot_be_used_stay_in_the_file(file):
    odd = '[[update]]\nkind = "status"\nwhat = "x"\nfeature = "route/renamed"\n'
    file.write_text(odd, encoding="utf-8")
    assert add_update(file, EVENT, KNOWN) == ()
    assert file.read_text(encoding="utf-8").startswith(odd)


@pytest.mark.parametrize("number", [0, 1])
def test_a_removed_entry_comes_back_where_it_was(file, number):
    entries = read(file, GOOD).entries
    removal = remove_update(file, entries[number].key, KNOWN)
    assert isinstance(removal, Removal)
    assert read_updates(file, KNOWN).entries == (entries[1 - number],)
    assert "# Kept by the transport desk" in file.read_text(encoding="utf-8")
    assert "# about the study" in file.read_text(encoding="utf-8")
    assert undo_removal(file, removal) == ()
    assert file.read_text(encoding="utf-8") == GOOD


def test_a_removed_entry_comes_back_at_the_end_when_the_file_has_changed_since(file):
    entries = read(file, GOOD).entries
    removal = remove_update(file, entries[0].key, KNOWN)
    assert add_update(file, EVENT, KNOWN) == ()
    assert undo_removal(file, removal) == ()
    assert [entry.key for entry in read_updates(file, KNOWN).entries] == [
        entries[1].key,
        Update(**EVENT).key,
        entries[0].key,
    ]


def test_removing_twice_is_told(file):
    key = read(file, GOOD).entries[0].key
    remove_update(file, key, KNOWN)
    assert remove_update(file, key, KNOWN) == ("office-updates.toml no longer holds this entry.",)


def test_a_text_that_looks_like_an_entry_does_not_mislead_the_removal(file):
    text = GOOD.replace('"Study, p. 4"', "'''Study\n[[update]]\nkind = \"event\"\n'''")
    entries = read(file, text).entries
    assert len(entries) == 2
    assert isinstance(remove_update(file, entries[0].key, KNOWN), Removal)
    assert read_updates(file, KNOWN).entries == (entries[1],)


def test_the_rights_of_the_file_stay(file):
    file.write_text(GOOD, encoding="utf-8")
    file.chmod(0o640)
    add_update(file, EVENT, KNOWN)
    assert file.stat().st_mode & 0o777 == 0o640


def test_every_field_changes_the_key():
    update = Update(**FIGURE)
    changed = {"what": "x", "date": "2026-01-01", "source": "x", "value": 1.0, "unit": "m", "added": "2026-11-23"}
    assert len({update.key, *(replace(update, **{name: value}).key for name, value in changed.items())}) == 7


@given(
    st.builds(
        dict,
        kind=st.just("figure"),
        what=st.text(min_size=1),
        date=st.dates().map(str),
        source=st.text(min_size=1),
        feature=st.sampled_from(sorted(KNOWN)),
        value=st.floats(),
        unit=st.text(min_size=1),
    )
)
def test_whatever_is_accepted_is_written_so_that_it_reads_back_the_same(fields):
    update = check_update(fields, KNOWN)
    if isinstance(update, Update):
        (written,) = tomllib.loads(as_toml(update))["update"]
        assert check_update(written, KNOWN) == update


def test_a_text_that_would_be_dear_to_parse_is_left_out_in_one_sentence(file):
    for text, what in (
        (".".join("a" * 40_000) + " = 1\n", "a key of more than 16 parts"),
        ("".join(f"[a{number}]\n" for number in range(6_000)), "more than 5,000 tables"),
    ):
        updates = read(file, text)
        assert updates.entries == ()
        assert len(updates.problems) == 1
        assert what in updates.problems[0]


def test_of_very_many_entries_the_first_are_read_and_none_is_added_that_would_not_be(file):
    entry = '[[update]]\nkind = "event"\nwhat = "A"\ndate = 2026-01-01\nsource = "B"\n\n'
    for broken in ("", "[[update]]\nkind = \n"):
        updates = read(file, entry * (MOST_ENTRIES + 1) + broken)
        assert len(updates.entries) == MOST_ENTRIES
        assert "the first 2,000 are read" in updates.problems[-1]
    file.write_text(entry * MOST_ENTRIES, encoding="utf-8")
    problems = add_update(file, {"kind": "event", "what": "C", "date": "2026-01-01", "source": "D"}, KNOWN)
    assert "holds 2,000 entries already" in problems[0]
    assert len(read_updates(file, KNOWN).entries) == MOST_ENTRIES


def test_a_broken_entry_far_down_is_named_by_its_line_in_the_file(file):
    entry = '[[update]]\nkind = "event"\nwhat = "A"\ndate = 2026-01-01\nsource = "B"\n\n'
    updates = read(file, entry * 3 + "[[update]]\nkind = \n")
    assert len(updates.entries) == 3
    assert "at line 20" in updates.problems[0]
