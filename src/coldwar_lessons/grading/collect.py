"""Find hand-ins in whatever a teacher was given: files, folders, zips, bulk downloads, nbgrader's tree.

Nothing is unpacked to disk and no name in an archive is ever used as a path, so there is nothing to escape from.
"""

from __future__ import annotations

import errno
import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from coldwar_lessons.content.bundle import MARKER
from coldwar_lessons.language import gettext as _

from .records import MAX_BYTES

#: Bounds of one archive: members, bytes unpacked, and how often a zip may lie in a zip (a bulk download of zips).
MAX_MEMBERS = 20_000
MAX_UNPACKED = 4 * 1024 * 1024 * 1024
MAX_NESTING = 2
_RATIO = 200
_COMPANIONS = {".ipynb", ".html", ".htm", ".pdf", ".md", ".txt", ".docx", ".odt", ".csv", ".yml"}


class Found(NamedTuple):
    """One file that was looked at.

    Attributes
    ----------
    origin
        Where it was found, for people to read; never used as a path.
    data
        Its bytes; ``None`` when it was set aside or passed over.
    fault
        Why it was set aside; empty otherwise.
    passed_over
        Whether it is a companion of a hand-in (a notebook, a picture of one) that is not marked here.
    student
        In nbgrader's tree the folder that nbgrader made for the student; else empty.
    folder
        In nbgrader's tree the folder that the student submitted.
    """

    origin: str
    data: bytes | None = None
    fault: str = ""
    passed_over: bool = False
    student: str = ""
    folder: Path | None = None


def find_hand_ins(paths: Iterable[Path]) -> Iterator[Found]:
    """Look at every file under these paths, one after the other.

    Yields
    ------
    Found
        Each file once: to be marked, set aside with the reason, or passed over.
    """
    for path in paths:
        yield from _look_at(os.fspath(path), path.name, path.absolute().parts)


def count_files(paths: Iterable[Path]) -> int:
    """About how many files :func:`find_hand_ins` will look at, for a progress bar; a zip in a zip counts as one."""
    return sum(_count(path) for path in paths)


def _count(path: Path) -> int:
    try:
        if path.is_dir():
            return sum(_count(folder / name) for folder, _, names in _walk(path) for name in names)
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                return len(archive.namelist())
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return 1
    return 1


def _walk(path: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    return ((Path(folder), below, names) for folder, below, names in os.walk(path))


def _look_at(path: str, origin: str, trail: tuple[str, ...]) -> Iterator[Found]:
    """Look at a file or folder; ``trail`` is its whole path in parts."""
    try:
        status = os.lstat(path)
    except OSError as error:
        yield Found(origin, fault=_("cannot be read: {reason}").format(reason=error.strerror))
        return
    kind, name = status.st_mode, trail[-1] if trail else ""
    zipped = name.lower().endswith(".zip")
    if stat.S_ISLNK(kind):
        yield Found(origin, fault=_("a symbolic link: hand in the file itself"))
    elif stat.S_ISDIR(kind):
        yield from _look_into_folder(path, origin, trail)
    elif not stat.S_ISREG(kind):
        yield Found(origin, fault=_("not a file"))
    elif status.st_size > MAX_BYTES and not zipped:
        yield Found(origin, fault=_("larger than {count} MiB").format(count=MAX_BYTES // 1024 // 1024))
    elif zipped:
        try:
            with Path(path).open("rb") as file:
                yield from _look_into_zip(file, origin, 1)
        except OSError as error:
            yield Found(origin, fault=_("cannot be read: {reason}").format(reason=error.strerror))
    else:
        found = _sort_file(origin, name, lambda: _read_file(path, status.st_size))
        student = _nbgrader_student(trail)
        yield found._replace(student=student, folder=Path(path).parent) if student else found


def _read_file(path: str, size: int) -> bytes:
    """Read a file that was a file of this size a moment ago; what has become a link meanwhile is not followed."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(handle, size + 1)
        if len(data) != size:
            raise OSError(errno.EIO, _("it changes while it is read"))
    finally:
        os.close(handle)
    return data


def _look_into_folder(folder: str, origin: str, trail: tuple[str, ...]) -> Iterator[Found]:
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208  # texts, for the same reason
    except OSError as error:
        yield Found(origin, fault=_("cannot be read: {reason}").format(reason=error.strerror))
        return
    for name in names:
        if not name.startswith("."):
            yield from _look_at(f"{folder}{os.sep}{name}", f"{origin}/{shown(name)}", (*trail, name))


def _look_into_zip(file: io.IOBase, origin: str, nesting: int) -> Iterator[Found]:
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        yield Found(origin, fault=_("not a zip, or a damaged one: zip it again"))
        return
    if len(members) > MAX_MEMBERS:
        yield Found(origin, fault=_("more than {count:,} files in one zip").format(count=MAX_MEMBERS))
        return
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        yield Found(origin, fault=_("unpacks to more than 4 GiB"))
        return
    for member in members:
        yield from _look_at_member(archive, member, f"{origin}!{shown(member.filename)}", nesting)


def _look_at_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, origin: str, nesting: int) -> Iterator[Found]:
    name = PurePosixPath(member.filename.replace("\\", "/"))
    if member.is_dir() or any(part.startswith((".", "__MACOSX")) and part not in {".", ".."} for part in name.parts):
        return
    if name.is_absolute() or ".." in name.parts or (name.parts and name.parts[0].endswith(":")):
        yield Found(origin, fault=_("its path leads out of the zip"))
        return
    if stat.S_ISLNK(member.external_attr >> 16):
        yield Found(origin, fault=_("a symbolic link in a zip"))
        return
    if member.flag_bits & 1:
        yield Found(origin, fault=_("a file with a password"))
        return
    zipped = name.suffix.lower() == ".zip"
    if member.file_size > MAX_BYTES * (10 if zipped else 1):
        yield Found(origin, fault=_("too large"))
        return
    if member.file_size > 1024 * 1024 and member.file_size > _RATIO * max(member.compress_size, 1):
        yield Found(origin, fault=_("a zip bomb: it unpacks to far more than it holds"))
        return
    if zipped:
        if nesting >= MAX_NESTING:
            yield Found(origin, fault=_("a zip in a zip in a zip"))
            return
        try:
            yield from _look_into_zip(io.BytesIO(_read_member(archive, member)), origin, nesting + 1)
        except _MemberError as error:
            yield Found(origin, fault=str(error))
        return
    yield _sort_file(origin, name.name, lambda: _read_member(archive, member))


class _MemberError(Exception):
    """A member of a zip cannot be read."""


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(member) as file:
            # The size in the directory may lie: read no more than it says.
            data = file.read(member.file_size + 1)
    except Exception as error:  # noqa: BLE001
        # zipfile raises a dozen kinds of error on a crafted archive, some of them not its own.
        raise _MemberError(_("damaged in the zip ({fault})").format(fault=type(error).__name__)) from None
    if len(data) > member.file_size:
        raise _MemberError(_("a zip bomb: larger than it says"))
    return data


def _sort_file(origin: str, name: str, read: Callable[[], bytes]) -> Found:
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122  # a Path a file costs more than reading it
    if suffix in _COMPANIONS or name == MARKER:
        return Found(origin, passed_over=True)
    if suffix != ".json":
        return Found(origin, fault=_("no hand-in: a file ending in {suffix}").format(suffix=suffix or _("nothing")))
    try:
        return Found(origin, data=read())
    except _MemberError as error:
        return Found(origin, fault=str(error))
    except OSError as error:
        return Found(origin, fault=_("cannot be read: {reason}").format(reason=error.strerror))


def _nbgrader_student(trail: tuple[str, ...]) -> str:
    """``submitted/<student>/<assignment>/<file>``: the student, as nbgrader's exchange named the folder."""
    return trail[-3] if len(trail) >= 4 and trail[-4] == "submitted" else ""


def shown(text: str, longest: int = 200) -> str:
    """A text of somebody else's, safe to print on one line."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)[:longest]
