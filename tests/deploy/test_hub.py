"""A class on a JupyterHub: two students and a teacher, from the lesson to the marks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import harness
from tests.browser.lab import run_all
from tests.deploy.hub import TEACHER, Hub, User, running_hub
from tests.grading.hand_ins import RIGHT, workbook

pytestmark = [pytest.mark.browser, pytest.mark.hub]

LESSON = "03-gestures"
COURSE = {"course_id": "c53-187", "assignment_id": LESSON}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with running_hub(tmp_path_factory.mktemp("hub")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with harness.browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def teacher(hub: Hub, browser: Browser) -> User:
    """The teacher, who has released the lesson."""
    user = hub.log_in(browser, TEACHER)
    command = [sys.executable, "-m", "coldwar_lessons", "nbgrader", LESSON, "--course", "c53-187"]
    subprocess.run(command, cwd=hub.home(TEACHER), check=True, capture_output=True)
    succeed(user.call("POST", f"formgrader/api/assignment/{LESSON}/assign"))
    succeed(user.call("POST", f"formgrader/api/assignment/{LESSON}/release"))
    return user


def succeed(answer: dict[str, object]) -> None:
    """Take an answer of the formgrader that says so."""
    assert answer["success"], answer


@pytest.fixture(scope="module")
def ann(hub: Hub, browser: Browser, teacher: User) -> User:
    """A student who does the lesson in the browser: runs it, answers a question, and submits."""
    del teacher
    user = hub.log_in(browser, "ann")
    fetched = user.call("POST", "assignments/fetch", COURSE)
    assert [one["status"] for one in fetched["value"]] == ["fetched"]
    page = user.context.pages[0]
    page.goto(f"/user/ann/lab/tree/{LESSON}/{LESSON}.ipynb?reset")
    page.wait_for_function(
        "() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    )
    run_all(page)
    answer(page)
    submit(user)
    return user


def answer(page: Page) -> None:
    """Choose the right option of the first question, and wait until it is saved."""
    quiz = page.locator(".cwl-quiz.cwl-live")
    quiz.scroll_into_view_if_needed()
    quiz.locator(f"input[value='{RIGHT['gestures-most-important']}']").first.check()
    expect(quiz.get_by_text("Saved in").first).to_be_attached()


def submit(user: User) -> None:
    """Submit, as the button in the list of assignments does."""
    listed = user.call("POST", "assignments/submit", COURSE)
    assert "submitted" in [one["status"] for one in listed["value"]], listed


@pytest.fixture(scope="module")
def bob(hub: Hub, browser: Browser, teacher: User) -> User:
    """A student who brings the workbook from elsewhere: uploads and submits it."""
    del teacher
    user = hub.log_in(browser, "bob")
    user.call("POST", "assignments/fetch", COURSE)
    name = f"{LESSON}.workbook.json"
    content = {"type": "file", "format": "text", "content": json.dumps(workbook(RIGHT, text="Fair enough."))}
    user.call("PUT", f"api/contents/{LESSON}/{name}", content)
    submit(user)
    return user


def test_students_work_submit_and_are_graded_over_the_hub(teacher: User, ann: User, bob: User) -> None:
    succeed(teacher.call("POST", f"formgrader/api/assignment/{LESSON}/collect"))
    for student in (ann, bob):
        succeed(teacher.call("POST", f"formgrader/api/submission/{LESSON}/{student.name}/autograde"))
    submissions = teacher.call("GET", f"formgrader/api/submissions/{LESSON}")
    assert {one["student"]: (one["score"], one["needs_manual_grade"]) for one in submissions} == {
        "ann": (1, False),
        "bob": (2, True),
    }


def test_the_teacher_finds_the_formgrader(teacher: User) -> None:
    page = teacher.context.pages[0]
    page.goto("/hub/user-redirect/formgrader")
    expect(page.get_by_role("link", name=LESSON, exact=True)).to_be_visible()


def test_students_have_no_tools_of_a_teacher(ann: User, teacher: User) -> None:
    with pytest.raises(RuntimeError, match="404"):
        ann.call("GET", "formgrader/api/assignments")
    assert len(teacher.call("GET", "formgrader/api/assignments")) == 1


def test_students_do_not_see_each_others_servers(ann: User) -> None:
    answer = ann.context.request.get("/user/bob/api/contents")
    assert answer.status in {403, 404}
