"""The sections below the first screen: scores, sentences, questions, forecasts, essays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coldwar_lessons.content.load import Course
from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Child, Element, h

from .analysis import ItemReport, QuizReport, Report, percent
from .figures import Figure, distribution
from .judged import EssayReport
from .parts import anchor, as_sentence, count, figure_html, meter, quotation, small_class, table

_SOURCES = N_(
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
    yield _open("scores", _("Scores"))
    said = _("Mean {mean}, standard deviation {deviation} points of a hundred.").format(
        mean=percent(report.mean), deviation=f"{100 * report.deviation:.0f}"
    )
    yield h("p", said, " ", count(len(shares)), " ", small_class(len(shares))).to_html()
    yield h(
        "p",
        _(
            "Everything here is taken from first answers, before any feedback was read. What students earned in the "
            "end stands on their own pages."
        ),
        class_="small",
    ).to_html()
    yield figure_html(figures["distribution"], _("How many students earned which share of the points."))
    rows = [(label, str(n)) for label, n in distribution(shares)]
    yield _folded(
        _("The same as a table"),
        table(_("Students by share of the points"), (_("Points"), _("Students")), rows, numbers=[1]),
    )
    # i18n: at the head of a column: how far a score may lie from a student's true one.
    error = _("± one score")
    yield table(
        _("Quizzes"),
        (_("Quiz"), "n", _("Questions"), _("Mean"), _("Deviation"), _("Reliability"), error),
        [
            (
                h("a", quiz.quiz.title, href=f"#quiz-{quiz.quiz.id}"),
                str(quiz.n),
                str(len(quiz.items)),
                _("{points} of {most}").format(points=f"{quiz.mean:.1f}", most=quiz.most),
                f"{quiz.deviation:.1f}",
                _reliability(quiz),
                "–" if quiz.error is None else f"{quiz.error:.1f}",
            )
            for quiz in report.quizzes
        ],
        numbers=range(1, 7),
    ).to_html()
    yield h("p", _(_SOURCES), class_="small").to_html()
    yield "</section>"


def _reliability(quiz: QuizReport) -> str:
    if quiz.alpha is None:
        return _("not told: one question, or no variance")
    return f"{'KR-20' if quiz.two_valued else 'α'} {quiz.alpha:.2f}"


def _folded(summary: str, what: Element) -> str:
    return h("details", h("summary", summary), what).to_html()


def _sentences(report: Report, course: Course, figures: Mapping[str, Figure]) -> Iterator[str]:
    if "sentences" not in figures:
        return
    yield _open("sentences", _("Sentence by sentence"))
    n = len(report.present)
    said = _("Points lost in the questions that rest on each sentence.")
    yield h("p", said, " ", count(n), " ", small_class(n)).to_html()
    yield figure_html(figures["sentences"], _("Share of the points lost; the three most misread are labelled."))
    rows = [(one.id, course.sentence(one.id).text, percent(one.missed), str(one.n)) for one in report.sentences]
    head = (_("Sentence"), _("Its words"), _("Lost"), _("Answers"))
    yield _folded(_("The same as a table"), table(_("Sentences, the most misread first"), head, rows, numbers=[2, 3]))
    yield "</section>"


def _quiz(quiz: QuizReport, course: Course, figures: Mapping[str, Figure]) -> Iterator[str]:
    yield _open(f"quiz-{quiz.quiz.id}", _("Questions: {quiz}").format(quiz=quiz.quiz.title))
    said = [_("Mean {mean} of {most} points.").format(mean=f"{quiz.mean:.1f}", most=quiz.most)]
    if quiz.alpha is not None:
        # i18n: reliability is such as: KR-20 0.71.
        sure = _("Reliability: {reliability}; one score ± {error}.")
        said.append(sure.format(reliability=_reliability(quiz), error=f"{quiz.error or 0:.1f}"))
    yield h("p", " ".join(said), " ", count(quiz.n), " ", small_class(quiz.n)).to_html()
    name = f"items-{quiz.quiz.id}"
    if name in figures:
        note = _("Each number is a question. In the shaded band it hardly tells who understood from who did not.")
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
    # i18n: at the heads of columns: of how many of the best and of the weakest students.
    best, weakest = _("Best {count}").format(count=top), _("Weakest {count}").format(count=bottom)
    head = (
        _("Answer"),
        _("All"),
        best if top else _("Best"),
        weakest if bottom else _("Weakest"),
        _("What it was told"),
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
            _("Difficulty {difficulty}, discrimination {told}, {tries} tries on average, {count} left it out.").format(
                difficulty=f"{one.difficulty:.2f}", told=told, tries=f"{one.tries:.1f}", count=one.omitted
            ),
            " ",
            count(quiz.n),
            " ",
            small_class(quiz.n),
        ),
        h("p", as_sentence(one.reasons)) if one.reasons else None,
        table(_("What was answered first"), head, rows, numbers=[1, 2, 3], marked="right") if rows else None,
        [quotation(course, sentence) for sentence in one.item.sentences[:2]],
        class_="item",
        id=anchor(one.quiz, one.item.id),
    )


def _forecasts(report: Report, figures: Mapping[str, Figure]) -> Iterator[str]:
    if "forecasts" not in figures:
        return
    yield _open("forecasts", _("Forecasts"))
    n = max(len(one.said) for one in report.forecasts)
    yield h(
        "p",
        _(
            "What each student held likely before the reveal. The Brier score is the squared distance from what "
            "happened: 0 is perfect, 0.25 is what fifty per cent for everything earns, 1 is to be certain and wrong."
        ),
        " ",
        count(n),
        " ",
        small_class(n),
    ).to_html()
    yield figure_html(figures["forecasts"], _("Larger dots: more students. The upright bar: what happened."))
    rows = []
    yes, no = _("yes"), _("no")
    for one in report.forecasts:
        ranked = sorted(one.said)
        rows.append(
            (
                one.text,
                yes if one.outcome else no,
                f"{ranked[0]:.0f} – {ranked[len(ranked) // 2]:.0f} – {ranked[-1]:.0f} %",
                f"{one.brier:.2f}",
                str(len(ranked)),
            )
        )
    head = (_("Question"), _("Happened"), _("Lowest – middle – highest"), "Brier", "n")
    yield table(_("Forecasts of the class"), head, rows, numbers=[2, 3, 4]).to_html()
    yield "</section>"


def _essays(report: Report, figures: Mapping[str, Figure]) -> Iterator[str]:
    if not report.essays:
        return
    yield _open("essays", _("Essays"))
    for one in report.essays:
        yield _essay(one, figures)
    yield "</section>"


def _essay(one: EssayReport, figures: Mapping[str, Figure]) -> str:
    head = h("h3", one.task.rubric.title) if one.task.rubric.id != "general" else h("h3", one.task.prompt)
    counts = _("{count} handed in, {marked} marked.").format(count=one.handed_in, marked=one.marked)
    said = h("p", counts, " ", small_class(one.marked) if one.marked else None)
    if not one.marked:
        return h("div", head, said, h("p", _("Mark them with the command rubric."), class_="small")).to_html()
    names = one.task.rubric.level_names
    rows = [(label, *(str(n) for n in counts)) for label, counts in one.rows]
    levels = table(_("Students at each level"), (_("Row"), *names), rows, numbers=range(1, len(names) + 1))
    drawn = figure_html(figures[f"essays-{one.task.id}"], _("Students at each level, row by row."))
    return head.to_html() + said.to_html() + drawn + levels.to_html()
