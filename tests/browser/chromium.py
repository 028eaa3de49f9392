"""Find a Chromium for the tests; with ``--install``, get one when there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: The headless shell is the same engine without a window's furniture: a page opens in a quarter of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

#: Flags that keep the browser from asking the network for anything of its own.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Path of a Chromium: ``CHROMIUM``, else the machine's own, else Playwright's."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def install_chromium() -> str | None:
    """Get a Chromium: Debian's package when root, else Playwright's own download."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-yq", "--no-install-recommends", "fonts-liberation"]
        subprocess.run(["apt-get", "update", "-q"], env=environment, stdout=subprocess.DEVNULL, check=False)
        # Not every release has the headless shell.
        for package in NAMES[:2]:
            done = subprocess.run([*install, package], env=environment, stdout=subprocess.DEVNULL, check=False)
            if done.returncode == 0:
                break
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
