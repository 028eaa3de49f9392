"""The page on which one essay is marked: the text on the left, its rubric on the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coldwar_lessons.content.questions import skill_name
from coldwar_lessons.content.teaching import RubricRow, SampleAnswer, TaskNotes, sample_level_name
from coldwar_lessons.grading.essays import Attempt, Task
from coldwar_lessons.grading.markings import LONGEST_COMMENT, NOTHING, Entry
from coldwar_lessons.language import current_language, direction, ngettext
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h, phrase

from .desk import LATER, WHOLE, Desk, Place, Show
from .keys import keys_dialog
from .shell import (
    day,
    document,
    essay_address,
    form_token_field,
    list_address,
    names_switch,
    number,
    points_words,
    progress,
    who,
)
from .text import Citations, cited_list, count_words, hide_name, readable, text_elements


@dataclass(frozen=True)
class View:
    """What the page shows of an essay, beside the marks.

    Attributes
    ----------
    text
        From :func:`coldwar_lessons.grading.essays.essay_text`.
    citations
        What can be cited in the lesson.
    banks
        Comments to reuse, by field.
    notes
        The edition's notes on the task, if there are any.
    token
        For the page's form.
    show
        The filter that the marker walks through.
    notice
        Something to say at the head of the page.
    conflicts
        Fields that could not be saved, since somebody else changed them: with their value now.
    """

    text: Mapping[str, Any]
    citations: Citations
    banks: Mapping[str, Sequence[str]]
    notes: TaskNotes | None
    token: str
    show: Show
    notice: str = ""
    conflicts: Mapping[str, Entry] = field(default_factory=dict)


def essay_page(desk: Desk, place: Place, view: View) -> str:
    """Write the page; without scripts it is a form with a button to save."""
    task = place.essay.task
    person = who(desk, place)
    return document(
        f"{person.text()} {_of(desk, place)}",
        h("p", view.notice, class_="notice", role="status") if view.notice else None,
        h("div", _left(desk, place, view, person), _right(place, view), class_="columns"),
        keys_dialog(max(len(row.levels) for row in task.rubric.rows)),
        masthead=(
            h("p", h("a", task.rubric.title, href=list_address(task, view.show)), class_="masthead-task"),
            progress(place.marked, len(place.essays)),
            h("p", class_="saved", id="saved"),
            names_switch(
                desk,
                view.token,
                h("input", type="hidden", name="essay", value=f"{task.id}/{place.attempt.slug}/{view.show}"),
            ),
            h("button", _("Keys"), type="button", class_="tool scripted", id="show-keys", aria_haspopup="dialog"),
        ),
        class_="marking",
    )


def _left(desk: Desk, place: Place, view: View, person: Element) -> Element:
    task, attempt = place.essay.task, place.attempt
    text, plan = (
        hide_name(one, place.essay.student) if desk.names_hidden else one
        for one in (str(view.text["text"]), str(view.text["plan"]))
    )
    paragraphs, cited = text_elements(text, view.citations)
    words, (low, high) = count_words(text), task.words
    if low <= words <= high:
        length = ngettext("{count} word, within the aim", "{count} words, within the aim", words)
    else:
        length = ngettext("{count} word, aim: {low} to {high}", "{count} words, aim: {low} to {high}", words)
    facts = [
        length.format(count=words, low=low, high=high),
        _("handed in {day}").format(day=day(attempt.created)),
    ]
    if attempt.late and not desk.names_hidden:
        facts.append(_("late"))
    return h(
        "article",
        h(
            "header",
            h("h1", person, h("span", _of(desk, place), class_="facts"), dir="rtl" if direction() == "rtl" else "auto"),
            h("p", " · ".join(facts), class_="facts"),
            _attempts(place, view.show),
        ),
        h("details", h("summary", _("The task")), h("p", task.prompt, class_="prompt"), class_="task"),
        _samples(task, view.notes) if view.notes else None,
        # The text can be long and wild: whatever it holds stays within this box.
        h("div", paragraphs, class_="essay", id="essay"),
        h("details", h("summary", _("Plan")), h("p", readable(plan), dir="auto", class_="plan"))
        if plan.strip()
        else None,
        _self_check(task, view.text["self_check"]),
        cited_list(cited, view.citations),
        aria_label=_("The essay"),
        class_="left",
    )


def _of(desk: Desk, place: Place) -> str:
    """Where the essay stands; a hidden name has its number already."""
    if desk.names_hidden:
        # i18n: after a number, such as: 17 of 19.
        return _("of {count}").format(count=len(place.essays))
    return _("{number} of {count}").format(number=place.number, count=len(place.essays))


def _attempts(place: Place, show: Show) -> Element | None:
    """What there is of the student's earlier and newer texts for this task."""
    essay, attempt, task = place.essay, place.attempt, place.essay.task
    if attempt.slug != essay.newest.slug:
        return h(
            "p",
            _("This is an earlier text."),
            " ",
            h("a", _("Go to the newest"), href=essay_address(task, essay.newest, show)),
            class_="again",
        )
    before = essay.marked_before()
    if before:
        points = task.points(before.levels(task)) or 0
        when = max(entry.at for entry in before.fields.values())
        words = _("Handed in again since it was marked on {day} ({points} of {most} points).").format(
            day=day(when), points=number(points), most=number(task.most)
        )
        return h(
            "p", words, " ", h("a", _("See the text of then"), href=essay_address(task, before, show)), class_="again"
        )
    if len(essay.attempts) > 1:
        earlier = essay.attempts[-2]
        link = h("a", _("See the one before"), href=essay_address(task, earlier, show))
        return h("p", _("The newest of {count} texts.").format(count=len(essay.attempts)), " ", link, class_="again")
    return None


def _samples(task: Task, notes: TaskNotes) -> Element:
    return h(
        "section",
        h("h2", _("Sample answers")),
        h("div", (_sample(task, sample) for sample in notes.samples), class_="samples"),
        aria_label=_("Sample answers"),
        class_="sample-bar",
    )


def _sample(task: Task, sample: SampleAnswer) -> Element:
    names = task.rubric.level_names
    standing = [f"{row.label}: {names[sample.rows[row.id] - 1]}" for row in task.rubric.rows if row.id in sample.rows]
    level = sample_level_name(sample.level)
    return h(
        "details",
        h("summary", level[:1].upper() + level[1:]),
        h(
            "div",
            (h("p", part) for part in sample.text.split("\n") if part.strip()),
            h("p", " · ".join(standing), class_="facts"),
            h("p", h("b", _("Marker’s comment."), " "), sample.comment),
            class_="sample",
            tabindex="0",
            role="region",
            aria_label=_("Sample answer, {level}").format(level=level),
        ),
        name="sample",
    )


def _self_check(task: Task, checked: Mapping[str, Any]) -> Element | None:
    names = task.rubric.level_names
    rows = [
        (row.label, names[level - 1])
        for row in task.rubric.rows
        if isinstance(level := checked["levels"].get(row.id), int) and 1 <= level <= len(names)
    ]
    ticked = [check for check in task.checks if check in checked["checks"]]
    if not rows and not ticked:
        return None
    return h(
        "details",
        h("summary", _("The student’s own view")),
        h("dl", (h("div", h("dt", label), h("dd", level)) for label, level in rows), class_="own-view")
        if rows
        else None,
        (
            h(
                "p",
                _("Ticked {count} of {all} checks:").format(count=len(ticked), all=len(task.checks)),
                class_="facts",
            ),
            h("ul", (h("li", check) for check in ticked)),
        )
        if ticked
        else None,
    )


# --- the rubric ---------------------------------------------------------------------------------------


def _right(place: Place, view: View) -> Element:
    task, attempt = place.essay.task, place.attempt
    before = place.essay.marked_before() if attempt.slug == place.essay.newest.slug else None
    empty = _("Nothing yet. What you write is offered here for the next essay.")
    return h(
        "form",
        form_token_field(view.token),
        # Enter in a form presses its first button.
        h("button", _("Save and go to the next essay"), name="go", value="next", class_="cwl-hidden", tabindex="-1"),
        h("h2", _("Rubric"), class_="cwl-hidden"),
        h(
            "div",
            (_row(task, row, attempt, before, view) for row in task.rubric.rows),
            _whole(attempt, view),
            class_="rows",
        ),
        h(
            "section",
            h("h2", _("Comments to reuse"), id="bank-title"),
            h("div", class_="bank-here", data_empty=empty),
            class_="bank-panel scripted",
            aria_labelledby="bank-title",
        ),
        h(
            "div",
            h("p", points_words(task, attempt), class_="points", id="points"),
            h("button", _("Previous"), name="go", value="previous", class_="tool"),
            h("button", _("Undo"), name="go", value="undo", class_="tool"),
            h(
                "label",
                h("input", type="checkbox", name=LATER, value="yes", checked=attempt.later),
                " ",
                _("Mark later"),
                class_="tool later",
            ),
            _base(LATER, attempt),
            h("button", _("Save"), name="go", value="stay", class_="tool plain"),
            h("button", _("Next essay"), name="go", value="next", class_="primary"),
            class_="actions",
        ),
        method="post",
        action=essay_address(task, attempt, view.show),
        autocomplete="off",
        id="marks",
        class_="right",
        aria_label=_("Marks"),
        data_next=essay_address(task, attempt, view.show, "next"),
        data_previous=essay_address(task, attempt, view.show, "previous"),
        data_state=essay_address(task, attempt, view.show, "state"),
        data_longest=LONGEST_COMMENT,
    )


def _row(task: Task, row: RubricRow, attempt: Attempt, before: Attempt | None, view: View) -> Element:
    name, skill = f"level.{row.id}", skill_name(row.skill)
    given = attempt.levels(task).get(row.id)
    then = before.levels(task).get(row.id) if before else None
    return h(
        "fieldset",
        h("legend", h("span", row.label, id=f"row-{row.id}"), h("span", f" {skill}", class_="facts")),
        h("p", _("Last time: {level}").format(level=task.rubric.level_names[then - 1]), class_="facts then")
        if then
        else None,
        h(
            "div",
            (
                h(
                    "label",
                    h("input", type="radio", name=name, value=level, checked=level == given),
                    h(
                        "span",
                        h("kbd", str(level), class_="scripted", aria_hidden="true"),
                        h("b", level_name),
                        h("span", descriptor, class_="descriptor"),
                        class_="cell",
                    ),
                )
                for level, (level_name, descriptor) in enumerate(
                    zip(task.rubric.level_names, row.levels, strict=False), 1
                )
            ),
            class_="levels",
            role="radiogroup",
            aria_labelledby=f"row-{row.id}",
        ),
        _base(name, attempt),
        _conflict(name, view, task),
        _comment(f"comment.{row.id}", _("Comment on: {row}").format(row=row.label), attempt, view),
        data_row=row.id,
        data_field=f"comment.{row.id}",
        class_="row",
    )


def _whole(attempt: Attempt, view: View) -> Element:
    return h(
        "fieldset",
        h("legend", _("On the whole")),
        _comment(WHOLE, _("Comment on the whole essay"), attempt, view),
        class_="row whole",
        data_field=WHOLE,
    )


def _comment(name: str, label: str, attempt: Attempt, view: View) -> Iterator[Element | None]:
    base = name.replace(".", "-")
    yield h("label", label, for_=base, class_="cwl-hidden")
    # The parser drops a line break that stands first in a text area: this one may go.
    yield h(
        "textarea",
        "\n" + attempt.fields.get(name, NOTHING).value,
        id=base,
        name=name,
        rows=1,
        placeholder=_("Comment"),
        maxlength=LONGEST_COMMENT,
        spellcheck="true",
        lang=current_language(),
        dir="auto",
    )
    yield _base(name, attempt)
    yield _conflict(name, view)
    comments = view.banks.get(name, ())
    yield (
        h(
            "details",
            h("summary", _("Comments to reuse ({count})").format(count=len(comments))),
            h(
                "ul",
                (
                    h("li", h("button", h("span", comment), name=f"insert.{name}", value=comment, class_="reuse"))
                    for comment in comments
                ),
                data_bank=name,
            ),
            class_="bank",
        )
        if comments
        else None
    )


def _base(name: str, attempt: Attempt) -> Element:
    """The revision that the page shows: what is sent rests on it."""
    return h("input", type="hidden", name=f"base.{name}", value=attempt.fields.get(name, NOTHING).revision)


def _conflict(name: str, view: View, task: Task | None = None) -> Element | None:
    """What somebody else wrote into a field meanwhile; to save again replaces it."""
    entry = view.conflicts.get(name)
    if entry is None:
        return None
    level = int(entry.value) - 1 if entry.value.isdecimal() and task else None
    shown = task.rubric.level_names[level] if task and level is not None else entry.value
    words = _("Not saved: {marker} changed this meanwhile to {value}. Save again to replace it.")
    value = h("b", shown or _("nothing"), dir="auto")
    return h("p", phrase(words, marker=entry.marker, value=value), class_="conflict")
