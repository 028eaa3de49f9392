"""Build the book from start to end, and say what was done: ``python -m coldwar_lessons.book.build``."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from coldwar_lessons.content.load import content_root, load_course, speak
from coldwar_lessons.language import N_, ngettext
from coldwar_lessons.language import gettext as _

#: What Sphinx says while it works, and what we say for it.
_STEPS = {
    "reading sources": N_("reading pages and executing lessons"),
    "writing output": N_("writing pages"),
}
_PROGRESS = re.compile(r"^(reading sources|writing output)\.\.\. \[ *(\d+)%\] (\S+)")
#: nbclient sometimes loses its kernel manager while it cleans up (AttributeError on None); a second run passes.
_FLAKY = "cleanup_resources"


def build_book(root: Path, *, fresh: bool = False) -> int:
    """Check the content, execute the lessons, build the HTML book and verify it.

    Parameters
    ----------
    root
        The checkout, with ``_config.yml`` and ``_toc.yml``.
    fresh
        Forget all that was built before.

    Returns
    -------
    int
        Exit code: 0 when the book is whole, 1 when its content or build has faults.
    """
    started = time.monotonic()
    output = root / "_build"
    if fresh:
        shutil.rmtree(output, ignore_errors=True)
    _say(_("checking the content"))
    if subprocess.run(
        [sys.executable, "-m", "coldwar_lessons", "check", "--root", str(root)], cwd=root, check=False
    ).returncode:
        return 1
    speak(load_course(root))
    output.mkdir(exist_ok=True)
    code, log = _run_jupyter_book(root)
    if code and _FLAKY in log:
        _say(_("the notebook runner lost its kernel while cleaning up; trying once more"))
        code, log = _run_jupyter_book(root)
    (output / "build.log").write_text(log, encoding="utf-8")
    if code:
        print(_faults_of(log))
        words = _("The book was not built: see the lines above, or all of {file}.")
        print(words.format(file=output / "build.log"))
        return 1
    _say(_("verifying every page"))
    if subprocess.run(
        [sys.executable, "-m", "coldwar_lessons.book.verify", str(output / "html")], cwd=root, check=False
    ).returncode:
        return 1
    pages = len(list((output / "html").glob("*/*.html"))) + 1
    built = ngettext("Built {count} page in {seconds} s.", "Built {count} pages in {seconds} s.", pages)
    print(built.format(count=pages, seconds=f"{time.monotonic() - started:.0f}"))
    if (root / "Makefile").is_file():
        words = _("Look at it: open {file} in a browser, or run: {command}")
    else:
        words = _("Look at it: open {file} in a browser")
    print(words.format(file=output / "html" / "index.html", command="make serve"))
    return 0


def _say(step: str) -> None:
    print(f"· {step} …", flush=True)


def _run_jupyter_book(root: Path) -> tuple[int, str]:
    # The package cannot be run with -m; this is what its own script does.
    run = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", run, "build", ".", "-n", "-W", "--keep-going"]
    process = subprocess.Popen(
        command,
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    lines: list[str] = []
    shown = ""
    for line in _clean_lines(process):
        lines.append(line)
        if found := _PROGRESS.match(line):
            step = _(_STEPS[found[1]])
            if sys.stdout.isatty():
                print(f"\r\x1b[K  {step}: {found[2]} % {found[3]}", end="", flush=True)
            elif step != shown:
                _say(step)
            shown = step
    if sys.stdout.isatty():
        print("\r\x1b[K", end="")
    return process.wait(), "\n".join(lines)


def _clean_lines(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    for raw in process.stdout:
        for line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", raw).split("\r"):
            if line.strip():
                yield line.rstrip()


def _faults_of(log: str) -> str:
    found = (line for line in log.splitlines() if re.search(r"WARNING|ERROR|Traceback|Error:", line))
    # What a notebook's kernel says of itself when it starts is no fault of the book.
    faults = [line for line in found if not line.startswith("[IPKernelApp]")]
    return "\n".join(faults[:40]) or "\n".join(log.splitlines()[-40:])


def main() -> int:
    """Build the book of the course in a folder, by default the current one; ``--fresh`` forgets all built before."""
    folders = [argument for argument in sys.argv[1:] if argument != "--fresh"]
    root = content_root(Path(folders[0])) if folders else content_root()
    if len(folders) > 1 or any(not Path(folder, "data").is_dir() for folder in folders):
        words = _("no course in {folder}: give one folder that holds data/, _config.yml and _toc.yml")
        print(words.format(folder=" ".join(folders)))
        return 2
    if not (root / "_config.yml").is_file():
        words = _("no book here: {folder} has no _config.yml (build it from a clone of the repository)")
        print(words.format(folder=root))
        return 2
    return build_book(root, fresh="--fresh" in sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
