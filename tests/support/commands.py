"""Files for the commands, and the lines they print as JSON."""

import json

THROUGH = [[46.66, 39.08], [46.4, 38.95], [46.24, 38.9], [46.02, 38.91]]


def written(folder, name: str, coordinates: list, **properties) -> str:
    feature = {
        "type": "Feature",
        "properties": {"name": name, **properties},
        "geometry": {"type": "LineString", "coordinates": coordinates},
    }
    path = folder / f"{name}.geojson"
    path.write_text(json.dumps(feature), encoding="utf-8")
    return str(path)


def records(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]
