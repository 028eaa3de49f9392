"""Who gets in: this machine, with the address that was printed, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coldwar_lessons.grading.essays import writing_tasks
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.markings import last_change
from coldwar_lessons.marking_desk.desk import Desk
from tests.grading.essay_class import TASK, course, hand_in_essay, samples
from tests.marking_desk.serving import Client, served

PATHS = ("/", "/names", "/static/marking-desk.js", "/nowhere", f"/essay/{TASK}/0123456789abcdef")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    gradebook = Gradebook(folder / "grades.db")
    hand_in_essay(gradebook, folder, 1, samples()[0])
    yield Desk(gradebook, course(), writing_tasks(course()), "me", names_hidden=False, opened=0)
    gradebook.close()


@pytest.fixture
def stranger(desk: Desk) -> Iterator[Client]:
    with served(desk) as client:
        yield client


@pytest.fixture
def essay(desk: Desk) -> str:
    return f"/essay/{TASK}/{desk.essays()[0].newest.slug}"


def changes(desk: Desk) -> int:
    return last_change(desk.gradebook)


@pytest.mark.parametrize("path", PATHS)
def test_without_the_cookie_nothing_is_shown(stranger: Client, path: str) -> None:
    answer = stranger.ask(path)
    assert answer.status == 403
    assert "Open the address that coldwar-lessons rubric printed" in answer.words
    assert "Ann" not in answer.text


def test_the_address_gives_a_cookie_that_no_script_and_no_other_site_can_use(stranger: Client) -> None:
    cookie = stranger.ask(f"/open/{stranger.door.token}").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert stranger.door.token not in cookie
    assert stranger.enter().ask("/").status == 200
    assert stranger.enter().ask("/").status == 200


@pytest.mark.parametrize("token", ["x", "..%2f", "a" * 32])
def test_a_wrong_token_gives_nothing(stranger: Client, token: str) -> None:
    answer = stranger.ask(f"/open/{token}")
    assert answer.status in {403, 404}
    assert "Set-Cookie" not in answer.headers


def test_the_address_that_a_browser_is_opened_with_works_once(stranger: Client) -> None:
    (once,) = stranger.door.once
    assert stranger.ask(f"/open/{once}").status == 200
    assert stranger.ask(f"/open/{once}").status == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil:{port}", ""]
)
def test_another_name_for_this_machine_is_refused(stranger: Client, host: str) -> None:
    client = stranger.enter()
    name = host.format(port=client.door.port)
    # Without any name Tornado refuses by itself.
    refused = 403 if name else 400
    assert client.ask("/", Host=name).status == refused
    assert client.ask(f"/open/{client.door.token}", Host=name).status == refused


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused_and_changes_nothing(
    stranger: Client, desk: Desk, essay: str, headers: dict[str, str]
) -> None:
    client = stranger.enter()
    before = changes(desk)
    form = {"form_token": client.door.form, "level.phrase": "3", "base.level.phrase": "0"}
    assert client.ask(essay, form, **headers).status == 403
    assert changes(desk) == before


@pytest.mark.parametrize("token", ["", "wrong"])
def test_a_form_without_its_token_is_refused_and_changes_nothing(
    stranger: Client, desk: Desk, essay: str, token: str
) -> None:
    client = stranger.enter()
    before = changes(desk)
    for path in (essay, "/names"):
        assert client.ask(path, {"form_token": token, "level.phrase": "3", "base.level.phrase": "0"}).status == 403
    assert changes(desk) == before
    assert not desk.names_hidden


@pytest.mark.parametrize("path", [*PATHS, "/open/wrong"])
def test_every_answer_carries_the_policy(stranger: Client, path: str) -> None:
    for answer in (stranger.ask(path), stranger.enter().ask(path)):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Tornado" not in answer.headers.get("Server", "")
        assert "no-" in answer.headers["Cache-Control"]


def test_pages_name_no_other_host_and_hold_no_inline_script_or_style(stranger: Client, essay: str) -> None:
    client = stranger.enter()
    for path in ("/", essay):
        text = client.ask(path).text
        assert "style=" not in text
        assert "<style" not in text
        assert text.count("<script") == text.count("<script src=")
        assert 'src="http' not in text


def test_what_is_too_long_or_broken_does_no_harm(stranger: Client, desk: Desk, essay: str, tmp_path: Path) -> None:
    client = stranger.enter()
    with pytest.raises((OSError, AssertionError)):
        assert client.post(essay, comment="x" * 3_000_000, base__comment="0").status == 200
    assert client.ask(essay, {"form_token": client.door.form, "comment": "a", "base.comment": "-1"}).status == 303
    assert client.ask("/essay/" + "a" * 500 + "/x").status == 404
    assert client.ask("/?task=%ff&show=%00").status in {200, 400}
    assert client.ask("/").status == 200
    assert changes(desk) == 0
    assert not list(tmp_path.iterdir())
