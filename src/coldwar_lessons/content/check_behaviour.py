"""Checking how quizzes behave: where graded ones are kept, and what counts with which behaviour."""

from __future__ import annotations

from collections.abc import Iterator

from coldwar_lessons.language import gettext as _

from .check_walk import entries, fault_at
from .faults import Fault
from .load import GRADED, Reading


def check_behaviour(reading: Reading) -> Iterator[Fault]:
    """Every quiz whose behaviour does not fit where it stands or what it says, or that has an item it has retired."""
    if reading.course is None:
        return
    for kind, quiz, place in entries(reading.course):
        if kind != "quizzes":
            continue
        kept_back = place.path.parent.parts[-2:] == GRADED.parts
        graded = quiz.behaviour == "graded"
        if graded and not kept_back:
            message = _("a graded quiz here would ship its key to students: move it to data/{folder}/{id}.yml").format(
                folder=GRADED, id=quiz.id
            )
            yield fault_at(place, ("behaviour",), message)
        elif kept_back and not graded:
            message = _("only graded quizzes are kept in data/{folder}: write 'behaviour: graded', or move it").format(
                folder=GRADED
            )
            yield fault_at(place, ("behaviour",), message)
        if graded and quiz.lesson is None:
            yield fault_at(place, ("id",), _("a graded quiz names the lesson that it belongs to: add 'lesson: <id>'"))
        elif not graded and quiz.lesson is not None:
            message = _("only a graded quiz names its lesson; a lesson lists the others: take it out")
            yield fault_at(place, ("lesson",), message)
        for item in quiz.items:
            if item.id in quiz.retired:
                message = _("{id} is both an item and retired: take it out of one of the two").format(id=item.id)
                yield fault_at(place, ("retired", item.id), message)
        for field in ("tries", "penalty"):
            if field in quiz.model_fields_set and quiz.behaviour != "tries":
                message = _("{field} counts only with 'behaviour: tries', and this is {behaviour}: take it out").format(
                    field=field, behaviour=quiz.behaviour
                )
                yield fault_at(place, (field,), message)
