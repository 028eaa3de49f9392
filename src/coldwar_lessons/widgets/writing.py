"""Writing: a prompt, a text area that is kept, sentence starters and a checklist."""

from __future__ import annotations

from coldwar_lessons.content.models import WritingTask
from coldwar_lessons.markup import h

from .spec import WidgetSpec, slug


def writing_spec(task: WritingTask, widget_id: str) -> WidgetSpec:
    """Build a writing task; without scripts and on paper it is a prompt with room to write."""
    base = slug(widget_id)
    low, high = task.words
    tree = h(
        "section",
        h("p", task.prompt, class_="cwl-prompt", id=f"{base}-prompt"),
        h("p", f"Aim for {low} to {high} words.", class_="cwl-facts", id=f"{base}-aim"),
        h(
            "details",
            h("summary", "Ways to begin"),
            h("ul", (h("li", starter) for starter in task.starters)),
            class_="cwl-starters",
        )
        if task.starters
        else None,
        h("label", "Your answer", for_=f"{base}-text", class_="cwl-label"),
        h(
            "textarea",
            id=f"{base}-text",
            rows=9,
            aria_describedby=f"{base}-prompt {base}-aim",
            spellcheck="true",
            lang="en-GB",
        ),
        h("p", class_="cwl-count cwl-scripted"),
        h(
            "details",
            h("summary", "Check your answer"),
            h("ul", (h("li", check) for check in task.checklist)),
            class_="cwl-checklist",
        )
        if task.checklist
        else None,
        class_="cwl cwl-writing",
        aria_label="Writing task",
    )
    return WidgetSpec("writing", widget_id, tree, {"words": [low, high]}, task.prompt)
