"""What search engines and catalogues read: schema.org data in each page, ``sitemap.xml``, ``robots.txt``.

The words are those of https://schema.org/Course and https://schema.org/LearningResource (release 29).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from sphinx.application import Sphinx

from coldwar_lessons.content.about import About
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Lesson
from coldwar_lessons.language import gettext as _

from .builder import BookBuilder


def page_data(app: Sphinx, course: Course, pagename: str, description: str, base: str) -> dict[str, Any] | None:
    """Describe a page by schema.org's words.

    Parameters
    ----------
    app
        Sphinx.
    course
        The content.
    pagename
        The document.
    description
        One or two sentences on it.
    base
        The book's address with a slash at its end; empty when it is not known, and then no address is given.

    Returns
    -------
    dict or None
        A ``Course`` for the first page, a ``LearningResource`` for a lesson, nothing for other pages.
    """
    if pagename == app.config.root_doc:
        return {
            "@context": "https://schema.org",
            "@type": "Course",
            **_about(app, course.about, app.config.html_title, description, base),
            "provider": {"@type": "Organization", "name": app.config.author},
            "about": course.about.about,
            "hasCourseInstance": {
                "@type": "CourseInstance",
                "courseMode": "online",
                "courseWorkload": _duration(sum(lesson.minutes for lesson in course.lessons.values())),
            },
            "offers": {"@type": "Offer", "category": "Free", "price": 0, "priceCurrency": "GBP"},
            "hasPart": [
                _lesson(app, course.about, lesson, lesson_line(lesson), base) for lesson in course.lessons.values()
            ],
        }
    lesson = course.lessons.get(pagename.removeprefix("notebooks/"))
    if lesson is None:
        return None
    part_of = {"@type": "Course", "name": app.config.html_title, **({"url": base} if base else {})}
    return {
        "@context": "https://schema.org",
        **_lesson(app, course.about, lesson, description, base),
        "isPartOf": part_of,
    }


def lesson_line(lesson: Lesson) -> str:
    """A lesson in one line: its number and its question."""
    # i18n: what a lesson asks.
    return _("Lesson {number}: {question}").format(number=lesson.number, question=lesson.question)


def _lesson(app: Sphinx, course: About, lesson: Lesson, description: str, base: str) -> dict[str, Any]:
    address = f"{base}notebooks/{lesson.id}.html" if base else ""
    return {
        "@type": "LearningResource",
        **_about(app, course, lesson.title, description, address),
        "learningResourceType": "lesson",
        "position": lesson.number,
        "timeRequired": _duration(lesson.minutes),
        "teaches": [objective.text for objective in lesson.objectives],
    }


def _about(app: Sphinx, course: About, name: str, description: str, address: str) -> dict[str, Any]:
    return {
        "name": name,
        "description": description,
        **({"url": address} if address else {}),
        "inLanguage": course.language,
        "educationalLevel": course.educational_level,
        "license": course.licence.url,
        "isAccessibleForFree": True,
        "author": {"@type": "Organization", "name": app.config.author},
    }


def _duration(minutes: int) -> str:
    """Minutes as an ISO 8601 duration, as schema.org wants it."""
    return f"PT{minutes}M"


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """Write ``sitemap.xml`` and ``robots.txt`` when the book's address is known; else remove older ones.

    The form is that of https://www.sitemaps.org/protocol.html.
    """
    if exception or not isinstance(app.builder, BookBuilder) or app.builder.name != "html":
        return
    from .pages import base_address  # noqa: PLC0415 - pages imports this module

    sitemap, robots = (Path(app.outdir) / name for name in ("sitemap.xml", "robots.txt"))
    base = base_address(app)
    if not base:
        for file in (sitemap, robots):
            file.unlink(missing_ok=True)
        return
    addresses = sorted(
        base + ("" if docname == app.config.root_doc else app.builder.get_target_uri(docname))
        for docname in app.env.found_docs
    )
    lines = "".join(f" <url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    sitemap.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n',
        encoding="utf-8",
    )
    robots.write_text(f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n", encoding="utf-8")
