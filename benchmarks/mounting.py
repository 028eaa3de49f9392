"""Mount widgets in Chromium, in turns, and time them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from figures import gzipped
from playwright.sync_api import Browser, Page, sync_playwright
from serving import Site, serve

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))

from tests.browser.chromium import FLAGS, find_chromium  # noqa: E402 - found only now that the root is on the path

CLOCK = (HERE / "clock.js").read_text(encoding="utf-8")
#: A widget stands in a page that has text already, and so fonts.
PROSE = "<h1>Measured</h1><p>Words around a widget, <b>some in bold</b>, <i>some in italics</i>, 1234567890.</p>"
#: How long nothing must change before a widget counts as mounted, in milliseconds.
QUIET = 700


@dataclass(frozen=True)
class Contender:
    """A page that shows one widget.

    Attributes
    ----------
    page
        The page's HTML; ``{clock}`` stands where the clock goes, and before any of the widget's code
        ``clock.start()`` is called.
    files
        Everything else the page asks for, by path.
    """

    name: str
    page: str
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass
class Measured:
    """Rounds of one contender: milliseconds, by the clock and (``…_work``) of the processor; memory in bytes."""

    mount: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    mount_work: list[float] = field(default_factory=list)
    page_work: list[float] = field(default_factory=list)
    heap: list[float] = field(default_factory=list)
    nodes: list[float] = field(default_factory=list)
    sent: dict[str, int] = field(default_factory=dict)
    elsewhere: int = 0

    @property
    def bytes_sent(self) -> int:
        """Bytes of the page and of everything it asked for, compressed."""
        return sum(self.sent.values())


def timed(script: bytes) -> bytes:
    """A widget's script, with the clock's start as its first statement; a hint to the compiler stays at the head."""
    hint = re.match(rb"(//#[^\n]*\n)?", script)
    return script[: hint.end()] + b"clock.start();" + script[hint.end() :] if hint else script


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that reaches this machine only."""
    path = find_chromium()
    if path is None:
        raise SystemExit("The benchmarks need Chromium: make browser")
    with sync_playwright() as playwright:
        only_here = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, only_here])
        yield browser
        browser.close()


def measure(browser: Browser, contenders: Sequence[Contender], rounds: int) -> dict[str, Measured]:
    """Mount each contender once a round, in changing order; the first round only warms up."""
    results = {contender.name: Measured() for contender in contenders}
    pages = {f"/{index}/": contender for index, contender in enumerate(contenders)}

    def find(path: str) -> bytes | None:
        for prefix, contender in pages.items():
            if path.startswith(prefix):
                name = path.removeprefix(prefix)
                return _page(contender).encode() if name == "index.html" else contender.files.get(name)
        return b"<!DOCTYPE html><title>Empty</title>" if path == "/empty.html" else None

    with serve(find) as site:
        empty = _heap_of_empty_page(browser, site)
        for number in range(rounds + 1):
            order = list(pages)
            if number % 2:
                order.reverse()
            for prefix in order:
                measured = results[pages[prefix].name] if number else Measured()
                _mount(browser, site, prefix, measured, empty)
    for contender in contenders:
        # The clock is ours to carry, not the widget's.
        results[contender.name].sent["index.html"] = gzipped(contender.page.replace("{clock}", "", 1).encode())
    return results


def _page(contender: Contender) -> str:
    return contender.page.replace("{clock}", f"<script>{CLOCK}</script>", 1).replace("<main>", f"<main>{PROSE}", 1)


def _mount(browser: Browser, site: Site, prefix: str, measured: Measured, empty: float) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    try:
        page = context.new_page()
        page.set_default_timeout(300_000)
        errors: list[str] = []
        elsewhere: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: elsewhere.append(request.url) if site.address not in request.url else None)
        site.take()
        with traced_marks(browser, page) as marks:
            page.goto(f"{site.address}{prefix}index.html", wait_until="load")
            page.evaluate("(quiet) => clock.quiet(quiet)", QUIET)
        begun, mounted, ready, head = page.evaluate("[clock.begun, clock.mounted, clock.ready ?? null, clock.head]")
        if errors:
            raise RuntimeError(f"{prefix} failed: {errors[0]}")
        early = ready is not None and ready < mounted
        end, last = (ready, "clock-ready") if early else (mounted, "clock-mounted")
        measured.mount.append(end - begun)
        measured.page.append(end - head)
        measured.mount_work.append(marks[last] - marks["clock-begun"])
        measured.page_work.append(marks[last] - marks["clock-head"])
        heap, nodes = _heap(page)
        measured.heap.append(max(heap - empty, 1.0))
        measured.nodes.append(nodes)
        measured.sent = {path.removeprefix(prefix): size for path, size in site.take()}
        measured.elsewhere = len([url for url in elsewhere if url.startswith("http")])
    finally:
        context.close()


@contextmanager
def traced_marks(browser: Browser, page: Page) -> Iterator[dict[str, float]]:
    """Fill in the clock's last mark of each name, in milliseconds of processor time of the page's main thread."""
    session = browser.new_browser_cdp_session()
    events: list[dict[str, Any]] = []
    complete: list[bool] = []
    session.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    session.on("Tracing.tracingComplete", lambda _: complete.append(True))
    session.send("Tracing.start", {"categories": "-*,blink.user_timing", "transferMode": "ReportEvents"})
    marks: dict[str, float] = {}
    try:
        yield marks
    finally:
        session.send("Tracing.end")
        while not complete:
            page.wait_for_timeout(20)
        session.detach()
    for event in sorted(events, key=lambda one: one["ts"]):
        if event["name"].startswith("clock-"):
            marks[event["name"]] = event["tts"] / 1000


def _heap(page: Page) -> tuple[float, float]:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    nodes = session.send("Memory.getDOMCounters")["nodes"]
    return float(heap), float(nodes)


def _heap_of_empty_page(browser: Browser, site: Site) -> float:
    heaps = []
    for _ in range(3):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{site.address}/empty.html")
        heaps.append(_heap(page)[0])
        context.close()
    return median(heaps)
