"""The first screen: who handed in, what was misread, what to talk about tomorrow, who needs help."""

from __future__ import annotations

from coldwar_lessons.content.load import Course
from coldwar_lessons.markup import Element, h

from .analysis import SENTENCES, ItemReport, Report, SentenceReport, percent
from .parts import anchor, quotation, small_class

#: Longer lists of names are folded.
_SHOWN = 12


def first_screen(report: Report, course: Course) -> Element:
    """Four cards."""
    return h(
        "div",
        h("div", _who(report), _help(report), class_="aside"),
        h("div", _misread(report, course), _talk(report), class_="wide"),
        class_="first",
        id="first",
    )


def _who(report: Report) -> Element:
    here, everybody = len(report.present), len(report.work.students)
    late = [one.work for one in report.present if one.work.late]
    aside = report.work.set_aside
    names = [one.entry.name for one in report.absent]
    return h(
        "section",
        h("h2", "Handed in", id="who"),
        h("p", str(here), h("small", f" of {everybody}"), class_="big"),
        h("div", h("span", style=f"width:{100 * here / max(1, everybody):.0f}%"), class_="bar", aria_hidden="true"),
        _names(f"Nothing yet from {len(names)}", names) if names else h("p", "Everybody has handed in."),
        _names(f"Late: {len(late)}", [one.entry.name for one in late]) if late else h("p", "Nobody was late."),
        _aside(report) if aside else h("p", "No file was set aside."),
        class_="card who",
        aria_labelledby="who",
    )


def _names(summary: str, names: list[str]) -> Element:
    return h(
        "details",
        h("summary", summary),
        h("ul", [h("li", name) for name in names]),
        open=len(names) <= _SHOWN,
    )


def _aside(report: Report) -> Element:
    aside = report.work.set_aside
    if report.work.anonymous:
        return h("p", f"{len(aside)} files were set aside; the command mark says which and why.")
    return h(
        "details",
        h("summary", f"Set aside: {len(aside)}"),
        h("ul", [h("li", origin, h("br"), h("span", reason, class_="small")) for origin, reason in aside]),
        open=len(aside) <= _SHOWN,
    )


def _misread(report: Report, course: Course) -> Element:
    worst = [one for one in report.sentences if one.missed > 0][:SENTENCES]
    return h(
        "section",
        h("h2", "Most misread", id="misread"),
        h(
            "ol",
            [
                h(
                    "li",
                    h("div", percent(one.missed), h("small", _rests_on(one)), class_="share"),
                    h(
                        "div",
                        quotation(course, one.id),
                        h("p", "Most lost in: ", _link(one.worst), " ", _tempting(one.worst), class_="small"),
                    ),
                )
                for one in worst
            ],
        )
        if worst
        else h("p", "No answers to questions yet, or none went wrong."),
        h("p", small_class(len(report.present))) if worst and small_class(len(report.present)) else None,
        class_="card misread",
        aria_labelledby="misread",
    )


def _rests_on(sentence: SentenceReport) -> str:
    questions = f"{sentence.questions} question{'' if sentence.questions == 1 else 's'}"
    return f"lost in {questions}, n = {sentence.n} answers"


def _link(item: ItemReport) -> Element:
    return h("a", item.item.prompt, href=f"#{anchor(item.quiz, item.item.id)}")


def _tempting(item: ItemReport) -> str | None:
    pick = item.tempting
    return f"Most tempting, {pick.everybody} of {item.n}: {pick.text.removesuffix('.')}." if pick else None


def _talk(report: Report) -> Element:
    return h(
        "section",
        h("h2", "Talk about tomorrow", id="talk"),
        h(
            "ol",
            [
                h(
                    "li",
                    h("strong", _link(item)),
                    h("p", f"{'; '.join(item.reasons).capitalize()}. ", _tempting(item), class_="small"),
                    h("p", h("b", "Behind it, perhaps: "), expected.error, " ", h("b", "Mend: "), expected.mend)
                    if expected
                    else None,
                )
                for item, expected in report.talk
            ],
        )
        if report.talk
        else h("p", "No question stands out: most of the class earned most of the points everywhere."),
        class_="card talk",
        aria_labelledby="talk",
    )


def _help(report: Report) -> Element:
    weakest = {one.work.entry.key: min(one.skills, key=lambda skill: one.skills[skill]) for one in report.help}
    return h(
        "section",
        h("h2", "Who needs help", id="help"),
        h(
            "ul",
            [
                h(
                    "li",
                    h("a", one.work.entry.name, href=f"#student-{report.present.index(one) + 1}"),
                    f": {percent(one.share or 0)} of the points; weakest in {weakest[one.work.entry.key]}",
                )
                for one in report.help
            ],
        )
        if report.help
        else h("p", "Nobody is far below the others or below half of the points."),
        h("h3", "Skills of the class"),
        h(
            "ul",
            [
                h("li", f"{skill}: {percent(share)} ", h("span", f"({n} question{'' if n == 1 else 's'})", class_="n"))
                for skill, share, n in report.skills
            ],
        )
        if report.skills
        else h("p", "No answers yet."),
        class_="card help",
        aria_labelledby="help",
    )
