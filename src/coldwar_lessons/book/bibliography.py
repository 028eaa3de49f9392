"""The bibliography, by sphinxcontrib-bibtex: BibTeX files made from ``data/sources``, and a style that prints them.

The YAML files stay the one place where a source is described. Each build writes a BibTeX file for every kind of
source, and one of all for readers to download. What the style prints is what the lessons print: it reads a source
back from its BibTeX entry and describes it by :func:`~coldwar_lessons.content.references.reference_parts`.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer
from pybtex.plugin import register_plugin
from pybtex.richtext import BaseText, HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex_docutils import Backend
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinxcontrib.bibtex.directives import BibliographyDirective
from sphinxcontrib.bibtex.transforms import BibliographyTransform

from coldwar_lessons.content.faults import did_you_mean
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.models import Source
from coldwar_lessons.content.references import KINDS, Part, reference_order, reference_parts
from coldwar_lessons.language import gettext as _

#: The file with all sources that readers can download, beside the book's pages.
DOWNLOAD = "_static/sources.bib"
STYLE = "coldwar-lessons"
#: Entry types, and the fields in which each keeps the work around a source, its publisher and its number.
_TYPES = {
    "book": ("book", {"publisher": "publisher"}),
    "article": ("article", {"container": "journal", "issue": "number", "publisher": "publisher"}),
    "chapter": ("incollection", {"container": "booktitle", "publisher": "publisher"}),
    "thesis": ("phdthesis", {"publisher": "school"}),
    "paper": ("techreport", {"container": "type", "issue": "number", "publisher": "institution"}),
    None: ("misc", {"container": "howpublished", "publisher": "publisher"}),
}
_FORMS = {name: form for form, (name, _renamed) in _TYPES.items()}
_FIELDS = ("title", "container", "series", "volume", "issue", "pages", "publisher", "place", "year", "note")
#: Fields that every type of entry calls the same, but not as we do.
_RENAMED = {"place": "address", "kind": "keywords", "short": "shorttitle"}
#: Fields that are addresses and not LaTeX.
VERBATIM = ("doi", "url")


# --- sources as BibTeX ---------------------------------------------------------------------------


def entry_of(source: Source) -> Entry:
    """Write a source as a BibTeX entry."""
    kind, renamed = _TYPES[source.form]
    fields = {}
    for name in _FIELDS:
        if value := getattr(source, name):
            # A second pair of braces: programs that read the file leave the capitals of a title as they are.
            fields[_field(name, renamed)] = f"{{{value}}}" if name == "title" else value
    fields |= {"shorttitle": f"{{{source.short}}}", "keywords": source.kind}
    fields |= {name: str(value) for name in VERBATIM if (value := getattr(source, name))}
    fields |= {"weak": "true"} if source.weak else {}
    people = {"author": source.authors, "editor": source.editors}
    entry = Entry(kind, fields, {role: [Person(name) for name in names] for role, names in people.items() if names})
    entry.key = source.id
    return entry


def source_of(entry: Entry) -> Source:
    """Read a source back from its BibTeX entry."""
    form = _FORMS[entry.type]
    _type, renamed = _TYPES[form]
    given = {name: _plain(entry, _field(name, renamed)) for name in (*_FIELDS, "short", "kind")}
    given |= {name: entry.fields[name] for name in VERBATIM if name in entry.fields}
    people = {role: [_name(person) for person in entry.persons.get(role, ())] for role in ("author", "editor")}
    return Source.model_validate(
        {name: value for name, value in given.items() if value}
        | {"id": entry.key, "form": form, "weak": entry.fields.get("weak") == "true"}
        | {"authors": people["author"], "editors": people["editor"]}
    )


def bibtex_of(sources: Iterable[Source]) -> str:
    """Write sources as the text of a BibTeX file."""
    text = io.StringIO()
    BibtexWriter(encoding="UTF-8").write_stream(BibliographyData({one.id: entry_of(one) for one in sources}), text)
    return text.getvalue()


class BibtexWriter(Writer):  # type: ignore[misc]
    """Writes BibTeX with addresses as they are: to escape characters in them would break the link."""

    def _write_field(self, stream: io.StringIO, type: str, value: str) -> None:  # noqa: A002
        if type in VERBATIM:
            stream.write(f",\n    {type} = {self.quote(value)}")
        else:
            super()._write_field(stream, type, value)


def _field(name: str, renamed: dict[str, str]) -> str:
    return renamed.get(name) or _RENAMED.get(name, name)


def _plain(entry: Entry, field: str) -> str:
    return str(Text.from_latex(entry.fields[field])) if field in entry.fields else ""


def _name(person: Person) -> str:
    parts = (*person.rich_first_names, *person.rich_middle_names, *person.rich_prelast_names, *person.rich_last_names)
    return " ".join(str(part) for part in parts)


# --- the style -----------------------------------------------------------------------------------


class CourseStyle(BaseStyle):  # type: ignore[misc]
    """Prints an entry as the lessons print the source."""

    def __init__(self, *_arguments: Any, **_options: Any) -> None:
        """Take nothing from the styles for names, labels and order: each is settled here."""

    def sort(self, entries: Iterable[Entry]) -> list[Entry]:
        """By author, year and title."""
        return sorted(entries, key=lambda entry: reference_order(source_of(entry)))

    def format_labels(self, sorted_entries: Iterable[Entry]) -> list[str]:
        """The short form by which the lessons cite the source."""
        return [source_of(entry).short for entry in sorted_entries]

    def format_entry(self, label: str, entry: Entry, bib_data: BibliographyData | None = None) -> FormattedEntry:
        """Print an entry."""
        del bib_data
        return FormattedEntry(entry.key, Text(*map(_rich, reference_parts(source_of(entry)))), label)


def _rich(part: Part) -> BaseText:
    words = HRef(part.url, part.text) if part.url else Text(part.text)
    return words if part.style == "plain" else Tag(part.style, words)


class CourseBackend(Backend):
    """Shows the parts of a reference as the lessons do, so that style sheets and the search find them."""

    def format_tag(self, tag_name: str, text: list[nodes.Node]) -> list[nodes.Node]:
        """Give each style its element."""
        if tag_name in {"whole", "part"}:
            return [nodes.title_reference("", "", *text, classes=["cwl-part"] if tag_name == "part" else [])]
        if tag_name == "around":
            return [nodes.emphasis("", "", *text)]
        return [nodes.inline("", "", *text, classes=["cwl-seen"])]


# --- the files and the directive -----------------------------------------------------------------


def write_bibtex(course: Course, folder: Path) -> list[Path]:
    """Write a BibTeX file for each kind of source; a file that would not change is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for kind in KINDS:
        file = folder / f"{kind}.bib"
        _write(file, bibtex_of(source for source in course.sources.values() if source.kind == kind))
        files.append(file)
    return files


def _write(file: Path, text: str) -> None:
    # Sphinx goes by the date of the file.
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")


def prepare_bibliography(app: Sphinx, config: Config) -> None:
    """Write the BibTeX files before sphinxcontrib-bibtex reads them."""
    folder = Path(app.outdir).parent / "bibtex"
    config["bibtex_cite_id"] = "source-{key}"
    config["bibtex_tooltips"] = False
    config["bibtex_bibfiles"] = [os.path.relpath(file, app.confdir) for file in write_bibtex(load_course(), folder)]


def write_download(app: Sphinx) -> None:
    """Put the file of all sources beside the pages."""
    if app.builder.format == "html":
        file = Path(app.outdir) / DOWNLOAD
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, bibtex_of(load_course().sources.values()))


class SourcesDirective(SphinxDirective):
    """The sources of one kind: ``{sources} scholarship``. Every source has an anchor, ``source-<id>``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Build the list; sphinxcontrib-bibtex fills it in."""
        kind = self.arguments[0]
        if kind not in KINDS:
            words = _("no kind of source {kind!r}: {hint}")
            raise self.error(words.format(kind=kind, hint=did_you_mean(kind, KINDS)))
        folder = Path(self.env.app.outdir).parent / "bibtex"
        directive = BibliographyDirective(
            "bibliography",
            [f"/{os.path.relpath(folder / f'{kind}.bib', self.env.srcdir)}"],
            {"all": None, "list": "bullet", "style": STYLE},
            StringList(),
            self.lineno,
            self.content_offset,
            self.block_text,
            self.state,
            self.state_machine,
        )
        return [nodes.container("", *directive.run(), classes=["cwl-page", "cwl-bibliography"])]


class AllSourcesRole(SphinxRole):
    """A link to the file with all sources: ``{all-sources}`one BibTeX file```."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Build the link."""
        up = "../" * self.env.docname.count("/")
        return [nodes.reference(self.rawtext, self.text, refuri=f"{up}{DOWNLOAD}", internal=True)], []


def setup_bibliography(app: Sphinx) -> None:
    """Register the bibliography with Sphinx."""
    register_plugin("pybtex.style.formatting", STYLE, CourseStyle)
    BibliographyTransform.backend = CourseBackend()
    app.setup_extension("sphinxcontrib.bibtex")
    app.connect("config-inited", prepare_bibliography)
    app.connect("builder-inited", write_download)
