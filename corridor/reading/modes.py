"""Which mode of transport a file says its route has: in words people write, or by the tags of OpenStreetMap."""

from collections.abc import Mapping

from corridor.candidates import MODES, Mode

#: Properties under which people write what a route is for.
KEYS = ("mode", "transport", "transport_mode", "kind", "type")
#: What they write there, in lower case: English, Russian, Azerbaijani, Turkish, Armenian and Persian.
WORDS: Mapping[str, Mode] = {
    **dict.fromkeys(("rail", "railway", "railroad", "train", "rail line", "railway line"), "rail"),
    **dict.fromkeys(("железная дорога", "жд", "ж/д", "dəmir yolu", "demiryolu", "երկաթուղի"), "rail"),
    **dict.fromkeys(("راه‌آهن", "راه آهن"), "rail"),
    **dict.fromkeys(("road", "highway", "motorway", "motor road", "street", "car", "driving"), "road"),
    **dict.fromkeys(("дорога", "автодорога", "шоссе", "avtomobil yolu", "karayolu", "yol", "ճանապարհ", "جاده"), "road"),
}
#: Values of OpenStreetMap's `route` (wiki.openstreetmap.org/wiki/Key:route) that say which of the two it is.
OSM_ROUTES: Mapping[str, Mode] = {"railway": "rail", "train": "rail", "tracks": "rail", "road": "road", "bus": "road"}


def stated_mode(properties: Mapping[str, object]) -> Mode | None:
    """Return the mode that the properties of a feature state, None where they state none that is known here."""
    lowered = {key.casefold(): value.strip().casefold() for key, value in properties.items() if isinstance(value, str)}
    for key in KEYS:
        word = lowered.get(key, "")
        mode = next((mode for mode in MODES if mode == word), None) or WORDS.get(word)
        if mode is not None:
            return mode
    if lowered.get("railway"):
        return "rail"
    if lowered.get("highway"):
        return "road"
    return OSM_ROUTES.get(lowered.get("route", ""))
