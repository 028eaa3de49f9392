"""Quiz: what the browser and the page get of it.

A *practice* quiz carries its key and feedback. A *graded* one never does: its HTML and payload are put
together from the few fields named here and in :mod:`.quiz_items`, so that a field which is added to the
content later stays out until somebody lets it in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coldwar_lessons.content.items import (
    ChoiceItem,
    Item,
    MatchItem,
    MultipleChoiceItem,
    OrderItem,
    PlaceEventItem,
    Quiz,
    SelectPassageItem,
    ShortTextItem,
)
from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.scoring import is_scored, right_slots
from coldwar_lessons.markup import h

from .quiz_answers import answer_element
from .quiz_items import item_element, mentions
from .spec import WidgetSpec, slug


@dataclass(frozen=True, kw_only=True)
class QuizSpec(WidgetSpec):
    """A quiz widget, with what is needed to score responses on this side.

    Attributes
    ----------
    course, quiz
        The content; never sent to the browser.
    """

    course: Course
    quiz: Quiz


def quiz_spec(course: Course, quiz: Quiz, widget_id: str) -> QuizSpec:
    """Build a quiz.

    Parameters
    ----------
    course
        The content.
    quiz
        The quiz.
    widget_id
        See :class:`WidgetSpec`.

    Raises
    ------
    UnknownNameError
        If an item names a sentence, event or source that does not exist.
    """
    base = slug(widget_id)
    practice = quiz.behaviour == "practice"
    count = f"{len(quiz.items)} question{'s' if len(quiz.items) != 1 else ''}"
    aim = "you see at once how you did" if practice else "your answers are kept for your teacher"
    tree = h(
        "section",
        h(
            "div",
            h("p", quiz.title, class_="cwl-quiz-title", dir="auto"),
            h("p", count, h("span", f" · {quiz.behaviour}: {aim}", class_="cwl-q-aim"), class_="cwl-facts"),
            h("p", "Without scripts this page keeps no answers: note them on paper.", class_="cwl-facts cwl-static"),
            class_="cwl-quiz-head",
        ),
        (
            item_element(
                course,
                item,
                number,
                base,
                shuffled=not practice,
                answer=answer_element(course, item) if practice else None,
            )
            for number, item in enumerate(quiz.items, 1)
        ),
        class_="cwl cwl-quiz",
        aria_label=f"Quiz: {quiz.title}",
    )
    return QuizSpec(
        kind="quiz",
        widget_id=widget_id,
        tree=tree,
        payload=practice_payload(course, quiz) if practice else graded_payload(quiz),
        summary=f"Quiz: {quiz.title} ({count})",
        course=course,
        quiz=quiz,
    )


def graded_payload(quiz: Quiz) -> dict[str, Any]:
    """What the browser gets of a graded quiz: nothing that tells an answer.

    Even the sentences an item rests on are left out, since they are the answer of a select-passage item.
    """
    return {
        "behaviour": "graded",
        "shuffle": True,
        "items": {item.id: {"points": item.points if is_scored(item) else 0} for item in quiz.items},
        "paper": {},
    }


def practice_payload(course: Course, quiz: Quiz) -> dict[str, Any]:
    """What the browser gets of a practice quiz: keys, and the words of the paper to show in place."""
    wanted = {sentence_id for item in quiz.items for sentence_id in (*item.sentences, *_mentioned(course, item))}
    return {
        "behaviour": "practice",
        "shuffle": quiz.shuffle,
        "items": {
            item.id: {
                "points": item.points if is_scored(item) else 0,
                "skill": item.skill.replace("-", " "),
                "sentences": list(item.sentences),
                "key": key_of(item, course),
                **({"near": [list(near.answers) for near in item.near]} if isinstance(item, ShortTextItem) else {}),
            }
            for item in quiz.items
        },
        "paper": {one: course.sentence(one).text for one in course.sentence_ids() if one in wanted},
    }


def key_of(item: Item, course: Course) -> Any:
    """The key in the form in which the browser's scoring wants it."""
    if isinstance(item, MultipleChoiceItem | OrderItem | SelectPassageItem | ShortTextItem):
        return list(item.key)
    if isinstance(item, ChoiceItem):
        return item.key
    if isinstance(item, MatchItem):
        return {premise: [option] for premise, option in item.key.items()}
    if isinstance(item, PlaceEventItem):
        return {event: sorted(allowed) for event, allowed in right_slots(item, course).items()}
    return None


def _mentioned(course: Course, item: Item) -> Iterator[str]:
    """Sentences that the item's feedback or hint names, so that they can be opened in place."""
    return (found[0] for found in mentions(course, item.model_dump_json()))
