"""The whole report as one HTML page: no script, no request, style inside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.resources import files

from coldwar_lessons.content.dates import describe_date
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import current_language, direction, listed
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import h

from .analysis import Report
from .figures import Figure
from .first_screen import first_screen
from .sections import sections
from .students import student_pages


def report_page(
    report: Report, course: Course, figures: Mapping[str, Figure], *, students: bool, lesson: str = ""
) -> Iterator[str]:
    """Write the page, piece by piece.

    Parameters
    ----------
    report
        What it shows.
    course
        The teacher's content.
    figures
        The figures, by name.
    students
        Whether a page for every student follows.
    lesson
        The lesson that it is about; empty means all.
    """
    style = files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    title = _title(report, course, lesson)
    yield _head(title, style)
    yield h("a", _("Skip to the report"), href="#main", class_="skip").to_html()
    now = datetime.now(UTC)
    made = _("{date}, {time} UTC").format(date=describe_date(f"{now:%Y-%m-%d}"), time=f"{now:%H:%M}")
    # i18n: course is its title, reference such as C.(53)187, moment a date and a time.
    about = _("{course}, on {reference}. Made on {moment} from the gradebook. For teachers only.")
    yield h(
        "header",
        h("h1", title),
        h(
            "p",
            about.format(course=course.about.title, reference=course.paper.reference, moment=made),
            class_="sub",
        ),
    ).to_html()
    body = list(sections(report, course, figures))
    yield _navigation(report, figures, students=students)
    yield '<main id="main" tabindex="-1">'
    yield first_screen(report, course).to_html()
    yield from body
    if students and report.present:
        yield '<section id="students">'
        yield h("h2", _("A page for each student")).to_html()
        how = _("Print the report, or only these pages: each begins on a new sheet.")
        yield h("p", how, class_="small").to_html()
        yield from student_pages(report, course)
        yield "</section>"
    yield "</main>"
    yield _footer(report, students=students)
    yield "</body></html>\n"


def _title(report: Report, course: Course, lesson: str) -> str:
    if lesson:
        one = course.lessons[lesson]
        about = _("Lesson {number}: {title}").format(number=one.number, title=one.title)
    else:
        about = _("All lessons")
    if not report.work.class_name:
        return about
    # i18n: lessons is such as: Lesson 3: Gestures; class_name such as: 12A.
    return _("{lessons}, class {class_name}").format(lessons=about, class_name=report.work.class_name)


def _head(title: str, style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    # Should anything ever slip through: nothing may run, and nothing may be asked for.
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src-elem 'sha256-{digest}'",
            "style-src-attr 'unsafe-inline'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    tree = h(
        "head",
        h("meta", charset="utf-8"),
        h("meta", name="viewport", content="width=device-width, initial-scale=1"),
        h("meta", http_equiv="Content-Security-Policy", content=policy),
        h("meta", name="robots", content="noindex"),
        h("meta", name="color-scheme", content="light dark"),
        h("title", _("{title} · Report").format(title=title)),
    )
    head = tree.to_html().removesuffix("</head>")
    way = ' dir="rtl"' if direction() == "rtl" else ""
    return f'<!DOCTYPE html>\n<html lang="{current_language()}"{way}>{head}<style>{style}</style></head><body>'


def _navigation(report: Report, figures: Mapping[str, Figure], *, students: bool) -> str:
    places = [("first", _("At a glance"))]
    places += [("scores", _("Scores"))] if "distribution" in figures else []
    places += [("sentences", _("Sentences"))] if "sentences" in figures else []
    places += [(f"quiz-{quiz.quiz.id}", quiz.quiz.title) for quiz in report.quizzes]
    places += [("forecasts", _("Forecasts"))] if "forecasts" in figures else []
    places += [("essays", _("Essays"))] if report.essays else []
    places += [("students", _("Students"))] if students and report.present else []
    links = [h("li", h("a", text, href=f"#{name}")) for name, text in places]
    return h("nav", h("ul", links), class_="sections", aria_label=_("Sections")).to_html()


def _footer(report: Report, *, students: bool) -> str:
    said = [
        _("Names are replaced by codes.")
        if report.work.anonymous
        else _("It names students: keep it as you keep marks.")
    ]
    if report.work.gone:
        # i18n: names is such as: gestures and hindsight, ids of quizzes.
        words = _("Not counted, since the course no longer has these quizzes: {names}.")
        said.append(words.format(names=listed(report.work.gone)))
    if not students:
        said.append(_("Pages for single students were left out; --students adds them."))
    said.append(_("This page asks nobody for anything and works without a network."))
    return h("footer", h("p", " ".join(said))).to_html()
