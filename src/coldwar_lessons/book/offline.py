"""A service worker, so that the published book works without a network once it was visited.

Off by default: ``sphinx: config: cwl_offline: true`` of ``_config.yml`` switches it on. It keeps every file of the
book, by the digest of all of them: a new edition is fetched in the background and shown at the next visit.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from sphinx.application import Sphinx

from .builder import BookBuilder

WORKER = "service-worker.js"
SOURCE = Path(__file__).resolve().parent / "theme" / "service-worker.js"
#: What is kept for nobody who only reads: what is there to download, and the browser's own JupyterLab.
_LEFT_OUT = ("_sources/", "lite/", "downloads/", "reports/", "objects.inv", WORKER)


def note_service_worker(app: Sphinx, exception: Exception | None) -> None:
    """Write the service worker when it is wanted; browsers drop an older one when its file is gone."""
    if exception or not isinstance(app.builder, BookBuilder) or app.builder.name != "html":
        return
    if app.config.cwl_offline:
        write_service_worker(Path(app.outdir))
    else:
        (Path(app.outdir) / WORKER).unlink(missing_ok=True)


def write_service_worker(output: Path) -> None:
    """Write a service worker for the book in a folder.

    Parameters
    ----------
    output
        The built book; what is added to it later is not kept by browsers.
    """
    files = sorted(
        path
        for file in output.rglob("*")
        if file.is_file() and not (path := file.relative_to(output).as_posix()).startswith((*_LEFT_OUT, "."))
    )
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.encode() + b"\0" + hashlib.sha256((output / path).read_bytes()).digest())
    edition = json.dumps({"version": digest.hexdigest()[:16], "files": files}, separators=(",", ":"))
    (output / WORKER).write_text(f"const EDITION = {edition};\n{SOURCE.read_text(encoding='utf-8')}", encoding="utf-8")
