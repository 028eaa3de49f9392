"""Scores that Python and the browser both work out: the same cases for both, and what holds for any answer."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldwar_lessons.content.models import Claim
from coldwar_lessons.widgets.argument_map import KINDS, RELATIONS, edition_links, map_score
from coldwar_lessons.widgets.forecast import brier_score

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((Path(__file__).parent / "scores.json").read_text(encoding="utf-8"))


def claims_of(case: dict[str, Any]) -> list[Claim]:
    """Claims from ``{id: [kind, [[relation, target], …]]}``."""
    return [
        Claim(
            id=name,
            kind=kind,
            sentence="p3.s1",
            quote="x",
            paraphrase="x",
            **{relation: tuple(to for how, to in links if how == relation) for relation in RELATIONS},
        )
        for name, (kind, links) in case["claims"].items()
    ]


def score_in_python(name: str, case: dict[str, Any]) -> float:
    if name == "brierScore":
        return brier_score(case["probabilities"], case["outcomes"])
    return map_score(case["kinds"], [tuple(link) for link in case["links"]], claims_of(case))


def arguments(name: str, case: dict[str, Any]) -> list[Any]:
    """What the browser's function takes."""
    if name == "brierScore":
        return [case["probabilities"], case["outcomes"]]
    claims = claims_of(case)
    nodes = [{"id": claim.id, "kind": claim.kind} for claim in claims]
    return [case["kinds"], case["links"], nodes, edition_links(claims)]


@pytest.fixture(scope="module")
def browser_scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[float]]:
    """What the browser's code makes of all cases."""
    from build_browser import node_commands

    node = node_commands()[0]
    module = tmp_path_factory.mktemp("scores") / "scores.mjs"
    bundle = (
        'import { build } from "esbuild"; await build({entryPoints: ["js/src/activities/scores.ts"], '
        f'bundle: true, format: "esm", outfile: {json.dumps(str(module))}, logLevel: "error"}})'
    )
    subprocess.run([*node, "--input-type=module", "-e", bundle], cwd=ROOT, check=True)
    calls = {name: [arguments(name, case) for case in cases] for name, cases in CASES.items()}
    run = (
        f"import * as scores from {json.dumps(module.as_uri())}; const calls = {json.dumps(calls)};"
        "console.log(JSON.stringify(Object.fromEntries(Object.entries(calls).map("
        "([name, all]) => [name, all.map((one) => scores[name](...one))]))))"
    )
    done = subprocess.run([*node, "--input-type=module", "-e", run], capture_output=True, text=True, check=True)
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, cases in CASES.items() for number in range(len(cases))]
)
def test_python_and_browser_score_alike(name: str, number: int, browser_scores: dict[str, list[float]]) -> None:
    case = CASES[name][number]
    assert score_in_python(name, case) == pytest.approx(case["score"])
    assert browser_scores[name][number] == pytest.approx(case["score"])


# --- forecasts -----------------------------------------------------------------------------------

questions = st.dictionaries(st.text(max_size=5), st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=8)


def split(said: dict[str, tuple[float, bool]]) -> tuple[dict[str, float], dict[str, bool]]:
    return {name: one for name, (one, _) in said.items()}, {name: one for name, (_, one) in said.items()}


@given(questions)
def test_brier_score_lies_between_knowing_and_erring(said: dict[str, tuple[float, bool]]) -> None:
    probabilities, outcomes = split(said)
    assert 0 <= brier_score(probabilities, outcomes) <= 1
    assert brier_score({name: float(one) for name, one in outcomes.items()}, outcomes) == 0
    assert brier_score({name: float(not one) for name, one in outcomes.items()}, outcomes) == 1
    assert brier_score(dict.fromkeys(outcomes, 0.5), outcomes) == 0.25


@given(questions)
def test_saying_the_opposite_of_the_opposite_scores_the_same(said: dict[str, tuple[float, bool]]) -> None:
    probabilities, outcomes = split(said)
    turned = brier_score(
        {name: 1 - one for name, one in probabilities.items()}, {name: not one for name, one in outcomes.items()}
    )
    assert turned == pytest.approx(brier_score(probabilities, outcomes))


@given(questions, st.data())
def test_moving_towards_what_happened_never_costs(said: dict[str, tuple[float, bool]], data: st.DataObject) -> None:
    probabilities, outcomes = split(said)
    name = data.draw(st.sampled_from(sorted(outcomes)))
    nearer = probabilities | {name: (probabilities[name] + outcomes[name]) / 2}
    assert brier_score(nearer, outcomes) <= brier_score(probabilities, outcomes) + 1e-12


def test_a_forecast_that_was_not_stated_is_an_error() -> None:
    with pytest.raises(KeyError):
        brier_score({}, {"a": True})


# --- argument maps -------------------------------------------------------------------------------

names = [str(number) for number in range(5)]
link = st.tuples(st.sampled_from(names), st.sampled_from(sorted(RELATIONS)), st.sampled_from(names))
maps = st.fixed_dictionaries(
    {
        "claims": st.tuples(
            *(st.tuples(st.sampled_from(sorted(KINDS)), st.lists(link, max_size=3)) for _ in names)
        ).map(
            lambda all_: {
                name: [kind, [[how, to] for _, how, to in links]]
                for name, (kind, links) in zip(names, all_, strict=True)
            }
        ),
        "kinds": st.dictionaries(st.sampled_from(names), st.sampled_from(sorted(KINDS))),
        "links": st.lists(link, max_size=8),
    }
)


@given(maps)
def test_map_score_is_a_share_and_the_edition_itself_has_all(case: dict[str, Any]) -> None:
    claims = claims_of(case)
    assert 0 <= map_score(case["kinds"], case["links"], claims) <= 1
    assert map_score({claim.id: claim.kind for claim in claims}, edition_links(claims), claims) == 1


@given(maps, st.randoms())
def test_order_and_repetition_of_links_do_not_count(case: dict[str, Any], random: Any) -> None:
    claims = claims_of(case)
    shuffled = case["links"] * 2
    random.shuffle(shuffled)
    assert map_score(case["kinds"], shuffled, claims) == map_score(case["kinds"], case["links"], claims)


@given(maps)
def test_a_link_of_the_edition_never_costs_and_one_against_it_never_gains(case: dict[str, Any]) -> None:
    claims = claims_of(case)
    before = map_score(case["kinds"], case["links"], claims)
    for one in edition_links(claims):
        assert map_score(case["kinds"], [*case["links"], one], claims) >= before
    stranger = ("0", "supports", "nowhere")
    assert map_score(case["kinds"], [*case["links"], stranger], claims) <= before
