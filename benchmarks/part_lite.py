"""The first widget in a browser with nothing installed, against a plain JupyterLite with one ipywidgets button."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from figures import Figure, against
from peers import CACHE, ROOT
from playwright.sync_api import Page, sync_playwright
from serving import Site, from_folder, serve

sys.path.append(str(ROOT))
from tests.browser.chromium import FLAGS, find_chromium

from coldwar_lessons.book.lite import EXTENSIONS, build_lite, extension_folder, gather_python, run_jupyterlite
from coldwar_lessons.book.lite_lock import write_lock

OURS = "notebooks/index.html?path=03-gestures.ipynb"
PEER = "notebooks/index.html?path=button.ipynb"
WHO = "plain JupyterLite, one button"
#: What the plain one is asked to install when its kernel starts: what jupyterlite-pyodide-kernel does by default.
PREFETCHED = ["ipykernel", "comm", "pyodide-kernel", "ipython"]
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
PATIENCE = 180_000


def run(rounds: int) -> list[Figure]:
    """Measure, each time with a new browser that has nothing kept."""
    ours, peer = build_lite(ROOT), plain_site()
    kept: dict[Path, list[tuple[float, float, float, float]]] = {ours: [], peer: []}
    contenders: dict[Path, Callable[[Page, Site], None]] = {ours: first_of_ours, peer: first_of_peer}
    for number in range(rounds):
        for site in (ours, peer) if number % 2 else (peer, ours):
            kept[site].append(once(site, contenders[site]))
    (seconds, bytes_, requests, elsewhere), theirs = (list(zip(*kept[one], strict=True)) for one in (ours, peer))
    return [
        against("lite: cold to the first widget", "s", seconds, theirs[0], WHO, limit=1.2),
        against("lite: bytes, gzip", "MB", bytes_, theirs[1], WHO, limit=1.2),
        against("lite: requests", "", requests, theirs[2], WHO),
        Figure("lite: requests to other hosts", "", max(elsewhere), max(theirs[3]), WHO, limit=0),
    ]


def once(folder: Path, show: Callable[[Page, Site], None]) -> tuple[float, float, float, float]:
    """Seconds from the address to the first widget, MB, requests, and requests to other hosts."""
    with serve(from_folder(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, ALONE])
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(PATIENCE)
            elsewhere: list[str] = []
            here = (site.address, "data:", "blob:")
            page.on("request", lambda one: None if one.url.startswith(here) else elsewhere.append(one.url))
            begun = time.perf_counter()
            show(page, site)
            seconds = time.perf_counter() - begun
            sent = site.take()
            return seconds, sum(size for _, size in sent) / 1e6, float(len(sent)), float(len(elsewhere))
        finally:
            browser.close()


def first_of_ours(page: Page, site: Site) -> None:
    """Open a lesson, which runs by itself."""
    page.goto(f"{site.address}/{OURS}")
    page.wait_for_selector(".cwl-overview.cwl-live", state="attached")


def first_of_peer(page: Page, site: Site) -> None:
    """Open a notebook and run it as soon as that can be asked for."""
    page.goto(f"{site.address}/{PEER}")
    page.wait_for_function(
        "() => window.jupyterapp?.shell?.currentWidget?.context?.isReady"
        " && window.jupyterapp.shell.currentWidget.sessionContext?.session?.kernel"
    )
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    page.wait_for_selector(".jupyter-button", state="attached")


def plain_site() -> Path:
    """Build the peer, once for each set of versions: the same JupyterLite, Pyodide and packages, as they come."""
    pins = (ROOT / "requirements-lite.txt").read_bytes() + (ROOT / "package-lock.json").read_bytes()
    built = CACHE / f"plain-lite-{hashlib.sha256(pins).hexdigest()[:12]}"
    if built.is_dir():
        return built
    work = CACHE / "plain-lite-part"
    shutil.rmtree(work, ignore_errors=True)
    pyodide = work / "static" / "pyodide"
    pyodide.mkdir(parents=True)
    gather_python(ROOT, pyodide)
    write_lock(pyodide)
    button = {"cell_type": "code", "id": "b", "metadata": {}, "execution_count": None, "outputs": []}
    button["source"] = "import ipywidgets\nipywidgets.Button(description='Hello')"
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": PREFETCHED}}
    plugin = {"@jupyterlite/pyodide-kernel-extension:kernel": kernel}
    python = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    files = {
        "files/button.ipynb": {"cells": [button], "metadata": python, "nbformat": 4, "nbformat_minor": 5},
        "jupyter-lite.json": {
            "jupyter-lite-schema-version": 0,
            "jupyter-config-data": {"exposeAppInBrowser": True, "litePluginSettings": plugin},
        },
        "jupyter_lite_config.json": {
            "LiteBuildConfig": {
                "contents": ["files"],
                "ignore_sys_prefix": ["federated_extensions"],
                "federated_extensions": [str(extension_folder(name)) for name in EXTENSIONS if name != "anywidget"],
                "output_dir": "_output",
                "no_sourcemaps": True,
                "no_unused_shared_packages": True,
            }
        },
    }
    for name, content in files.items():
        (work / name).parent.mkdir(exist_ok=True)
        (work / name).write_text(json.dumps(content), encoding="utf-8")
    return run_jupyterlite(work).rename(built)
