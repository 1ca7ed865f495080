"""How a presentation becomes the same bytes every time: no clock in it, and our colours and typeface in its theme."""

import re
import zipfile
from datetime import date, datetime
from io import BytesIO

from pptx.presentation import Presentation as Deck

from corridor.present.exports import zipped
from corridor.present.slides.measuring import ARIAL, clean
from corridor.present.story.records import StoryView
from corridor.present.style import LIGHT

_THEME = re.compile(r"ppt/theme/theme\d+\.xml")
_WORKBOOK = re.compile(r"ppt/embeddings/.+\.xlsx")
_DATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
#: Colours of the theme by their names in it.
_COLOURS = {
    "dk1": LIGHT.text,
    "lt1": LIGHT.paper,
    "dk2": LIGHT.soft_text,
    "lt2": LIGHT.neighbour,
    "accent1": LIGHT.rail,
    "accent2": LIGHT.road,
    "accent3": LIGHT.energy,
    "accent4": LIGHT.digital,
    "accent5": LIGHT.river,
    "accent6": LIGHT.lit,
    "hlink": LIGHT.water_name,
    "folHlink": LIGHT.water_name,
}


def packed(deck: Deck, view: StoryView, made_on: date, *, own: bool) -> bytes:
    """Return a presentation as PPTX; `own` says whether its theme is ours rather than a template's."""
    properties = deck.core_properties
    properties.title, properties.subject = clean(view.title)[:255], clean(view.subtitle)[:255]
    properties.author = properties.last_modified_by = clean(view.author)[:255] or "Declaration Map"
    properties.comments = clean(f"{view.age}. Made with {view.versions.software}.")
    properties.language = view.language
    properties.keywords = clean(view.handling)[:255]
    properties.revision = 1
    at = datetime(made_on.year, made_on.month, made_on.day)
    properties.created = properties.modified = at
    written = BytesIO()
    deck.save(written)
    with zipfile.ZipFile(written) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, data in members.items():
        if own and _THEME.fullmatch(name):
            members[name] = _themed(data)
        elif _WORKBOOK.fullmatch(name):
            members[name] = _dated(data, made_on)
    return zipped(members)


def _themed(theme: bytes) -> bytes:
    text = theme.decode()
    for name, colour in _COLOURS.items():
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>', text)
    fonts = rf'\1<a:latin typeface="{ARIAL}"/>\2<a:cs typeface="{ARIAL}"/>'
    text = re.sub(
        r'(<a:m\w+Font>)<a:latin typeface="[^"]*"/>(<a:ea typeface="[^"]*"/>)<a:cs typeface="[^"]*"/>', fonts, text
    )
    return text.encode()


def _dated(workbook: bytes, made_on: date) -> bytes:
    """Return a workbook whose days of making are that of the file it is in."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    members[core] = _DATED.sub(rf"\g<1>{made_on.isoformat()}T00:00:00Z".encode(), members[core])
    return zipped(members)
