"""Where a lesson can be opened: nothing until the repository is named, then what each service documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from sphinx.errors import ConfigError

from coldwar_lessons.book.launch import Launch, read_launch

ROOT = Path(__file__).resolve().parents[2]
LESSON = "notebooks/03-gestures"


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., Launch]:
    """The book's own settings with some changed."""

    def read(repository: dict[str, Any], **buttons: Any) -> Launch:
        own = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
        own["repository"].update(repository)
        own["launch_buttons"].update(buttons)
        (tmp_path / "_config.yml").write_text(yaml.safe_dump(own), encoding="utf-8")
        return read_launch(tmp_path / "_config.yml")

    return read


def addresses(launch: Launch) -> dict[str, str]:
    return {place.name: place.url for place in launch.places(LESSON)}


def test_nothing_is_offered_while_no_repository_is_named() -> None:
    assert read_launch(ROOT / "_config.yml").places(LESSON) == []
    assert read_launch(ROOT / "no-such-file").places(LESSON) == []


def test_one_setting_is_enough(settings: Callable[..., Launch]) -> None:
    assert addresses(settings({"url": "https://github.com/you/coldwar-lessons.git"})) == {
        "Binder": "https://mybinder.org/v2/gh/you/coldwar-lessons/main"
        "?urlpath=lab%2Ftree%2Fnotebooks%2F03-gestures.ipynb",
        "Colab": "https://colab.research.google.com/github/you/coldwar-lessons/blob/main/notebooks/03-gestures.ipynb",
    }


def test_a_hub_gets_what_nbgitpuller_reads(settings: Callable[..., Launch]) -> None:
    launch = settings(
        {"url": "https://git.school.example/history/cold-war", "branch": "autumn/2026", "path_to_book": "course"},
        jupyterhub_url="https://hub.school.example/",
    )
    found = addresses(launch)
    assert list(found) == ["Binder", "JupyterHub"]
    assert "/v2/git/https%3A%2F%2Fgit.school.example%2Fhistory%2Fcold-war/autumn%2F2026?" in found["Binder"]
    assert found["JupyterHub"].startswith("https://hub.school.example/hub/user-redirect/git-pull?")
    assert parse_qs(urlsplit(found["JupyterHub"]).query) == {
        "repo": ["https://git.school.example/history/cold-war"],
        "branch": ["autumn/2026"],
        "urlpath": ["lab/tree/cold-war/course/notebooks/03-gestures.ipynb"],
    }


@pytest.mark.parametrize(
    ("repository", "buttons", "message"),
    [
        ({"url": "github.com/you/x"}, {}, "begin it with https://"),
        ({"url": "https://github.com/"}, {}, "names no repository"),
        ({"url": "https://github.com/you/x"}, {"notebook_interface": "emacs"}, "there is jupyterlab"),
        ({"url": "https://github.com/you/x"}, {"binderhub_url": "javascript:alert(1)"}, "binderhub_url"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    settings: Callable[..., Launch], repository: dict[str, Any], buttons: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError, match=r"_config\.yml: .*") as told:
        settings(repository, **buttons)
    assert message in str(told.value)


def test_a_lessons_page_offers_the_places(small_book: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    setting = {
        "repository": {"url": "https://github.com/you/x"},
        "launch_buttons": {"binderhub_url": "https://b.example"},
    }
    (tmp_path / "source" / "_config.yml").write_text(yaml.safe_dump(setting), encoding="utf-8")
    book = small_book()
    page = book.page("notebooks/01-a-paper-marked-secret")
    path = "lab%2Ftree%2Fnotebooks%2F01-a-paper-marked-secret.ipynb"
    assert f'href="https://b.example/v2/gh/you/x/main?urlpath={path}"' in page
    assert "hand in before" in page
    assert "b.example" not in book.page()
