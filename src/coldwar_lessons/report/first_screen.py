"""The first screen: who handed in, what was misread, what to talk about tomorrow, who needs help."""

from __future__ import annotations

from coldwar_lessons.content.load import Course
from coldwar_lessons.content.questions import skill_name
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import ngettext
from coldwar_lessons.markup import Element, h, phrase

from .analysis import SENTENCES, ItemReport, Report, SentenceReport, percent
from .parts import anchor, as_sentence, quotation, small_class

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
        h("h2", _("Handed in"), id="who"),
        # i18n: after a number, such as: 17 of 19.
        h("p", str(here), h("small", " ", _("of {count}").format(count=everybody)), class_="big"),
        h("div", h("span", style=f"width:{100 * here / max(1, everybody):.0f}%"), class_="bar", aria_hidden="true"),
        _names(_("Nothing yet from {count}").format(count=len(names)), names)
        if names
        else h("p", _("Everybody has handed in.")),
        _names(_("Late: {count}").format(count=len(late)), [one.entry.name for one in late])
        if late
        else h("p", _("Nobody was late.")),
        _aside(report) if aside else h("p", _("No file was set aside.")),
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
        words = ngettext(
            "{count} file was set aside; the command mark says which and why.",
            "{count} files were set aside; the command mark says which and why.",
            len(aside),
        )
        return h("p", words.format(count=len(aside)))
    return h(
        "details",
        h("summary", _("Set aside: {count}").format(count=len(aside))),
        h("ul", [h("li", origin, h("br"), h("span", reason, class_="small")) for origin, reason in aside]),
        open=len(aside) <= _SHOWN,
    )


def _misread(report: Report, course: Course) -> Element:
    worst = [one for one in report.sentences if one.missed > 0][:SENTENCES]
    return h(
        "section",
        h("h2", _("Most misread"), id="misread"),
        h(
            "ol",
            [
                h(
                    "li",
                    h("div", percent(one.missed), h("small", _rests_on(one)), class_="share"),
                    h(
                        "div",
                        quotation(course, one.id),
                        h(
                            "p",
                            phrase(_("Most lost in: {question}"), question=_link(one.worst)),
                            " ",
                            _tempting(one.worst),
                            class_="small",
                        ),
                    ),
                )
                for one in worst
            ],
        )
        if worst
        else h("p", _("No answers to questions yet, or none went wrong.")),
        h("p", small_class(len(report.present))) if worst and small_class(len(report.present)) else None,
        class_="card misread",
        aria_labelledby="misread",
    )


def _rests_on(sentence: SentenceReport) -> str:
    # i18n: after a share such as 37 %.
    words = ngettext(
        "lost in {count} question, n = {answers} answers",
        "lost in {count} questions, n = {answers} answers",
        sentence.questions,
    )
    return words.format(count=sentence.questions, answers=sentence.n)


def _link(item: ItemReport) -> Element:
    return h("a", item.item.prompt, href=f"#{anchor(item.quiz, item.item.id)}")


def _tempting(item: ItemReport) -> str | None:
    pick = item.tempting
    if pick is None:
        return None
    words = _("Most tempting, {count} of {all}: {answer}.")
    return words.format(count=pick.everybody, all=item.n, answer=pick.text.removesuffix("."))


def _talk(report: Report) -> Element:
    return h(
        "section",
        h("h2", _("Talk about tomorrow"), id="talk"),
        h(
            "ol",
            [
                h(
                    "li",
                    h("strong", _link(item)),
                    h("p", as_sentence(item.reasons), " ", _tempting(item), class_="small"),
                    h(
                        "p",
                        h("b", _("Behind it, perhaps:"), " "),
                        expected.error,
                        " ",
                        # i18n: before what mends a misreading.
                        h("b", _("Mend:"), " "),
                        expected.mend,
                    )
                    if expected
                    else None,
                )
                for item, expected in report.talk
            ],
        )
        if report.talk
        else h("p", _("No question stands out: most of the class earned most of the points everywhere.")),
        class_="card talk",
        aria_labelledby="talk",
    )


def _help(report: Report) -> Element:
    weakest = {one.work.entry.key: min(one.skills, key=lambda skill: one.skills[skill]) for one in report.help}
    return h(
        "section",
        h("h2", _("Who needs help"), id="help"),
        h(
            "ul",
            [
                h(
                    "li",
                    phrase(
                        _("{student}: {share} of the points; weakest in {skill}"),
                        student=h("a", one.work.entry.name, href=f"#student-{report.present.index(one) + 1}"),
                        share=percent(one.share or 0),
                        skill=skill_name(weakest[one.work.entry.key]),
                    ),
                )
                for one in report.help
            ],
        )
        if report.help
        else h("p", _("Nobody is far below the others or below half of the points.")),
        h("h3", _("Skills of the class")),
        h(
            "ul",
            [
                h(
                    "li",
                    f"{skill_name(skill)}: {percent(share)} ",
                    h("span", ngettext("({count} question)", "({count} questions)", n).format(count=n), class_="n"),
                )
                for skill, share, n in report.skills
            ],
        )
        if report.skills
        else h("p", _("No answers yet.")),
        class_="card help",
        aria_labelledby="help",
    )
