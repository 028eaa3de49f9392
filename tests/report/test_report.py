"""The report: figures that a teacher could check by hand, and words that say how sure they are."""

from __future__ import annotations

import html.parser
import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coldwar_lessons.cli import main
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.report.analysis import Report, analyse
from coldwar_lessons.report.gather import LEFT_OUT, gather
from coldwar_lessons.report.picks import count_picks
from coldwar_lessons.report.write import write_report
from tests.grading.classroom import answer, hand_in_of, make_class, mark_essays, roster_of
from tests.grading.conftest import ROOT, database, gradebook, postgres
from tests.grading.hand_ins import as_bytes
from tests.report.classes import KEYS, WRONG, mark_class

__all__ = ["database", "gradebook", "postgres"]

#: Which items each of five students got right: a whole class that fits on one's fingers.
BY_HAND = {"Ann": "1111", "Bob": "1110", "Cem": "1100", "Dee": "1000", "Eve": "0100"}


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT, teaching=True)


def answers(pattern: str) -> dict[str, str]:
    pairs = zip(KEYS, pattern, strict=True)
    return {item: KEYS[item] if right == "1" else WRONG[item] for item, right in pairs}


@pytest.fixture
def report(gradebook: Gradebook, course: Course, tmp_path: Path) -> Report:
    mark_class(
        gradebook, course, tmp_path / "in", {name: answers(row) for name, row in BY_HAND.items()}, absent=["Fay"]
    )
    return analyse(gather(gradebook, course, class_name="12A", lesson="03-gestures"), course)


def test_who_handed_in_and_who_did_not(report: Report) -> None:
    assert [one.work.entry.name for one in report.present] == [*BY_HAND]
    assert [one.entry.name for one in report.absent] == ["Fay"]


def test_items_by_hand(report: Report) -> None:
    [quiz] = report.quizzes
    assert [one.item.id for one in quiz.items] == [*KEYS]
    assert [one.difficulty for one in quiz.items] == pytest.approx([0.8, 0.8, 0.4, 0.2])
    # Third item 1 1 0 0 0 against the rest of the test 3 2 2 1 1: covariance 0.6 − 0.4 × 1.8 …
    x, y = [1, 1, 0, 0, 0], [3, 2, 2, 1, 1]
    sxy = sum((a - 0.4) * (b - 1.8) for a, b in zip(x, y, strict=True))
    sxx, syy = sum((a - 0.4) ** 2 for a in x), sum((b - 1.8) ** 2 for b in y)
    assert quiz.items[2].discrimination == pytest.approx(sxy / math.sqrt(sxx * syy))
    # Variances of the items 0.2, 0.2, 0.3, 0.2, of the totals 4 3 2 1 1: 1.7.
    assert quiz.alpha == pytest.approx(4 / 3 * (1 - 0.9 / 1.7))
    assert quiz.two_valued
    assert quiz.error == pytest.approx(math.sqrt(1.7) * math.sqrt(1 - (quiz.alpha or 0)))


def test_distractors_are_counted_in_the_top_and_the_bottom_group(report: Report) -> None:
    item = report.quizzes[0].items[3]
    # 27 per cent of five is two: Ann and Bob above; Dee and Eve, who have as many points, below.
    assert item.groups == (2, 2)
    counts = {pick.text[:20]: (pick.everybody, pick.top, pick.bottom) for pick in item.picks if pick.everybody}
    assert sorted(counts.values()) == [(1, 1, 0), (4, 1, 2)]


def test_the_sentence_where_most_was_lost_comes_first(report: Report) -> None:
    # fn1.s1 rests on the last item alone (1 of 5 right); p3.s8 on all four (11 of 20).
    assert [(one.id, round(one.missed, 4), one.n) for one in report.sentences] == [
        ("fn1.s1", 0.8, 5),
        ("p3.s8", 0.45, 20),
    ]
    assert report.sentences[0].worst.item.id == "gestures-whose-words"


def test_what_to_talk_about_and_who_needs_help(report: Report) -> None:
    assert [item.item.id for item, _ in report.talk] == ["gestures-whose-words", "gestures-annex"]
    assert {one.work.entry.name for one in report.help} == {"Dee", "Eve"}


def test_the_first_answer_tells_what_was_understood(gradebook: Gradebook, course: Course, tmp_path: Path) -> None:
    mark_class(gradebook, course, tmp_path / "in", {"Ann": answers("1111"), "Bob": answers("1111")})
    work = gather(gradebook, course)
    assert all(one.first_scores == one.scores for one in work.answers["gestures"].values())
    # Who tried again after a wrong answer keeps the points and tells by the first try.
    pupil = make_class(40)[7]
    document = hand_in_of(pupil, course, ["03-gestures"], created="2026-11-21T10:00:00Z")
    path = tmp_path / "again.json"
    path.write_bytes(as_bytes(document))
    from coldwar_lessons.grading.mark import mark_hand_ins

    *_, tally = mark_hand_ins([path], course, roster_of([pupil]), gradebook)
    assert tally.marked == 1
    kept = document["workbooks"]["03-gestures"]["widgets"]["03-gestures/quiz/gestures"]["state"]["responses"]
    work = gather(gradebook, course)
    place = next(one for one in work.students if one.entry == pupil.entry).quizzes["gestures"]
    found = {
        item: (one.values[place], one.firsts[place], one.tries[place])
        for item, one in work.answers["gestures"].items()
        if one.values[place] is not LEFT_OUT
    }
    assert found == {item: (one["value"], one["tries"][0]["value"], len(one["tries"])) for item, one in kept.items()}


def test_work_on_what_the_course_no_longer_has_is_left_out_and_named(
    gradebook: Gradebook, course: Course, tmp_path: Path
) -> None:
    from coldwar_lessons.grading.mark import mark_hand_ins

    pupils = make_class(12)
    for pupil in pupils:
        (tmp_path / f"{pupil.entry.number}.json").write_bytes(as_bytes(hand_in_of(pupil, course, course.lessons)))
    *_, tally = mark_hand_ins([tmp_path], course, roster_of(pupils), gradebook)
    assert tally.marked == len(pupils)
    smaller = replace(
        course,
        quizzes={name: quiz for name, quiz in course.quizzes.items() if name != "gestures"},
        lessons={name: lesson for name, lesson in course.lessons.items() if lesson.number not in {3, 5}},
        activities={},
    )
    out = tmp_path / "r.html"
    write_report(gradebook, smaller, out, students=True)
    assert "Not counted, since the course no longer has these quizzes: gestures." in out.read_text(encoding="utf-8")
    write_report(gradebook, course, out)
    assert "Not counted" not in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [1, 2])
def test_nothing_is_told_where_it_would_mean_nothing(
    gradebook: Gradebook, course: Course, tmp_path: Path, size: int
) -> None:
    class_ = {f"S{n}": {"gestures-annex": "b"} for n in range(size)}
    mark_class(gradebook, course, tmp_path / "in", class_)
    report = analyse(gather(gradebook, course), course)
    assert report.quizzes[0].alpha is None
    assert report.quizzes[0].items[0].discrimination is None
    assert report.quizzes[0].items[0].groups == (0, 0)
    out = tmp_path / "r.html"
    write_report(gradebook, course, out)
    assert "not told: one question, or no variance" in out.read_text(encoding="utf-8")
    assert "small class (n &lt; 30): a hint, not a finding" in out.read_text(encoding="utf-8")


def test_a_class_that_handed_in_nothing_gets_a_page_that_says_so(
    gradebook: Gradebook, course: Course, tmp_path: Path
) -> None:
    mark_class(gradebook, course, tmp_path / "in", {}, absent=["Ann", "Bob"])
    assert write_report(gradebook, course, tmp_path / "r.html") == [tmp_path / "r.html"]
    page = tmp_path.joinpath("r.html").read_text(encoding="utf-8")
    assert "Nothing yet from 2" in page
    with pytest.raises(CourseError, match="its classes: 12A"):
        gather(gradebook, course, class_name="12B")


def test_both_databases_tell_the_same(course: Course, tmp_path: Path, postgres: str) -> None:
    from tests.databases import fresh_database

    reports = []
    for address in (str(tmp_path / "grades.db"), fresh_database(postgres)):
        book = Gradebook(address)
        mark_class(book, course, tmp_path / "in", {name: answers(row) for name, row in BY_HAND.items()})
        reports.append(analyse(gather(book, course), course))
        book.close()
    assert reports[0] == reports[1]


# --- every interaction, and every form that JSON can take ---------------------------------------------


def test_every_item_of_the_course_has_a_table_of_what_was_picked(course: Course) -> None:
    import random

    for quiz in course.quizzes.values():
        for item in quiz.items:
            mix = random.Random(item.id)
            values = [answer(mix, item, course, 0.0) for _ in range(60)]
            picks = count_picks(item, course, values, values[:10], values[10:20])
            if item.interaction == "extended-text":
                assert picks == []
                continue
            assert any(pick.everybody for pick in picks), item.id
            assert all(pick.top <= pick.everybody for pick in picks)
            for odd in (None, 1, 1.5, True, [], {}, [1, None], {"a": 1}, [[]], "\0", "x" * 5000):
                count_picks(item, course, [odd], [], [])


# --- the page ------------------------------------------------------------------------------------------


class _Texts(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given.get("href")))
        assert not [name for name in given if name.startswith("on")], attrs


@pytest.fixture(scope="module")
def full_page(course: Course, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A report with everything in it, made by the commands that a teacher types."""
    folder = tmp_path_factory.mktemp("report")
    pupils = make_class(31)
    (folder / "in").mkdir()
    for pupil in pupils:
        path = folder / "in" / f"{pupil.entry.number}.json"
        path.write_bytes(as_bytes(hand_in_of(pupil, course, ["05-testing-the-situation"])))
    rows = "".join(f"{one.entry.number},{one.entry.name},12A\n" for one in pupils)
    (folder / "roster.csv").write_text(f"number,name,class\n{rows}", encoding="utf-8")
    db = str(folder / "g.db")
    assert main(["mark", str(folder / "in"), "--roster", str(folder / "roster.csv"), "--db", db]) == 0
    book = Gradebook(db)
    mark_essays(book, course)
    book.close()
    out = folder / "report.html"
    assert main(["report", "--db", db, "--class", "12A", "--lesson", "5", "--out", str(out)]) == 0
    return out, out.read_text(encoding="utf-8")


def test_the_page_asks_nobody_for_anything_and_runs_nothing(full_page: tuple[Path, str]) -> None:
    _, page = full_page
    parsed = _Texts()
    parsed.feed(page)
    assert not {"script", "link", "iframe", "object", "embed", "img", "form", "input"} & set(parsed.tags)
    assert not re.search(r"url\((?!#)", page)
    assert "@import" not in page
    assert re.search(r'http-equiv="Content-Security-Policy" content="default-src &#x27;none&#x27;', page)
    assert len(parsed.ids) == len(set(parsed.ids))
    assert {link.removeprefix("#") for link in parsed.links} <= set(parsed.ids)


def test_figures_are_in_the_page_and_in_files(full_page: tuple[Path, str]) -> None:
    out, page = full_page
    files = {path.name for path in out.with_name("report-figures").iterdir()}
    names = {"distribution", "sentences", "items-testing", "forecasts", "essays-testing-advice"}
    assert files == {f"{name}.{ending}" for name in names for ending in ("png", "svg")}
    assert page.count("<svg ") == len(names)
    assert page.count('role="img" aria-label="') == len(names)
    assert "#0102" not in page
    for path in out.with_name("report-figures").glob("*.png"):
        assert path.read_bytes().startswith(b"\x89PNG")


def test_every_student_has_a_page(full_page: tuple[Path, str]) -> None:
    assert full_page[1].count('<article class="student"') == 31


def test_an_anonymous_report_names_nobody(full_page: tuple[Path, str]) -> None:
    out, _ = full_page
    hidden = out.with_name("hidden.html")
    assert main(["report", "--db", str(out.with_name("g.db")), "--anonymous", "--out", str(hidden)]) == 0
    page = re.sub(r"<svg .*?</svg>", "", hidden.read_text(encoding="utf-8"), flags=re.DOTALL)
    for pupil in make_class(31):
        assert pupil.entry.name not in page
        assert pupil.entry.number not in page
    assert "Ms Hill" not in page
    assert "Say which words" not in page
    assert "Student 31" in page


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--db", "nowhere.db"], 2, "no gradebook nowhere.db"),
        (["--out", "report.pdf"], 2, "let its name end in .html"),
        (["--out", "nowhere/report.html"], 2, "no folder nowhere"),
        (["--lesson", "3-gesture"], 1, "03-gestures"),
        (["--class", "99Z"], 1, "nobody of class '99Z'"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    full_page: tuple[Path, str],
    arguments: list[str],
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    given: list[Any] = ["report", "--db", str(full_page[0].with_name("g.db")), *arguments]
    assert main(given) == code
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
