"""What a first draft still has to say: texts that begin with a mark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from coldwar_lessons.language import gettext as _

from .faults import Fault

#: Begins a text that somebody still has to write.
MARK = "TO WRITE:"


def find_unwritten(root: Path) -> Iterator[Fault]:
    """Every text of a course that is still to be written, with what it is to say."""
    for pattern in ("data/**/*.yml", "notebooks/*.ipynb", "book/**/*.md"):
        for path in sorted(root.glob(pattern)):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            for number, line in enumerate(lines, 1):
                before, mark, after = line.partition(MARK)
                if mark and not before.lstrip().startswith("#"):
                    wanted = after.strip().rstrip('",').removesuffix("\\n")
                    yield Fault(path.relative_to(root), number, _("still to write: {wanted}").format(wanted=wanted))
