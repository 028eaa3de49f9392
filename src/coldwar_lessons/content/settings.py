"""The settings of an assignment: a YAML file that says which items, in which sequence, with which behaviour."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from coldwar_lessons.language import gettext as _

from .base import ContentModel, Identifier, Text, WebAddress
from .check_walk import fault_at, repeated
from .faults import ContentError, Fault, did_you_mean
from .items import Behaviour, Quiz
from .load import Course, Place
from .validation import explain_errors
from .yaml_lines import read_yaml


class QuizSettings(ContentModel):
    """How one quiz is set; what is left out stays as the quiz has it."""

    behaviour: Behaviour | None = None
    tries: int | None = Field(default=None, ge=1, le=10, description="How many tries, with behaviour: tries.")
    penalty: float | None = Field(
        default=None, ge=0, le=1, description="With behaviour: tries, the share of the points each further try costs."
    )
    items: tuple[Identifier, ...] | None = Field(
        default=None, min_length=1, description="Ids of the items to set, in this sequence. Default: all."
    )
    order: Literal["listed", "shuffled"] = Field(default="listed", description="The sequence of the items.")
    seed: int | None = Field(
        default=None, description="Shuffles items, and the options of a graded quiz. Default: the assignment's seed."
    )


class Links(ContentModel):
    """Where students find things; a link is made for each address that is given."""

    book: WebAddress | None = Field(default=None, description="The published book. Default: baseurl in _config.yml.")
    jupyterlite: WebAddress | None = Field(default=None, description="The course in JupyterLite.")
    jupyterhub: WebAddress | None = Field(default=None, description="The class's JupyterHub, with nbgitpuller.")
    repository: WebAddress | None = Field(default=None, description="Git repository that the hub fetches this from.")
    branch: Text = "main"
    folder: str = Field(default="", description="Folder of the assignment within the repository.")


class AssignmentSettings(ContentModel):
    """The settings of one assignment."""

    class_: Text | None = Field(default=None, alias="class", description="The class that it is for.")
    due: Text | None = Field(default=None, description="When it is due, such as 2026-12-01 or 2026-12-01T17:00Z.")
    graded: bool = Field(default=False, description="Whether it counts: quizzes give no verdict and ship no key.")
    only_quizzes: bool = Field(default=False, description="Notebooks with the quizzes alone, as for a test.")
    seed: int = Field(default=1953, description="Shuffles what is shuffled; another seed, another sequence.")
    quizzes: dict[Identifier, QuizSettings] = Field(default_factory=dict, description="Quiz id to its settings.")
    links: Links = Links()


def read_due(text: str) -> datetime:
    """When something is due: a date means the end of that day, in UTC; a time without an offset is in UTC too.

    Raises
    ------
    ValueError
        If it is neither a date nor a time.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = _("{date!r} is no date: write {day} or {time}")
        raise ValueError(message.format(date=text, day="2026-12-01", time="2026-12-01T17:00Z")) from None
    if len(text) == len("2026-12-01"):
        moment = moment.replace(hour=23, minute=59, second=59)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_settings(path: Path, course: Course, quizzes: Callable[[bool], Mapping[str, str]]) -> AssignmentSettings:
    """Read the settings of an assignment.

    Parameters
    ----------
    path
        The YAML file.
    course
        The teacher's content.
    quizzes
        Gives the quizzes that can be set, each with its lesson; with the graded ones when it counts.

    Raises
    ------
    ContentError
        If the file has faults; it lists all of them, each with its line.
    """
    data, lines, faults = read_yaml(path, path)
    if data is None and not faults:
        return AssignmentSettings()
    if not faults and not isinstance(data, Mapping):
        faults.append(Fault(path, 1, _("a mapping (key: value) is wanted, such as 'class: 10B'")))
    if faults:
        raise ContentError(faults)
    place = Place(path, lines)
    try:
        settings = AssignmentSettings.model_validate(data)
    except ValidationError as error:
        found = explain_errors(error, data, AssignmentSettings)
        raise ContentError(sorted(fault_at(place, location, message) for location, message in found)) from None
    faults = sorted(_check(settings, place, course, list(quizzes(settings.graded))))
    if faults:
        raise ContentError(faults)
    return settings


def book_address(root: Path) -> str | None:
    """Where the book is published, if ``_config.yml`` of the course says so (``html: baseurl``)."""
    data, _lines, _faults = read_yaml(root / "_config.yml", Path("_config.yml"))
    html = data.get("html") if isinstance(data, Mapping) else None
    address = html.get("baseurl") if isinstance(html, Mapping) else None
    return address if isinstance(address, str) and address.startswith(("http://", "https://")) else None


def _check(settings: AssignmentSettings, place: Place, course: Course, quizzes: Sequence[str]) -> Iterator[Fault]:
    if settings.due is not None:
        try:
            read_due(settings.due)
        except ValueError as error:
            yield fault_at(place, ("due",), f"due: {error}")
    if settings.links.jupyterhub and not settings.links.repository:
        yield fault_at(
            place, ("links", "jupyterhub"), _("a hub fetches from a repository: add 'repository: https://…'")
        )
    for name, one in settings.quizzes.items():
        if name not in quizzes:
            message = _("no quiz {name!r} in these lessons: {hint}").format(name=name, hint=did_you_mean(name, quizzes))
            if name in course.quizzes:
                message = _(
                    "quiz {name!r} belongs to no lesson that is assigned: assign its lesson too, or take it out"
                ).format(name=name)
                if course.quizzes[name].behaviour == "graded":
                    message = _(
                        "quiz {name!r} is graded, and this assignment is not: add 'graded: true', or --graded"
                    ).format(name=name)
            yield fault_at(place, ("quizzes", name), message)
            continue
        yield from _check_quiz(one, course.quizzes[name], place, name)


def _check_quiz(settings: QuizSettings, quiz: Quiz, place: Place, name: str) -> Iterator[Fault]:
    at = ("quizzes", name)
    behaviour = settings.behaviour or quiz.behaviour
    if quiz.behaviour == "graded" and behaviour != "graded":
        message = _(
            "quiz {name!r} is kept for grading, and {behaviour} would give its key away: take 'behaviour' out"
        ).format(name=name, behaviour=behaviour)
        yield fault_at(place, (*at, "behaviour"), message)
    for field in ("tries", "penalty"):
        if getattr(settings, field) is not None and behaviour != "tries":
            message = _(
                "{field} counts only with 'behaviour: tries', and this is {behaviour}: change one of them"
            ).format(field=field, behaviour=behaviour)
            yield fault_at(place, (*at, field), message)
    known = [item.id for item in quiz.items]
    for index, item in enumerate(settings.items or ()):
        if item not in known:
            yield fault_at(
                place,
                (*at, "items", index),
                _("no item {item!r} in quiz {name!r}: {hint}").format(
                    item=item, name=name, hint=did_you_mean(item, known)
                ),
            )
    for index, item in repeated(settings.items or ()):
        yield fault_at(place, (*at, "items", index), _("item {item!r} stands twice: keep one").format(item=item))
