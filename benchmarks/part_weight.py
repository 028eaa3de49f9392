"""What a reader's browser fetches for a page of the built book."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from figures import Figure, gzipped
from mounting import chromium
from our_page import STATIC
from playwright.sync_api import Browser
from serving import Site, from_folder, serve

ROOT = Path(__file__).resolve().parents[1]
HTML = ROOT / "_build" / "html"
#: The most that a widget's code may weigh, in kB.
CODE = {"quiz": 10}
CODE_ELSE = 15
PAGE = 200
#: The longest that the scripts of a lesson page may run until all its widgets are alive, in milliseconds.
SCRIPTING = 200


@dataclass(frozen=True)
class Weight:
    """What one page asks for with an empty cache, read to its end."""

    sent: list[tuple[str, int]]
    elsewhere: int
    scripting: float
    """Time in scripts, compiling included, in milliseconds of processor time."""

    @property
    def total(self) -> float:
        """All bytes, compressed, in kB."""
        return sum(size for _, size in self.sent) / 1000

    @property
    def scripts(self) -> float:
        """Bytes of scripts, compressed, in kB."""
        return sum(size for path, size in self.sent if path.endswith(".js")) / 1000


def run(_rounds: int) -> list[Figure]:
    """Measure; sizes need no rounds."""
    figures = []
    for script in sorted(STATIC.glob("*.page.js")):
        kind = script.name.removesuffix(".page.js")
        size = gzipped(script.read_bytes()) / 1000
        figures.append(Figure(f"code: {kind}, gzip", "kB", size, limit=CODE.get(kind, CODE_ELSE)))
    styles = gzipped((STATIC / "widgets.css").read_bytes()) / 1000
    figures.append(Figure("code: style sheet of all widgets, gzip", "kB", styles))
    pages = weigh(HTML)
    if not any(path.startswith("notebooks/") for path in pages):
        raise SystemExit(f"no built book in {HTML}: make book")
    for path, weight in pages.items():
        limit = PAGE if path.startswith("notebooks/") else None
        figures.append(Figure(f"page {path}: all bytes, gzip", "kB", weight.total, limit=limit))
    lessons = {path: weight.scripting for path, weight in pages.items() if path.startswith("notebooks/")}
    slowest = max(lessons, key=lambda path: lessons[path])
    figures.append(Figure(f"most scripting, {slowest}", "ms", lessons[slowest], limit=SCRIPTING))
    return [
        *figures,
        Figure("most scripts on a page, gzip", "kB", max(weight.scripts for weight in pages.values())),
        Figure("most requests of a page", "", max(len(weight.sent) for weight in pages.values())),
        Figure("requests to other hosts, all pages", "", sum(weight.elsewhere for weight in pages.values()), limit=0),
    ]


def weigh(html: Path, only: str = "") -> dict[str, Weight]:
    """Open the lessons and the other pages of a built book, or only those whose path begins so."""
    found = (*sorted((html / "notebooks").glob("*.html")), html / "index.html", *sorted((html / "book").glob("*.html")))
    paths = [page.relative_to(html).as_posix() for page in found if page.is_file()]
    with serve(from_folder(html)) as site, chromium() as browser:
        return {path: _open(browser, site, path) for path in paths if path.startswith(only)}


def _open(browser: Browser, site: Site, path: str) -> Weight:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    try:
        page = context.new_page()
        page.set_default_timeout(300_000)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        site.take()
        page.goto(f"{site.address}/{path}", wait_until="load")
        page.evaluate("() => window.scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_load_state("networkidle")
        elsewhere = [url for url in asked if url.startswith("http") and not url.startswith(site.address)]
        spent = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        return Weight(site.take(), len(elsewhere), 1000 * spent["ScriptDuration"])
    finally:
        context.close()
