"""By how much a date moved is reckoned by one rule, whoever promised it."""

from datetime import date

import pytest

from corridor.answering.slips import last_day, passed, slips
from corridor.land.catalogue import read_catalogue, read_features
from corridor.land.features import RouteProperties, properties_of
from corridor.texts.edition import facts_as_of
from tests.support.builders import segment


def moment(kind: str, when: str, said_on: str | None = None, about: str = "completion"):
    return {
        "kind": kind, "about": about, "of": None, "what": f"{kind} {when}", "date": when, "said_on": said_on, "by": "A",
        "sources": ["one"], "quote": None,
    }  # fmt: skip


def of(*dates):
    return slips(properties_of(segment("a", [], dates=list(dates)), RouteProperties))


@pytest.mark.parametrize(
    ("when", "day"),
    [("2026", date(2026, 12, 31)), ("2025-01", date(2025, 1, 31)), ("2024-12", date(2024, 12, 31)),
     ("2023-03-31", date(2023, 3, 31))],
)  # fmt: skip
def test_a_date_is_taken_by_the_last_day_it_may_mean(when, day):
    assert last_day(when) == day


def test_the_first_promise_stands_against_the_last_in_the_order_they_were_made():
    (slip,) = of(
        moment("promised", "2026", "2025-09-05"),
        moment("promised", "2023-03-31", "2021-12-12"),
        moment("promised", "2025", "2023-12-12"),
    )
    assert (slip.first["date"], slip.last["date"], slip.said) == ("2023-03-31", "2026", "3 years and 9 months")


def test_a_delivery_ends_it_and_other_things_are_not_mixed_in():
    (slip,) = of(
        moment("promised", "2024-06", "2023-09-25"),
        moment("promised", "2030", "2024-01-01", about="use"),
        moment("delivered", "2025-03-05"),
    )
    assert slip.said == "8 months"


def test_one_date_alone_is_no_slip_and_an_earlier_one_is_said():
    assert of(moment("promised", "2026", "2025-01-01")) == ()
    assert of(moment("started", "2021"), moment("delivered", "2025")) == ()
    (slip,) = of(moment("promised", "2030", "2024"), moment("promised", "2029-06-30", "2025"))
    assert slip.said == "1 year and 6 months, to an earlier date"
    (slip,) = of(moment("promised", "2026-01-01", "2024"), moment("delivered", "2026-01-03"))
    assert slip.said == "2 days"
    (slip,) = of(moment("promised", "2026-01-03", "2024"), moment("delivered", "2026-01-01"))
    assert slip.said == "2 days, to an earlier date"
    (slip,) = of(moment("promised", "2026-01", "2024"), moment("delivered", "2026-01-29"))
    assert slip.said == "nothing"


def test_what_was_expected_counts_as_what_was_promised():
    (slip,) = of(moment("expected", "2026", "2024-01-01"), moment("expected", "2028", "2025-01-01"))
    assert slip.said == "2 years"


def test_a_date_that_was_over_when_sources_were_searched_is_passed_unless_done():
    def over(*dates):
        return [one["date"] for one in passed(properties_of(segment("a", [], dates=list(dates)), RouteProperties))]

    before, after = f"{facts_as_of().year - 1}-06", f"{facts_as_of().year + 1}-06"
    assert over(moment("promised", before, "2024-01-01", about="use")) == [before]
    assert over(moment("promised", before, "2024-01-01"), moment("delivered", before)) == []
    assert over(moment("promised", before, "2024-01-01"), moment("expected", after, "2025-01-01")) == []
    assert over(moment("announced", before)) == []


def test_passed_dates_are_told_of_every_party():
    found = {
        feature["id"]: [moment["date"] for moment in over]
        for feature in read_features(read_catalogue()["route"])
        if (over := passed(properties_of(feature, RouteProperties)))
    }
    assert found == {"route/road-ahmadbayli-aghband": ["2026-05-31"], "route/road-aghband-kalaleh": ["2026-03-20"]}


def test_every_party_with_two_dates_has_its_slip():
    found = {
        feature["id"]: slip.said
        for feature in read_features(read_catalogue()["route"])
        for slip in slips(properties_of(feature, RouteProperties))
    }
    assert found == {
        "route/rail-horadiz-aghband": "3 years and 9 months",
        "route/tripp-rail": "13 days",
        "route/road-aghband-kalaleh": "2 months",
        "route/gas-igdir-border": "1 month",
        "route/gas-border-sadarak": "8 months",
    }
