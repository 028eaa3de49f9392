"""A cold and a warm build of the book, against the same book without our Sphinx extension."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from figures import Figure, against
from part_weight import weigh

ROOT = Path(__file__).resolve().parents[1]
STOCK = "stock Jupyter Book"
#: What the stock book keeps of our configuration.
_KEPT = ("title", "author", "copyright", "only_build_toc_files", "exclude_patterns", "execute", "parse")
_KEPT_SPHINX = ("nb_mime_priority_overrides", "nb_ipywidgets_js", "language", "smartquotes")
_FLAKY = "cleanup_resources"
#: Seconds after which a build is ended.
TOO_LONG = 900


@contextmanager
def books() -> Iterator[tuple[dict[str, Path], dict[str, str]]]:
    """Copies of the book: ours, stock, and empty cells; with the environment that builds them from a copied package."""
    with tempfile.TemporaryDirectory(prefix="coldwar-lessons-build-") as name:
        snapshot = Path(name) / "ours"
        snapshot.mkdir()
        # A copy of everything: a checkout that is being edited while it is measured would make a warm build a cold one.
        for folder in ("src", "data", "book", "notebooks"):
            shutil.copytree(ROOT / folder, snapshot / folder, ignore=shutil.ignore_patterns("__pycache__"))
        for file in ("_config.yml", "_toc.yml"):
            shutil.copyfile(ROOT / file, snapshot / file)
        environment = {**os.environ, "PYTHONPATH": str(snapshot / "src"), "PYTHONWARNINGS": "ignore"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(snapshot / "src")], check=True)
        stock = _stock_book(snapshot, Path(name) / "stock")
        plain = _plain_cells(stock, Path(name) / "plain-cells")
        yield {"ours": snapshot, "stock": stock, "plain-cells": plain}, environment


def _stock_book(source: Path, target: Path) -> Path:
    """The same pages and notebooks, our directives and roles taken out; the kernel still makes our widgets."""
    from coldwar_lessons.book.directives import DIRECTIVES  # noqa: PLC0415 - imports Sphinx
    from coldwar_lessons.book.roles import ROLES  # noqa: PLC0415

    for folder in ("book", "notebooks"):
        shutil.copytree(source / folder, target / folder)
    shutil.copyfile(source / "_toc.yml", target / "_toc.yml")
    config = yaml.safe_load((source / "_config.yml").read_text(encoding="utf-8"))
    sphinx = {key: value for key, value in config["sphinx"]["config"].items() if key in _KEPT_SPHINX}
    kept = {key: config[key] for key in _KEPT if key in config}
    kept["execute"] = {key: value for key, value in kept["execute"].items() if key != "stderr_output"}
    (target / "_config.yml").write_text(yaml.safe_dump({**kept, "sphinx": {"config": sphinx}}), encoding="utf-8")
    directive = re.compile(
        rf"^(`{{3,}}|:{{3,}})\{{(?:{'|'.join(DIRECTIVES)})\}}.*?^\1[ ]*$\n?", re.MULTILINE | re.DOTALL
    )
    role = re.compile(rf"\{{(?:{'|'.join(ROLES)})\}}(?=`)")

    def stripped(text: str) -> str:
        return role.sub("", directive.sub("", text))

    for page in (target / "book").glob("*.md"):
        page.write_text(stripped(page.read_text(encoding="utf-8")), encoding="utf-8")
    for path in (target / "notebooks").glob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in _cells(notebook, "markdown"):
            cell["source"] = stripped("".join(cell["source"]))
        path.write_text(json.dumps(notebook), encoding="utf-8")
    return target


def _plain_cells(stock: Path, target: Path) -> Path:
    """The stock book with code cells that need nothing of ours: what a book of plain text would take."""
    shutil.copytree(stock, target)
    for path in (target / "notebooks").glob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in _cells(notebook, "code"):
            cell["source"] = repr("".join(cell["source"]))
        path.write_text(json.dumps(notebook), encoding="utf-8")
    return target


def _cells(notebook: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    return (cell for cell in notebook["cells"] if cell["cell_type"] == kind)


def build(book: Path, environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds of one build, seconds of processor time in all its processes, and the memory of the largest in MB."""
    run_jupyter_book = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", run_jupyter_book, "build", ".", "-n", "-q"]
    for attempt in (1, 2):
        with (book / "build.log").open("w+", encoding="utf-8") as log:
            begun = time.perf_counter()
            process = subprocess.Popen(command, cwd=book, env=environment, stdout=log, stderr=subprocess.STDOUT)
            watchdog = threading.Timer(TOO_LONG, process.kill)
            watchdog.start()
            _, status, usage = os.wait4(process.pid, 0)
            watchdog.cancel()
            seconds = time.perf_counter() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
            log.seek(0)
            text = log.read()
        if process.returncode == 0:
            break
        # nbclient sometimes loses its kernel while it cleans up; that says nothing of how long a build takes.
        if attempt == 2 or _FLAKY not in text:
            raise SystemExit(f"the build of {book.name} failed, or took {TOO_LONG} s:\n{text[-3000:]}")
        shutil.rmtree(book / "_build")
    _assert_whole(book)
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def _assert_whole(book: Path) -> None:
    """A build that left out its lessons would be fast."""
    wanted = {path.stem for path in (book / "notebooks").glob("*.ipynb")}
    built = {path.stem for path in (book / "_build" / "html" / "notebooks").glob("*.html")}
    if missing := sorted(wanted - built):
        raise SystemExit(f"the build of {book.name} lacks {', '.join(missing)}")
    if failed := sorted((book / "_build" / "html" / "reports").rglob("*.err.log")):
        raise SystemExit(f"a lesson of {book.name} did not run: {failed[0].read_text(encoding='utf-8')[-2000:]}")


def run(rounds: int) -> list[Figure]:
    """Measure."""
    cold: dict[str, list[tuple[float, float, float]]] = {}
    warm: dict[str, list[tuple[float, float, float]]] = {}
    with books() as (folders, environment):
        for number in range(rounds):
            order = list(folders) if number % 2 == 0 else list(reversed(folders))
            for name in order:
                shutil.rmtree(folders[name] / "_build", ignore_errors=True)
                cold.setdefault(name, []).append(build(folders[name], environment))
                warm.setdefault(name, []).append(build(folders[name], environment))
        pages = {name: weigh(folders[name] / "_build" / "html", "notebooks/") for name in ("ours", "stock")}
    figures = []
    for label, kept in (("cold", cold), ("warm", warm)):
        ours, stock, plain = ([list(column) for column in zip(*kept[name], strict=True)] for name in folders)
        figures += [
            against(f"book, {label}: time", "s", ours[0], stock[0], STOCK, limit=1.2),
            against(f"book, {label}: processor time", "s", ours[1], stock[1], STOCK, limit=1.2),
            against(f"book, {label}: largest process", "MB", ours[2], stock[2], STOCK),
            against(f"book, {label}: time", "s", ours[0], plain[0], f"{STOCK}, plain cells"),
        ]
    our_pages, stock_pages = (list(pages[name].values()) for name in ("ours", "stock"))
    return [
        *figures,
        against(
            "lesson page: all bytes, gzip",
            "kB",
            [page.total for page in our_pages],
            [page.total for page in stock_pages],
            STOCK,
        ),
        Figure(
            "lesson page: requests to other hosts",
            "",
            max(page.elsewhere for page in our_pages),
            max(page.elsewhere for page in stock_pages),
            STOCK,
        ),
    ]
