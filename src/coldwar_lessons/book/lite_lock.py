"""The list of packages that Pyodide loads from: only what lies beside it, so that it asks nobody else.

Pyodide's own helper (``pyodide-lock``) does not read the lists of the release that is used here.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

LOCK = "pyodide-lock.json"


def write_lock(site: Path) -> list[str]:
    """List the wheels that lie in a folder, beside Pyodide's own list, which is replaced.

    Returns
    -------
    list of str
        Names of the packages.
    """
    info = json.loads((site / LOCK).read_text(encoding="utf-8"))["info"]
    wheels = sorted(site.glob("*.whl"))
    names = {str(canonicalize_name(parse_wheel_filename(wheel.name)[0])) for wheel in wheels}
    packages = {entry["name"]: entry for entry in (_entry(wheel, names) for wheel in wheels)}
    (site / LOCK).write_text(json.dumps({"info": info, "packages": packages}, indent=1), encoding="utf-8")
    return sorted(packages)


def _entry(wheel: Path, names: Iterable[str]) -> dict[str, Any]:
    name, version, _, _ = parse_wheel_filename(wheel.name)
    with zipfile.ZipFile(wheel) as archive:
        members = archive.namelist()
        metadata = next(member for member in members if re.fullmatch(r"[^/]+\.dist-info/METADATA", member))
        wanted = HeaderParser().parsestr(archive.read(metadata).decode("utf-8")).get_all("Requires-Dist") or []
    tops = {re.sub(r"\.pyc?$", "", member.split("/")[0]) for member in members if re.search(r"\.pyc?$", member)}
    needed = (Requirement(one) for one in wanted)
    depends = {str(canonicalize_name(one.name)) for one in needed if "extra" not in str(one.marker)}
    return {
        "name": str(canonicalize_name(name)),
        "version": str(version),
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted(top for top in tops if top.isidentifier()),
        "depends": sorted(depends.intersection(names)),
        "unvendored_tests": False,
    }
