"""Pack the bound book for e-readers: ``python -m coldwar_lessons.book.bound.epub``.

The chapters are HTML with meaning already, so they go into the EPUB as they are, as XHTML. (Pandoc reads HTML into a
model of its own, which has no place for the parts of a question, the notes of a passage and their classes.)
"""

from __future__ import annotations

import io
import mimetypes
import os
import sys
import time
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html
from lxml.builder import ElementMaker
from lxml.html import HtmlElement

from coldwar_lessons import __version__
from coldwar_lessons.book.downloads import note_made
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import content_root, load_course
from coldwar_lessons.language import N_, direction
from coldwar_lessons.language import gettext as _

from .binding import Bound, bind, file_name, rights
from .links import anchor
from .pages import Chapter
from .sides import with_sides
from .tree import drop, find, make
from .whole import entry_title, imprint

HERE = Path(__file__).resolve().parent
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XHTML, _OPS = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops"
_OPF, _DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_ACCESS = {
    "schema:accessMode": ("textual", "visual"),
    "schema:accessModeSufficient": ("textual",),
    "schema:accessibilityFeature": ("alternativeText", "readingOrder", "structuralNavigation", "tableOfContents"),
    "schema:accessibilityHazard": ("none",),
}


_ACCESSIBLE = N_(
    "All text can be read aloud or enlarged; figures have text alternatives, and every timeline is also a list."
)


@dataclass(frozen=True)
class Item:
    """One file of the EPUB."""

    name: str
    data: bytes
    properties: str = ""
    in_spine: bool = False

    @property
    def id(self) -> str:
        """Its name in the manifest."""
        return "f-" + self.name.replace("/", "-").replace(".", "-")

    @property
    def type(self) -> str:
        """Its media type."""
        known = {".xhtml": "application/xhtml+xml", ".svg": "image/svg+xml"}
        return known.get(Path(self.name).suffix) or mimetypes.guess_type(self.name)[0] or "application/octet-stream"


def pack_book(root: Path, folder: Path, out: Path) -> int:
    """Write the built book as an EPUB 3.

    Parameters
    ----------
    root
        Folder of the built book.
    folder
        Where its pictures are put on the way.
    out
        The EPUB.

    Returns
    -------
    int
        The number of chapters.

    Raises
    ------
    CourseError
        If there is no built book.
    """
    bound = bind(root, folder)
    files, language = _files_of(bound.chapters), bound.about.language
    style = "".join((HERE / name).read_text(encoding="utf-8") for name in ("bound.css", "reader.css"))
    items = [
        Item("cover.png", _cover(bound), "cover-image"),
        Item("style.css", with_sides(style, direction(language)).encode()),
        *_pictures(bound, folder),
        Item("cover.xhtml", _page(_("Cover"), language, _cover_page(bound)), in_spine=True),
        Item("imprint.xhtml", _page(_("About this edition"), language, imprint(bound)), in_spine=True),
        Item("contents.xhtml", _page(_("Contents"), language, *_navigation(bound)), "nav", in_spine=True),
        *(_chapter(one, files, language) for one in bound.chapters),
    ]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(_zip([("book/package.opf", _package(bound, items)), *((f"book/{i.name}", i.data) for i in items)]))
    return len(bound.chapters)


def _file(chapter: Chapter) -> str:
    return f"{chapter.name}.xhtml"


def _files_of(chapters: tuple[Chapter, ...]) -> dict[str, str]:
    """The file in which each id stands."""
    files = {anchor(one.name): _file(one) for one in chapters}
    return files | {str(name): _file(one) for one in chapters for name in one.body.xpath(".//@id")}


def _chapter(chapter: Chapter, files: dict[str, str], language: str) -> Item:
    body = chapter.body
    # There is nothing to write on, and no page has a number.
    for element in find(body, "page-of", "pen-lines", "pen-blank"):
        if element.tag != "li":
            drop(element)
    for link in body.xpath('.//a[starts-with(@href, "#")]'):
        target = link.get("href")[1:]
        place = "" if target == anchor(Path(files[target]).stem) else f"#{target}"
        link.set("href", f"{files[target]}{place}")
    lesson = _("Lesson {number}").format(number=chapter.number) if chapter.number else None
    over = " · ".join(text for text in (chapter.part, lesson) if text)
    kind = "appendix" if chapter.name in {"hints", "answers"} else "chapter"
    section = make("section", make("p", over, class_="opener") if over else None, list(body), role=f"doc-{kind}")
    section.set("epub-type", kind)
    return Item(_file(chapter), _page(entry_title(chapter), language, section), in_spine=True)


def _page(title: str, language: str, *content: HtmlElement) -> bytes:
    """One page as XHTML."""
    page = make(
        "html",
        make("head", make("title", title), make("link", rel="stylesheet", type="text/css", href="style.css")),
        make("body", make("main", content)),
        lang=language,
        dir="rtl" if direction(language) == "rtl" else None,
    )
    html.html_to_xhtml(page)
    root = etree.Element(f"{{{_XHTML}}}html", nsmap={None: _XHTML, "epub": _OPS})
    root.set("lang", language)
    root.set(_LANG, language)
    if direction(language) == "rtl":
        root.set("dir", "rtl")
    root.extend(list(page))
    for element in root.iter():
        if kind := element.attrib.pop("epub-type", None):
            element.set(f"{{{_OPS}}}type", kind)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    return data


def _navigation(bound: Bound) -> tuple[HtmlElement, HtmlElement]:
    """The table of contents, by parts, and the landmarks."""
    parts: list[HtmlElement] = []
    part = None
    for chapter in bound.chapters:
        number = f"{chapter.number}. " if chapter.number else ""
        entry = make("li", make("a", f"{number}{entry_title(chapter)}", href=_file(chapter)))
        if chapter.part is None:
            parts.append(entry)
        elif chapter.part == part:
            parts[-1][-1].append(entry)
        else:
            parts.append(make("li", make("span", chapter.part), make("ol", entry)))
        part = chapter.part
    contents = make("nav", make("h1", _("Contents")), make("ol", parts), id="toc", role="doc-toc")
    contents.set("epub-type", "toc")
    marks = (("cover", "cover.xhtml", _("Cover")), ("toc", "contents.xhtml", _("Contents")))
    first = ("bodymatter", _file(bound.chapters[0]), _("The beginning"))
    landmarks = make("nav", make("h2", _("Landmarks")), make("ol"), hidden="hidden")
    landmarks.set("epub-type", "landmarks")
    for kind, file, text in (*marks, first):
        link = make("a", text, href=file)
        link.set("epub-type", kind)
        landmarks[-1].append(make("li", link))
    return contents, landmarks


def _cover(bound: Bound) -> bytes:
    """The cover as a picture."""
    try:
        import typst  # noqa: PLC0415 - an extra
    except ImportError:
        words = _("the cover needs Typst, which is not installed here: {command}")
        raise CourseError(words.format(command="pip install 'coldwar-lessons[paper]'")) from None
    inputs = {
        "title": bound.built.title,
        "sub": bound.about.subtitle,
        "stamp": bound.stamp or "",
        "reference": bound.reference,
        "words": bound.sentence,
        "language": bound.about.language.partition("-")[0],
    }
    return typst.compile((HERE / "cover.typ").read_bytes(), format="png", ppi=200, sys_inputs=inputs)


def _cover_page(bound: Bound) -> HtmlElement:
    if bound.stamp:
        words = _("Cover: {title}. {subtitle}. On a typed sheet marked {stamp}: {sentence}")
    else:
        words = _("Cover: {title}. {subtitle}. On a typed sheet: {sentence}")
    about = bound.about
    alt = words.format(title=bound.built.title, subtitle=about.subtitle, stamp=bound.stamp, sentence=bound.sentence)
    picture = make("section", make("img", src="cover.png", alt=alt), class_="cover")
    picture.set("epub-type", "cover")
    return picture


def _pictures(bound: Bound, folder: Path) -> Iterator[Item]:
    """The pictures that the chapters show, each once."""
    names = {str(source) for chapter in bound.chapters for source in chapter.body.xpath(".//img/@src")}
    for name in sorted(names):
        data = (folder / name).read_bytes()
        yield Item(name, _plain_svg(data) if name.endswith(".svg") else data)


def _plain_svg(data: bytes) -> bytes:
    """A drawing as EPUB wants it.

    It loses its document type, which would have e-readers fetch a definition from the web, and a blank, which
    matplotlib writes as a path without an outline, gets one of no length.
    """
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    root = etree.fromstring(data, parser)
    for note in root.findall("{http://www.w3.org/2000/svg}metadata"):
        root.remove(note)
    for path in root.iter("{http://www.w3.org/2000/svg}path"):
        path.set("d", path.get("d", "M0 0"))
    plain: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return plain


def _package(bound: Bound, items: list[Item]) -> bytes:
    make_opf = ElementMaker(namespace=_OPF, nsmap={None: _OPF, "dc": _DC})
    make_dc = ElementMaker(namespace=_DC, nsmap={"dc": _DC})
    made = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH") or time.time()))
    metadata = make_opf.metadata(
        make_dc.identifier(str(uuid.uuid5(uuid.NAMESPACE_URL, f"coldwar-lessons/{__version__}").urn), id="id"),
        make_dc.title(bound.built.title),
        make_dc.language(bound.about.language),
        make_dc.creator(bound.about.author),
        make_dc.description(bound.built.description),
        make_dc.rights(rights(bound.about)),
        make_opf.meta(time.strftime("%Y-%m-%dT%H:%M:%SZ", made), property="dcterms:modified"),
        *(make_opf.meta(value, property=name) for name, values in _ACCESS.items() for value in values),
        make_opf.meta(_(_ACCESSIBLE), property="schema:accessibilitySummary"),
    )
    entries = []
    for item in items:
        entry = make_opf.item({"id": item.id, "href": item.name, "media-type": item.type})
        if item.properties:
            entry.set("properties", item.properties)
        entries.append(entry)
    package = make_opf.package(
        metadata,
        make_opf.manifest(*entries),
        make_opf.spine(*(make_opf.itemref(idref=item.id) for item in items if item.in_spine)),
        {
            "version": "3.0",
            "unique-identifier": "id",
            _LANG: bound.about.language,
        },
    )
    data: bytes = etree.tostring(package, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data


def _zip(files: list[tuple[str, bytes]]) -> bytes:
    """A zip with its type first, plain, as the standard wants it; the same files give the same bytes."""
    with io.BytesIO() as data:
        with zipfile.ZipFile(data, "w") as archive:
            first = [("mimetype", b"application/epub+zip"), ("META-INF/container.xml", _CONTAINER.encode())]
            for name, content in [*first, *files]:
                entry = zipfile.ZipInfo(name)
                entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                archive.writestr(entry, content)
        return data.getvalue()


def main() -> int:
    """Pack the built book of this checkout into ``_build/paper``."""
    root = content_root()
    folder = root / "_build" / "paper"
    try:
        out = folder / f"{file_name(load_course(root).about.title)}.epub"
        count = pack_book(root / "_build" / "html", folder, out)
    except CourseError as error:
        print(error)
        return 1
    note_made(out, root / "_build" / "html")
    words = _("Packed {count} chapters ({size} MB): {file}")
    print(words.format(count=count, size=f"{out.stat().st_size / 1e6:.1f}", file=out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
