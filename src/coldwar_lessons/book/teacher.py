"""Build the teacher edition: ``python -m coldwar_lessons.book.teacher``.

The same book with the pages of ``book/teacher/`` and the notes of ``data/teacher/``, into ``_build/teacher/html``.
The student edition's files are never touched.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from coldwar_lessons.content.load import content_root, load_course, speak
from coldwar_lessons.language import gettext as _

from .teacher_source import prepare_source
from .verify import verify

#: nbclient sometimes loses its kernel manager while it cleans up; a second run passes.
_FLAKY = "cleanup_resources"
#: Jupyter Book has no module to run, only a command that need not be on the PATH.
_JUPYTER_BOOK = ("-c", "from jupyter_book.cli.main import main; main()")


def build_teacher_book(root: Path, *, fresh: bool = False) -> int:
    """Check the content, then build the teacher edition, strictly.

    Parameters
    ----------
    root
        The checkout, with ``_config.yml`` and ``_toc.yml``.
    fresh
        Forget what was built before.

    Returns
    -------
    int
        Exit code: 0 when the edition is whole, 1 when its content or build has faults.
    """
    started = time.monotonic()
    output = root / "_build" / "teacher"
    if fresh:
        shutil.rmtree(output, ignore_errors=True)
    _say(_("checking the content"))
    if _run("-m", "coldwar_lessons", "check", "--root", str(root), cwd=root, shown=True)[0]:
        return 1
    speak(load_course(root))
    _say(_("preparing the pages"))
    source = prepare_source(root, output / "src")
    code, log = _run(*_JUPYTER_BOOK, "config", "sphinx", str(source), cwd=root)
    if not code:
        _say(_("executing the lessons and writing the pages"))
        code, log = _build(source, output)
        if code and _FLAKY in log:
            code, log = _build(source, output)
    (output / "build.log").write_text(log, encoding="utf-8")
    if code:
        faults = [line for line in log.splitlines() if re.search(r"WARNING:|ERROR:|CRITICAL:|\w+Error:", line)]
        print("\n".join(faults[:40]) or log[-4000:])
        words = _("The teacher edition was not built: see the lines above, or all of {file}.")
        print(words.format(file=output / "build.log"))
        return 1
    faulty = verify(source, output / "html")
    if faulty:
        print("\n".join(faulty[:40]))
        return 1
    # Whoever puts this edition on a server by mistake should at least not have it found.
    (output / "html" / "robots.txt").write_text("User-agent: *\nDisallow: /\n", encoding="ascii")
    words = _("Built the teacher edition in {seconds} s: {file}")
    print(words.format(seconds=f"{time.monotonic() - started:.0f}", file=output / "html" / "index.html"))
    print(_("It holds keys, sample answers and notes: keep it from students, and do not publish it."))
    return 0


def _build(source: Path, output: Path) -> tuple[int, str]:
    strict = ("-n", "-W", "--keep-going", "-q")
    return _run(
        "-m", "sphinx", "-b", "html", *strict, "-d", str(output / "doctrees"), str(source), str(output / "html")
    )


def _run(*arguments: str, cwd: Path | None = None, shown: bool = False) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        check=False,
        stdout=None if shown else subprocess.PIPE,
        stderr=None if shown else subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode, done.stdout or ""


def _say(step: str) -> None:
    print(f"· {step} …", flush=True)


def main() -> int:
    """Build the teacher edition of this checkout; ``--fresh`` forgets what was built before."""
    root = content_root()
    if not (root / "_config.yml").is_file() or not (root / "data" / "teacher").is_dir():
        words = _(
            "no teacher edition here: {folder} lacks _config.yml or data/teacher (a clone of the repository has both)"
        )
        print(words.format(folder=root))
        return 2
    return build_teacher_book(root, fresh="--fresh" in sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
