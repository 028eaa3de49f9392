"""Checking translations: each must be compiled, and name nothing that its text does not."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

from coldwar_lessons.language import DOMAIN
from coldwar_lessons.language import gettext as _

from .faults import Fault

#: What the number of a plural is called; its singular may do without.
_COUNT = "count"


def check_translations(root: Path) -> Iterator[Fault]:
    """Faults of the translations that a course brings, in ``locale``, and of those in this package's sources."""
    for folder in (root / "locale", root / "src" / DOMAIN / "locale"):
        for source in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
            if not source.with_suffix(".mo").is_file():
                command = f"pybabel compile -D {DOMAIN} -d {folder.relative_to(root).as_posix()}"
                yield Fault(
                    source.relative_to(root),
                    0,
                    _("the translation is not compiled: run {command}").format(command=command),
                )
        for compiled in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")):
            yield from _faults_in(compiled, compiled.relative_to(root))


def _faults_in(compiled: Path, shown: Path) -> Iterator[Fault]:
    try:
        with compiled.open("rb") as file:
            catalogue: dict[str | tuple[str, int], str] = getattr(GNUTranslations(file), "_catalog", {})
    except (OSError, ValueError) as error:
        yield Fault(shown, 0, _("cannot be read ({error}): compile it anew with pybabel").format(error=error))
        return
    for key, translation in catalogue.items():
        message = key[0] if isinstance(key, tuple) else key
        if not message:
            continue
        known = _places(message) | ({_COUNT} if isinstance(key, tuple) else set())
        text = message.rpartition("\x04")[2]
        try:
            strange = _places(translation) - known
        except ValueError as error:
            yield Fault(
                shown,
                0,
                _("{translation!r}, for {text!r}: {error}; write braces as the text has them").format(
                    translation=translation, text=text, error=error
                ),
            )
            continue
        if strange:
            names = ", ".join(f"{{{name}}}" for name in sorted(known)) or _("nothing in braces")
            named = ", ".join(f"{{{name}}}" for name in sorted(strange))
            yield Fault(
                shown,
                0,
                _("{translation!r}, for {text!r}: no {named} there; the text has {names}").format(
                    translation=translation, text=text, named=named, names=names
                ),
            )


def _places(text: str) -> set[str]:
    return {name for _text, name, *_format in Formatter().parse(text) if name is not None}
