"""Quiz: what the page and the browser get, what a graded quiz keeps back, what Python makes of any state."""

from __future__ import annotations

import base64
import codecs
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coldwar_lessons.content.items import Quiz
from coldwar_lessons.content.load import Course, read_course
from coldwar_lessons.grading.scoring import is_scored
from coldwar_lessons.markup import Element
from coldwar_lessons.widgets.quiz import key_of, quiz_spec
from coldwar_lessons.widgets.quiz_items import linked, shuffle, slot_words
from coldwar_lessons.widgets.quiz_live import Quiz as LiveQuiz
from coldwar_lessons.widgets.spec import static_html
from tests.browser.quizzes import HOSTILE, every_interaction, hostile_quiz

ROOT = Path(__file__).resolve().parents[2]
QUIZZES = sorted(path.stem for path in (ROOT / "data" / "quizzes").glob("*.yml"))


@pytest.fixture(scope="module")
def course() -> Course:
    course, _ = read_course(ROOT)
    assert course is not None
    return course


def elements(tree: Element) -> list[Element]:
    return [tree, *(found for child in tree.children if isinstance(child, Element) for found in elements(child))]


def having(tree: Element, **wanted: str) -> list[Element]:
    return [
        one
        for one in elements(tree)
        if all(dict(one.attributes).get(name.rstrip("_").replace("_", "-")) == value for name, value in wanted.items())
    ]


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", QUIZZES)
def test_real_quizzes_are_complete_without_scripts(course: Course, name: str) -> None:
    quiz = course.quizzes[name]
    tree = quiz_spec(course, quiz, f"l/quiz/{name}").tree
    fieldsets = [one for one in elements(tree) if one.tag == "fieldset"]
    assert [dict(one.attributes)["data-item"] for one in fieldsets] == [item.id for item in quiz.items]
    for number, (fieldset, item) in enumerate(zip(fieldsets, quiz.items, strict=True), 1):
        legend = fieldset.children[0]
        assert isinstance(legend, Element)
        assert legend.tag == "legend"
        assert legend.text() == f"{number} {item.prompt}"
        controls = [one for one in elements(fieldset) if one.tag in {"input", "select", "textarea"}]
        assert controls
        [answer] = having(fieldset, class_="cwl-q-answer cwl-static")
        for option in getattr(item, "options", ()):
            if hasattr(option, "feedback"):
                assert option.feedback in answer.text()
        for sentence_id in item.sentences:
            assert having(answer, href=f"../book/the-paper.html#{sentence_id}")


def test_every_interaction_has_its_controls(course: Course) -> None:
    tree = quiz_spec(course, every_interaction(), "l/quiz/all").tree
    kinds = {}
    for fieldset in [one for one in elements(tree) if one.tag == "fieldset"]:
        names = [
            dict(one.attributes).get("type", one.tag)
            for one in elements(fieldset)
            if one.tag in {"input", "select", "textarea"}
        ]
        kinds[dict(fieldset.attributes)["data-interaction"]] = names
    assert kinds == {
        "choice": ["radio"] * 3,
        "multiple-choice": ["checkbox"] * 4,
        "order": ["select"] * 4,
        "match": ["select"] * 3,
        "select-passage": ["checkbox"] * 4,
        "place-event": ["select"] * 2,
        "short-text": ["text"],
        "extended-text": ["textarea"],
    }


def test_radio_buttons_of_one_item_belong_together(course: Course) -> None:
    tree = quiz_spec(course, every_interaction(), "l/quiz/all").tree
    names = {dict(one.attributes)["name"] for one in having(tree, type="radio")}
    assert names == {"l-quiz-all-one-choice"}


def test_a_sequence_is_never_printed_in_its_right_order(course: Course) -> None:
    for quiz in course.quizzes.values():
        tree = quiz_spec(course, quiz, "q").tree
        for item in quiz.items:
            if item.interaction == "order":
                [fieldset] = having(tree, data_item=item.id)
                printed = [dict(one.attributes)["data-part"] for one in having(fieldset, class_="cwl-q-card")]
                assert sorted(printed) == sorted(item.key)
                assert printed != list(item.key)


def test_shuffling_repeats_itself() -> None:
    options = every_interaction().items[0].options
    assert shuffle(options, "x") == shuffle(options, "x")
    assert {tuple(one.id for one in shuffle(options, str(n))) for n in range(60)} > {("a", "b", "c")}
    for seed in range(60):
        assert [one.id for one in shuffle(options, str(seed), never=["c", "a", "b"])] != ["c", "a", "b"]


def test_sentence_ids_in_feedback_become_links(course: Course) -> None:
    pieces = linked(course, "See p3.s8, (p4.s10) and p3.s99; not xp3.s1.")
    links = [one for one in pieces if isinstance(one, Element)]
    assert [dict(one.attributes)["href"] for one in links] == [
        "../book/the-paper.html#p3.s8",
        "../book/the-paper.html#p4.s10",
    ]
    assert "".join(one if isinstance(one, str) else one.text() for one in pieces) == (
        "See p3.s8, (p4.s10) and p3.s99; not xp3.s1."
    )


def test_slots_are_named_by_their_anchors(course: Course) -> None:
    [item] = [one for one in every_interaction().items if one.interaction == "place-event"]
    assert slot_words(course, item) == {
        "before:stalin-death": "before Stalin dies",
        "after:stalin-death": "after Stalin dies, before The Korean armistice is signed",
        "after:armistice-signed": "after The Korean armistice is signed",
    }


# --- graded --------------------------------------------------------------------------------------


def secrets(quiz: Quiz) -> set[str]:
    """Everything in a quiz that would help to an answer."""
    found: set[str] = set()
    for item in quiz.items:
        for part in (*getattr(item, "options", ()), *getattr(item, "premises", ())):
            found.add(getattr(part, "feedback", ""))
        if item.interaction == "short-text":
            found |= {*item.key, item.feedback.correct, item.feedback.incorrect}
            for near in item.near:
                found |= {near.feedback, *near.answers}
    return {text for text in found if len(text) > 3}


@pytest.mark.parametrize("name", QUIZZES)
def test_a_graded_quiz_keeps_its_key(course: Course, name: str) -> None:
    quiz = course.quizzes[name].model_copy(update={"behaviour": "graded"})
    spec = quiz_spec(course, quiz, f"l/quiz/{name}")
    page = static_html(spec)
    live = json.dumps([spec.tree.to_json(), dict(spec.payload), spec.summary], ensure_ascii=False)
    shown = "".join(
        text
        for item in quiz.items
        for text in (
            item.prompt,
            item.hint or "",
            *(getattr(one, "text", "") for one in (*getattr(item, "options", ()), *getattr(item, "premises", ()))),
            *(
                course.sentence(one.id).text
                for one in getattr(item, "options", ())
                if item.interaction == "select-passage"
            ),
        )
    )
    for secret in secrets(quiz):
        if secret.casefold() in shown.casefold():
            continue  # such as a short answer that stands in the prompt
        for form in (secret, base64.b64encode(secret.encode()).decode().rstrip("="), codecs.encode(secret, "rot13")):
            assert form not in page
            assert form not in live
    assert "key" not in json.dumps(dict(spec.payload))
    assert "cwl-q-answer" not in page
    assert "data-feedback" not in page


def test_a_graded_payload_has_only_allowed_fields(course: Course) -> None:
    quiz = every_interaction("graded")
    payload = dict(quiz_spec(course, quiz, "l/quiz/all").payload)
    assert payload == {
        "behaviour": "graded",
        "shuffle": True,
        "items": {item.id: {"points": item.points if is_scored(item) else 0} for item in quiz.items},
        "paper": {},
    }


def test_pages_of_a_graded_quiz_do_not_depend_on_the_key(course: Course) -> None:
    """Two quizzes that differ in nothing but key and feedback look the same, byte for byte."""
    quiz = every_interaction("graded")
    printed = quiz_spec(course, quiz, "l/quiz/all").tree
    other = quiz.model_dump()
    for item in other["items"]:
        item["sentences"] = ["p4.s1"]
        for option in (*item.get("options", ()), *item.get("premises", ())):
            if "feedback" in option:
                option["feedback"] = "Something else."
        if item["interaction"] == "choice":
            item["key"] = "a"
        if item["interaction"] in {"multiple-choice", "select-passage"}:
            item["key"] = [item["options"][1]["id"]]
        if item["interaction"] == "order":
            item["key"] = [dict(one.attributes)["data-part"] for one in having(printed, class_="cwl-q-card")][:4]
        if item["interaction"] == "match":
            item["key"] = {"p1": "c", "p2": "a", "p3": "b"}
        if item["interaction"] == "short-text":
            item |= {"key": ["other"], "near": [], "feedback": {"correct": "c", "incorrect": "i"}}
    pages = [static_html(quiz_spec(course, one, "l/quiz/all")) for one in (quiz, Quiz.model_validate(other))]
    assert pages[0] == pages[1]


def test_a_graded_quiz_shuffles_what_stands_in_the_file(course: Course) -> None:
    quiz = course.quizzes["gestures"].model_copy(update={"behaviour": "graded"})
    tree = quiz_spec(course, quiz, "q").tree
    moved = 0
    for item in quiz.items:
        if item.interaction == "choice":
            [fieldset] = having(tree, data_item=item.id)
            printed = [one.text() for one in having(fieldset, class_="cwl-q-option-text")]
            assert sorted(printed) == sorted(one.text for one in item.options)
            moved += printed != [one.text for one in item.options]
    assert moved > 0


# --- practice ------------------------------------------------------------------------------------


def test_a_practice_payload_has_what_the_browser_needs(course: Course) -> None:
    quiz = every_interaction()
    payload = quiz_spec(course, quiz, "l/quiz/all").payload
    items = payload["items"]
    assert items["one-choice"] == {"points": 1, "skill": "close reading", "sentences": ["p3.s8"], "key": "b"}
    assert items["a-match"]["key"] == {"p1": ["a"], "p2": ["b"], "p3": ["a"]}
    assert items["a-place"]["key"] == {
        "turkey-claims-dropped": ["after:stalin-death"],
        "israel-relations": ["after:armistice-signed", "after:stalin-death"][1:],
    }
    assert items["a-text"]["near"] == [["step", "steps"]]
    assert items["an-essay"]["key"] is None
    assert items["an-essay"]["points"] == 0
    assert payload["paper"]["p3.s8"] == course.sentence("p3.s8").text


# --- hostile content -----------------------------------------------------------------------------


ALLOWED = {"a", "b", "button", "details", "div", "fieldset", "input", "label", "legend", "li", "ol", "option", "p"}
ALLOWED |= {"script", "section", "select", "span", "summary", "textarea", "ul"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
@pytest.mark.parametrize("behaviour", ["practice", "graded"])
def test_hostile_texts_are_text(course: Course, text: str, behaviour: str) -> None:
    page = static_html(quiz_spec(course, hostile_quiz(text, behaviour), "l/quiz/hostile"))
    parser = Tags()
    parser.feed(page)
    tags = {tag for tag, _ in parser.found}
    assert tags <= ALLOWED
    assert [attributes for tag, attributes in parser.found if tag == "script"] == [{"type": "application/json"}]
    assert not any(name.startswith("on") for _, attributes in parser.found for name in attributes)
    data = re.search(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    json.loads(data[1])


# --- with a kernel -------------------------------------------------------------------------------


def full_marks(course: Course, quiz: Quiz) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for item in quiz.items:
        key = key_of(item, course)
        if item.interaction in {"match", "place-event"}:
            values[item.id] = {part: allowed[0] for part, allowed in key.items()}
        elif item.interaction == "short-text":
            values[item.id] = key[0]
        elif key is not None:
            values[item.id] = key
    return values


@pytest.mark.parametrize("name", QUIZZES)
def test_the_key_scores_all_points(course: Course, name: str) -> None:
    quiz = course.quizzes[name]
    widget = LiveQuiz(quiz_spec(course, quiz, f"l/quiz/{name}"))
    assert widget.responses == {}
    assert widget.score == 0
    values = full_marks(course, quiz)
    widget.state = {**widget.state, "responses": {one: {"value": value} for one, value in values.items()}}
    assert widget.responses == values
    assert widget.score == widget.max_score == sum(item.points for item in quiz.items if is_scored(item))


def test_scores_in_the_state_are_not_believed(course: Course) -> None:
    spec = quiz_spec(course, every_interaction(), "l/quiz/all")
    widget = LiveQuiz(spec, {"responses": {"one-choice": {"value": "a", "checked": True, "attempts": 1, "score": 1}}})
    assert widget.responses == {"one-choice": "a"}
    assert widget.score == 0


def test_the_seed_stays_and_nothing_else_is_kept_before_an_answer(course: Course) -> None:
    spec = quiz_spec(course, every_interaction(), "l/quiz/all")
    assert LiveQuiz(spec, {"seed": 7}).state == {"seed": 7}
    fresh = LiveQuiz(spec).state
    assert set(fresh) == {"seed"}
    assert LiveQuiz(spec, {}).state["seed"] != fresh["seed"]


NAMES = ["value", "checked", "one-choice", "many", "a-match", "p1"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["value", "checked", "one-choice", "many", "a-match", "p1"]) | st.text(), inner, max_size=5
        )
    ),
    max_leaves=15,
)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(responses=JSON)
def test_any_state_is_borne(course: Course, responses: Any) -> None:
    widget = LiveQuiz(quiz_spec(course, every_interaction(), "l/quiz/all"), {"seed": "x", "responses": responses})
    assert 0 <= widget.score <= widget.max_score
    assert set(widget.responses) <= {item.id for item in every_interaction().items}


def test_the_notebook_shows_widget_html_and_text(course: Course) -> None:
    bundle = LiveQuiz(quiz_spec(course, every_interaction(), "l/quiz/all"))._repr_mimebundle_()
    assert bundle is not None
    assert {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"} <= set(bundle[0])
    assert bundle[0]["text/plain"] == "Quiz: Every interaction (8 questions)"
