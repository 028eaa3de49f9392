"""Where else a lesson can be opened: Binder, a JupyterHub, Colab. Off until ``_config.yml`` names the repository.

The keys are Jupyter Book's own (``repository``, ``launch_buttons``); the addresses follow each service's documentation.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import yaml
from sphinx.errors import ConfigError

from coldwar_lessons.language import N_, commas
from coldwar_lessons.language import gettext as _

INTERFACES = {"jupyterlab": "lab/tree", "notebook": "notebooks", "classic": "tree"}
#: What a student should know before.
NOTES = {
    "Binder": N_(
        "A computer on the web, free and without an account. It takes a minute or two to start, and it is "
        "deleted when you leave: hand in before."
    ),
    "JupyterHub": N_("Your school's or university's server. Sign in there; your work is kept."),
    "Colab": N_("Needs a Google account. First run %pip install coldwar-lessons in a new cell at the top."),
}
#: Binder's names of the hosts that it knows; others are plain Git.
_BINDER_HOSTS = {"github.com": "gh", "gitlab.com": "gl"}


@dataclass(frozen=True)
class Place:
    """One place where a lesson can be opened, with what a student should know first."""

    name: str
    url: str
    note: str


@dataclass(frozen=True)
class Launch:
    """The settings of ``_config.yml`` that say where lessons can be opened."""

    repository: str
    branch: str
    folder: str
    interface: str
    binder: str
    hub: str
    colab: str

    def places(self, docname: str) -> list[Place]:
        """The places for one document, such as ``notebooks/03-gestures``."""
        if not self.repository:
            return []
        path = "/".join(part for part in (self.folder, f"{docname}.ipynb") if part)
        host, owner, name = _parts(self.repository)
        opened = f"{INTERFACES[self.interface]}/{path}"
        places = []
        if self.binder:
            kind = _BINDER_HOSTS.get(host, "git")
            projects = {"gh": f"{owner}/{name}", "gl": quote(f"{owner}/{name}", safe="")}
            project = projects.get(kind) or quote(self.repository, safe="")
            spec = f"{kind}/{project}/{quote(self.branch, safe='')}"
            places.append(_place("Binder", f"{self.binder}/v2/{spec}?{urlencode({'urlpath': opened})}"))
        if self.hub:
            # nbgitpuller clones into a folder of the repository's name.
            opened = f"{INTERFACES[self.interface]}/{name}/{path}"
            query = urlencode({"repo": self.repository, "branch": self.branch, "urlpath": opened})
            places.append(_place("JupyterHub", f"{self.hub}/hub/user-redirect/git-pull?{query}"))
        if self.colab and host == "github.com":
            where = f"{owner}/{name}/blob/{quote(self.branch)}/{quote(path)}"
            places.append(_place("Colab", f"{self.colab}/github/{where}"))
        return places


def _place(name: str, url: str) -> Place:
    return Place(name, url, _(NOTES[name]))


def read_launch(config: Path) -> Launch:
    """Read the settings.

    Parameters
    ----------
    config
        ``_config.yml``; when there is none, nothing is on.

    Raises
    ------
    ConfigError
        If a setting cannot be used; the message names it.
    """
    settings = yaml.safe_load(config.read_text(encoding="utf-8")) or {} if config.is_file() else {}
    repository, buttons = _mapping(settings, "repository"), _mapping(settings, "launch_buttons")
    launch = Launch(
        repository=_address(repository, "repository", "url").removesuffix(".git"),
        branch=str(repository.get("branch") or "main"),
        folder=str(repository.get("path_to_book") or "").strip("/"),
        interface=str(buttons.get("notebook_interface") or "jupyterlab"),
        binder=_address(buttons, "launch_buttons", "binderhub_url"),
        hub=_address(buttons, "launch_buttons", "jupyterhub_url"),
        colab=_address(buttons, "launch_buttons", "colab_url"),
    )
    if launch.interface not in INTERFACES:
        words = _("_config.yml: notebook_interface {name!r}: there is {names}")
        raise ConfigError(words.format(name=launch.interface, names=commas(INTERFACES)))
    if launch.repository:
        _parts(launch.repository)
    return launch


def _mapping(settings: Any, name: str) -> dict[str, Any]:
    value = settings.get(name) or {}
    if not isinstance(value, dict):
        raise ConfigError(_("_config.yml: {name} must have keys of its own, such as url").format(name=name))
    return value


def _address(settings: dict[str, Any], group: str, name: str) -> str:
    value = str(settings.get(name) or "").rstrip("/")
    if value and urlsplit(value).scheme not in {"http", "https"}:
        words = _("_config.yml: {group}: {name}: {value!r} is no address: begin it with https://")
        raise ConfigError(words.format(group=group, name=name, value=value))
    return value


def _parts(repository: str) -> tuple[str, str, str]:
    """Host, owner (or group) and name of a repository."""
    parts = urlsplit(repository)
    owner, _slash, name = parts.path.strip("/").rpartition("/")
    if not owner:
        words = _("_config.yml: repository: url: {value!r} names no repository: https://host/owner/name")
        raise ConfigError(words.format(value=repository))
    return parts.netloc, owner, name
