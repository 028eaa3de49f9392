"""What all activities share: a frame with a title, the time it takes and the prompt."""

from __future__ import annotations

from collections.abc import Iterator

from coldwar_lessons.content.about import DOCUMENT
from coldwar_lessons.content.activities import BaseActivity
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import ngettext
from coldwar_lessons.markup import Child, Element, h

from .quiz_items import linked


def activity_frame(
    course: Course, activity: BaseActivity, kind: str, label: str, *children: Child | Iterator[Child]
) -> Element:
    """Frame an activity.

    Parameters
    ----------
    course
        The content.
    activity
        Whose title, minutes and prompt to show.
    kind
        Kind of the widget, for the style sheet.
    label
        What this kind of activity is called.
    *children
        The activity itself.
    """
    minutes = ngettext("about {count} minute", "about {count} minutes", activity.minutes).format(count=activity.minutes)
    return h(
        "section",
        h("p", f"{label} · {minutes}", class_="cwl-activity-kind"),
        h("p", activity.title, class_="cwl-activity-title"),
        h("p", linked(course, activity.prompt), class_="cwl-activity-prompt"),
        *children,
        class_=f"cwl cwl-activity cwl-{kind}",
        # i18n: what an activity is called, such as Forecast, and its title.
        aria_label=_("{kind}: {title}").format(kind=label, title=activity.title),
    )


def sentences_named(course: Course, tree: Element) -> dict[str, str]:
    """Words of every sentence that the tree links to, so that the browser can show them in place."""
    return {name: course.sentence(name).text for name in dict.fromkeys(_named(tree))}


def document_name(course: Course) -> dict[str, str]:
    """What the browser is to call the document, when that is not what it calls one anyway."""
    name = course.about.document.name
    return {} if name == DOCUMENT else {"document": name}


def _named(tree: Element) -> Iterator[str]:
    if tree.tag == "a":
        yield from (value for name, value in tree.attributes if name == "data-sentence")
    for child in tree.children:
        if isinstance(child, Element):
            yield from _named(child)
