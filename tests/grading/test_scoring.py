"""Scores: the same in Python and in the browser, bounded, monotone, and calm whatever they are given."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from coldwar_lessons.content.items import Item, OrderItem, PlaceEventItem
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.models import Event, Paper
from coldwar_lessons.grading.scoring import is_scored, normalise, right_slots, score_response, slots
from coldwar_lessons.grading.tries import score_tries
from coldwar_lessons.widgets.quiz import key_of

ROOT = Path(__file__).resolve().parents[2]
SHARED: list[dict[str, Any]] = json.loads((ROOT / "tests" / "scoring_cases.json").read_text(encoding="utf-8"))
CASES = [case for case in SHARED if "item" in case]
TRIES = [row for case in SHARED for row in case.get("tries", ())]
ITEM: TypeAdapter[Any] = TypeAdapter(Item)
#: A busy machine is no fault of the code.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def make_course(dates: dict[str, str] | None = None) -> Course:
    events = {
        name: Event.model_validate(
            {
                "id": name,
                "date": edtf,
                "title": name,
                "summary": "s",
                "lane": "l",
                "significance": "s",
                "known_by_author": True,
                "sources": [{"source": "x"}],
            }
        )
        for name, edtf in (dates or {}).items()
    }
    paper = Paper(reference="r", title="t", parts=())
    nothing: dict[str, Any] = {}
    about = load_course(ROOT).about
    return Course(ROOT, about, paper, nothing, nothing, events, nothing, nothing, nothing, nothing, nothing, nothing)


def make_item(short: dict[str, Any]) -> Any:
    """An item from the short form of the shared cases."""
    full = {"id": "i", "prompt": "p", "skill": "argument", "level": "recall", "sentences": ["p3.s1"]}
    full |= {name: value for name, value in short.items() if name != "dates"}
    for field in ("options", "premises"):
        if field in short:
            full[field] = [{"id": one, "text": one, "feedback": "f"} for one in short[field]]
    if short["interaction"] in {"select-passage", "place-event"}:
        full["options"] = [{"id": one, "feedback": "f"} for one in short["options"]]
    if short["interaction"] == "match":
        full["options"] = [{"id": one, "text": one} for one in short["options"]]
    if short["interaction"] == "short-text":
        full["feedback"] = {"correct": "c", "incorrect": "i"}
    return ITEM.validate_python(full)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_shared_cases(case: dict[str, Any]) -> None:
    item, course = make_item(case["item"]), make_course(case["item"].get("dates"))
    for value, wanted in case["responses"]:
        assert score_response(item, value, course) == pytest.approx(wanted), value


@pytest.mark.parametrize(("scores", "most", "penalty", "wanted"), TRIES)
def test_shared_cases_of_tries(scores: list[float], most: int, penalty: float, wanted: float) -> None:
    assert score_tries(scores, most, penalty) == pytest.approx(wanted)


# --- the browser's half --------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_scoring(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Run js/src/quiz/score.ts in node: name of a function and lists of arguments to a list of results."""
    sys.path.insert(0, str(ROOT))
    from build_browser import node_commands

    node = node_commands()[0]
    folder = tmp_path_factory.mktemp("scoring")
    bundle = (
        'import { build } from "esbuild"; await build({entryPoints: ["js/src/quiz/score.ts"], bundle: true,'
        f' charset: "utf8", format: "esm", outfile: {json.dumps(str(folder / "score.mjs"))}}});'
    )
    subprocess.run([*node, "--input-type=module", "-e", bundle], cwd=ROOT, check=True)
    runner = folder / "run.mjs"
    runner.write_text(
        'import * as scoring from "./score.mjs"; import { readFileSync } from "node:fs";'
        'const [name, calls] = JSON.parse(readFileSync(0, "utf8"));'
        "process.stdout.write(JSON.stringify(calls.map((args) => scoring[name](...args))));",
        encoding="utf-8",
    )

    def run(name: str, calls: list[list[Any]]) -> list[Any]:
        result = subprocess.run(
            [*node, runner], input=json.dumps([name, calls]), capture_output=True, text=True, check=True
        )
        return list(json.loads(result.stdout))

    return run


def read_as_the_browser_does(value: Any) -> Any:
    """What js/src/widgets/quiz.ts makes of a kept value before it is scored."""
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)]
    if isinstance(value, dict):
        return {part: one for part, one in value.items() if isinstance(one, str)}
    return value if isinstance(value, str) else None


def test_the_browser_scores_the_same(browser_scoring: Any) -> None:
    calls, wanted = [], []
    for case in CASES:
        item, course = make_item(case["item"]), make_course(case["item"].get("dates"))
        if not is_scored(item):
            continue
        key = key_of(item, course)
        for value, score in case["responses"]:
            known = read_as_the_browser_does(value)
            if isinstance(known, list) and item.interaction != "order":
                # The browser can only hold options that it shows.
                known = (
                    [one for one in known if one in {option.id for option in item.options}]
                    if hasattr(item, "options")
                    else known
                )
            calls.append([item.interaction, key, known])
            wanted.append(score)
    assert browser_scoring("score", calls) == pytest.approx(wanted)


def may_change(character: str) -> bool:
    """Leaves out ideographs, pictures, and what Python's Unicode does not know yet."""
    category = unicodedata.category(character)
    if category in {"Cn", "Cs", "Co"}:
        return False
    changes = unicodedata.normalize("NFKD", character.upper().lower()) != character
    return category not in {"Lo", "So"} or (changes and not "가" <= character <= "힣")


def test_the_browser_normalises_every_character_the_same(browser_scoring: Any) -> None:
    every = (chr(point) for point in range(0x110000))
    characters = [one for one in every if may_change(one)]
    assert len(characters) > 5000
    texts = [f"a{character}b {character}" for character in characters]
    theirs = browser_scoring("normalise", [[text] for text in texts])
    different = [
        f"U+{ord(character):04X}"
        for character, text, their in zip(characters, texts, theirs, strict=True)
        if normalise(text) != their
    ]
    assert different == []


def test_what_is_in_sequence_already(browser_scoring: Any) -> None:
    key = ["a", "b", "c", "d"]
    found = browser_scoring(
        "inSequence", [[["b", "c", "d", "a"], key], [key, key], [["b", "a", "d", "c"], key], [[], key]]
    )
    assert found == [["b", "c", "d"], key, ["b", "d"], []]


# --- properties ----------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["a", "b", "c", "p3.s6"]),
    lambda inner: (
        st.lists(inner, max_size=6) | st.dictionaries(st.text() | st.sampled_from(["p1", "p2", "early"]), inner)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_any_json_value_scores_between_0_and_1(case: dict[str, Any]) -> None:
    item, course = make_item(case["item"]), make_course(case["item"].get("dates"))

    @settings(CALM, max_examples=50)
    @given(JSON)
    def check(value: Any) -> None:
        assert 0 <= score_response(item, value, course) <= 1

    check()


@CALM
@given(st.lists(st.sampled_from("abcdefgh"), min_size=3, max_size=8, unique=True), st.data())
def test_ticks_are_monotone_and_the_key_alone_is_full(ids: list[str], data: st.DataObject) -> None:
    key = data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    item = make_item({"interaction": "multiple-choice", "options": ids, "key": key})
    course = make_course()
    picked = data.draw(st.lists(st.sampled_from(ids), unique=True))
    before = score_response(item, picked, course)
    assert score_response(item, key, course) == 1
    assert (before == 1) == (set(picked) == set(key))
    for more in set(ids) - set(picked):
        after = score_response(item, [*picked, more], course)
        assert after >= before if more in key else after <= before


@CALM
@given(st.permutations("abcdef"), st.permutations("abcdef"))
def test_mending_a_neighbouring_pair_never_costs(key: list[str], value: list[str]) -> None:
    item: OrderItem = make_item({"interaction": "order", "options": sorted(key), "key": key})
    course = make_course()
    assert score_response(item, key, course) == 1
    assert score_response(item, key[::-1], course) == 0
    before = score_response(item, value, course)
    assert (before == 1) == (value == key)
    for at in range(len(value) - 1):
        if key.index(value[at]) > key.index(value[at + 1]):
            mended = [*value[:at], value[at + 1], value[at], *value[at + 2 :]]
            assert score_response(item, mended, course) >= before


@CALM
@given(st.dictionaries(st.sampled_from(["p1", "p2", "p3"]), st.sampled_from("ab")))
def test_match_counts_premises(value: dict[str, str]) -> None:
    key = {"p1": "a", "p2": "b", "p3": "a"}
    item = make_item({"interaction": "match", "premises": list(key), "options": ["a", "b"], "key": key})
    assert score_response(item, key, make_course()) == 1
    hits = sum(value.get(premise) == option for premise, option in key.items())
    assert score_response(item, value, make_course()) == pytest.approx(hits / 3)


@CALM
@given(st.text(min_size=1).filter(str.strip))
def test_an_accepted_answer_is_accepted_however_it_is_typed(answer: str) -> None:
    item = make_item({"interaction": "short-text", "key": [answer]})
    course = make_course()
    typed = [answer, f"  {answer}\n", unicodedata.normalize("NFD", answer), unicodedata.normalize("NFC", answer)]
    wanted = float(bool(normalise(answer)))
    assert [score_response(item, one, course) for one in typed] == [wanted] * 4


@CALM
@given(st.dates(), st.lists(st.dates(), min_size=1, max_size=5, unique=True))
def test_every_event_has_a_right_slot(event: Any, anchors: list[Any]) -> None:
    names = [f"anchor-{n}" for n in range(len(anchors))]
    dates = dict(zip(names, (day.isoformat() for day in sorted(anchors)), strict=True))
    course = make_course({**dates, "event": event.isoformat()})
    item: PlaceEventItem = make_item({"interaction": "place-event", "options": ["event"], "anchors": names})
    right = right_slots(item, course)["event"]
    assert len(right) == (2 if event in anchors else 1)
    for slot in slots(item):
        assert score_response(item, {"event": slot}, course) == float(slot in right)


def test_only_a_person_marks_an_extended_text() -> None:
    assert [is_scored(make_item(case["item"])) for case in CASES] == [True] * (len(CASES) - 1) + [False]
