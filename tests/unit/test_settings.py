"""Settings come from the environment, each with a default; a number that is none stops with one sentence."""

import pytest

from corridor.settings import read_settings


def test_every_setting_has_a_default():
    found = read_settings({})
    assert str(found.office_updates) == "office-updates.toml"
    assert (found.tiles, found.visit_mb, found.visits_mb, found.visit_hours) == ("", 200, 2_000, 12)


def test_numbers_are_read_from_the_environment():
    found = read_settings({"CORRIDOR_VISIT_MB": "50", "CORRIDOR_VISIT_HOURS": "0.5", "CORRIDOR_WORK_SECONDS": "30"})
    assert (found.visit_mb, found.visit_hours, found.work_seconds) == (50, 0.5, 30)


@pytest.mark.parametrize("text", ["", "much", "0", "-1", "nan", "inf"])
def test_what_is_no_number_above_zero_is_named(text):
    with pytest.raises(ValueError, match=r"CORRIDOR_VISITS_MB is .* a number above zero"):
        read_settings({"CORRIDOR_VISITS_MB": text})
