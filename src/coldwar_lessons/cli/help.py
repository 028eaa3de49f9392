"""The help of the commands in the language of the terminal.

Texts of verbs are the docstrings of their functions (``command_texts.py`` puts them into the catalogue), those of
options are marked where they stand. Typer builds its commands once English is known not to be wanted, so all of them
are translated here, in one place.
"""

from __future__ import annotations

from typing import Any

import typer
from typer import core

from coldwar_lessons.language import N_, SOURCE, current_language
from coldwar_lessons.language import gettext as _

#: What Typer says by itself.
TYPER = (
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("default: {default}"),
    N_("required"),
    N_("Missing command."),
    N_("No such command {name!r}."),
)
_HELP = N_("Show this message and exit.")
_USAGE = N_("Usage:")


def translated(app: typer.Typer) -> Any:
    """Build the command of an app, with its help in the language in use.

    Parameters
    ----------
    app
        The app; its help and that of its verbs and options is in English.

    Returns
    -------
    typer.core.TyperGroup
        To be called with the arguments.
    """
    command = typer.main.get_command(app)
    if current_language() != SOURCE:
        # Typer looks its own few words up in a catalogue that nobody has.
        core._ = _  # type: ignore[attr-defined]  # a name of its own, which it does not export
        _translate(command, None)
    return command


def _translate(command: Any, above: typer.Context | None) -> None:
    context = typer.Context(command, parent=above, info_name=command.name, **command.context_settings)
    for one in (command, *command.params):
        for name in ("help", "short_help"):
            if text := getattr(one, name, None):
                setattr(one, name, _(text))
    if option := command.get_help_option(context):
        option.help = _(_HELP)

    def format_usage(here: Any, formatter: Any) -> None:
        pieces = " ".join(command.collect_usage_pieces(here))
        formatter.write_usage(here.command_path, pieces, prefix=f"{_(_USAGE)} ")

    command.format_usage = format_usage
    for verb in getattr(command, "commands", {}).values():
        _translate(verb, context)
