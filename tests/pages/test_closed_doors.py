"""The page that checks a route shows of a hostile file what is in it: no other file is opened, no address asked."""

import pytest

from corridor.store.tokens import new_token
from corridor.ui.visit import visit
from tests.support.hostile_databases import reaching
from tests.support.hostile_texts import definitions, shapefile, texts
from tests.support.opened import open_page, settled, shown
from tests.support.outside import CANARY, outside

#: One of each kind that once worked, or that a worker opens.
SENT = ("virtual text.gpkg", "view calling readfile.gpkg", "gml.kml", "entity.kml", "system grid.geojson", "grid.zip")


@pytest.mark.parametrize("name", SENT)
def test_a_hostile_file_yields_itself_alone_on_the_page(name, cookies, tmp_path):
    cookies[visit.COOKIE] = new_token()
    with outside(tmp_path) as beyond:
        files = dict(texts(beyond.url, str(beyond.path)))
        files |= {f"{kind}.gpkg": data for kind, data in reaching(beyond.path)}
        grids = next(text for kind, text in definitions(beyond.url, str(beyond.path)) if kind == "extension file")
        files["grid.zip"] = shapefile(str(tmp_path), grids)
        app = open_page("check_route.py", {})
        app = settled(app.file_uploader[0].set_value([(name, files[name], "")]).run())
        everything = shown(app) + "".join(str(one.proto) for one in app.main if one.type == "bidi_component")
        assert name in everything
        assert CANARY not in everything
        beyond.untouched()
