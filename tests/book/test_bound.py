"""The book on paper and in e-readers: nothing of a screen is left, links hold, answers stand at the end."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from coldwar_lessons.book.bound.archive import pack_folder
from coldwar_lessons.book.bound.binding import Bound, bind
from coldwar_lessons.book.bound.epub import pack_book
from coldwar_lessons.book.bound.links import anchor
from coldwar_lessons.book.bound.pdf import mark_artifacts, page_numbers, print_book
from coldwar_lessons.book.bound.tree import find, words
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import content_root, load_course
from tests.book.epubcheck import epubcheck
from tests.pdf_files import bookmarks_of, headings_at_the_foot, tags_of, text_of

pytestmark = pytest.mark.book
COURSE = load_course()
XHTML = {"h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}


@pytest.fixture(scope="module")
def bound(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Bound:
    """The bound book."""
    return bind(book, tmp_path_factory.mktemp("bound"))


def feedback() -> list[str]:
    """What the options of practice items are answered with."""
    return [
        option.feedback
        for quiz in COURSE.quizzes.values()
        for item in quiz.items
        for option in getattr(item, "options", ())
        if hasattr(option, "feedback")
    ]


# --- binding ------------------------------------------------------------------------------------------


def test_nothing_of_a_screen_is_left(bound: Bound) -> None:
    for chapter in bound.chapters:
        left = chapter.body.xpath(".//script|.//button|.//input|.//select|.//textarea|.//details|.//fieldset|.//label")
        assert [one.tag for one in left] == [], chapter.path
        assert list(find(chapter.body, "cwl-scripted", "headerlink", "downloads")) == []


def test_ids_are_unique_and_every_link_within_the_book_has_its_place(bound: Bound) -> None:
    ids = [str(name) for chapter in bound.chapters for name in chapter.body.xpath(".//@id")]
    ids += [anchor(chapter.name) for chapter in bound.chapters]
    assert len(ids) == len(set(ids))
    assert [name for name in ids if not re.fullmatch(r"[A-Za-z_][\w.-]*", name)] == []
    targets = {href for chapter in bound.chapters for href in chapter.body.xpath(".//a/@href")}
    assert {href for href in targets if href.startswith("#")} <= {f"#{name}" for name in ids}
    assert {href.partition(":")[0] for href in targets if not href.startswith("#")} <= {"http", "https"}


def test_every_practice_item_stands_in_its_lesson_and_its_answer_at_the_end(bound: Bound) -> None:
    chapters = {chapter.name: words(chapter.body) for chapter in bound.chapters}
    answers = chapters.pop("answers")
    pages = " ".join(chapters.values())
    told = [" ".join(text.split()) for text in feedback()]
    assert [text for text in told if text not in answers] == []
    assert [text for text in told if text in pages] == []
    for quiz in COURSE.quizzes.values():
        for item in quiz.items:
            assert " ".join(item.prompt.split()) in pages


def test_hints_and_answers_lead_to_the_question_and_back(bound: Bound) -> None:
    by_name = {chapter.name: chapter.body for chapter in bound.chapters}
    items = list(find(by_name["lesson-3"], "cwl-q-item"))
    assert len(items) == len(COURSE.quizzes["gestures"].items)
    for item in items:
        links = {words(link).partition(" ")[0]: link.get("href") for link in item.xpath(".//span/a")}
        for kind, chapter in (("hint", "hints"), ("answer", "answers")):
            there = by_name[chapter].xpath(f".//*[@id='{links[kind][1:]}']")[0]
            assert there.xpath(".//a")[0].get("href") == f"#{item.get('id')}"


def test_what_activities_reveal_is_at_the_end_too(bound: Bound) -> None:
    by_name = {chapter.name: words(chapter.body) for chapter in bound.chapters}
    matrix = COURSE.activities["weigh-three-explanations"]
    for row in matrix.rows:
        for reading in row.edition.values():
            assert reading.reason in by_name["answers"]
            assert reading.reason not in by_name["lesson-4"]


def test_passages_keep_what_the_lesson_reads_and_the_sentences_beside_it(bound: Bound) -> None:
    lesson = next(chapter for chapter in bound.chapters if chapter.name == "lesson-3")
    passage = next(find(lesson.body, "cwl-passage"))
    assert [words(one) for one in find(passage, "cwl-sid")] == ["3.5", "3.6", "3.7", "3.8", "3.9"]
    whole = next(chapter for chapter in bound.chapters if chapter.name == "the-paper")
    assert len(list(find(whole.body, "cwl-sentence"))) == len(COURSE.sentence_ids())


def test_no_built_book_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"no built book in .*: run make book first"):
        bind(tmp_path, tmp_path)


# --- PDF ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pdf(book: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The whole book as a PDF, printed once."""
    folder = tmp_path_factory.mktemp("pdf")
    print_book(book, folder, folder / "book.pdf", content_root() / "node_modules")
    return (folder / "book.pdf").read_bytes()


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


@pytest.mark.browser
def test_pdf_says_what_it_is(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        assert str(root.Lang) == "en-GB"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert root.PageMode == pikepdf.Name.UseOutlines
        assert str(document.docinfo["/Title"]).startswith("Four Months after Stalin: C.(53)187")
        assert "/CreationDate" not in document.docinfo
        with document.open_metadata() as metadata:
            assert set(metadata["dc:language"]) == {"en-GB"}
        fonts = {
            str(font.BaseFont)[8:]
            for page in document.pages
            for font in page.Resources.get("/Font", {}).values()
            if "/DescendantFonts" in font
        }
    assert any("SourceSerif4" in name for name in fonts)


@pytest.mark.browser
def test_pdf_is_tagged_throughout(pdf: bytes) -> None:
    tags = tags_of(pdf)
    assert {"H1", "H2", "H3", "P", "L", "LI", "Table", "TR", "TH", "TD", "Link", "Figure"} <= {name for name, _ in tags}
    assert [name for name, alt in tags if name == "Figure" and not alt] == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            depth = 0
            for line in page.Contents.read_bytes().split(b"\n"):
                if line.endswith((b"BDC", b"BMC")):
                    depth += 1
                elif line == b"EMC":
                    depth -= 1
                elif line.endswith((b" Tj", b" Do")):
                    assert depth > 0, "neither tagged nor an artifact"
            assert depth == 0


@pytest.mark.browser
def test_pdf_has_bookmarks_and_a_table_of_contents_with_right_pages(pdf: bytes, bound: Bound) -> None:
    titles = [title for level, title in bookmarks_of(pdf) if level == 0]
    chapters = [words(chapter.body.xpath(".//h1")[0]) for chapter in bound.chapters]
    assert titles == ["Contents", *chapters]
    pages, texts = page_numbers(pdf), page_texts(pdf)
    contents = texts[2]
    for chapter, title in zip(bound.chapters, chapters, strict=True):
        number = pages[anchor(chapter.name)]
        assert title in texts[number - 1]
        assert texts[number - 1].endswith(f" {number}") or f" {number} " in texts[number - 1]
        if chapter.number:
            assert f"{chapter.number} {chapter.title} {number}" in contents
    answer = re.search(r"answer p\. (\d+)", texts[pages[anchor("lesson-3")] + 8])
    assert answer is None or int(answer[1]) >= pages[anchor("answers")]


@pytest.mark.browser
def test_pdf_leaves_no_heading_alone_at_the_foot_of_a_page(pdf: bytes) -> None:
    assert headings_at_the_foot(pdf) == []


@pytest.mark.browser
def test_pdf_writes_web_addresses_out(pdf: bytes, bound: Bound) -> None:
    # Of what was read back only letters are sure: at the end of a line nobody can tell whose a hyphen is.
    kept = re.compile(r"[\W_]")
    squeezed = kept.sub("", text_of(pdf))
    hrefs = {str(href) for chapter in bound.chapters[:-2] for href in chapter.body.xpath(".//a/@href")}
    out = {href for href in hrefs if href.startswith("http")}
    assert len(out) > 300
    assert [href for href in out if kept.sub("", href) not in squeezed] == []


def test_running_heads_become_artifacts_and_paths_stay_whole() -> None:
    text = b"q\nBT\n/F1 9 Tf\n<0001> Tj\nET\n/P <</MCID 0 >>BDC\nBT\n<0002> Tj\nET\nEMC"
    bare = text + b"\n0 0 9 9 re\nW* n\n1 1 m\n2 2 l\nS\nQ"
    marked = mark_artifacts(bare).split(b"\n")
    assert marked[1:6] == [b"/Artifact BMC", b"BT", b"/F1 9 Tf", b"<0001> Tj", b"ET"]
    assert marked[6:11] == [b"EMC", b"/P <</MCID 0 >>BDC", b"BT", b"<0002> Tj", b"ET"]
    assert marked[11:] == [b"EMC", b"0 0 9 9 re", b"W* n", b"/Artifact BMC", b"1 1 m", b"2 2 l", b"S", b"EMC", b"Q"]


# --- EPUB -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def epub(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The EPUB."""
    folder = tmp_path_factory.mktemp("epub")
    pack_book(book, folder, folder / "book.epub")
    return folder / "book.epub"


def epub_pages(epub: Path) -> dict[str, Any]:
    with zipfile.ZipFile(epub) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xhtml")}


def test_epubcheck_finds_nothing(epub: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    done = subprocess.run([*epubcheck(), str(epub), "--json", str(report)], capture_output=True, text=True, check=False)
    found = json.loads(report.read_text(encoding="utf-8"))["messages"]
    assert ([(one["ID"], one["message"], one["locations"][:1]) for one in found], done.returncode) == ([], 0)


def test_epub_has_cover_navigation_language_and_alternatives(epub: Path) -> None:
    with zipfile.ZipFile(epub) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        package = archive.read("book/package.opf").decode()
        assert archive.read("book/cover.png").startswith(b"\x89PNG")
    assert "<dc:language>en-GB</dc:language>" in package
    assert 'properties="cover-image"' in package
    assert "schema:accessibilityFeature" in package
    pages = epub_pages(epub)
    for page in pages.values():
        assert page.get("lang") == "en-GB"
        assert page.xpath("//h:img[not(@alt) or @alt='']", namespaces=XHTML) == []
    listed = pages["book/contents.xhtml"].xpath("//h:nav[@epub:type='toc']//h:a/text()", namespaces=XHTML)
    assert [one for one in listed if one[0].isdigit()] == [
        f"{lesson.number}. {lesson.title}" for lesson in COURSE.lessons.values()
    ]
    assert listed[-2:] == ["Hints", "Answers"]


def test_epub_keeps_answers_for_the_end(epub: Path) -> None:
    texts = {name: " ".join("".join(page.itertext()).split()) for name, page in epub_pages(epub).items()}
    told = [" ".join(text.split()) for text in feedback()]
    answers = texts.pop("book/answers.xhtml")
    assert [text for text in told if text not in answers] == []
    assert [text for text in told if any(text in page for page in texts.values())] == []


def test_the_same_book_gives_the_same_epub(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = []
    for name in ("a", "b"):
        pack_book(book, tmp_path / name, tmp_path / f"{name}.epub")
        made.append((tmp_path / f"{name}.epub").read_bytes())
    assert made[0] == made[1]


# --- the stick ------------------------------------------------------------------------------------------


def test_zip_is_small_tidy_and_always_the_same(book: Path, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        assert pack_folder(book, tmp_path / name, "four-months-after-stalin") > 40
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert (tmp_path / "a.zip").stat().st_size < 15_000_000
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
    assert {name.partition("/")[0] for name in names} == {"four-months-after-stalin"}
    assert not [name for name in names if "/." in name or "/lite/" in name]
