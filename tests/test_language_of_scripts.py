"""The language of the browser half: what its functions make of a translation, of none, and of hostile values."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from build_browser import messages_in_browser

from tests.javascript import Module

ROOT = Path(__file__).resolve().parents[1]
SOURCE = "js/src/base/language.ts"
#: Polish has three forms: 1; 2 to 4 but not 12 to 14; all others.
POLISH = [0 if n == 1 else 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2 for n in range(200)]
MESSAGES: dict[str, Any] = {
    "": {"language": "pl", "direction": "ltr", "plural": POLISH},
    "Check": "Sprawdź",
    "{count} of {all}": "{count} z {all}",
    "{count} event": ["{count} zdarzenie", "{count} zdarzenia", "{count} zdarzeń"],
    "Go on with {task}": "Dalej: {task}!",
}


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Module:
    return Module(SOURCE, tmp_path_factory.mktemp("english"))


@pytest.fixture(scope="module")
def polish(tmp_path_factory: pytest.TempPathFactory) -> Module:
    return Module(SOURCE, tmp_path_factory.mktemp("polish"), MESSAGES)


def test_without_a_translation_the_text_in_the_code_is_said(english: Module, polish: Module) -> None:
    calls = [["Check"], ["{count} of {all}", {"count": 3, "all": 7}], ["No such text, {name}", {"name": "x"}]]
    assert english.call("t", calls) == ["Check", "3 of 7", "No such text, x"]
    assert polish.call("t", calls) == ["Sprawdź", "3 z 7", "No such text, x"]


def test_plurals_go_by_the_language_s_own_table(english: Module, polish: Module) -> None:
    counts = [0, 1, 2, 5, 12, 22, 112, 222, 1000, 1002]
    calls = [["{count} event", "{count} events", count] for count in counts]
    assert english.call("n", calls) == [f"{count} event{'' if count == 1 else 's'}" for count in counts]
    forms = ["zdarzeń", "zdarzenie", "zdarzenia", "zdarzeń", "zdarzeń", "zdarzenia", "zdarzeń", "zdarzenia"]
    assert polish.call("n", calls) == [
        f"{count} {form}" for count, form in zip(counts, [*forms, "zdarzeń", "zdarzenia"], strict=True)
    ]
    untranslated = [["One card", "{count} cards", count] for count in (1, 2)]
    assert polish.call("n", untranslated) == ["One card", "2 cards"]


@pytest.mark.parametrize("value", ["{all}", "{count}{count}", "$&$1$`", "<b onclick=x>", "\u202e", "", "{", "}"])
def test_a_value_stays_as_it_is(value: str, english: Module, polish: Module) -> None:
    for module, of in ((english, "of"), (polish, "z")):
        assert module.call("t", [["{count} of {all}", {"count": value, "all": 7}]]) == [f"{value} {of} 7"]


def test_a_place_without_a_value_stays_to_be_seen(english: Module) -> None:
    assert english.call("t", [["{count} of {all}", {"count": 1}], ["Go on with {task}"]]) == [
        "1 of {all}",
        "Go on with {task}",
    ]


def test_a_sentence_comes_in_pieces_where_a_link_stands_in_it(polish: Module) -> None:
    sentence = polish.call("t", [["Go on with {task}"]])[0]
    assert polish.call("between", [[sentence, {"task": {"a": "link"}}]]) == [["Dalej: ", {"a": "link"}, "!"]]


def test_numbers_and_lists_are_written_as_the_language_writes_them(english: Module, polish: Module) -> None:
    calls = [[0.256, 2], [1234.5, 1], [7, 0]]
    assert english.call("decimal", calls) == ["0.26", "1234.5", "7"]
    assert polish.call("decimal", calls) == ["0,26", "1234,5", "7"]
    assert polish.call("t", [["{count} of {all}", {"count": 1.5, "all": 2000}]]) == ["1,5 z 2000"]
    things = [[["3.8", "3.9", "4.1"]], [["3.8"]], [[]]]
    assert ["".join(one) for one in english.call("listed", things)] == ["3.8, 3.9, 4.1", "3.8", ""]
    assert ["".join(one) for one in polish.call("listed", things)] == ["3.8, 3.9 i 4.1", "3.8", ""]
    assert english.call("semicolons", [[["a, b", "c"]], [[]]]) == ["a, b; c", ""]


def test_every_text_in_the_scripts_reaches_the_catalogue() -> None:
    known = set(messages_in_browser())
    said = re.compile(r'(?<![\w.])[tn]\(\s*("(?:[^"\\\n]|\\.)*")')
    texts = {
        (path.name, json.loads(text))
        for path in (ROOT / "js" / "src").rglob("*.ts")
        for text in said.findall(path.read_text("utf-8"))
    }
    assert len(texts) > 300
    assert sorted((name, text) for name, text in texts if text not in known) == []


def test_no_text_of_the_scripts_is_both_a_plural_and_a_plain_text() -> None:
    code = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "js" / "src").rglob("*.ts")))
    plain, plural = (set(re.findall(rf'(?<![\w.]){name}\(\s*"((?:[^"\\\n]|\\.)*)"', code)) for name in "tn")
    assert plain & plural == set()
