"""Pack the built book to be carried on a stick: ``python -m coldwar_lessons.book.bound.archive``."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from coldwar_lessons.book.downloads import files_to_keep, note_made
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import content_root, load_course
from coldwar_lessons.language import gettext as _

from .binding import file_name

_MOST_BYTES = 15_000_000


def pack_folder(root: Path, out: Path, name: str) -> int:
    """Zip the built book; the same book gives the same bytes.

    Parameters
    ----------
    root
        Folder of the built book.
    out
        The archive.
    name
        The folder in the archive, so that unpacking it makes no mess.

    Returns
    -------
    int
        The number of files.

    Raises
    ------
    CourseError
        If there is no built book, or the archive is larger than a mail or a school's share takes.
    """
    if not (root / "index.html").is_file():
        raise CourseError(_("no built book in {folder}: run make book first").format(folder=root))
    count = 0
    out.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in files_to_keep(root):
            count += 1
            entry = zipfile.ZipInfo(f"{name}/{path}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    if out.stat().st_size > _MOST_BYTES:
        words = _("{file} has {bytes} bytes, and {most} is the most: what grew so large?")
        raise CourseError(words.format(file=out, bytes=f"{out.stat().st_size:,}", most=f"{_MOST_BYTES:,}"))
    return count


def main() -> int:
    """Zip the built book of this checkout into ``_build/paper``."""
    root = content_root()
    try:
        name = file_name(load_course(root).about.title)
        out = root / "_build" / "paper" / f"{name}.zip"
        count = pack_folder(root / "_build" / "html", out, name)
    except CourseError as error:
        print(error)
        return 1
    note_made(out, root / "_build" / "html")
    words = _("Packed {count} files ({size} MB): {file}")
    print(words.format(count=count, size=f"{out.stat().st_size / 1e6:.1f}", file=out))
    print(_("Unpack it anywhere, also on a USB stick, and open {file}.").format(file=f"{name}/index.html"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
