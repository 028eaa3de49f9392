"""Read the whole content of the course and hold it together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import in_language, use_language

from .about import About
from .activities import Activity
from .compiled import find_compiled
from .faults import ContentError, Fault, unknown
from .items import Quiz
from .lines import Lines, Location
from .models import Claim, Event, Lane, Lesson, Paper, Person, Sentence, Source, Term
from .questions import SealedQuiz
from .validation import explain_errors

if TYPE_CHECKING:
    from .teaching import Rubric, TeacherNotes

S = TypeVar("S", About, Paper)

#: Kinds kept as one file each, ``data/<kind>.yml``: what the course is about, and the words of its document.
SINGLE: Mapping[str, Any] = {"course": About, "paper": Paper}
#: Kinds of content kept as lists: ``data/<kind>.yml`` or ``data/<kind>/*.yml``.
LISTS: Mapping[str, Any] = {
    "lanes": Lane,
    "sources": Source,
    "events": Event,
    "people": Person,
    "terms": Term,
    "claims": Claim,
}
#: Kinds kept one mapping a file: ``data/<kind>/<id>.yml``.
FILES: Mapping[str, Any] = {"quizzes": Quiz, "sealed": SealedQuiz, "activities": Activity, "lessons": Lesson}
#: As ``FILES``, but for marking and teaching: read only on demand, since no lesson shows them.
TEACHING = ("rubrics", "teacher")
#: Where graded quizzes are kept, with keys: below what neither a wheel nor a book for students holds.
GRADED = Path("teacher", "quizzes")


@dataclass(frozen=True)
class Place:
    """Where a piece of content stands: its file and the lines of its parts."""

    path: Path
    lines: Lines
    base: Location = ()

    def line(self, *location: str | int) -> int:
        """Line of a part, for example ``line("options", 2, "feedback")``."""
        return self.lines.nearest((*self.base, *location))


@dataclass(frozen=True)
class Course:
    """All content of the course, by id."""

    root: Path
    about: About
    paper: Paper
    lanes: Mapping[str, Lane]
    sources: Mapping[str, Source]
    events: Mapping[str, Event]
    people: Mapping[str, Person]
    terms: Mapping[str, Term]
    claims: Mapping[str, Claim]
    quizzes: Mapping[str, Quiz]
    activities: Mapping[str, Activity]
    lessons: Mapping[str, Lesson]
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)
    teacher: Mapping[str, TeacherNotes] = field(default_factory=dict)
    sealed: Mapping[str, SealedQuiz] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(repr=False, default_factory=dict)

    def sentence(self, sentence_id: str) -> Sentence:
        """One sentence of the paper.

        Raises
        ------
        UnknownNameError
            If there is none with this id; the message names the nearest.
        """
        try:
            return self.paper.sentence(sentence_id)
        except KeyError:
            raise unknown("sentence", sentence_id, (s.id for s in self.paper.sentences())) from None

    def named(self, kind: str, name: str) -> Any:
        """One piece of content by kind (``quizzes``, ``events``, …) and id.

        Raises
        ------
        UnknownNameError
            If there is none with this id; the message names the nearest.
        """
        table: Mapping[str, Any] = getattr(self, kind)
        if name not in table:
            raise unknown(singular(kind), name, table)
        return table[name]

    def lesson_id(self, name: str) -> str:
        """The id of the lesson that has this number, with or without a zero before it; any other name as it stands."""
        numbers = {str(lesson.number): lesson.id for lesson in self.lessons.values()}
        return numbers.get(name.lstrip("0"), name)

    def sentence_ids(self) -> tuple[str, ...]:
        """Ids of all sentences, in reading order, the footnote's last."""
        return tuple(s.id for s in self.paper.sentences())


def content_root(within: Path | None = None) -> Path:
    """Folder that holds ``data/`` and ``notebooks/``.

    Parameters
    ----------
    within
        Where to look for a course: in this folder, by default the current one, and in those above it. An assignment
        is no course, since it is what a student got of one.

    Returns
    -------
    Path
        The nearest course; if there is none, this checkout, else the installed content.
    """
    start = (within or Path.cwd()).absolute()
    for place in (start, *start.parents):
        if all((place / "data" / f"{kind}.yml").is_file() for kind in SINGLE):
            if (place / "assignment.json").exists():
                continue
            return place
    return _own_root()


def _own_root() -> Path:
    """The content that came with this package."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_content"
    return installed if (installed / "data").is_dir() else package.parents[1]


def load_course(root: Path | None = None, *, teaching: bool = False) -> Course:
    """Load and validate all content.

    Parameters
    ----------
    root
        Folder that holds ``data/``; by default :func:`content_root`.
    teaching
        Whether to load the graded quizzes, rubrics and teacher notes too.

    Raises
    ------
    ContentError
        If any file has a fault; it lists all of them.
    """
    return _load_course(root or content_root(), teaching=teaching)


def speak(course: Course) -> None:
    """Say everything in the language of a course from now on; its own translations, in ``locale``, come first."""
    use_language(course.about.language, [course.root / "locale"])


def speaking(course: Course) -> AbstractContextManager[None]:
    """Say what is said meanwhile in the language of a course: pages that a command writes."""
    return in_language(course.about.language, [course.root / "locale"])


@lru_cache(maxsize=4)
def _load_course(root: Path, *, teaching: bool) -> Course:
    reading = read_content(root, teaching=teaching, compiled=True)
    if reading.faults:
        # What was read ahead has no lines to name.
        reading = read_content(root, teaching=teaching)
    if reading.course is None or reading.faults:
        raise ContentError(reading.faults)
    return reading.course


@dataclass(frozen=True)
class Document:
    """One content file as it was read, before it is held against a model."""

    kind: str
    path: Path
    data: Any
    lines: Lines

    def entries(self) -> Iterator[tuple[Any, Place]]:
        """The file's entries, each with its place: the items of a list, else the file as a whole."""
        if self.kind not in LISTS:
            yield self.data, Place(self.path, self.lines)
        elif isinstance(self.data, list):
            for index, entry in enumerate(self.data):
                yield entry, Place(self.path, self.lines, (index,))


@dataclass(frozen=True)
class Reading:
    """All content as it was read: what could be used of it, and what is wrong with its form.

    Attributes
    ----------
    course
        The course without the entries that have faults; ``None`` when there is no readable paper, or nothing says
        what the course is about.
    faults
        Every fault of form, sorted.
    documents
        Every file that is YAML at all.
    complete
        Whether every file could be read.
    declared
        Kind to the ids that the files give, also of entries with faults: nothing that refers to one dangles. A kind
        is left out when one of its files cannot be read, since nobody knows then what exists.
    """

    course: Course | None
    faults: tuple[Fault, ...]
    documents: tuple[Document, ...]
    complete: bool
    declared: Mapping[str, frozenset[str]]


def load_paper(root: Path | None = None) -> Paper:
    """Load the paper alone.

    Raises
    ------
    ContentError
        If it cannot be read.
    """
    root = root or content_root()
    faults: list[Fault] = []
    paper = _single(Paper, root, [], faults, {})
    if paper is None:
        raise ContentError(faults)
    return paper


def read_course(root: Path) -> tuple[Course | None, list[Fault]]:
    """Read all content and report every fault of form; references are checked elsewhere.

    Returns
    -------
    tuple
        The course, without what could not be read (``None`` as in :class:`Reading`), and the faults.
    """
    reading = read_content(root)
    return reading.course, list(reading.faults)


def kept_in_files(*, teaching: bool) -> Mapping[str, Any]:
    """The kinds that are kept one mapping a file, with their models."""
    if not teaching:
        return FILES
    from .teaching import Rubric, TeacherNotes  # noqa: PLC0415 - a notebook has no use for them

    return {**FILES, **dict(zip(TEACHING, (Rubric, TeacherNotes), strict=True))}


def read_content(root: Path, *, teaching: bool = True, compiled: bool = False) -> Reading:
    """Read every content file below ``root``, and keep what was read beside what could be made of it.

    With ``compiled``, files that were read ahead (:mod:`.compiled`) are not read again; no line of them is known.
    """
    faults: list[Fault] = []
    places: dict[tuple[str, str], Place] = {}
    documents: list[Document] = []
    about = _single(About, root, documents, faults, places, compiled=compiled)
    paper = _single(Paper, root, documents, faults, places, compiled=compiled)
    tables: dict[str, dict[str, Any]] = {}
    declared: dict[str, frozenset[str]] = {}
    unread = 0
    for kind, model in {**LISTS, **kept_in_files(teaching=teaching)}.items():
        paths = sorted((root / "data" / kind).glob("*.yml"))
        single = root / "data" / f"{kind}.yml"
        if kind in LISTS and single.is_file():
            paths.insert(0, single)
        if kind == "quizzes" and teaching:
            paths += sorted((root / "data" / GRADED).glob("*.yml"))
        read = [*_read_files(root, kind, paths, faults, compiled=compiled)]
        documents += read
        unread += len(paths) - len(read)
        tables[kind], ids = _validated(kind, model, read, faults, places)
        if kind not in LISTS:
            declared[kind] = frozenset(ids) | frozenset(path.stem for path in paths)
        elif len(read) == len(paths) and all(isinstance(document.data, list) for document in read):
            declared[kind] = frozenset(ids)
    course = None
    if paper is not None:
        # Whatever is wrong with data/course.yml, the sentences are known.
        declared["sentences"] = frozenset(sentence.id for sentence in paper.sentences())
    if about is not None and paper is not None:
        lessons = dict(sorted(tables.pop("lessons").items(), key=lambda pair: pair[1].number))
        course = Course(root=root, about=about, paper=paper, lessons=lessons, places=places, **tables)
    return Reading(course, tuple(sorted(faults)), tuple(documents), not unread, declared)


def _read_files(
    root: Path, kind: str, paths: Iterable[Path], faults: list[Fault], *, compiled: bool = False
) -> Iterator[Document]:
    for path in paths:
        shown = path.relative_to(root)
        data = find_compiled(root, path) if compiled else None
        lines, found = Lines(), list[Fault]()
        if data is None:
            from .yaml_lines import read_yaml  # noqa: PLC0415 - a browser has no YAML library

            data, lines, found = read_yaml(path, shown)
        faults += found
        if data is None:
            if not found:
                faults.append(Fault(shown, 0, _("the file is empty: fill it or delete it")))
            continue
        if kind in LISTS and not isinstance(data, list):
            faults.append(
                Fault(shown, 1, _("a list of {kind} is wanted: begin each entry with '- id:'").format(kind=kind))
            )
        named = data.get("id") if isinstance(data, dict) else None
        if kind not in {*SINGLE, *LISTS} and isinstance(named, str) and named != path.stem:
            line = lines.nearest(("id",))
            faults.append(
                Fault(
                    shown, line, _("id {named!r} must be the file's name, {stem!r}").format(named=named, stem=path.stem)
                )
            )
        yield Document(kind, shown, data, lines)


def _single(
    model: type[S],
    root: Path,
    documents: list[Document],
    faults: list[Fault],
    places: dict[tuple[str, str], Place],
    *,
    compiled: bool = False,
) -> S | None:
    """What a file of its own says; ``None`` if it cannot be used."""
    kind = next(name for name, one in SINGLE.items() if one is model)
    for document in _read_files(root, kind, [root / "data" / f"{kind}.yml"], faults, compiled=compiled):
        documents.append(document)
        place = places[kind, kind] = Place(document.path, document.lines)
        try:
            return model.model_validate(document.data)
        except ValidationError as error:
            faults += _faults_of(error, document.data, place, model)
    return None


def _validated(
    kind: str, model: Any, documents: Iterable[Document], faults: list[Fault], places: dict[tuple[str, str], Place]
) -> tuple[dict[str, Any], set[str]]:
    adapter: TypeAdapter[Any] = TypeAdapter(model)
    table: dict[str, Any] = {}
    seen: dict[str, Place] = {}
    for entry, place in (pair for document in documents for pair in document.entries()):
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str):
            first = seen.setdefault(name, place)
            if first is not place:
                where = f"{first.path}:{first.line('id')}"
                message = _("duplicate id {name!r}, first at {where}: rename one").format(name=name, where=where)
                faults.append(Fault(place.path, place.line("id"), message))
        try:
            value = adapter.validate_python(entry)
        except ValidationError as error:
            faults += _faults_of(error, entry, place, model)
        else:
            table.setdefault(value.id, value)
            places.setdefault((kind, value.id), place)
    return table, set(seen)


def _faults_of(error: ValidationError, entry: Any, place: Place, model: Any) -> list[Fault]:
    return [
        Fault(place.path, place.line(*location), message) for location, message in explain_errors(error, entry, model)
    ]


def singular(kind: str) -> str:
    """The word for one of a kind: ``people`` gives ``person``."""
    irregular = {"people": "person", "quizzes": "quiz", "activities": "activity", "sealed": "sealed-quiz"}
    return irregular.get(kind, kind.removesuffix("s"))
