"""Quiz: what the browser and the page get of it.

With *practice* and *tries* a quiz carries its key and feedback. A *graded* one never does: it is sealed before
anything is built from it (:mod:`coldwar_lessons.content.seal`).
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
from coldwar_lessons.content.questions import SealedQuiz, skill_name
from coldwar_lessons.content.seal import seal_quiz
from coldwar_lessons.grading.scoring import is_scored, right_slots
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import ngettext
from coldwar_lessons.markup import Element, h

from .framing import document_name
from .quiz_answers import answer_element
from .quiz_items import item_element, mentions
from .spec import WidgetSpec, slug


@dataclass(frozen=True, kw_only=True)
class QuizSpec(WidgetSpec):
    """A quiz widget, with what is needed to score responses on this side.

    Attributes
    ----------
    course, quiz
        The content; never sent to the browser. A graded quiz is sealed here too.
    """

    course: Course
    quiz: Quiz | SealedQuiz


def quiz_spec(course: Course, quiz: Quiz | SealedQuiz, widget_id: str) -> QuizSpec:
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
    if isinstance(quiz, Quiz) and quiz.behaviour == "graded":
        quiz = seal_quiz(course, quiz)
    base = slug(widget_id)
    count = ngettext("{count} question", "{count} questions", len(quiz.items)).format(count=len(quiz.items))
    if isinstance(quiz, SealedQuiz):
        aim, payload = _("graded: your answers are kept for your teacher"), sealed_payload(quiz)
        items = [item_element(course, item, number, base) for number, item in enumerate(quiz.items, 1)]
    else:
        aim, payload = _aim(quiz), open_payload(course, quiz)
        tries = quiz.behaviour == "tries"
        items = [_open_item(course, item, number, base, tries=tries) for number, item in enumerate(quiz.items, 1)]
    title = _("Quiz: {title}").format(title=quiz.title)
    tree = h(
        "section",
        h(
            "div",
            h("p", quiz.title, class_="cwl-quiz-title", dir="auto"),
            h("p", count, h("span", f" · {aim}", class_="cwl-q-aim"), class_="cwl-facts"),
            h("p", _("Without scripts this page keeps no answers: note them on paper."), class_="cwl-facts cwl-static"),
            class_="cwl-quiz-head",
        ),
        _bar(len(quiz.items)),
        items,
        h("div", class_="cwl-q-review cwl-scripted", tabindex=-1, hidden=True),
        h(
            "div",
            # i18n: the question before this one, and the next.
            _button(_("Previous"), class_="cwl-button", hidden=True),
            _button(_("Next") if len(quiz.items) > 1 else _("Look back"), class_="cwl-button"),
            class_="cwl-q-walk cwl-scripted",
        ),
        class_="cwl cwl-quiz",
        aria_label=title,
    )
    return QuizSpec(
        kind="quiz",
        widget_id=widget_id,
        tree=tree,
        payload=payload,
        # i18n: count is such as: 10 questions.
        summary=_("Quiz: {title} ({count})").format(title=quiz.title, count=count),
        course=course,
        quiz=quiz,
    )


def _bar(count: int) -> Element:
    """Where one stands, as it is before anything was answered; the browser half keeps it up to date."""
    steps = (
        _button(str(n), aria_label=_("Question {number}").format(number=n), aria_current=None if n > 1 else "step")
        for n in range(1, count + 1)
    )
    return h(
        "div",
        h("span", _("{done} of {all} answered").format(done=0, all=count), class_="cwl-q-progress"),
        _button(_("Show all questions"), class_="cwl-q-link"),
        h("ol", (h("li", step) for step in (*steps, _button(_("Review")))), class_="cwl-q-steps"),
        class_="cwl-quiz-bar cwl-scripted",
        role="group",
        aria_label=_("Questions"),
    )


def _button(text: str, **attributes: str | bool | None) -> Element:
    return h("button", text, type="button", **attributes)


def sealed_payload(quiz: SealedQuiz) -> dict[str, Any]:
    """What the browser gets of a graded quiz: nothing that tells an answer.

    Even the sentences an item rests on are left out, since they are the answer of a select-passage item.
    """
    return {
        "behaviour": "graded",
        "shuffle": True,
        "items": {item.id: {"points": item.points if is_scored(item) else 0} for item in quiz.items},
        "paper": {},
    }


def open_payload(course: Course, quiz: Quiz) -> dict[str, Any]:
    """What the browser gets of any other quiz: keys, and the words of the paper to show in place."""
    wanted = {sentence_id for item in quiz.items for sentence_id in (*item.sentences, *_mentioned(course, item))}
    return {
        "behaviour": quiz.behaviour,
        **({"tries": quiz.tries, "penalty": quiz.penalty} if quiz.behaviour == "tries" else {}),
        "shuffle": quiz.shuffle,
        "items": {
            item.id: {
                "points": item.points if is_scored(item) else 0,
                "skill": skill_name(item.skill),
                "sentences": list(item.sentences),
                "key": key_of(item, course),
                **({"near": [list(near.answers) for near in item.near]} if isinstance(item, ShortTextItem) else {}),
            }
            for item in quiz.items
        },
        "paper": {one: course.sentence(one).text for one in course.sentence_ids() if one in wanted},
        **document_name(course),
    }


def _open_item(course: Course, item: Item, number: int, base: str, *, tries: bool) -> Element:
    never: tuple[str, ...] = ()
    if isinstance(item, OrderItem):
        never = item.key
    elif isinstance(item, MatchItem):
        never = tuple(item.key.get(one.id, "") for one in item.premises)
    return item_element(
        course,
        item,
        number,
        base,
        never=never,
        hints=item.hints,
        hints_wait=tries,
        answer=answer_element(course, item),
    )


def _aim(quiz: Quiz) -> str:
    if quiz.behaviour == "practice":
        return _("practice: you see at once how you did")
    if quiz.tries == 1:
        return _("one try at each question")
    if not quiz.penalty:
        return _("{count} tries at each question, with hints; each further try costs none of its points").format(
            count=quiz.tries
        )
    words = _("{count} tries at each question, with hints; each further try costs {share} % of its points")
    return words.format(count=quiz.tries, share=f"{100 * quiz.penalty:.0f}")


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
