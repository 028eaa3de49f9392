"""What a reader's browser fetches for a page of the built book."""

from __future__ import annotations

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


def run(_rounds: int) -> list[Figure]:
    """Measure; sizes need no rounds."""
    figures = [
        Figure(
            f"code: {script.name.removesuffix('.page.js')}, gzip",
            "kB",
            gzipped(script.read_bytes()) / 1000,
            limit=limit,
        )
        for script in sorted(STATIC.glob("*.page.js"))
        for limit in (CODE.get(script.name.removesuffix(".page.js"), CODE_ELSE),)
    ]
    figures.append(
        Figure("code: style sheet of all widgets, gzip", "kB", gzipped((STATIC / "widgets.css").read_bytes()) / 1000)
    )
    lessons = sorted((HTML / "notebooks").glob("*.html"))
    if not lessons:
        raise SystemExit(f"no built book in {HTML}: make book")
    others = [page for page in (HTML / "index.html", *sorted((HTML / "book").glob("*.html"))) if page.is_file()]
    with serve(from_folder(HTML)) as site, chromium() as browser:
        for page in lessons:
            figures += _page(browser, site, page.relative_to(HTML).as_posix(), PAGE)
        for page in others:
            figures += _page(browser, site, page.relative_to(HTML).as_posix(), None)
    return figures


def _page(browser: Browser, site: Site, path: str, limit: float | None) -> list[Figure]:
    """All bytes that one page asks for with an empty cache, read to its end."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    try:
        page = context.new_page()
        elsewhere: list[str] = []
        page.on("request", lambda request: elsewhere.append(request.url) if site.address not in request.url else None)
        site.take()
        page.goto(f"{site.address}/{path}", wait_until="load")
        page.evaluate("() => window.scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_load_state("networkidle")
        sent = site.take()
    finally:
        context.close()
    hosts = [url for url in elsewhere if url.startswith("http")]
    name = path.removesuffix(".html")
    total = sum(size for _, size in sent) / 1000
    scripts = sum(size for file, size in sent if file.endswith(".js")) / 1000
    return [
        Figure(f"page {name}: all bytes, gzip", "kB", total, limit=limit),
        Figure(f"page {name}: its scripts, gzip", "kB", scripts),
        Figure(f"page {name}: requests", "", len(sent)),
        Figure(f"page {name}: requests to other hosts", "", len(hosts), limit=0),
    ]
