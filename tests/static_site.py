"""What the example for static hosts sends: scripts and styles from files of this host only, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "deploy" / "static-site"
HEADERS = dict(
    line.strip().split(": ", 1)
    for line in (FOLDER / "_headers").read_text(encoding="utf-8").splitlines()
    if line.startswith("  ")
)
