"""Tables of what the course holds, for ``coldwar-lessons check --stats``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from coldwar_lessons.language import N_, commas
from coldwar_lessons.language import gettext as _

from . import items as it
from .check_coverage import all_items, choice_items, is_key_longest, key_position, sentence_readers
from .check_walk import lesson_quizzes
from .load import Course

_SHORT = {
    "multiple-choice": N_("multiple"),
    "select-passage": N_("select"),
    "place-event": N_("place"),
    "short-text": N_("short"),
    "extended-text": N_("extended"),
    "contextualisation": N_("context"),
    "close-reading": N_("reading"),
    "corroboration": N_("corrob."),
    "comprehension": N_("compreh."),
    "evaluation": N_("evaluat."),
    "choice": N_("choice"),
    "order": N_("order"),
    "match": N_("match"),
    "recall": N_("recall"),
    "analysis": N_("analysis"),
    "sourcing": N_("sourcing"),
    "argument": N_("argument"),
}
_INTERACTIONS = (
    "choice",
    "multiple-choice",
    "order",
    "match",
    "select-passage",
    "place-event",
    "short-text",
    "extended-text",
)


def describe_course(course: Course) -> str:
    """Tables: items by interaction, level and skill for each lesson; key positions; coverage of the paper."""
    per_lesson = [
        (
            _("lesson {number}").format(number=lesson.number),
            [item for quiz in lesson_quizzes(course, lesson) for item in quiz.items],
        )
        for lesson in course.lessons.values()
    ]
    used = {name for lesson in course.lessons.values() for name in lesson.quizzes}
    loose = [quiz for name, quiz in course.quizzes.items() if name not in used]
    kept_back = [item for quiz in loose if quiz.behaviour == "graded" for item in quiz.items]
    others = [item for quiz in loose if quiz.behaviour != "graded" for item in quiz.items]
    # i18n: heads of rows in a table of counts: items of graded quizzes, of quizzes of no lesson, of the whole course.
    sums = [(_("graded"), kept_back), (_("no lesson"), others), (_("course"), all_items(course))]
    rows = [*per_lesson, *((name, items) for name, items in sums if items)]
    return "\n\n".join(
        [
            _count_table(_("items"), rows, _INTERACTIONS, "interaction"),
            _count_table(_("levels"), rows, get_args(it.Level), "level"),
            _count_table(_("skills"), rows, get_args(it.Skill), "skill"),
            _key_table(course),
            _coverage(course),
        ]
    )


def _count_table(
    title: str, rows: Iterable[tuple[str, Sequence[it.Item]]], values: Sequence[str], attribute: str
) -> str:
    lines = [[title, _("all"), *(_(_SHORT.get(value, value)) for value in values)]]
    for name, items in rows:
        counts = Counter(getattr(item, attribute) for item in items)
        lines.append([name, str(len(items)), *(str(counts[value] or "·") for value in values)])
    return _table(lines)


def _key_table(course: Course) -> str:
    items = choice_items(course)
    sizes = sorted({len(item.options) for item in items})
    lines = [
        [_("key position"), _("all"), *map(str, range(1, max(sizes, default=0) + 1)), _("longest"), _("by chance")]
    ]
    for size in sizes:
        chosen = [item for item in items if len(item.options) == size]
        counts = Counter(key_position(item) for item in chosen)
        positions = [str(counts[n]) if n <= size else "" for n in range(1, max(sizes) + 1)]
        longest = sum(map(is_key_longest, chosen))
        options = _("of {count} options").format(count=size)
        lines.append([options, str(len(chosen)), *positions, str(longest), f"{len(chosen) / size:.1f}"])
    return _table(lines)


def _coverage(course: Course) -> str:
    readers = sentence_readers(course)
    items = Counter(name for item in all_items(course) for name in item.sentences)
    lines = [[_("sentence"), _("items"), _("lessons")]]
    for name in course.sentence_ids():
        lessons = commas(map(str, readers.get(name, ()))) or _("none")
        lines.append([name, str(items[name]), lessons])
    return _table(lines, last_left=True)


def _table(lines: Sequence[Sequence[str]], *, last_left: bool = False) -> str:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    last = len(widths) - 1
    return "\n".join(
        "  ".join(
            cell.ljust(widths[column]) if column == 0 or (last_left and column == last) else cell.rjust(widths[column])
            for column, cell in enumerate(line)
        ).rstrip()
        for line in lines
    )
