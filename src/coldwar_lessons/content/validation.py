"""Pydantic's errors, said so that the author of a YAML file can mend it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from coldwar_lessons.language import gettext as _

from .faults import did_you_mean
from .lines import Location


def explain_errors(error: ValidationError, data: Any, model: Any) -> list[tuple[Location, str]]:
    """Say what is wrong with one entry.

    Parameters
    ----------
    error
        What pydantic found.
    data
        The entry as the file has it.
    model
        The model, or union of models, that it was held against.

    Returns
    -------
    list
        For each error its place within the entry, and what is wrong there and how to mend it.
    """
    details = _likeliest(error.errors(), data)
    unknown = {detail["loc"] for detail in details if detail["type"] == "extra_forbidden"}
    found: dict[tuple[Location, str], None] = {}
    for detail in details:
        if detail["type"] == "missing" and _is_misspelt(detail["loc"], unknown):
            continue
        location = _in_file(detail["loc"], data)
        found[location, _explain(detail, location, data, model)] = None
    return list(found)


def _is_misspelt(missing: Location, unknown: Iterable[Location]) -> bool:
    """Whether a missing key stands there under a name close to its own."""
    beside = [str(loc[-1]) for loc in unknown if loc[:-1] == missing[:-1]]
    return bool(difflib.get_close_matches(str(missing[-1]), beside, n=1))


def _likeliest(details: Iterable[ErrorDetails], data: Any) -> list[ErrorDetails]:
    """Where an entry could be one of several models, keep the errors of the one it comes nearest to."""
    groups: dict[Location, dict[str, list[ErrorDetails]]] = {}
    plain: list[ErrorDetails] = []
    for detail in details:
        loc = detail["loc"]
        at = next((i for i, part in enumerate(loc) if _is_class_name(part, loc[:i], data)), None)
        if at is None:
            plain.append(detail)
        else:
            groups.setdefault(loc[:at], {}).setdefault(str(loc[at]), []).append(detail)
    for members in groups.values():
        nearest = min(members.values(), key=_distance)
        plain += nearest
    return plain


def _distance(errors: list[ErrorDetails]) -> tuple[int, int]:
    return sum(error["type"] == "literal_error" for error in errors), len(errors)


def _is_class_name(part: int | str, before: Location, data: Any) -> bool:
    if not isinstance(part, str) or not part[:1].isupper():
        return False
    current = data
    for step in _in_file((*before, 0), data)[:-1]:
        current = current[step]
    return not _has(current, part)


def _in_file(loc: Location, data: Any) -> Location:
    """Pydantic's location without the union tags that the file does not have."""
    location: list[str | int] = []
    current = data
    for index, part in enumerate(loc):
        if _has(current, part):
            current = current[part]
        elif index != len(loc) - 1 or part == "[key]":
            continue
        location.append(part)
    return tuple(location)


def _has(current: Any, part: str | int) -> bool:
    if isinstance(current, list):
        return isinstance(part, int) and part < len(current)
    return isinstance(current, Mapping) and part in current


def _explain(detail: ErrorDetails, location: Location, data: Any, model: Any) -> str:
    name = ".".join(str(part) for part in location) or _("the entry")
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    shown = json.dumps(given, ensure_ascii=False, default=str)
    shown = f"{shown[:60]}…" if len(shown) > 60 else shown
    if kind == "extra_forbidden":
        key = str(location[-1])
        return _("unknown key {key!r}: {hint}").format(
            key=key, hint=did_you_mean(key, _keys_at(model, data, location[:-1]))
        )
    if kind == "missing":
        return _("{name} is missing: {remedy}").format(name=name, remedy=_remedy(name))
    if kind in {"too_short", "string_too_short"}:
        least = context.get("min_length", 1)
        return (
            _("{name} has too few entries: at least {least} are needed").format(name=name, least=least)
            if given
            else _("{name} is empty: {remedy}").format(name=name, remedy=_remedy(name))
        )
    if kind == "union_tag_not_found":
        return _("{name}: {discriminator} is missing: say which it is").format(
            name=name, discriminator=context["discriminator"]
        )
    if kind == "union_tag_invalid":
        known = [tag.strip(" '") for tag in context["expected_tags"].split(",")]
        return f"{name}: no {context['discriminator']} {context['tag']!r}: {did_you_mean(context['tag'], known)}"
    if kind == "literal_error":
        return _("{name}: {shown} is none of {expected}").format(name=name, shown=shown, expected=context["expected"])
    if kind == "string_pattern_mismatch":
        return _("{name}: {shown} does not have the right form, {pattern}").format(
            name=name, shown=shown, pattern=context["pattern"]
        )
    if kind == "string_type" and isinstance(given, int | float | date):
        return _("{name}: text is wanted, found {shown}: put it in quotation marks").format(name=name, shown=shown)
    wanted = {
        "string_type": _("text is wanted"),
        "tuple_type": _("a list is wanted"),
        "dict_type": _("a mapping (key: value) is wanted"),
        "model_type": _("a mapping (key: value) is wanted"),
        "model_attributes_type": _("a mapping (key: value) is wanted"),
        "bool_type": _("true or false is wanted"),
        "bool_parsing": _("true or false is wanted"),
        "int_type": _("a whole number is wanted"),
        "int_parsing": _("a whole number is wanted"),
        "float_type": _("a number is wanted"),
        "float_parsing": _("a number is wanted"),
    }.get(kind, detail["msg"][0].lower() + detail["msg"][1:])
    return f"{name}: {wanted}, found {shown}"


def _remedy(name: str) -> str:
    return _("cite at least one source") if name.endswith("sources") else _("add it")


def _keys_at(model: Any, data: Any, location: Location) -> list[str]:
    """Names of the keys that may stand at a place."""
    models, current = _models(model, data), data
    for part in location:
        current = current[part]
        if isinstance(part, str):
            fields = [m.model_fields[part].annotation for m in models if part in m.model_fields]
            # A key that no model has is that of a mapping, whose values the models are.
            models = [found for annotation in fields for found in _models(annotation, current)] if fields else models
        else:
            models = [m for m in models if _fits(m, current)]
    return sorted({field.alias or name for m in models for name, field in m.model_fields.items()})


def _models(annotation: Any, data: Any) -> list[type[BaseModel]]:
    """The models within an annotation that the data may be meant as."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation] if _fits(annotation, data) else []
    if get_origin(annotation) is Literal:
        return []
    return [found for part in get_args(annotation) for found in _models(part, data)]


def _fits(model: type[BaseModel], data: Any) -> bool:
    """Whether no fixed value of the model contradicts the data."""
    if not isinstance(data, Mapping):
        return True
    return all(
        data[name] in get_args(field.annotation)
        for name, field in model.model_fields.items()
        if get_origin(field.annotation) is Literal and name in data
    )
