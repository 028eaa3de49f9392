"""Putting together what a student did in two places.

The rules, which ``js/src/student-work/merge.ts`` follows too (``tests/merge_cases.json`` and
``tests/grading/test_exchange.py`` hold both to them):

*Two kernels or tabs* share a past: what one of them did not touch stays as the other left it (:func:`merge_states`).

*A file* has no past in common with what is here: the newer of the two stays, except that one without work never
replaces one with work, and that responses, tries and cards which only the older one has are put in
(:func:`merge_records`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

from coldwar_lessons.content.inventory import Task

from .progress import holds

#: Which stays, of what is kept here and what a file brings.
Outcome: TypeAlias = Literal["here", "file", "both", "same"]
#: Entries of a state that each stand for themselves: one that only one side has is never lost.
_ENTRIES = ("responses", "cards")


def merge_states(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Apply the changes from ``base`` to ``mine`` onto ``theirs``: a three-way merge of JSON objects.

    What I did not touch stays as the others left it; where both changed the same value, mine stands. Rows of tries
    are joined: whoever gave an answer, it was given.

    Returns
    -------
    dict
        The merged state.
    """
    merged = dict(theirs)
    for key in base.keys() | mine.keys():
        if key not in mine:
            merged.pop(key, None)
        elif key not in base or base[key] != mine[key]:
            before, now_mine, other = base.get(key), mine[key], theirs.get(key)
            if isinstance(now_mine, dict) and isinstance(other, dict):
                merged[key] = merge_states(before if isinstance(before, dict) else {}, now_mine, other)
            elif key == "tries" and isinstance(now_mine, list) and isinstance(other, list):
                merged[key] = _join_tries(before if isinstance(before, list) else [], now_mine, other)
            else:
                merged[key] = now_mine
    return merged


def _join_tries(base: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
    """All tries of both, in time order, without those that I took back."""
    kept = [one for one in theirs if one in mine or one not in base]
    joined = [*kept, *(one for one in mine if one not in kept)]
    return sorted(joined, key=lambda one: str(one.get("at") or "") if isinstance(one, dict) else "")


def merge_records(
    here: dict[str, Any] | None, file: dict[str, Any], task: Task | None
) -> tuple[dict[str, Any], Outcome]:
    """Choose between what is kept here and what a file brings.

    Parameters
    ----------
    here, file
        Records of one widget: its state, and when it was updated.
    task
        What there is to do in the widget, if it is known.

    Returns
    -------
    tuple
        The record that stays, and whose it is.
    """
    if here is None:
        return file, "file"
    if _same(here["state"], file["state"]):
        return here, "same"
    if has_work(here, task) != has_work(file, task):
        return (here, "here") if has_work(here, task) else (file, "file")
    file_is_newer = datetime.fromisoformat(file["updated"]) > datetime.fromisoformat(here["updated"])
    newer, older = (file, here) if file_is_newer else (here, file)
    state = dict(newer["state"])
    for name in _ENTRIES:
        kept, more = state.get(name), older["state"].get(name)
        if isinstance(kept, dict) and isinstance(more, dict):
            state[name] = {**kept, **_entries(kept, more)}
    if _same(state, newer["state"]):
        return newer, "file" if file_is_newer else "here"
    return {"state": state, "updated": newer["updated"]}, "both"


def has_work(record: Mapping[str, Any], task: Task | None) -> bool:
    """Whether a record holds anything that a student did, beyond how the widget is shown."""
    state = record["state"]
    if task is None:
        return holds(state.get("cards"))
    if task.kind == "quiz":
        responses = state.get("responses")
        given = [one for one in responses.values() if isinstance(one, dict)] if isinstance(responses, dict) else []
        return holds([[one.get("value"), one.get("tries")] for one in given])
    if task.kind == "writing":
        return holds([state.get("text"), state.get("plan")])
    return any(holds(state.get(name)) for name in task.work)


def _entries(kept: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """What the older side gives: what the newer has not, and tries that the newer does not know of."""
    given: dict[str, Any] = {}
    for name, older in more.items():
        tries = older.get("tries") if isinstance(older, dict) else None
        if name not in kept:
            given[name] = older
        elif isinstance(tries, list):
            newer = kept[name] if isinstance(kept[name], dict) else {}
            known, attempts = newer.get("tries"), newer.get("attempts")
            joined = _join_tries([], known, tries) if isinstance(known, list) else tries
            counted = attempts if isinstance(attempts, int | float) else 0
            given[name] = {**newer, "attempts": max(counted, len(joined)), "tries": joined}
    return given


def _same(one: Any, other: Any) -> bool:
    """The same as JSON; the sequence of keys counts, and what differs in that alone is merged without harm."""
    return json.dumps(one) == json.dumps(other)
