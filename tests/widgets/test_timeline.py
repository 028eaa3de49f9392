"""The timeline's Python half: what is chosen, what reads without scripts, what the browser is sent."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from coldwar_lessons.content.faults import CourseError, UnknownNameError
from coldwar_lessons.content.load import Course, content_root, read_course
from coldwar_lessons.content.models import Event, Lane
from coldwar_lessons.widgets.spec import static_html
from coldwar_lessons.widgets.timeline import events_spec, timeline_spec
from coldwar_lessons.widgets.timeline_live import Timeline
from coldwar_lessons.widgets.timeline_place import placed_share
from coldwar_lessons.widgets.timeline_scene import build_scene

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "closing": "</script></li></ol><img src=x onerror=alert(1)>",
    "quotes": '"\' onmouseover="alert(1)" `${1}`',
    "right-to-left": "\u202eדבר אחר\u202c مرحبا",
    "emoji": "👩🏽‍🚀 🇬🇧 🧨",
    "markup": "**bold** [link](javascript:alert(1)) $x^2$ &amp; &lt;",
    "long": "ab " * 3333 + "c",
    "unbroken": "W" * 10_000,
}


@pytest.fixture(scope="module")
def course() -> Course:
    found, _ = read_course(content_root())
    assert found is not None
    return found


def make_event(name: str, when: str, **changes: object) -> Event:
    fields: dict[str, object] = {
        "id": name,
        "date": when,
        "title": f"Title of {name}",
        "summary": f"Summary of {name}.",
        "lane": "korea",
        "significance": f"Significance of {name}.",
        "known_by_author": True,
        "sources": [{"source": "paper", "locator": "p. 7"}],
    }
    return Event.model_validate({**fields, **changes})


def made(course: Course, events: Sequence[Event], **options: object) -> str:
    return events_spec(course, "lesson/timeline/test", events, **options).tree.to_html()  # type: ignore[arg-type]


class _Text(HTMLParser):
    """Collects texts and tags as a browser would read them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_events_stand_in_time_order_with_all_that_is_said_of_them(course: Course) -> None:
    late = make_event("late", "1953-06-17", sentences=["p3.s6", "p3.s8"], lane="germany")
    early = make_event("early", "1953-03", verified=False, note="A doubt.")
    html = made(course, [late, early])
    assert html.index("Title of early") < html.index("Title of late")
    for said in ("March 1953", "17 June 1953", "Summary of late.", "Significance of late.", "Germany and Austria"):
        assert said in html
    assert '<time datetime="1953-06-17">17 June 1953</time>' in html
    assert '<a href="../book/the-paper.html#p3.s8" class="cwl-to-sentence">3.8</a>' in html
    assert "Not verified. A doubt." in html
    assert "C.(53)187, p. 7" in html
    assert not re.search(r"<h\d", html)


def test_horizon_stands_between_known_and_unknown(course: Course) -> None:
    known = make_event("known", "1953-06-01")
    secret = make_event("secret", "1953-06-26", known_by_author=False)
    later = make_event("later", "1953-07-10", known_by_author=False)
    html = made(course, [known, secret, later])
    line = html.index("— early July 1953: the author writes —")
    assert html.index("Title of secret") < html.index("The author could not know this.") < line
    assert line < html.index("What follows, the author could not know.") < html.index("Title of later")
    assert html.count("The author could not know this.") == 1
    assert html.count("cwl-held") == 2


def test_no_horizon_where_it_lies_far_away(course: Course) -> None:
    far = [make_event("a", "1945-05"), make_event("b", "1946-01-01")]
    assert "author writes" not in made(course, far)
    near = [make_event("a", "1953-03-01"), make_event("b", "1953-06-15")]
    assert "author writes" in made(course, near)
    assert "author writes" not in made(course, near, until="1953-06-20")
    assert "author writes" in made(course, near, until="1953-07-03")


def test_what_is_chosen(course: Course) -> None:
    events = [
        make_event("a", "1953-03-05", lane="korea"),
        make_event("b", "1953-04-01/1953-05-01", lane="germany"),
        make_event("c", "1953-06", lane="korea"),
    ]

    def ids(**options: object) -> list[str]:
        scene = build_scene(events, course.lanes, course.about.horizon, **options)  # type: ignore[arg-type]
        return [mark.event.id for mark in scene.marks]

    assert ids() == ["a", "b", "c"]
    assert ids(shown_lanes=["korea"]) == ["a", "c"]
    assert ids(since="1953-04-15") == ["b", "c"]
    assert ids(until="1953-04") == ["a", "b"]
    assert ids(since="1953-06-10", until="1953-06-10") == ["c"]
    scene = build_scene(events, course.lanes, course.about.horizon, since="1953-02", until="1953-06")
    assert (scene.first, scene.last) == (date(1953, 2, 1), date(1953, 6, 30))


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"lanes": ["corea"]}, UnknownNameError, "korea"),
        ({"since": "1954"}, CourseError, "5 March 1953"),
        ({"since": "soon"}, CourseError, "not EDTF"),
        ({"since": "1953-07", "until": "1953-06"}, CourseError, "later than"),
        ({"lanes": ["germany"]}, CourseError, "choose other"),
        ({"place": ["nothing"]}, UnknownNameError, "only"),
        ({"place": ["only"]}, CourseError, "at least one"),
    ],
)
def test_wrong_choices_say_how_to_mend_them(
    course: Course, options: dict[str, object], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        made(course, [make_event("only", "1953-03-05")], **options)
    assert "\n" not in str(caught.value)


def test_unknown_event_names_the_nearest(course: Course) -> None:
    with pytest.raises(UnknownNameError, match="stalin-death"):
        timeline_spec(course, "x/timeline/events", ["stalin-deat"])


def test_payload_follows_the_list(course: Course) -> None:
    events = [make_event(f"e{i}", (date(1953, 1, 31) - timedelta(days=i)).isoformat()) for i in range(20)]
    events.append(make_event("soft", "1952-12", known_by_author=False))
    spec = events_spec(course, "x/timeline/events", events)
    payload = json.loads(json.dumps(spec.payload))
    listed = re.findall(r'<li id="x-timeline-events-([a-z0-9-]+)"', spec.tree.to_html())
    assert len(listed) == 21 == len(payload["from"])
    assert payload["from"] == sorted(payload["from"])
    at = listed.index("soft")
    assert payload["soft"] == [at] == payload["held"]
    assert payload["days"][at] == 31
    assert date(1970, 1, 1) + timedelta(days=payload["from"][at]) == date(1952, 12, 1)
    assert payload["lanes"] == [[2, "korea", "Korea", course.lanes["korea"].description]]


def test_numbers_run_through_all_groups(course: Course) -> None:
    html = made(course, [make_event(f"e{i}", f"1953-0{i}-01") for i in range(1, 8)])
    assert re.findall(r'<ol start="(\d+)">', html) == [str(number) for number in range(1, 8)]


def test_lanes_of_other_timelines(course: Course) -> None:
    lanes = {"own": Lane(id="own", label="Own lane", description="-")}
    html = made(course, [make_event("a", "1953-03-05", lane="own")], all_lanes=lanes)
    assert "Own lane" in html


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("place", [(), ("hostile",)], ids=["story", "exercise"])
def test_hostile_text_stays_text(course: Course, text: str, place: Sequence[str]) -> None:
    hostile = make_event(
        "hostile",
        "1953-04-01",
        title=text,
        summary=text,
        significance=text,
        note=text,
        sources=[{"source": "paper", "locator": text}],
    )
    calm = make_event("hostile", "1953-04-01", note="Note.")
    other = make_event("other", "1953-05-01")
    bad = events_spec(course, "x/timeline/h", [hostile, other], place=place)
    good = events_spec(course, "x/timeline/h", [calm, other], place=place)
    read, wanted = _Text(), _Text()
    read.feed(static_html(bad))
    wanted.feed(static_html(good))
    assert read.tags == wanted.tags
    assert read.attributes == wanted.attributes
    assert read.text.count(text.strip()) >= 4


def test_exercise_hides_dates_and_answers_on_paper(course: Course) -> None:
    events = [make_event("a", "1953-03-05"), make_event("b", "1953-04-16"), make_event("c", "1953-05-11")]
    spec = events_spec(course, "x/timeline/place", events, place=["b"])
    html = spec.tree.to_html()
    before_answers, _, answers = html.partition("<details")
    assert "16 April 1953" not in before_answers
    assert "16 April 1953" in answers
    assert "Significance of b." in answers
    assert before_answers.count('class="cwl-gap"') == 3
    assert spec.payload == {"place": {"b": ["after:a"]}}
    assert spec.scene is not None
    assert [mark.event.id for mark in spec.scene.marks] == ["a", "c"], "a figure must not give the answer"


@pytest.mark.parametrize(
    ("when", "right"),
    [
        ("1953-03-01", ["before:a"]),
        ("1953-03-05", ["before:a", "after:a"]),
        ("1953-03", ["before:a", "after:a"]),
        ("1953-04-16", ["after:a"]),
        ("1953-05-10/1953-05-12", ["after:a", "after:c"]),
        ("1953", ["before:a", "after:a", "after:c"]),
        ("1954-01", ["after:c"]),
    ],
)
def test_a_gap_is_wrong_only_if_the_dates_say_so(course: Course, when: str, right: list[str]) -> None:
    events = [make_event("a", "1953-03-05"), make_event("x", when), make_event("c", "1953-05-11")]
    spec = events_spec(course, "x/timeline/place", events, place=["x"])
    assert spec.payload["place"] == {"x": right}


def test_share_of_cards_in_place() -> None:
    right = {"x": ["after:a"], "y": ["after:a", "after:b"]}
    assert placed_share(right, {}) == 0
    assert placed_share(right, {"x": "after:a", "y": "before:a"}) == 0.5
    assert placed_share(right, {"x": "after:a", "y": "after:b"}) == 1
    assert placed_share(right, ["after:a"]) == 0
    assert placed_share(right, {"x": ["after:a"]}) == 0


def test_live_widget(course: Course) -> None:
    events = [make_event("a", "1953-03-05"), make_event("b", "1953-04-16"), make_event("c", "1953-05-11")]
    exercise = Timeline(events_spec(course, "x/timeline/place", events, place=["b"]))
    assert exercise.score == 0
    exercise.state = {"placed": {"b": "after:a"}}
    assert exercise.score == 1
    assert exercise.placed == {"b": "after:a"}
    story = Timeline(events_spec(course, "x/timeline/events", events))
    with pytest.raises(CourseError, match="place"):
        _ = story.score
    assert story.figure().alt.startswith("Timeline, 5 March to ")


def test_all_events_of_the_course(course: Course) -> None:
    spec = timeline_spec(course, "timeline/timeline/events", tuple(course.events))
    read = _Text()
    read.feed(static_html(spec))
    for event in course.events.values():
        for text in (event.title, event.summary, event.significance):
            assert text in read.text
        assert event.verified or "Not verified." in read.text
    ids = re.findall(r' id="([^"]+)"', spec.tree.to_html())
    assert len(ids) == len(set(ids)) == len(course.events)


def test_a_notebook_does_not_pay_for_the_figure() -> None:
    code = (
        "import sys; import coldwar_lessons.widgets.timeline, coldwar_lessons.widgets.timeline_live;"
        "sys.exit(any(name in sys.modules for name in ('matplotlib', 'edtf', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
