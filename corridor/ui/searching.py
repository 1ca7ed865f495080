"""The search of this process, over what is shipped and over the routes of one visit."""

from collections.abc import Iterator
from functools import lru_cache

from corridor.present.context import BriefingContext
from corridor.present.publication import MOST_KEPT
from corridor.quantities import kilometres
from corridor.searching.entry import Findable, dated_answer
from corridor.searching.finding import Hit, Search
from corridor.searching.shipped_search import search_of
from corridor.store.tokens import Token
from corridor.store.visits import Visit
from corridor.store.work import FileAnalysis
from corridor.ui.context import briefing_context
from corridor.ui.visit.process import job_queue, visits
from corridor.ui.visit.visit import analysis_job, own_routes

#: Routes of a visit that are looked through.
MOST_OWN = 200
#: Words by which a visit finds all its routes.
OWN_WORDS = ("my route", "my routes", "my file", "own route", "own routes", "uploaded file")


@lru_cache(MOST_KEPT)
def _search_of(context: BriefingContext) -> Search:
    return search_of(context)


def search() -> Search:
    """Return the search over what is shipped, built once for each publication."""
    return _search_of(briefing_context())


def hits_for(token: Token | None, asked: str, now: float) -> list[Hit]:
    """Return the hits for what was typed, those of the visit of `token` among them; raise SearchTooLongError."""
    own = [] if token is None else list(_own(visits().visit(token, now)))
    return search().hits(asked, own)


def _own(visit: Visit) -> Iterator[Findable]:
    """Yield the routes of a visit that are measured, and its files that are not; nothing is read for it."""
    left = MOST_OWN
    for file in visit.files:
        if left <= 0:
            return
        address = f"/check-route?file={file.id}"
        kept_on = file.kept_on.isoformat()
        analysis = job_queue().known(analysis_job(visit, file))
        if not isinstance(analysis, FileAnalysis) or not analysis.assessments:
            left -= 1
            said = f"{file.name[:60]}: a file of your visit, not measured yet"
            yield _entry(f"own/{file.id}", file.name, said, kept_on, address, file.name)
            continue
        for route in own_routes(file, analysis)[:left]:
            left -= 1
            length = route.assessment.length_km
            said = f"Your own route: {kilometres(length)} as drawn"
            link = address + (f"&route={route.number}" if route.number > 1 else "")
            yield _entry(route.line.id, route.line.name, said, kept_on, link, file.name)


def _entry(identity: str, title: str, said: str, kept_on: str, link: str, file_name: str) -> Findable:
    return Findable(
        kind="own",
        id=identity,
        title=title,
        answer=dated_answer(said, kept_on),
        as_of=kept_on,
        sources=(),
        link=link,
        names=(title, file_name),
        ways=OWN_WORDS,
    )
