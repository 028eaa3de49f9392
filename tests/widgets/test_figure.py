"""The timeline on paper."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.text import Text
from PIL import Image

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import Course, content_root, read_course
from coldwar_lessons.content.models import Event
from coldwar_lessons.widgets.figure import COLOURS, MARKERS, SCHEME, TimelineFigure, timeline_figure
from coldwar_lessons.widgets.spec import static_html
from coldwar_lessons.widgets.timeline import events_spec, timeline_spec
from coldwar_lessons.widgets.timeline_print import add_print_figures
from coldwar_lessons.widgets.timeline_scene import build_scene
from tests.widgets.test_timeline import HOSTILE, make_event

CSS = Path(__file__).resolve().parents[2] / "js" / "css" / "timeline.css"


@pytest.fixture(scope="module")
def course() -> Course:
    found, _ = read_course(content_root())
    assert found is not None
    return found


def draw(course: Course, events: Sequence[Event], width: float = 7) -> TimelineFigure:
    return timeline_figure(build_scene(events, course.lanes, course.about.horizon), width=width)


def boxes(figure: TimelineFigure) -> dict[str, tuple[float, float, float, float]]:
    found = {}
    with mpl.rc_context(SCHEME):
        figure.set_dpi(200)
        figure.draw_without_rendering()
        for number, text in enumerate(figure.axes[0].findobj(Text)):
            if text.get_text():
                box = text.get_window_extent()
                found[f"{number} {text.get_text()}"] = (box.x0, box.x1, box.y0, box.y1)
    return found


@pytest.mark.parametrize("lesson", [None, "02-after-stalin", "03-gestures"])
@pytest.mark.parametrize("width", [4, 7, 10])
def test_no_text_covers_another_or_leaves_the_paper(course: Course, lesson: str | None, width: float) -> None:
    ids = course.lessons[lesson].events if lesson else tuple(course.events)
    figure = draw(course, [course.events[name] for name in ids], width)
    found = boxes(figure)
    right, top = figure.bbox.x1, figure.bbox.y1
    for name, (x0, x1, y0, y1) in found.items():
        assert x0 >= 0, name
        assert x1 <= right + 1, name
        assert y0 >= 0, name
        assert y1 <= top, name
    # The line at the horizon, the heads and the notes have rows of their own; only events could collide.
    for (one, a), (two, b) in combinations(found.items(), 2):
        across = min(a[1], b[1]) - max(a[0], b[0])
        down = min(a[3], b[3]) - max(a[2], b[2])
        assert across <= 1 or down <= 6, f"{one!r} and {two!r} overlap"


def test_every_event_has_its_number(course: Course) -> None:
    figure = draw(course, list(course.events.values()))
    numbers = {text.get_text() for text in figure.findobj(Text) if text.get_weight() == "bold"}
    assert {str(number) for number in range(1, len(course.events) + 1)} <= numbers


def test_saved_files_carry_the_description_and_do_not_vary(course: Course, tmp_path: Path) -> None:
    events = [make_event("a", "1953-03-05"), make_event("b", "1953-06", lane="germany"), make_event("c", "1950/1954")]
    figure = draw(course, events)
    assert "1, 1950 to 1954: Title of c" in figure.alt
    assert "early July 1953" in figure.alt
    svg = figure.svg()
    assert svg == draw(course, events).svg()
    description = "{http://purl.org/dc/elements/1.1/}description"
    assert [node.text for node in ET.fromstring(svg).iter(description)] == [figure.alt]
    figure.savefig(tmp_path / "figure.png")
    figure.savefig(tmp_path / "figure.pdf")
    with Image.open(tmp_path / "figure.png") as image:
        assert image.info["Description"] == figure.alt
    assert (tmp_path / "figure.pdf").read_bytes().startswith(b"%PDF")
    html = figure._repr_html_()
    assert f'alt="{figure.alt}"' in html
    assert figure._repr_png_().startswith(b"\x89PNG")


def test_a_long_timeline_is_described_in_short(course: Course) -> None:
    alt = draw(course, list(course.events.values())).alt
    assert len(alt) < 800
    assert "Korea, " in alt


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_titles_are_drawn_as_text(course: Course, text: str) -> None:
    figure = draw(course, [make_event("a", "1953-03-05", title=text), make_event("b", "1953-03-06")])
    ET.fromstring(figure.svg())
    for name, (x0, x1, _, _) in boxes(figure).items():
        assert 0 <= x0 <= x1 <= figure.bbox.x1 + 1, name


@pytest.mark.parametrize(
    "dates", [["1953-03-05"], ["1953-07-02"], ["1900", "2000"], ["1953-03-05"] * 12, ["0800-01-01", "1953-03-05"]]
)
def test_any_stretch_of_time_can_be_drawn(course: Course, dates: list[str]) -> None:
    ET.fromstring(draw(course, [make_event(f"e{i}", when) for i, when in enumerate(dates)]).svg())


def test_crowded_years_get_room(course: Course) -> None:
    crowd = [make_event(f"e{i}", (date(1953, 3, 1) + timedelta(days=9 * i)).isoformat()) for i in range(14)]
    scene = build_scene(
        [*crowd, make_event("early", "1945-06-07"), make_event("late", "1956-11-04")],
        course.lanes,
        course.about.horizon,
    )
    said = [text.get_text() for text in timeline_figure(scene).findobj(Text)]
    assert "The scale of time changes at the dotted lines." in said
    assert {"1953", "Mar", "Jun"} <= set(said)
    assert any("1945" <= text < "1953" for text in said if len(text) == 4)


def test_too_narrow_a_figure_is_refused(course: Course) -> None:
    with pytest.raises(CourseError, match="at least 3"):
        draw(course, [make_event("a", "1953-03-05")], width=1)


def test_paper_and_screen_share_the_palette() -> None:
    css = CSS.read_text(encoding="utf-8")
    light = re.findall(r"--cwl-lane-\d: (#\w+)", css)[:8]
    assert tuple(light) == COLOURS
    assert len(set(COLOURS)) == len(COLOURS) == len(set(MARKERS)) == len(MARKERS)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_lanes_stand_out_from_every_ground() -> None:
    css = CSS.read_text(encoding="utf-8")
    base = CSS.with_name("base.css").read_text(encoding="utf-8")
    lanes = re.findall(r"--cwl-lane-\d: (#\w+)", css)
    assert len(lanes) == 16
    grounds = re.findall(r"--cwl-(?:ground|sheet): (#\w{6})", base)
    for colours, ground in ((lanes[:8], grounds[:2]), (lanes[8:], grounds[2:4])):
        for colour in colours:
            for behind in ground:
                assert contrast(colour, behind) >= 3, (colour, behind)


def test_a_page_gets_its_figures_as_files(course: Course, tmp_path: Path) -> None:
    ids = course.lessons["03-gestures"].events
    story = timeline_spec(course, "03-gestures/timeline/events", ids, until="1953-07-03")
    exercise = timeline_spec(course, "03-gestures/timeline/place", ids[:6], place=ids[1:3])
    page = f"<main>{static_html(story)}<hr>{static_html(exercise)}</main>"
    shown = add_print_figures(page, course, tmp_path / "figures", "../_figures/")
    (file,) = (tmp_path / "figures").iterdir()
    (source, alt) = re.findall(r'<img class="cwl-timeline-figure" src="([^"]+)" alt="([^"]+)" loading="lazy">', shown)[
        0
    ]
    assert shown.count("<img") == 1
    assert source == f"../_figures/{file.name}"
    assert alt.startswith("Timeline, ")
    assert story.scene is not None
    assert file.read_text(encoding="utf-8") == timeline_figure(story.scene).svg(), "the figure is that of the list"
    assert re.sub(r"<img[^>]*>", "", shown) == page
    before = file.stat().st_mtime_ns
    assert add_print_figures(page, course, tmp_path / "figures", "../_figures/") == shown
    assert file.stat().st_mtime_ns == before


def test_figures_are_told_apart(course: Course, tmp_path: Path) -> None:
    ids = course.lessons["03-gestures"].events
    for until in ("1953-05", "1953-06"):
        spec = timeline_spec(course, f"x/timeline/{until}", ids, until=until)
        add_print_figures(static_html(spec), course, tmp_path, "")
    assert len(list(tmp_path.iterdir())) == 2
    assert events_spec(course, "x/timeline/y", [make_event("a", "1953")]).scene is not None
