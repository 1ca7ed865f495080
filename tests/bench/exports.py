"""Files to leave behind: how long each kind takes for the shipped stories and how large it is, beside plain peers.

The peers draw the very same composed maps with what an office would reach for: matplotlib's PDF pages (no tags, no
bookmarks, no text that was measured), pictures on slides by python-pptx (nothing can be edited), and python-pptx's own
FreeformBuilder for shapes that can. Composing the maps is in the time of all of them but the last. Beside the single
HTML file stands folium's `Map.save` of the same layers, whole, which fetches Leaflet from other hosts once opened.
"""

import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import folium
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure as Canvas
from matplotlib.image import imread
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Course
from pptx import Presentation
from pptx.util import Pt

from corridor.land.features import Feature
from corridor.present.briefing_files.formats import FORMATS
from corridor.present.cartography.composing import compose
from corridor.present.cartography.drawing import Area, Dot, Drawing, Picture, Stroke
from corridor.present.cartography.sheet import A4, SLIDE, MapSheet
from corridor.present.single_file.carried_land import CarriedLand
from corridor.present.slides.map_group import map_group
from corridor.present.slides.text_xml import SlideBox
from corridor.present.story.briefing import Briefing
from corridor.present.story.records import SceneView
from tests.bench.figures import Figure, comparison, figure, table
from tests.support.briefed import SHIPPED, briefing
from tests.support.story_texts import scene_texts

REPEATS = 3
#: Seconds a kind of file may take for a story, and kB it may have.
BARS = {"html": 1.0, "pdf": 2.0, "pptx": 3.0}
LARGEST_KB = {"html": 3_000.0}
TEN = 10
#: Points the peer that is quadratic is given at most, of the map with the most.
FREEFORM_POINTS = 3_000


def measure() -> list[Figure]:
    """Measure every kind of file for every shipped story, then the peers for the first of at most ten scenes."""
    figures: list[Figure] = []
    ours: dict[str, Figure] = {}
    for story in SHIPPED:
        made = briefing(story)
        scenes = len(made.view.shown)
        for kind in FORMATS:
            size = len(kind.write(made))
            # The bars are those of a story of ten scenes; a longer one is measured beside it.
            bar = BARS.get(kind.suffix) if scenes <= TEN else None
            taken = figure(
                f".{kind.suffix} of {scenes} scenes",
                "corridor",
                "s",
                seconds(partial(kind.write, made)),
                at_most=bar,
            )
            ours.setdefault(kind.suffix, taken)
            sized = figure(
                f".{kind.suffix} of {scenes} scenes, size",
                "corridor",
                "kB",
                [size / 1000],
                at_most=LARGEST_KB.get(kind.suffix),
            )
            figures += [taken, sized]
    ten = next(made for story in SHIPPED if len((made := briefing(story)).view.shown) <= TEN)
    what = f"{len(ten.view.shown)} scenes"
    pages = figure(f".pdf of {what}", "matplotlib, untagged", "s", seconds(lambda: matplotlib_pages(ten)))
    pictures = figure(f".pptx of {what}", "python-pptx, pictures", "s", seconds(lambda: picture_slides(ten)))
    saved, saved_size = saved_map(ten)
    figures += [
        saved,
        saved_size,
        pages,
        comparison("time of a PDF", ours["pdf"], pages, at_least=1.0),
        pictures,
        comparison("time of slides", ours["pptx"], pictures, at_least=1.0),
        *editable_shapes(ten),
    ]
    return figures


def seconds(work: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times


def saved_map(made: Briefing) -> tuple[Figure, Figure]:
    """Measure folium's own file of the layers a story shows: seconds to write it, and its size."""
    shown = CarriedLand(made.context, tuple(scene.map for scene in made.view.shown if scene.map))
    features = made.context.land.features
    layers: dict[str, list[Feature]] = {}
    for identity in shown.ids:
        layers.setdefault(identity.partition("/")[0], []).append(features[identity])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.html"

        def save() -> None:
            page = folium.Map(location=[40.1, 46.3], zoom_start=7, tiles=None)
            for kept in layers.values():
                folium.GeoJson({"type": "FeatureCollection", "features": kept}).add_to(page)
            page.save(path)

        taken = figure("one map of the same layers, no words", "folium Map.save", "s", seconds(save))
        size = figure("one map of the same layers, size", "folium Map.save", "kB", [path.stat().st_size / 1000])
    return taken, size


def composed(scene: SceneView, made: Briefing, sheet: MapSheet) -> Drawing | None:
    return compose(scene.map, made.context.land, sheet).drawing if scene.map else None


def drawn(drawing: Drawing) -> Canvas:
    """Return a drawing as a matplotlib figure of its size."""
    canvas = Canvas(figsize=(drawing.width / 72, drawing.height / 72))
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    axes.set_axis_off()
    for order, item in enumerate(drawing.items):
        if isinstance(item, Area | Stroke):
            runs = item.rings if isinstance(item, Area) else item.parts
            course = Course.make_compound_path(*(Course(run, closed=False) for run in runs))
            look = item.look
            axes.add_patch(
                PathPatch(
                    course,
                    facecolor=look.fill or "none",
                    edgecolor=look.stroke or "none",
                    linewidth=look.width,
                    zorder=order,
                )
            )
        elif isinstance(item, Dot):
            axes.plot([item.x], [item.y], "o", ms=2 * item.radius, zorder=order)
        elif isinstance(item, Picture):
            edges = (item.left, item.left + item.width, item.top + item.height, item.top)
            axes.imshow(imread(BytesIO(item.png)), extent=edges, aspect="auto", zorder=order)
        else:
            axes.text(item.x, item.y, item.text, fontsize=item.type.size, rotation=-item.angle, zorder=order)
    return canvas


def matplotlib_pages(made: Briefing) -> bytes:
    out = BytesIO()
    with PdfPages(out) as pages:
        for scene in made.view.shown:
            drawing = composed(scene, made, A4)
            page = drawn(drawing) if drawing else Canvas(figsize=(8.27, 11.69))
            page.text(0.05, 0.95, "\n".join(scene_texts(scene)), fontsize=8, wrap=True, va="top")
            FigureCanvasAgg(page)
            pages.savefig(page)
    return out.getvalue()


def picture_slides(made: Briefing) -> bytes:
    deck = Presentation()
    for scene in made.view.shown:
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = scene.title
        drawing = composed(scene, made, SLIDE)
        if drawing:
            picture = BytesIO()
            FigureCanvasAgg(page := drawn(drawing)).print_png(picture)
            page.clear()
            slide.shapes.add_picture(picture, Pt(300), Pt(100))
        slide.shapes.add_textbox(Pt(20), Pt(100), Pt(280), Pt(400)).text_frame.text = "\n".join(scene_texts(scene))
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def editable_shapes(made: Briefing) -> list[Figure]:
    """Measure how long the shapes of one map take that can be edited, ours and FreeformBuilder's."""
    scene = next(view for view in made.view.shown if view.map)
    drawing = composed(scene, made, SLIDE)
    assert drawing is not None
    some = np.vstack([ring for item in drawing.items if isinstance(item, Area) for ring in item.rings])
    some = some[:FREEFORM_POINTS]
    every = sum(
        len(run)
        for item in drawing.items
        if isinstance(item, Area | Stroke)
        for run in (item.rings if isinstance(item, Area) else item.parts)
    )

    def freeform() -> None:
        shapes = Presentation().slides.add_slide(Presentation().slide_layouts[6]).shapes
        builder = shapes.build_freeform(*some[0].tolist(), scale=12_700)
        builder.add_line_segments(some[1:].tolist())
        builder.convert_to_shape()

    def grouped() -> None:
        numbers = iter(range(1, 10_000))
        whole = SlideBox(0, 0, drawing.width, drawing.height)
        map_group(drawing, whole, lambda: next(numbers), lambda _png: "rId1", made.context.shipped, "Map")

    ours = figure(f"shapes of one map, {every:,} points", "corridor", "s", seconds(grouped))
    peer = figure(f"one shape, {len(some):,} points", "FreeformBuilder", "s", seconds(freeform))
    return [ours, peer, comparison("time of shapes", ours, peer, at_least=1.0)]


if __name__ == "__main__":
    print(table(measure()))
