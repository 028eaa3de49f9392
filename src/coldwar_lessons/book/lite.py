"""Build the lessons for a browser with nothing installed (JupyterLite): ``python -m coldwar_lessons.book.lite``.

Everything comes from the site itself: Pyodide from npm, the packages as wheels. What takes long and seldom changes (the
packages, compiled) is kept in ``.make/lite``; the site is built into ``_build/lite``, and the book takes it in.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping
from html import escape
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

from coldwar_lessons import __version__
from coldwar_lessons.book.freshness import digest_of
from coldwar_lessons.book.lite_lock import LOCK, write_lock
from coldwar_lessons.book.lite_site import DIGEST, OUTPUT, find_lite, lite_digest
from coldwar_lessons.content.activities import Figure
from coldwar_lessons.content.load import content_root, load_course, speaking
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import messages_script
from coldwar_lessons.widgets.data_figure import drawn_path, figure_svg

PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", LOCK)
#: JupyterLite's own wheels that Python in the browser needs; of others it holds two versions.
KERNEL_WHEELS = ("ipykernel-*", "piplite-*", "pyodide_kernel-*", "widgetsnbextension-4*")
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension", "anywidget")
#: Until JupyterLite has read its settings: no white flash in the dark, nothing that moves for who wants no motion.
FIRST_PAINT = (
    "@media (prefers-color-scheme: dark) { body, #jupyterlite-loading-indicator { background-color: #111 } "
    ".jupyterlite-loading-indicator-text { color: #ddd } } "
    "@media (prefers-reduced-motion: reduce) { .jupyterlite-moon { animation: none } }"
)
#: What of a student's settings is not JupyterLab's default.
SETTINGS = {
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}


class LiteError(Exception):
    """The lessons for browsers cannot be built; the message says why in one line."""


def build_lite(root: Path) -> Path:
    """Build the site, unless it is built already.

    Parameters
    ----------
    root
        The checkout.

    Returns
    -------
    Path
        Folder of the site.

    Raises
    ------
    LiteError
        If it cannot be built.
    """
    if built := find_lite(root):
        return built
    digest = lite_digest(root)
    (root / "_build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root / "_build", prefix=".lite-") as name:
        work = Path(name)
        python = work / "site" / "static" / "pyodide"
        shutil.copytree(_prepared_packages(root), python)
        wheel = _own_wheel(root, python)
        write_lock(python)
        _say(_("running every lesson in the browser's Python"))
        _node(root, "js/lite/prepare.mjs", python, root / "notebooks", wheel.name)
        hashed = _named_by_content(wheel)
        packages = write_lock(python)
        assert hashed.is_file()
        _write_settings(root, work / "site", packages)
        _say(_("building JupyterLite"))
        site = run_jupyterlite(work / "site")
        course = load_course(root)
        with speaking(course):
            _greet_at_once(site / "notebooks" / "index.html", course.about.title)
        (site / DIGEST).write_text(digest, encoding="utf-8")
        shutil.rmtree(root / OUTPUT, ignore_errors=True)
        site.rename(root / OUTPUT)
    return root / OUTPUT


def _prepared_packages(root: Path) -> Path:
    """Pyodide and all packages but our own, with what lessons import compiled; made once for each set of versions."""
    pyodide = root / "node_modules" / "pyodide"
    found = json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"] if pyodide.is_dir() else "no"
    if found != PYODIDE_VERSION:
        words = _("JupyterLite wants Pyodide {version}, and node_modules has {found}: mend package.json")
        raise LiteError(words.format(version=PYODIDE_VERSION, found=found))
    pins = digest_of([root / "requirements-lite.txt", root / "js" / "lite"])
    parts = (pins, PYODIDE_VERSION, version("jupyterlite-pyodide-kernel"))
    ready = root / ".make" / "lite" / hashlib.sha256("".join(parts).encode()).hexdigest()[:16]
    if ready.is_dir():
        return ready
    shutil.rmtree(ready.parent, ignore_errors=True)
    ready.parent.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=ready.parent) as name:
        site = Path(name) / "site"
        site.mkdir()
        _say(_("fetching the packages of the browser's Python"))
        gather_python(root, site)
        own = _own_wheel(root, site)
        write_lock(site)
        _say(_("compiling them"))
        wheels = [path.name for path in sorted(site.glob("*.whl")) if path != own]
        _node(root, "js/lite/prepare.mjs", site, root / "notebooks", "python_stdlib.zip", *wheels)
        own.unlink()
        site.rename(ready)
    return ready


def gather_python(root: Path, site: Path) -> None:
    """Gather Pyodide and every wheel of ``requirements-lite.txt`` in a folder, as they are published.

    Raises
    ------
    LiteError
        If a wheel cannot be had.
    """
    for file in PYODIDE_FILES:
        shutil.copyfile(root / "node_modules" / "pyodide" / file, site / file)
    platform = json.loads((site / LOCK).read_text(encoding="utf-8"))["info"]
    major, minor, _patch = platform["python"].split(".")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--implementation", "cp", "--python-version", f"{major}.{minor}"]
    command += ["--abi", f"cp{major}{minor}", "--abi", "none"]
    command += ["--platform", f"pyemscripten_{platform['abi_version']}_wasm32", "--platform", "any"]
    _run([*command, "--dest", str(site), "--requirement", str(root / "requirements-lite.txt")], root)
    for one in ("widgetsnbextension-*", "jupyterlab_widgets-*"):
        # Only code for JupyterLab, which JupyterLite has already.
        for wheel in site.glob(one):
            wheel.unlink()
    kernel = extension_folder("@jupyterlite/pyodide-kernel-extension") / "static" / "pypi"
    for pattern in KERNEL_WHEELS:
        for wheel in kernel.glob(f"{pattern}.whl"):
            shutil.copy(wheel, site)


def _own_wheel(root: Path, site: Path) -> Path:
    """The course as a wheel, with its figures drawn: no matplotlib is to be had in a browser."""
    _run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(site)], root)
    wheel = site / f"coldwar_lessons-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "a", zipfile.ZIP_DEFLATED) as archive:
        for activity in load_course(root).activities.values():
            if isinstance(activity, Figure):
                archive.writestr(f"coldwar_lessons/_content/{drawn_path(activity.id).as_posix()}", figure_svg(activity))
    return wheel


def _named_by_content(wheel: Path) -> Path:
    """Give a wheel a build number of its own, so that no browser takes an old one for it."""
    name, number, rest = wheel.name.split("-", 2)
    build = int(hashlib.sha256(wheel.read_bytes()).hexdigest()[:12], 16)
    return wheel.rename(wheel.with_name(f"{name}-{number}-{build}-{rest}"))


def _write_settings(root: Path, site: Path, packages: list[str]) -> None:
    """Write what ``jupyter lite build`` reads: the lessons, the extensions, the settings."""
    (site / "lessons").mkdir()
    for lesson in (root / "notebooks").glob("*.ipynb"):
        shutil.copy(lesson, site / "lessons")
    own = site / "extension" / "coldwar-lessons"
    (own / "static").mkdir(parents=True)
    _node(root, "js/lite/bundle.mjs", own / "static")
    with speaking(load_course(root)):
        say_in_language(own / "static" / "remoteEntry.js")
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": packages}}
    files: Mapping[Path, object] = {
        own / "package.json": {
            "name": own.name,
            "version": __version__,
            "license": "MIT",
            "jupyterlab": {"_build": {"load": "static/remoteEntry.js", "extension": "./extension"}},
        },
        site / "jupyter-lite.json": {
            "jupyter-lite-schema-version": 0,
            "jupyter-config-data": {
                "appName": load_course(root).about.title,
                "showLoadingIndicator": True,
                "exposeAppInBrowser": True,
                "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
            },
        },
        site / "overrides.json": SETTINGS,
        site / "jupyter_lite_config.json": {
            "LiteBuildConfig": {
                "apps": ["notebooks", "tree", "edit", "lab"],
                "contents": ["lessons"],
                "ignore_sys_prefix": ["federated_extensions"],
                "federated_extensions": [*(str(extension_folder(name)) for name in EXTENSIONS), str(own)],
                "no_sourcemaps": True,
                "no_unused_shared_packages": True,
                "output_dir": "_output",
            }
        },
    }
    for path, content in files.items():
        path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def say_in_language(script: Path) -> None:
    """Put the texts of the language in use, if it is not English, before a script of the browser half."""
    script.write_text(messages_script() + script.read_text(encoding="utf-8"), encoding="utf-8")


def run_jupyterlite(folder: Path) -> Path:
    """Build the site that a folder's ``jupyter_lite_config.json`` describes.

    Returns
    -------
    Path
        Folder of the site.

    Raises
    ------
    LiteError
        If it cannot be built, or lacks the kernel.
    """
    _run([sys.executable, "-m", "jupyterlite_core", "build"], folder)
    site = folder / "_output"
    settings = json.loads((site / "jupyter-lite.json").read_text(encoding="utf-8"))["jupyter-config-data"]
    if "@jupyterlite/pyodide-kernel-extension" not in {one["name"] for one in settings.get("federated_extensions", [])}:
        raise LiteError(_("JupyterLite was built without its Python: make env installs it"))
    return site


def _greet_at_once(page: Path, title: str) -> None:
    """Show from the first paint that a lesson is being opened, not when JupyterLite's scripts have come."""
    text = page.read_text(encoding="utf-8")
    changes = {
        '<div id="jupyterlite-loading-indicator" class="hidden">': '<div id="jupyterlite-loading-indicator">',
        "Loading JupyterLite...": escape(_("Opening the lesson …"), quote=False),
        "</head>": f"<style>{FIRST_PAINT}</style></head>",
        "<title>Jupyter Notebook - Notebooks</title>": f"<title>{escape(title, quote=False)}</title>",
    }
    for old, new in changes.items():
        if old not in text:
            words = _("JupyterLite's page {page} has no {text!r} any more: see lite.py")
            raise LiteError(words.format(page=page.name, text=old))
        text = text.replace(old, new)
    page.write_text(text, encoding="utf-8")


def extension_folder(name: str) -> Path:
    """Where an installed extension of JupyterLab lies."""
    return Path(sys.prefix) / "share" / "jupyter" / "labextensions" / name


def _node(root: Path, script: str, *arguments: str | Path) -> None:
    sys.path.insert(0, str(root))
    # It stands in the checkout, as all that this builds from.
    node, _npm = import_module("build_browser").node_commands()
    _run([*node, script, *map(str, arguments)], root)


def _run(command: list[str], folder: Path) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1577836800"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise LiteError(f"{Path(command[0]).name} {' '.join(command[1:4])} failed: {' '.join(said[-5:])}")


def _say(step: str) -> None:
    print(f"· {step} …", flush=True)


def main() -> int:
    """Build the lessons of this checkout for browsers."""
    root = content_root()
    if not (root / "js" / "lite").is_dir():
        words = _("nothing to build from here: {folder} has no js/lite, as the repository of this course has")
        print(words.format(folder=root))
        return 2
    started = time.monotonic()
    try:
        built = build_lite(root)
    except LiteError as error:
        print(_("The lessons for browsers were not built: {reason}").format(reason=error))
        return 1
    size = sum(file.stat().st_size for file in built.rglob("*") if file.is_file())
    words = _("The lessons for browsers are in {folder} ({size} MB; {seconds} s).")
    print(words.format(folder=built, size=f"{size / 1e6:.0f}", seconds=f"{time.monotonic() - started:.0f}"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
