"""The language of the interface: every text that the course says itself, as opposed to its content.

The texts in the code are British English and are the keys of a gettext catalogue, domain ``coldwar_lessons``. The
template of it is ``locale/coldwar_lessons.pot``; a translation is ``locale/<language>/LC_MESSAGES/coldwar_lessons.mo``
beside the template or in the course's own folder. Without one, the texts stand as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gettext import NullTranslations

DOMAIN = "coldwar_lessons"
#: The language of the texts in the code.
SOURCE = "en-GB"
PACKAGE = Path(__file__).resolve().parent
#: Languages and scripts that are written from right to left (CLDR, character order).
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})

_language = SOURCE
_translations: NullTranslations | None = None


def use_language(language: str, folders: Iterable[Path] = ()) -> None:
    """Say everything in a language from now on, as far as there is a translation.

    Parameters
    ----------
    language
        BCP 47 tag, such as ``de`` or ``pt-BR``. For ``pt-BR``, what is in ``pt_BR`` is taken, else what is in ``pt``.
    folders
        Where translations may be besides the package's own, such as a course's ``locale``; the first that has one wins.
    """
    global _language, _translations
    _language, _translations = language, _find(language, (*folders, PACKAGE / "locale"))


def terminal_language(environment: Mapping[str, str], folders: Iterable[Path] = ()) -> str:
    """The language that a terminal asks for: the first with a translation, in gettext's order, else English.

    Parameters
    ----------
    environment
        Such as ``os.environ``: ``LANGUAGE`` may name several, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` one.
    folders
        As :func:`use_language` takes them.
    """
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((environment[name] for name in names if environment.get(name)), "")
    for locale in wanted.split(":"):
        tag = locale.partition(".")[0].partition("@")[0].replace("_", "-")
        if _find(tag, (*folders, PACKAGE / "locale")):
            return tag
        if tag.split("-")[0] in {"en", "C", "POSIX"}:
            break
    return SOURCE


@contextmanager
def in_language(language: str, folders: Iterable[Path] = ()) -> Iterator[None]:
    """Say something in a language, and go on in the one before: a page of the course, from a teacher's terminal.

    Parameters
    ----------
    language, folders
        As :func:`use_language` takes them.
    """
    global _language, _translations
    before = _language, _translations
    use_language(language, folders)
    try:
        yield
    finally:
        _language, _translations = before


def current_language() -> str:
    """The BCP 47 tag of the language in use."""
    return _language


def direction(language: str | None = None) -> str:
    """``rtl`` for a language that is written from right to left, else ``ltr``.

    Parameters
    ----------
    language
        BCP 47 tag; by default the language in use.
    """
    first, *rest = (language or _language).lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    return "rtl" if (scripts[0] in _RIGHT_TO_LEFT_SCRIPTS if scripts else first in _RIGHT_TO_LEFT) else "ltr"


def gettext(message: str) -> str:
    """A message in the language in use; imported as ``_``, so that the catalogue's tools find it."""
    return _translations.gettext(message) if _translations else message


def ngettext(one: str, many: str, count: float) -> str:
    """A message in the form that goes with a number."""
    if _translations:
        return _translations.ngettext(one, many, count)  # type: ignore[arg-type]  # gettext takes any number
    return one if count == 1 else many


def pgettext(context: str, message: str) -> str:
    """A message that means different things in different places, which ``context`` tells apart."""
    return _translations.pgettext(context, message) if _translations else message


def listed(texts: Iterable[str]) -> str:
    """Texts in a row as a sentence has them: ``a, b and c``.

    >>> listed(["Malenkov", "Molotov", "Beria"])
    'Malenkov, Molotov and Beria'
    """
    *before, last = [*texts] or [""]
    if not before:
        return last
    # i18n: the end of a list, such as ‘Malenkov, Molotov and Beria’; {before} are all but the last, with commas.
    return pgettext("list", "{before} and {last}").format(before=commas(before), last=last)


def commas(texts: Iterable[str]) -> str:
    """Texts in a row, divided by commas only: ``a, b, c``."""
    # i18n: what stands between the parts of a list, with the space that belongs to it.
    return pgettext("list", ", ").join(texts)


def semicolons(texts: Iterable[str]) -> str:
    """Texts in a row that have commas in them: ``a, b; c``."""
    # i18n: what stands between the parts of a list whose parts have commas, with the space that belongs to it.
    return pgettext("list", "; ").join(texts)


def either(texts: Iterable[str]) -> str:
    """Texts of which one holds: ``a, b or c``."""
    *before, last = [*texts] or [""]
    if not before:
        return last
    # i18n: the end of a list of which one part holds, such as ‘Malenkov, Molotov or Beria’.
    return pgettext("list", "{before} or {last}").format(before=commas(before), last=last)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark a message of a constant for the catalogue; it is translated where it is used."""
    return message


def browser_messages() -> dict[str, Any]:
    """What the browser half needs to say its texts in the language in use; empty for English.

    Returns
    -------
    dict
        Translations by message, those with a plural as lists of forms; under ``""`` the language, the direction and
        which form each number takes, for 0 to 199.
    """
    if _translations is None:
        return {}
    catalogue: dict[str | tuple[str, int], str] = getattr(_translations, "_catalog", {})
    most = max((key[1] + 1 for key in catalogue if isinstance(key, tuple)), default=0)
    found: dict[str, Any] = {}
    for message in _messages_in_browser():
        forms = [catalogue[message, form] for form in range(most) if (message, form) in catalogue]
        text = forms or catalogue.get(message)
        if text:
            found[message] = text
    plural = getattr(_translations, "plural", None)
    return {"": {"language": _language, "direction": direction(), "plural": _form_table(plural)}, **found}


@cache
def _messages_in_browser() -> tuple[str, ...]:
    # Written when the browser half is built: what its sources say.
    return tuple(json.loads((PACKAGE / "static" / "messages.json").read_text(encoding="utf-8")))


def _form_table(plural: Any) -> list[int]:
    """The form for 0 to 199; every language's rule repeats within the hundreds."""
    return [plural(count) for count in range(200)] if plural else []


@cache
def _find(language: str, folders: tuple[Path, ...]) -> NullTranslations | None:
    # English in any spelling is what stands in the code.
    if language.lower() in {"en", SOURCE.lower()}:
        return None
    path = next((path for folder in folders if (path := find_catalogue(language, folder))), None)
    if path is None:
        return None
    from gettext import GNUTranslations  # noqa: PLC0415 - English needs no part of it

    with path.open("rb") as file:
        return GNUTranslations(file)


def find_catalogue(language: str, folder: Path) -> Path | None:
    """The compiled translation for a language in a folder of translations, or the nearest to it.

    Parameters
    ----------
    language
        BCP 47 tag.
    folder
        Such as a course's ``locale``.
    """
    first, *rest = language.split("-")
    names = ("_".join([first, *rest[: len(rest) - left]]) for left in range(len(rest) + 1))
    paths = (folder / name / "LC_MESSAGES" / f"{DOMAIN}.mo" for name in names)
    return next((path for path in paths if path.is_file()), None)
