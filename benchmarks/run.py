"""Measure against the peers, print a table, keep the results: ``make bench``.

``python benchmarks/run.py [PART …] [--rounds N] [--check]``
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from surroundings import machine, versions

from report import print_table, table_of, write_readme

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
#: Each part with its usual number of rounds.
PARTS = {
    "quiz": 15,
    "timeline": 7,
    "import": 11,
    "build": 3,
    "weight": 1,
    "lighthouse": 1,
    "nbgrader": 3,
    "marking": 3,
    "lite": 5,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Measure against the peers; benchmarks/README.md says what each figure means."
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all by default")
    parser.add_argument("--rounds", type=int, help="rounds of each part, instead of its usual number")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a goal is missed")
    wanted = parser.parse_args()
    if unknown := [part for part in wanted.parts if part not in PARTS]:
        parser.error(f"no part {unknown[0]!r}: choose from {', '.join(PARTS)}")
    kept: dict[str, Any] = {}
    for part in wanted.parts or PARTS:
        rounds = wanted.rounds or PARTS[part]
        print(f"· measuring: {part} …", flush=True)
        begun = time.monotonic()
        figures = import_module(f"part_{part}").run(rounds)
        # Read again each time, and written after each part: neither another run nor a part that fails loses anything.
        kept = json.loads(RESULTS.read_text(encoding="utf-8"))["parts"] if RESULTS.is_file() else {}
        kept[part] = {
            "measured": time.strftime("%Y-%m-%d"),
            "rounds": rounds,
            "seconds": round(time.monotonic() - begun),
            "figures": [figure.to_json() for figure in figures],
        }
        results = {
            "machine": machine(),
            "versions": versions(),
            "parts": {one: kept[one] for one in PARTS if one in kept},
        }
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        write_readme(results)
    shown = {part: kept[part] for part in wanted.parts or PARTS}
    print_table(table_of(shown))
    missed = [figure["name"] for part in shown.values() for figure in part["figures"] if figure.get("met") is False]
    print(f"Goals missed: {'; '.join(missed)}" if missed else "Every goal is met.")
    print(f"Kept in {RESULTS.relative_to(HERE.parent)} and benchmarks/README.md.")
    return 1 if missed and wanted.check else 0


if __name__ == "__main__":
    sys.exit(main())
