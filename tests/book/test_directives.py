"""Directives and roles: what they show, and what they say when a name is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from coldwar_lessons.book.roles import split_target
from coldwar_lessons.content.load import load_course

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
SmallBook = Callable[..., object]


def test_a_page_shows_what_a_notebook_shows(small_book: SmallBook) -> None:
    course = load_course()
    quiz = next(iter(course.quizzes))
    built = small_book(
        f"""
        # Try

        ```{{passage}} p3.s6 p3.s8
        ```

        ```{{quiz}} {quiz}
        ```

        ```{{timeline}}
        :lanes: soviet-internal korea
        :since: 1953-03
        :until: 1953-07
        ```

        ```{{people}}
        ```

        ```{{terms}}
        ```

        ```{{lessons}}
        ```

        ```{{coverage}}
        ```
        """
    )
    assert built.warnings == ""
    page = built.page()
    kinds = re.findall(r'data-cwl-kind="([\w-]+)" data-cwl-id="([^"]+)"', page)
    assert kinds == [
        ("passage", "book/try/passage/p3.s6+p3.s8"),
        ("quiz", f"book/try/quiz/{quiz}"),
        ("timeline", "book/try/timeline/events"),
    ]
    for person in course.people.values():
        assert f'id="person-{person.id}"' in page
    for term in course.terms.values():
        assert f'id="term-{term.id}"' in page


def test_a_page_asks_only_for_the_scripts_of_its_widgets(small_book: SmallBook) -> None:
    built = small_book("# Try\n\n```{passage} p3.s1\n```\n")
    scripts = re.findall(r'<script [^>]*src="([^"?]+)', built.page())
    assert scripts == ["../_static/early.js", "../_static/widgets/passage.page.js", "../_static/book.js"]
    assert re.findall(r'src="([^"?]+)', built.page("notebooks/01-a-paper-marked-secret")) == [
        "../_static/early.js",
        "../_static/book.js",
    ]
    assert (built.output / "_static" / "widgets" / "passage.page.js").is_file()
    for page in ("book/try", "book/the-paper", "index"):
        assert built.page(page).count("widgets/widgets.css") == 1


def test_the_whole_paper_has_a_place_for_every_sentence(small_book: SmallBook) -> None:
    built = small_book()
    page = built.page("book/the-paper")
    for sentence in load_course().paper.sentences():
        assert page.count(f'id="{sentence.id}"') == 1


def test_two_of_a_kind_keep_apart_what_students_do(small_book: SmallBook) -> None:
    built = small_book("# Try\n\n```{passage} p3.s1\n```\n\nAgain.\n\n```{passage} p3.s1\n```\n")
    ids = re.findall(r'data-cwl-id="([^"]+)"', built.page())
    assert ids == ["book/try/passage/p3.s1", "book/try/passage/p3.s1-2"]


def test_a_quotation_is_the_papers_to_the_letter(small_book: SmallBook) -> None:
    sentence = load_course().sentence("p3.s9").text
    built = small_book("# Try\n\n{sentence}`p3.s9` and {sentence}`a new situation in Russia <p3.s9>`.\n")
    assert built.warnings == ""
    assert f"“{sentence}” (3.9) and “a new situation in Russia” (3.9)." in built.text()
    assert built.page().count('href="the-paper.html#p3.s9"') == 2


def test_sentences_named_in_a_text_are_links(small_book: SmallBook) -> None:
    built = small_book("# On p3.s1\n\nSee p3.s8, p4.s10 and fn1.s2; but `p3.s7` is code. {where}`p4.s1`\n")
    assert built.warnings == ""
    assert re.findall(r'href="the-paper.html#([^"]+)"', built.page()) == ["p3.s8", "p4.s10", "fn1.s2", "p4.s1"]


def test_a_web_address_stays_as_it_was_written(small_book: SmallBook) -> None:
    page = small_book("See [page 66](https://books.example/books?id=a&pg=PA66).").page()
    assert 'href="https://books.example/books?id=a&amp;pg=PA66"' in page


def test_a_source_is_cited_and_linked(small_book: SmallBook) -> None:
    built = small_book("# Try\n\n{source}`paper` and {source}`doc. 587 <frus-1952-54-v08>`\n")
    assert built.warnings == ""
    assert '<a class="citation reference internal" href="sources.html#source-frus-1952-54-v08">' in built.page()
    assert "C.(53)187 and FRUS 1952-54, VIII, doc. 587" in built.text()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("```{passage} p3.s88\n```", r"passage: no sentence 'p3.s88': did you mean p3.s8"),
        ("```{quiz} first-lok\n```", r"quiz: no quiz 'first-lok': did you mean first-look"),
        ("```{timeline}\n:lanes: korae\n```", r"timeline: no lane 'korae': did you mean korea"),
        ("```{timeline}\n:events: stalin-deth\n```", r"timeline: no event 'stalin-deth': did you mean stalin-death"),
        ("```{timeline}\n:since: 5 March 1953\n```", r"timeline: .*5 March 1953"),
        ("{sentence}`p3.s88`", r"sentence: no sentence 'p3.s88'"),
        ("{sentence}`a new situation in russia <p3.s9>`", r"sentence: .*does not stand in p3.s9 to the letter"),
        ("{where}`p5.s1`", r"where: no sentence 'p5.s1'"),
        ("{source}`frus-1952-54-v8`", r"source: no source 'frus-1952-54-v8': did you mean frus-1952-54-v08"),
        ("Look at p3.s88.", r"no sentence 'p3.s88'"),
    ],
)
def test_a_wrong_name_is_a_warning_with_its_place(small_book: SmallBook, line: str, said: str) -> None:
    built = small_book(f"# Try\n\nText.\n\n{line}\n")
    warnings = [one for one in built.warnings.splitlines() if "WARNING" in one]
    assert len(warnings) == 1, built.warnings
    assert re.search(said, warnings[0])
    assert "try.md:5: " in warnings[0]


def test_the_root_page_is_where_readers_arrive(small_book: SmallBook) -> None:
    built = small_book(
        "# Try\n\n[Back](index.md)\n",
        **{"book/index": "# Welcome\n\n[On](try.md), see p3.s8.\n\n```{passage} p3.s8\n```\n"},
    )
    assert built.warnings == ""
    assert not (built.output / "book" / "index.html").exists()
    root = built.page("index")
    assert "http-equiv" not in root
    assert 'href="book/try.html"' in root
    assert 'href="book/the-paper.html#p3.s8"' in root
    assert "../book/" not in root
    assert 'href="../index.html"' in built.page()


def test_a_widget_that_links_nowhere_is_a_warning(small_book: SmallBook, tmp_path: object) -> None:
    del tmp_path
    built = small_book(
        "# Try\n\n```{raw} html\n<div class='cwl'><a href=\"../book/nowhere.html#x\">There</a></div>\n```\n"
    )
    assert "links to 'book/nowhere', which is not in _toc.yml" in built.warnings


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("p3.s9", ("", "p3.s9")),
        (" words of it  <p3.s9> ", ("words of it", "p3.s9")),
        ("two\nlines <p3.s9>", ("two lines", "p3.s9")),
        ("<p3.s9>", ("", "<p3.s9>")),
        ("a < b <p3.s9>", ("a < b", "p3.s9")),
    ],
)
def test_targets_are_split_off(text: str, split: tuple[str, str]) -> None:
    assert split_target(text) == split
