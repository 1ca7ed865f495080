"""Settings come from the environment, each with a default; a number that is none stops with one sentence."""

import pytest

from corridor.settings import read_settings


def test_every_setting_has_a_default():
    found = read_settings({})
    assert str(found.office_updates) == "office-updates.toml"
    assert (found.tiles, found.visit_mb, found.visits_mb, found.visit_hours) == ("", 200, 2_000, 12)
    assert (found.uploads_mb, found.viewers) == (400, 150)


def test_numbers_are_read_from_the_environment():
    found = read_settings({"CORRIDOR_VISIT_MB": "50", "CORRIDOR_VISIT_HOURS": "0.5", "CORRIDOR_WORK_SECONDS": "30"})
    assert (found.visit_mb, found.visit_hours, found.work_seconds) == (50, 0.5, 30)


@pytest.mark.parametrize("text", ["", "much", "0", "-1", "nan", "inf"])
def test_what_is_no_number_above_zero_is_named(text):
    with pytest.raises(ValueError, match=r"CORRIDOR_VISITS_MB is .* a number above zero"):
        read_settings({"CORRIDOR_VISITS_MB": text})


def test_origins_are_read_in_the_form_browsers_send_them_in():
    text = "https://Map.Example.org, http://10.0.0.7:8501,https://map.example.org:443,http://[2001:DB8:0::7]:80"
    assert read_settings({"CORRIDOR_HOSTS": text}).hosts == (
        "https://map.example.org",
        "http://10.0.0.7:8501",
        "https://map.example.org",
        "http://[2001:db8::7]",
    )
    assert read_settings({"CORRIDOR_HOSTS": " "}).hosts == ()


@pytest.mark.parametrize(
    "text",
    [
        "map.example.org",
        "*",
        "https://*",
        "https://*.example.org",
        "https://map.example.org/",
        "https://map.example.org/corridor",
        "https://user@map.example.org",
        "https://map.example.org:",
        "https://map.example.org:0",
        "https://map.example.org:65536",
        "https://map.example.org.",
        "https://map..example.org",
        "https://10.0.0.256",
        "https://0x7f.1",
        "https://[::g]",
        "https://::1",
        "ftp://map.example.org",
        "https://karte.example.org;",
        "https://kärte.example.org",
        "https://map.example.org,",
        "https://map.example.org https://other.example.org",
        "null",
        "https://" + "a." * 130 + "org",
    ],
)
def test_what_is_no_origin_is_named_in_one_sentence(text):
    with pytest.raises(ValueError, match=r"^CORRIDOR_HOSTS names .* were expected, with commas between them\.$"):
        read_settings({"CORRIDOR_HOSTS": text})


def test_proxies_are_addresses_or_networks():
    found = read_settings({"CORRIDOR_PROXY": "127.0.0.1, 10.0.0.0/24,2001:db8::7"}).proxy
    assert [str(network) for network in found] == ["127.0.0.1/32", "10.0.0.0/24", "2001:db8::7/128"]
    assert read_settings({"CORRIDOR_PROXY": " "}).proxy == read_settings({}).proxy == ()


@pytest.mark.parametrize(
    "text", ["localhost", "*", "0.0.0.0/0", "::/0", "10.0.0.1/24", "10.0.0.256", "127.0.0.1:80", "127.0.0.1,"]
)
def test_what_is_no_address_of_a_proxy_is_named_in_one_sentence(text):
    with pytest.raises(ValueError, match=r"^CORRIDOR_PROXY names .* were expected, with commas between them\.$"):
        read_settings({"CORRIDOR_PROXY": text})


@pytest.mark.parametrize("name", ["CORRIDOR_CONNECTIONS", "CORRIDOR_NEW_VISITS"])
def test_a_count_is_a_whole_number(name):
    assert getattr(read_settings({name: "20"}), name.removeprefix("CORRIDOR_").lower()) == 20
    for text in ("", "0", "-1", "1.5", "1e3", "many"):
        with pytest.raises(ValueError, match=rf"{name} is .* a whole number above zero"):
            read_settings({name: text})


@pytest.mark.parametrize("name", ["CORRIDOR_METRICS", "CORRIDOR_AGENTS"])
def test_a_switch_is_on_or_off(name):
    assert getattr(read_settings({name: "on"}), name.removeprefix("CORRIDOR_").lower())
    assert not getattr(read_settings({}), name.removeprefix("CORRIDOR_").lower())
    with pytest.raises(ValueError, match=rf"{name} is 'yes'; 'on' or 'off' was expected"):
        read_settings({name: "yes"})
