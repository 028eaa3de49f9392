"""Put what was made from the built book into it, to be published together: ``python -m coldwar_lessons.book.site``."""

from __future__ import annotations

import sys

from coldwar_lessons.content.load import content_root, load_course, speak
from coldwar_lessons.language import commas
from coldwar_lessons.language import gettext as _

from .downloads import PAPER, take_in
from .offline import WORKER, write_service_worker


def main() -> int:
    """Put the downloads of this checkout into its built book."""
    root = content_root()
    html = root / "_build" / "html"
    if not (html / "index.html").is_file():
        print(_("no built book in {folder}: run make book first").format(folder=html))
        return 1
    speak(load_course(root))
    found = take_in(root / PAPER, html)
    if (html / WORKER).is_file():
        write_service_worker(html)
    if found:
        print(_("The book links to {names}.").format(names=commas(file.name for file in found)))
    else:
        print(_("The book links to no downloads: make pdf, epub or zip makes them."))
    return 0


if __name__ == "__main__":
    sys.exit(main())
