"""The sections below the first screen: scores, sentences, questions, forecasts, essays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coldwar_lessons.content.load import Course
from coldwar_lessons.markup import Child, Element, h

from .analysis import ItemReport, QuizReport, Report, percent
from .figures import Figure, distribution
from .judged import EssayReport
from .parts import anchor, count, figure_html, meter, quotation, small_class, table

_SOURCES = (
    "Cronbach’s alpha: L. J. Cronbach, Psychometrika 16 (1951), 297–334; where every item is scored 0 or 1 it is "
    "KR-20: G. F. Kuder and M. W. Richardson, Psychometrika 2 (1937), 151–160. Discrimination: correlation of an item "
    "with the rest of the quiz, without the item itself: S. Henrysson, Psychometrika 28 (1963), 211–218. Groups: the "
    "best and the weakest 27 per cent: T. L. Kelley, Journal of Educational Psychology 30 (1939), 17–24. Brier score: "
    "G. W. Brier, Monthly Weather Review 78 (1950), 1–3."
)


def sections(report: Report, course: Course, figures: Mapping[str, Figure]) -> Iterator[str]:
    """Every section that this report has numbers for, as HTML."""
    yield from _scores(report, figures)
    yield from _sentences(report, course, figures)
    for quiz in report.quizzes:
        yield from _quiz(quiz, course, figures)
    yield from _forecasts(report, figures)
    yield from _essays(report, figures)


def _open(name: str, title: str) -> str:
    return f'<section id="{name}">{h("h2", title).to_html()}'


def _scores(report: Report, figures: Mapping[str, Figure]) -> Iterator[str]:
    if "distribution" not in figures or report.mean is None:
        return
    shares = [one.share for one in report.present if one.share is not None]
    yield _open("scores", "Scores")
    said = f"Mean {percent(report.mean)}, standard deviation {100 * report.deviation:.0f} points of a hundred. "
    yield h("p", said, count(len(shares)), " ", small_class(len(shares))).to_html()
    yield h(
        "p",
        "Everything here is taken from first answers, before any feedback was read. What students earned in the end "
        "stands on their own pages.",
        class_="small",
    ).to_html()
    yield figure_html(figures["distribution"], "How many students earned which share of the points.")
    rows = [(label, str(n)) for label, n in distribution(shares)]
    yield _folded(
        "The same as a table", table("Students by share of the points", ("Points", "Students"), rows, numbers=[1])
    )
    yield table(
        "Quizzes",
        ("Quiz", "n", "Questions", "Mean", "Deviation", "Reliability", "± one score"),
        [
            (
                h("a", quiz.quiz.title, href=f"#quiz-{quiz.quiz.id}"),
                str(quiz.n),
                str(len(quiz.items)),
                f"{quiz.mean:.1f} of {quiz.most}",
                f"{quiz.deviation:.1f}",
                _reliability(quiz),
                "–" if quiz.error is None else f"{quiz.error:.1f}",
            )
            for quiz in report.quizzes
        ],
        numbers=range(1, 7),
    ).to_html()
    yield h("p", _SOURCES, class_="small").to_html()
    yield "</section>"


def _reliability(quiz: QuizReport) -> str:
    if quiz.alpha is None:
        return "not told: one question, or no variance"
    return f"{'KR-20' if quiz.two_valued else 'α'} {quiz.alpha:.2f}"


def _folded(summary: str, what: Element) -> str:
    return h("details", h("summary", summary), what).to_html()


def _sentences(report: Report, course: Course, figures: Mapping[str, Figure]) -> Iterator[str]:
    if "sentences" not in figures:
        return
    yield _open("sentences", "Sentence by sentence")
    n = len(report.present)
    yield h("p", "Points lost in the questions that rest on each sentence. ", count(n), " ", small_class(n)).to_html()
    yield figure_html(figures["sentences"], "Share of the points lost; the three most misread are labelled.")
    rows = [(one.id, course.sentence(one.id).text, percent(one.missed), str(one.n)) for one in report.sentences]
    head = ("Sentence", "The paper’s words", "Lost", "Answers")
    yield _folded("The same as a table", table("Sentences, the most misread first", head, rows, numbers=[2, 3]))
    yield "</section>"


def _quiz(quiz: QuizReport, course: Course, figures: Mapping[str, Figure]) -> Iterator[str]:
    yield _open(f"quiz-{quiz.quiz.id}", f"Questions: {quiz.quiz.title}")
    sure = "" if quiz.alpha is None else f" Reliability: {_reliability(quiz)}; one score ± {quiz.error or 0:.1f}."
    yield h(
        "p", f"Mean {quiz.mean:.1f} of {quiz.most} points.{sure} ", count(quiz.n), " ", small_class(quiz.n)
    ).to_html()
    name = f"items-{quiz.quiz.id}"
    if name in figures:
        note = "Each number is a question. In the shaded band it hardly tells who understood from who did not."
        yield figure_html(figures[name], note)
    for item in quiz.items:
        yield _item(item, quiz, course).to_html()
    yield "</section>"


def _item(one: ItemReport, quiz: QuizReport, course: Course) -> Element:
    told = "–" if one.discrimination is None else f"{one.discrimination:+.2f}"
    top, bottom = one.groups
    rows: list[tuple[Child, ...]] = [
        (
            f"\t{pick.text}" if pick.right else pick.text,
            str(pick.everybody),
            str(pick.top) if top else "–",
            str(pick.bottom) if bottom else "–",
            pick.feedback,
        )
        for pick in one.picks
        if pick.right or pick.everybody
    ]
    head = (
        "Answer",
        "All",
        f"Best {top}" if top else "Best",
        f"Weakest {bottom}" if bottom else "Weakest",
        "What it was told",
    )
    return h(
        "details",
        h(
            "summary",
            h("span", str(one.number)),
            h("span", one.item.prompt),
            h("span", meter(one.difficulty), f"{percent(one.difficulty)} · r {told}", class_="figures"),
        ),
        h(
            "p",
            f"Difficulty {one.difficulty:.2f}, discrimination {told}, {one.tries:.1f} tries on average, "
            f"{one.omitted} left it out. ",
            count(quiz.n),
            " ",
            small_class(quiz.n),
        ),
        h("p", f"{'; '.join(one.reasons).capitalize()}.") if one.reasons else None,
        table("What was answered first", head, rows, numbers=[1, 2, 3], marked="right") if rows else None,
        [quotation(course, sentence) for sentence in one.item.sentences[:2]],
        class_="item",
        id=anchor(one.quiz, one.item.id),
    )


def _forecasts(report: Report, figures: Mapping[str, Figure]) -> Iterator[str]:
    if "forecasts" not in figures:
        return
    yield _open("forecasts", "Forecasts")
    n = max(len(one.said) for one in report.forecasts)
    yield h(
        "p",
        "What each student held likely before the reveal. The Brier score is the squared distance from what happened: "
        "0 is perfect, 0.25 is what fifty per cent for everything earns, 1 is to be certain and wrong. ",
        count(n),
        " ",
        small_class(n),
    ).to_html()
    yield figure_html(figures["forecasts"], "Larger dots: more students. The upright bar: what happened.")
    rows = []
    for one in report.forecasts:
        ranked = sorted(one.said)
        rows.append(
            (
                one.text,
                "yes" if one.outcome else "no",
                f"{ranked[0]:.0f} – {ranked[len(ranked) // 2]:.0f} – {ranked[-1]:.0f} %",
                f"{one.brier:.2f}",
                str(len(ranked)),
            )
        )
    head = ("Question", "Happened", "Lowest – middle – highest", "Brier", "n")
    yield table("Forecasts of the class", head, rows, numbers=[2, 3, 4]).to_html()
    yield "</section>"


def _essays(report: Report, figures: Mapping[str, Figure]) -> Iterator[str]:
    if not report.essays:
        return
    yield _open("essays", "Essays")
    for one in report.essays:
        yield _essay(one, figures)
    yield "</section>"


def _essay(one: EssayReport, figures: Mapping[str, Figure]) -> str:
    head = h("h3", one.task.rubric.title) if one.task.rubric.id != "general" else h("h3", one.task.prompt)
    said = h("p", f"{one.handed_in} handed in, {one.marked} marked. ", small_class(one.marked) if one.marked else None)
    if not one.marked:
        return h("div", head, said, h("p", "Mark them with the command rubric.", class_="small")).to_html()
    names = one.task.rubric.level_names
    rows = [(label, *(str(n) for n in counts)) for label, counts in one.rows]
    levels = table("Students at each level", ("Row", *names), rows, numbers=range(1, len(names) + 1))
    drawn = figure_html(figures[f"essays-{one.task.id}"], "Students at each level, row by row.")
    return head.to_html() + said.to_html() + drawn + levels.to_html()
