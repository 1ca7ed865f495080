"""The routes of a visit on the reader's map and in its list, and the sentences about files that are not read yet."""

from corridor.assessing.ground_along import ground_along
from corridor.land.elevation import read_elevation
from corridor.present.cards.own import own_card
from corridor.present.cards.record import Card
from corridor.present.own_route.figures import OWN_FILE, own_source
from corridor.store.work import region
from corridor.ui.checking.results import measured
from corridor.ui.checking.route_map import RouteOnMap, route_data
from corridor.ui.shipped import shipped
from corridor.ui.visit.visit import MeasuredRoute, current_visit, routes_at_hand


class RouteWithCard(RouteOnMap):
    """An own route as the reader's script is given it."""

    card: Card


def own_on_reader() -> tuple[list[RouteWithCard], list[str]]:
    """Return the own routes as the reader is given them, each with its card, and what has to be told of the others."""
    routes, unread = routes_at_hand(current_visit())
    notices = [
        f"The routes of your file “{file.name[:60]}” are not on the map: open “Check a route” to have it read first."
        for file in unread
    ]
    return [{**route_data(route), "card": _card(route)} for route in routes], notices


def _card(route: MeasuredRoute) -> Card:
    file = route.file
    own = own_source(file.name, file.sha256, file.kept_on)
    page = f"/check-route?file={file.id}" + (f"&route={route.number}" if route.number > 1 else "")
    ground = ground_along(route.assessment, region(), read_elevation())
    return own_card(route.line.id, measured(route), ground, {**shipped().library.sources, OWN_FILE: own}, page)
