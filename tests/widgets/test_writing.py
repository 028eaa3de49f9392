"""Writing desk: prompt, rubric, evidence; never a model answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coldwar_lessons.content.load import load_course
from coldwar_lessons.content.models import Lesson, WritingTask
from coldwar_lessons.content.rubrics import find_rubric
from coldwar_lessons.widgets.spec import WidgetSpec, static_html
from coldwar_lessons.widgets.writing import evidence_of, writing_spec
from tests.widgets.activity_trees import HOSTILE, check_tree, having, real_course

ROOT = Path(__file__).resolve().parents[2]
TASKS = [(lesson.id, task.id) for lesson in real_course().lessons.values() for task in lesson.writing]


def task_of(lesson_id: str, task_id: str) -> tuple[Lesson, WritingTask]:
    lesson = real_course().lessons[lesson_id]
    return lesson, next(task for task in lesson.writing if task.id == task_id)


def desk(lesson_id: str, task_id: str) -> WidgetSpec:
    return writing_spec(real_course(), *task_of(lesson_id, task_id), f"{lesson_id}/writing/{task_id}")


@pytest.mark.parametrize(("lesson_id", "task_id"), TASKS)
def test_prompt_aim_starters_and_checks_can_be_read_without_scripts(lesson_id: str, task_id: str) -> None:
    _, task = task_of(lesson_id, task_id)
    tree = desk(lesson_id, task_id).tree
    check_tree(tree)
    text = tree.text()
    assert task.prompt in text
    assert f"{task.words[0]} to {task.words[1]} words" in text
    assert all(one in text for one in (*task.starters, *task.checklist))


@pytest.mark.parametrize(("lesson_id", "task_id"), TASKS)
def test_the_rubric_stands_beside_the_text_before_anybody_writes(lesson_id: str, task_id: str) -> None:
    rubric = find_rubric(real_course(), task_id)
    assert rubric is not None
    (shown,) = having(desk(lesson_id, task_id).tree, "details", class_="cwl-wd-rubric")
    assert "open" in dict(shown.attributes)
    for box, row in zip(having(shown, "fieldset"), rubric.rows, strict=True):
        assert row.label in box.text()
        assert len(having(box, "input", type="radio")) == len(row.levels)
        assert all(level in box.text() for level in row.levels)


@pytest.mark.parametrize(("lesson_id", "task_id"), TASKS)
def test_no_model_answer_is_anywhere(lesson_id: str, task_id: str) -> None:
    teacher = load_course(ROOT, teaching=True).teacher
    html = static_html(desk(lesson_id, task_id))
    samples = [sample for notes in teacher.values() for task in notes.tasks for sample in task.samples]
    assert samples
    for sample in samples:
        assert json.dumps(sample.text[:60], ensure_ascii=False)[1:-1] not in html
        assert sample.comment not in html


def test_without_a_rubric_the_checklist_remains() -> None:
    lesson, task = task_of("04-three-explanations", "three-explanations-weigh")
    other = task.model_copy(update={"id": "no-such-rubric"})
    spec = writing_spec(real_course(), lesson, other, "l/writing/x")
    assert spec.payload["rubric"] is None
    assert not having(spec.tree, class_="cwl-wd-rubric")
    assert having(spec.tree, class_="cwl-wd-checks")


def test_a_rubric_is_found_where_no_teacher_s_content_was_read() -> None:
    assert not load_course(ROOT).rubrics
    bare, full = (
        find_rubric(course, "capstone-essay") for course in (load_course(ROOT), load_course(ROOT, teaching=True))
    )
    assert bare == full
    assert bare is not None


def test_an_essay_gets_more_room_and_an_open_plan() -> None:
    essay, note = desk("09-hindsight", "capstone-essay").tree, desk("01-a-paper-marked-secret", "source-note").tree
    assert "cwl-wd-essay" in dict(essay.attributes)["class"]
    assert "cwl-wd-essay" not in dict(note.attributes)["class"]
    plans = [having(tree, "details")[0] for tree in (essay, note)]
    assert ["open" in dict(plan.attributes) for plan in plans] == [True, False]


# --- evidence ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lesson_id", sorted(real_course().lessons))
def test_evidence_is_the_paper_the_events_and_the_places_in_sources(lesson_id: str) -> None:
    course, lesson = real_course(), real_course().lessons[lesson_id]
    found = evidence_of(course, lesson)
    paper = [one for one in found if one.group == "The paper"]
    assert [one.cite for one in paper] == [f"({name})" for name in course.sentence_ids()]
    assert all(one.detail in one.reference for one in paper)
    events = [one for one in found if one.group.startswith("Events")]
    assert len(events) == len(lesson.events)
    sources = [one for one in found if one.group.startswith("Sources")]
    assert len({one.cite for one in sources}) == len(sources) > 0
    assert all(one.cite.startswith("(") and one.cite.endswith(")") for one in found)


def test_a_citation_is_resolved_to_a_full_reference_with_its_place() -> None:
    course = real_course()
    found = {one.cite: one for one in evidence_of(course, course.lessons["09-hindsight"])}
    one = next(found[cite] for cite in found if "doc. 299" in cite)
    assert "doc. 299" in one.reference
    assert course.sources["frus-1952-54-v05p2"].title in one.reference
    assert one.url == "https://history.state.gov/historicaldocuments/frus1952-54v05p2/d299"


def test_hostile_texts_stay_texts() -> None:
    lesson, task = task_of("04-three-explanations", "three-explanations-weigh")
    bad = task.model_copy(update={"prompt": HOSTILE, "starters": (HOSTILE,), "checklist": (HOSTILE,)})
    spec = writing_spec(real_course(), lesson.model_copy(update={"title": HOSTILE}), bad, "l/writing/x")
    html = static_html(spec)
    assert html.count("</script>") == 1
    assert "<img" not in html
    assert spec.tree.text().count(HOSTILE) == 3
