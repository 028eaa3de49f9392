"""The machine and the versions that figures hold for."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from peers import PINS

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (
    "coldwar-lessons",
    "anywidget",
    "ipykernel",
    "jupyter-book",
    "myst-nb",
    "sphinx",
    "pydantic",
    "playwright",
    "nbgrader",
)


def machine() -> dict[str, str]:
    """What it ran on."""
    return {
        "system": _distribution(),
        "processor": f"{os.cpu_count()} × {_processor()}",
        "memory": f"{_memory()} GB",
    }


def versions() -> dict[str, str]:
    """What was measured, and with what."""
    found = {"Python": platform.python_version(), "Chromium": _chromium()}
    found |= {name: version(name) for name in PACKAGES}
    for pins in PINS.values():
        found |= pins
    return found


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)


def _chromium() -> str:
    sys.path.append(str(ROOT))
    from tests.browser.chromium import find_chromium  # noqa: PLC0415 - found only now that the root is on the path

    path = find_chromium()
    if path is None:
        return "none"
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return next((word for word in said if word[0].isdigit()), "unknown")
