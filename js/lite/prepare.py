"""Runs inside Pyodide, called by prepare.mjs: run the lessons, then keep as bytecode what they imported."""

import json
import os
import re
import sys
import zipfile
from importlib._bootstrap_external import _code_to_timestamp_pyc
from pathlib import Path

SITE_PACKAGES = f"/lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages/"
#: What no lesson in a browser can need: data of other programs, tests, lists of contents, type stubs of packages that
#: are not there; of the course, what only builds books or marks.
USELESS = re.compile(
    r"[^/]+\.data/|.*/tests?/|[^/]+\.dist-info/(RECORD$|sboms/)|anywidget/labextension/|coldwar_lessons/static/.*\.page\.js$"
    r"|jedi/third_party/(django-stubs|typeshed/stubs)/|coldwar_lessons/(book|marking_desk)/"
    r"|coldwar_lessons/_content/(notebooks|data/schemas)/"
)


async def main(wheels: list[str]) -> str:
    """Run the lessons and rewrite the wheels."""
    # What a kernel's start imports, as JupyterLite's worker does.
    import piplite.piplite  # noqa: F401, PLC0415
    import pyodide_kernel  # noqa: PLC0415

    async def nobody_listens(*_: object) -> None:
        """Take the messages that would go to the notebook."""

    pyodide_kernel.ipython_shell.send_comm = nobody_listens
    os.chdir("/home")
    run = run_lessons(pyodide_kernel.ipython_shell)
    forbidden = sorted({"numpy", "matplotlib", "yaml"} & sys.modules.keys())
    if forbidden:
        raise SystemExit(f"lessons import what a browser cannot have: {', '.join(forbidden)}")
    imported = {module.__file__ for module in list(sys.modules.values()) if getattr(module, "__file__", None)}
    sizes = [rewrite(Path("/site", name), imported) for name in wheels]
    return f"{run} cells run; {sum(sizes) / 1e6:.1f} MB rewritten"


def run_lessons(shell: object) -> int:
    """Run every code cell of every lesson; a cell that fails is an error that names it."""
    count = 0
    for path in sorted(Path("/lessons").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] != "code":
                continue
            result = shell.run_cell("".join(cell["source"]), silent=True)
            error = result.error_before_exec or result.error_in_exec
            if error:
                raise SystemExit(
                    f"{path.name}, cell {cell['id']}, fails in the browser: {type(error).__name__}: {error}"
                )
            shell.display_formatter.format(result.result)
            count += 1
    return count


def rewrite(path: Path, imported: set[str]) -> int:
    """Rewrite an archive: without what is useless, and with what was imported compiled in place of its source."""
    prefix = f"/lib/{path.name}/" if path.suffix == ".zip" else SITE_PACKAGES
    prefix = prefix.replace("python_stdlib.zip", f"python{sys.version_info.major}{sys.version_info.minor}.zip")
    smaller = path.with_name(f"{path.name}.part")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(smaller, "w") as new:
        for entry in old.infolist():
            if entry.is_dir() or (path.suffix == ".whl" and USELESS.match(entry.filename)):
                continue
            name, data = entry.filename, old.read(entry)
            if name.endswith(".py") and prefix + name in imported:
                code = compile(data, prefix + name, "exec", dont_inherit=True, optimize=0)
                # Nothing compares the time: there is no source beside it.
                name, data = f"{name}c", _code_to_timestamp_pyc(code, 0, 0)
            kept = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            kept.external_attr = entry.external_attr
            new.writestr(kept, data, zipfile.ZIP_DEFLATED, 9)
    smaller.replace(path)
    return path.stat().st_size
