"""The language of the interface: which translation is taken, and what the browser half gets of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from coldwar_lessons import language
from coldwar_lessons.language import (
    browser_messages,
    direction,
    gettext,
    listed,
    ngettext,
    pgettext,
    use_language,
)
from tests.pseudo import messages


@pytest.fixture(autouse=True)
def back_to_english() -> Iterator[None]:
    yield
    use_language(language.SOURCE)


def translation(folder: Path, locale: str, **messages: str) -> None:
    """Write a compiled translation, as a translator's tools do."""
    catalogue = Catalog(locale=locale)
    catalogue.add("Contents", messages["contents"])
    catalogue.add(("One answer", "{count} answers"), messages.get("answers", "a|b|c").split("|"))
    catalogue.add("May", messages.get("may", ""), context="month")
    target = folder / locale / "LC_MESSAGES" / "coldwar_lessons.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)


def test_english_is_what_stands_in_the_code() -> None:
    for tag in ("en-GB", "en", "EN-gb"):
        use_language(tag)
        assert gettext("Contents") == "Contents"
        assert [ngettext("One answer", "{count} answers", count) for count in (0, 1, 2)] == [
            "{count} answers",
            "One answer",
            "{count} answers",
        ]
        assert browser_messages() == {}


def test_a_translation_beside_the_course_wins_and_the_nearest_language_is_taken(tmp_path: Path) -> None:
    translation(tmp_path / "course", "pt", contents="Conteúdo")
    translation(tmp_path / "package", "pt_BR", contents="Índice")
    use_language("pt-BR", [tmp_path / "course", tmp_path / "package"])
    assert gettext("Contents") == "Conteúdo"
    use_language("pt-BR", [tmp_path / "package"])
    assert gettext("Contents") == "Índice"
    use_language("pt-PT", [tmp_path / "package"])
    assert gettext("Contents") == "Contents"


def test_a_language_without_translation_says_english(tmp_path: Path) -> None:
    use_language("la", [tmp_path])
    assert gettext("Contents") == "Contents"
    assert browser_messages() == {}
    assert language.current_language() == "la"


def test_plurals_and_contexts_follow_the_translation(tmp_path: Path) -> None:
    translation(tmp_path, "pl", contents="Spis treści", answers="odpowiedź|odpowiedzi (2-4)|odpowiedzi", may="maj")
    use_language("pl", [tmp_path])
    forms = [ngettext("One answer", "{count} answers", count) for count in (1, 2, 5, 22, 112)]
    assert forms == ["odpowiedź", "odpowiedzi (2-4)", "odpowiedzi", "odpowiedzi (2-4)", "odpowiedzi"]
    assert pgettext("month", "May") == "maj"
    assert gettext("May") == "May"


def test_lists_end_with_and() -> None:
    assert [listed(texts) for texts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_the_browser_gets_only_what_its_scripts_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    translation(tmp_path, "pl", contents="Spis treści", answers="odpowiedź|odpowiedzi|wiele")
    monkeypatch.setattr(language, "_messages_in_browser", lambda: ("One answer", "Something else"))
    use_language("pl", [tmp_path])
    messages = browser_messages()
    assert sorted(messages) == ["", "One answer"]
    assert messages["One answer"] == ["odpowiedź", "odpowiedzi", "wiele"]
    assert messages[""]["language"] == "pl"
    table = messages[""]["plural"]
    assert [table[count] for count in (0, 1, 2, 5, 22, 112)] == [2, 0, 1, 2, 1, 2]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en-GB", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("ks-Deva", "ltr"), ("de-DE", "ltr")],
)
def test_direction_follows_script_before_language(tag: str, expected: str) -> None:
    assert direction(tag) == expected


def test_the_template_for_translators_has_every_text_of_the_sources() -> None:
    with (language.PACKAGE / "locale" / "coldwar_lessons.pot").open("rb") as file:
        template = read_po(file)
    gathered, kept = ({(one.context, one.id) for one in texts if one.id} for texts in (messages(), template))
    assert gathered == kept, "make messages"
