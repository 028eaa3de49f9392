"""Checking all content in one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from coldwar_lessons.language import gettext as _

from .check_about import check_about
from .check_behaviour import check_behaviour
from .check_coverage import check_coverage
from .check_dates import check_dates, check_horizon
from .check_items import check_items
from .check_keys import check_keys
from .check_notebooks import check_notebooks
from .check_prose import check_pages
from .check_quotations import check_paper, check_quotations
from .check_references import check_references
from .check_teaching import check_teaching
from .check_translations import check_translations
from .faults import Fault
from .load import FILES, GRADED, LISTS, SINGLE, TEACHING, Reading, read_content
from .unwritten import find_unwritten


@dataclass(frozen=True)
class Report:
    """What a check found.

    Attributes
    ----------
    reading
        The content as it was read.
    faults
        Every fault, sorted by file and line.
    unwritten
        Every text of a first draft that somebody still has to write; that is no fault.
    """

    reading: Reading
    faults: tuple[Fault, ...]
    unwritten: tuple[Fault, ...]

    def counts(self) -> Mapping[str, int]:
        """How many of each kind of content there are."""
        course = self.reading.course
        if course is None:
            return {}
        counts = {kind: len(getattr(course, kind)) for kind in (*LISTS, *FILES, *TEACHING)}
        return {**counts, "items": sum(len(quiz.items) for quiz in course.quizzes.values())}


def check_content(root: Path) -> Report:
    """Check everything below the root of a course.

    Parameters
    ----------
    root
        Folder that holds ``data/`` and, where they exist, ``notebooks/`` and ``book/``.

    Returns
    -------
    Report
        Every fault of form, reference, date, quotation, item, notebook and page.
    """
    reading = read_content(root)
    found: Iterable[Iterator[Fault]] = (
        iter(reading.faults),
        check_strays(root),
        check_about(root, reading),
        check_paper(reading),
        check_references(reading),
        check_dates(reading),
        check_horizon(reading),
        check_keys(reading),
        check_behaviour(reading),
        check_behaviour(reading),
        check_teaching(reading),
        check_items(reading),
        check_coverage(reading),
        check_quotations(reading),
        check_notebooks(root, reading),
        check_pages(root, reading),
        check_translations(root),
    )
    faults = tuple(sorted({fault for faults in found for fault in faults}))
    return Report(reading, faults, tuple(find_unwritten(root)))


def check_strays(root: Path) -> Iterator[Fault]:
    """Files below ``data/`` that nothing reads, such as ``data/event.yml`` or ``quiz.yaml``."""
    kinds = {*LISTS, *FILES, *TEACHING}
    for path in sorted((root / "data").rglob("*")):
        shown = path.relative_to(root)
        if path.suffix not in {".yml", ".yaml"}:
            continue
        within = shown.parts[1:]
        listed = len(within) == 1 and path.stem in {*SINGLE, *LISTS}
        filed = (len(within) == 2 and within[0] in kinds) or Path(*within[:-1]) == GRADED
        if path.suffix != ".yml" or not (listed or filed):
            known = ", ".join(sorted(kinds))
            yield Fault(
                shown,
                0,
                _("nothing reads this file: put it at data/<kind>/<id>.yml, kind being one of {known}").format(
                    known=known
                ),
            )
