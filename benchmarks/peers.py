"""Fetch the pinned peers with pip and npm into a folder of the system's temporary directory, once."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINS: dict[str, dict[str, str]] = json.loads((ROOT / "benchmarks" / "peers.json").read_text(encoding="utf-8"))
CACHE = Path(tempfile.gettempdir()) / "coldwar-lessons-bench"


def version_of(name: str) -> str:
    """Pinned version of a peer."""
    return next(pins[name] for pins in PINS.values() if name in pins)


def python_peer(name: str) -> Path:
    """Folder to put on ``PYTHONPATH`` so that the pinned version of a Python package can be imported."""
    version = PINS["pip"][name]
    folder = CACHE / f"{name}-{version}"
    if not folder.is_dir():
        # Without dependencies: the project's environment has them already, and must not change for a benchmark.
        command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*command, "--target", str(folder), f"{name}=={version}"], check=True)
    return folder


def npm_peer(name: str) -> Path:
    """Folder of the pinned version of an npm package."""
    version = PINS["npm"][name]
    prefix = CACHE / f"{name.replace('/', '-')}-{version}"
    folder = prefix / "node_modules" / name
    if not folder.is_dir():
        prefix.mkdir(parents=True, exist_ok=True)
        # No scripts, no peer dependencies: the bundles measured here hold all that they need.
        options = ["--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([*_npm(), "install", "--prefix", str(prefix), *options, f"{name}@{version}"], check=True)
    return folder


def _npm() -> Sequence[str]:
    sys.path.append(str(ROOT))
    from build_browser import node_commands  # noqa: PLC0415 - found only now that the root is on the path

    _, npm = node_commands()
    return npm
