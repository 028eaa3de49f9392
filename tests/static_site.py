"""What the example for static hosts sends: scripts and styles from files of this host only, nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "deploy" / "static-site"
POLICY = "Content-Security-Policy"


def headers_for(path: str) -> dict[str, str]:
    """The headers with which a host that reads ``_headers`` serves a path; a header of several rules is joined."""
    headers: dict[str, str] = {}
    for pattern, given in _rules():
        if path == pattern or (pattern.endswith("*") and path.startswith(pattern[:-1])):
            for name, value in given:
                headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


@cache
def _rules() -> list[tuple[str, list[tuple[str, str]]]]:
    rules: list[tuple[str, list[tuple[str, str]]]] = []
    for line in (FOLDER / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            rules.append((line.strip(), []))
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            rules[-1][1].append((name, value))
    return rules
