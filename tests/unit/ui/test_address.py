"""An address is read for what it can be; everything else in it becomes a sentence, never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.ui.frame.address import Address, parse_address

CLAUSES = ["joint-declaration/3", "joint-declaration/4"]
IDS = ["territory/armenia", "event/summit-2025-08-08"]
SWITCHES = ["territory", "place", "route-rail", "route-road"]


def parse(**asked: str) -> Address:
    return parse_address(asked, CLAUSES, IDS, SWITCHES)


def test_an_address_that_asks_for_nothing_says_nothing():
    assert parse() == Address()


def test_what_is_known_is_taken():
    assert parse(
        clause="joint-declaration/3", feature="territory/armenia", layers="place,territory", view="39.5,45.9,9.25"
    ) == Address(
        clause="joint-declaration/3",
        feature="territory/armenia",
        layers=("place", "territory"),
        view=(39.5, 45.9, 9.25),
    )


def test_route_names_every_route_switch_and_an_empty_list_none():
    assert parse(layers="route").layers == ("route-rail", "route-road")
    assert parse(layers="").layers == ()
    assert parse(layers="none").layers == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("clause", "joint-declaration/8"),
        ("feature", "place/atlantis"),
        ("layers", "heights"),
        ("view", "1,2"),
        ("view", "nan,45,9"),
        ("view", "39.5,45.9,99"),
        ("view", "0,0,7"),
        ("view", "a,b,c"),
    ],
)
def test_an_unknown_value_is_left_out_with_one_sentence(name, value):
    found = parse(**{name: value})
    assert getattr(found, name) is None
    assert len(found.notices) == 1
    assert f"{name} “{value}”" in found.notices[0]


def test_an_address_of_thousands_of_names_is_told_in_few_words():
    many = parse(
        layers=",".join(f"l{number}" for number in range(5_000)), **{f"p{number}": "" for number in range(900)}
    )
    assert len(many.notices) == 2
    assert "“p0”, “p1”, “p2” and 897 more, which are no part" in many.notices[0]
    assert "“l0”, “l1”, “l2” and 4,997 more, which are not known here" in many.notices[1]
    assert len(parse(layers="x," * 5_000).notices) == 1


def test_the_known_layers_of_a_list_are_kept():
    found = parse(layers="place,heights")
    assert found.layers == ("place",)
    assert len(found.notices) == 1


def test_what_somebody_typed_is_never_shown_as_markup():
    notice = parse(feature="![x](https://evil.example/)<script>")
    shown = notice.notices[0].partition("“")[2].partition("”")[0]
    assert not set("![]()<>") & set(shown)


@given(st.dictionaries(st.sampled_from(["clause", "feature", "layers", "view"]), st.text()))
def test_no_address_raises(asked):
    parse(**asked)


def test_a_name_no_page_knows_is_said():
    found = parse(centre="39,46", clause="joint-declaration/3")
    assert found.clause == "joint-declaration/3"
    assert len(found.notices) == 1
    assert "“centre”" in found.notices[0]


def test_the_names_other_pages_use_pass_without_a_word():
    assert parse(section="timeline", question="7", candidate="rail-araks", phrase="x", embed="true").notices == ()
