"""The marking desk in another language: whatever it says itself is translated, and its script gets what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.mark import mark_hand_ins
from coldwar_lessons.grading.markings import NOTHING, change
from coldwar_lessons.language import in_language
from coldwar_lessons.marking_desk.command import choose_tasks, open_desk
from coldwar_lessons.marking_desk.desk import Desk
from coldwar_lessons.marking_desk.shell import TITLE
from tests.grading.classroom import hand_in_of, make_class, roster_of
from tests.grading.conftest import ROOT
from tests.grading.hand_ins import as_bytes
from tests.hard_coded import hard_coded_in, in_other_letters, pseudo_course
from tests.marking_desk.serving import Client, served
from tests.pseudo import LEFT_TO_RIGHT

LESSON, TASK = "03-gestures", "worth-of-gestures"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The course in the pseudo-language, with content in another alphabet's letters."""
    with pseudo_course(ROOT, tmp_path_factory.mktemp("course")) as course:
        yield course


@pytest.fixture
def desk(course: Course, tmp_path: Path) -> Iterator[Desk]:
    """Essays of four students, whose names are in those letters too; each has handed in twice."""
    pupils = make_class(4)
    roster = roster_of(pupils)
    for entry in roster.entries:
        object.__setattr__(entry, "name", in_other_letters(entry.name))
    folder = tmp_path / "in"
    folder.mkdir()
    gradebook = Gradebook(tmp_path / "g.db")
    for time in ("20", "21"):
        for number, pupil in enumerate(pupils):
            document = hand_in_of(pupil, course, [LESSON], created=f"2026-11-{time}T10:00:00Z")
            document["workbooks"][LESSON]["widgets"][f"{LESSON}/writing/{TASK}"]["state"] |= {
                "text": f"шщы (p3.s8) {time}",
                "plan": "шщы",
                "levels": {"phrase": 1},
            }
            (folder / f"{time}-{number}.json").write_bytes(as_bytes(document))
        *_, tally = mark_hand_ins([folder], course, roster, gradebook)
        assert tally.marked == len(pupils)
    desk = open_desk(gradebook, course, choose_tasks(course, None, TASK), anonymous=False, marker="шщы")
    essays = desk.essays()
    for essay, attempt in ((essays[0], essays[0].attempts[0]), (essays[1], essays[1].newest)):
        for row in essay.task.rubric.rows:
            change(gradebook, attempt.writing, f"level.{row.id}", "2", base=0, marker="шщы")
    change(gradebook, essays[2].newest.writing, "later", "yes", base=0, marker="шщы")
    yield desk
    gradebook.close()


def pages_of(desk: Desk, client: Client) -> Iterator[str]:
    """Every kind of page that the desk shows."""
    for path in ("/", "/?show=all", "/?show=later", "/?done=yes", "/nowhere", "/essay/none/0123456789abcdef"):
        yield client.ask(path).text
    rows = [f"level.{row.id}" for row in desk.tasks[TASK].rubric.rows[:2]]
    for essay in desk.essays():
        for attempt in essay.attempts:
            yield client.ask(f"/essay/{TASK}/{attempt.slug}").text
        for field in (*rows, "comment", "later"):
            yield client.ask(f"/essay/{TASK}/{essay.newest.slug}?undone={field}").text
    first = desk.essays()[1].newest
    path = f"/essay/{TASK}/{first.slug}"
    yield client.post(path, go="undo").text
    # Somebody else has changed it meanwhile.
    conflict = client.post(path, **{f"base.{rows[0]}": "0", rows[0]: "1"})
    assert conflict.status == 409
    yield conflict.text
    yield client.ask(path, {"form_token": "wrong"}).text
    for essay in desk.essays():
        for row in essay.task.rubric.rows:
            revision = essay.newest.fields.get(f"level.{row.id}", NOTHING).revision
            change(desk.gradebook, essay.newest.writing, f"level.{row.id}", "3", base=revision, marker="шщы")
    yield client.ask("/?done=yes").text
    client.cookie = None
    yield client.ask("/").text


@pytest.mark.parametrize("hidden", [False, True])
def test_no_page_of_the_desk_has_a_hard_coded_text(desk: Desk, hidden: bool) -> None:
    desk.names_hidden = hidden
    with served(desk) as client:
        client.enter()
        found = {word for page in pages_of(desk, client) for word in hard_coded_in(page)}
    assert found == set()


def test_a_hard_coded_text_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coldwar_lessons.marking_desk.overview.standing", lambda _essay: "not yet")
    with served(desk) as client:
        assert {"not", "yet"} <= hard_coded_in(client.enter().ask("/").text)


def test_the_script_gets_what_it_says_and_only_where_it_is_not_english(desk: Desk) -> None:
    with served(desk) as client:
        client.enter()
        page = client.ask("/").text
        assert page.index("/static/messages.js") < page.index("/static/marking-desk.js")
        assert f'<html lang="{LEFT_TO_RIGHT}">' in page
        script = client.ask("/static/messages.js")
        assert script.headers["Content-Type"].startswith("text/javascript")
        assert script.text.startswith("var COLDWAR_MESSAGES={")
        assert "⟦{marked}" in script.text
    with in_language("ar"), served(desk) as client:
        page = client.enter().ask("/").text
        assert '<html lang="ar" dir="rtl">' in page
    with in_language("en-GB"), served(desk) as client:
        page = client.enter().ask("/").text
        assert "messages.js" not in page
        assert f"<title>{TITLE}</title>" in page
        assert '<html lang="en-GB">' in page
