"""Find a Chromium for the tests; with ``--install``, get one when there is none."""

from __future__ import annotations

import subprocess
import sys

from coldwar_lessons.book.chromium import FLAGS, NAMES, find_chromium
from tests.debian import can_install, install

__all__ = ["FLAGS", "find_chromium", "install_chromium"]


def install_chromium() -> str | None:
    """Get a Chromium: Debian's package when root, else Playwright's own download."""
    if can_install():
        # Not every release has the headless shell.
        any(install("fonts-liberation", package) for package in NAMES[:2])
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find_chromium()


def main() -> int:
    path = find_chromium()
    if path is None and "--install" in sys.argv:
        print("No Chromium here: installing one for the browser tests …", flush=True)
        path = install_chromium()
    if path is None:
        print("The browser tests need Chromium and none could be installed.")
        print("Install it (Debian, Ubuntu: sudo apt install chromium) or set CHROMIUM to its path.")
        return 2
    print(f"Chromium: {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
