"""Words of doubt: the words that are counted, what the page shows and keeps back, the figure."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldwar_lessons.content.activities import WordsOfDoubt
from coldwar_lessons.content.load import Course, read_course
from coldwar_lessons.markup import Element
from coldwar_lessons.widgets.live import STATIC
from coldwar_lessons.widgets.spec import static_html
from coldwar_lessons.widgets.words import find_word_range, find_word_spans
from coldwar_lessons.widgets.words_of_doubt import activity_spec, count_hedges, draw_hedges

ROOT = Path(__file__).resolve().parents[2]
WIDGET_ID = "l/words-of-doubt/w"


@pytest.fixture(scope="module")
def course() -> Course:
    course, _ = read_course(ROOT)
    assert course is not None
    return course


@pytest.fixture(scope="module")
def activity(course: Course) -> WordsOfDoubt:
    activity = course.activities["words-of-doubt"]
    assert isinstance(activity, WordsOfDoubt)
    return activity


def elements(tree: Element) -> list[Element]:
    return [tree, *(found for child in tree.children if isinstance(child, Element) for found in elements(child))]


# --- words ---------------------------------------------------------------------------------------


@given(st.text())
def test_words_are_the_runs_that_hold_a_letter_or_digit(text: str) -> None:
    words = [text[start:end] for start, end in find_word_spans(text)]
    assert words == [word for word in text.split() if any(letter.isalnum() for letter in word)]


def test_a_quotation_is_found_as_whole_words_only() -> None:
    assert find_word_range("An awesome thing, and some more.", "some") == (4, 4)
    with pytest.raises(ValueError, match="does not stand"):
        find_word_range("An awesome thing.", "some")


def test_the_edition_marks_the_words_that_it_quotes(course: Course, activity: WordsOfDoubt) -> None:
    for word, (sentence, first, last, tag) in zip(
        activity.words, activity_spec(course, activity, WIDGET_ID).payload["edition"], strict=True
    ):
        text = course.sentence(sentence).text
        spans = find_word_spans(text)
        assert text[spans[first][0] : spans[last][1]].strip("(),;.“”") == word.quote
        assert tag == word.tag


def test_phrases_of_the_edition_can_be_counted_like_those_of_a_student(course: Course, activity: WordsOfDoubt) -> None:
    # Words that follow each other with one tag are one phrase in the browser, so the edition has no such pair.
    phrases = sorted(activity_spec(course, activity, WIDGET_ID).payload["edition"], key=lambda one: one[:3])
    for (sentence, _, last, tag), (next_sentence, first, _, next_tag) in pairwise(phrases):
        if sentence == next_sentence:
            assert first > last
            assert first > last + 1 or tag != next_tag


# --- the page ------------------------------------------------------------------------------------


def test_without_scripts_the_text_and_the_tags_are_complete(course: Course, activity: WordsOfDoubt) -> None:
    tree = activity_spec(course, activity, WIDGET_ID).tree
    lines = {
        dict(one.attributes)["data-words"]: one.text() for one in elements(tree) if "data-words" in dict(one.attributes)
    }
    assert lines == {name: course.sentence(name).text for name in activity.sentences}
    for tag in activity.tags:
        assert tag.label in tree.text()
        assert tag.description in tree.text()


def test_the_edition_stands_in_closed_reveals_only(course: Course, activity: WordsOfDoubt) -> None:
    tree = activity_spec(course, activity, WIDGET_ID).tree
    reveals = [one for one in elements(tree) if one.tag == "details"]
    assert len(reveals) == 2
    for reveal in reveals:
        assert "cwl-reveal" in dict(reveal.attributes)["class"]
        assert "open" not in dict(reveal.attributes)
    hidden = "".join(reveal.text() for reveal in reveals)
    before = tree.text().removesuffix(hidden)
    for word in activity.words:
        assert word.reason in hidden
        assert word.reason not in before
    assert activity.conclusion in hidden
    assert activity.conclusion not in before


def test_readings_are_in_the_order_of_the_paper(course: Course, activity: WordsOfDoubt) -> None:
    shuffled = activity.model_copy(update={"words": activity.words[::-1]})
    for one in (activity, shuffled):
        tree = activity_spec(course, one, WIDGET_ID).tree
        places = [int(dict(li.attributes)["data-word"]) for li in elements(tree) if li.tag == "li"]
        assert [one.words[place] for place in places] == list(activity.words)


def test_hostile_texts_stay_text(course: Course, activity: WordsOfDoubt) -> None:
    text = '</script><script>window.hacked=1</script>"><img src=x onerror=1>'
    tags = tuple(tag.model_copy(update={"label": text, "description": text}) for tag in activity.tags)
    html = static_html(activity_spec(course, activity.model_copy(update={"tags": tags, "title": text}), WIDGET_ID))
    assert "<script>" not in html
    assert "<img src=x" not in html
    assert html.count("</script>") == 1


# --- counts and the figure -----------------------------------------------------------------------


def test_counts_are_phrases_in_100_words(course: Course, activity: WordsOfDoubt) -> None:
    counts = count_hedges(course, activity)
    assert list(counts) == ["Paragraph 3", "Paragraph 4"]
    words = sum(len(course.sentence(name).text.split()) for name in activity.sentences if name.startswith("p3"))
    sure = sum(word.tag == "sure" and word.sentence.startswith("p3") for word in activity.words)
    assert counts["Paragraph 3"]["Sure"] == pytest.approx(100 * sure / words)


def test_the_conclusion_counts_right(activity: WordsOfDoubt) -> None:
    def count(paragraph: str, tag: str = "") -> int:
        return sum(word.sentence.startswith(paragraph) and tag in {"", word.tag} for word in activity.words)

    said = re.findall(r"\b\d+\b(?!\.s)", re.sub(r"p\d\.s\d+|[Pp]aragraph \d", "", activity.conclusion))
    wanted = [count("p3"), count("p3", "sure"), count("p3", "open"), count("p3", "limited")]
    wanted += [count("p4"), count("p4", "sure"), count("p4", "open")]
    assert [int(number) for number in said] == wanted


def test_the_figure_has_a_bar_for_each_number(course: Course, activity: WordsOfDoubt) -> None:
    counts = count_hedges(course, activity)
    axes = draw_hedges(counts).axes[0]
    heights = [round(bar.get_height(), 6) for bar in axes.patches]
    assert heights == [round(rate, 6) for by_tag in counts.values() for rate in by_tag.values()]
    assert [text.get_text() for text in axes.get_xticklabels()] == [tag.label for tag in activity.tags]
    # Told apart without colour.
    assert len({bar.get_hatch() for bar in axes.patches}) == 2


def test_the_image_says_its_numbers_and_is_the_same_each_time(course: Course, activity: WordsOfDoubt) -> None:
    spec = activity_spec(course, activity, WIDGET_ID)
    (image,) = (dict(one.attributes) for one in elements(spec.tree) if one.tag == "img")
    for by_tag in count_hedges(course, activity).values():
        for label, rate in by_tag.items():
            assert f"{label} {rate:.1f}" in image["alt"]
    assert image["src"].startswith("data:image/svg+xml;base64,")
    assert static_html(activity_spec(course, activity, WIDGET_ID)) == static_html(spec)


def test_without_matplotlib_the_table_remains(
    course: Course, activity: WordsOfDoubt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    tree = activity_spec(course, activity, WIDGET_ID).tree
    assert "matplotlib is missing" in tree.text()
    assert [one.tag for one in elements(tree)].count("tr") == 1 + len(activity.tags)


def test_both_kinds_draw_words_by_one_style_sheet() -> None:
    # Each kind's sheet is complete in a notebook: the bundler puts the shared rules into both.
    for kind in ("words-of-doubt", "annotate"):
        source = (ROOT / "js" / "css" / f"{kind}.css").read_text(encoding="utf-8")
        assert source.startswith('@import "./shared/typed.css";')
        built = (STATIC / f"{kind}.css").read_text(encoding="utf-8")
        assert ".cwl-w-taken" in built
        assert "@import" not in built
