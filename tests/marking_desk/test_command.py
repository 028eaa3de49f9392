"""``coldwar-lessons rubric``: one line for each thing that can be wrong, and an end that says how far one is."""

from __future__ import annotations

import http.client
import itertools
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import sqlalchemy as sa

from coldwar_lessons.cli import main
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.tables import markings
from coldwar_lessons.marking_desk.door import Door
from tests.grading.essay_class import hand_in_essay, samples
from tests.marking_desk.desks import serve_desk
from tests.marking_desk.serving import Client


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "grades.db"
    gradebook = Gradebook(path)
    hand_in_essay(gradebook, tmp_path, 1, samples()[0])
    gradebook.close()
    return path


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["rubric", "--no-open", *arguments])
    error = capsys.readouterr().err
    assert error.count("\n") == 1, error
    return code, error


def test_no_gradebook(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, error = complaint(capsys, "--db", str(tmp_path / "none.db"))
    assert code == 2
    assert "none.db: take hand-ins in first, with coldwar-lessons mark HAND-INS --roster roster.csv" in error
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_gradebook(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database at all, however long it may be. " * 40, encoding="utf-8")
    code, error = complaint(capsys, "--db", str(path))
    assert code == 1
    assert "cannot be opened: file is not a database" in error


def test_nothing_to_mark(capsys: pytest.CaptureFixture[str], tmp_path: Path, database: Path) -> None:
    Gradebook(tmp_path / "empty.db").close()
    code, error = complaint(capsys, "--db", str(tmp_path / "empty.db"))
    assert code == 1
    assert "nothing to mark: the gradebook holds no writing for any task; take hand-ins in with" in error
    _, error = complaint(capsys, "--db", str(database), "--task", "how-much-change")
    assert "no writing for ‘how-much-change’" in error


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--lesson", "03-gesture"), "no lesson '03-gesture': did you mean 03-gestures?"),
        (("--task", "worth-of-gesture"), "no writing task 'worth-of-gesture': did you mean worth-of-gestures?"),
    ],
)
def test_no_such_lesson_or_task(
    capsys: pytest.CaptureFixture[str], database: Path, arguments: tuple[str, str], words: str
) -> None:
    assert words in complaint(capsys, "--db", str(database), *arguments)[1]


def test_the_port_is_taken(capsys: pytest.CaptureFixture[str], database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        main(["rubric", "--no-open", "--db", str(database), "--port", port])
        error = capsys.readouterr().err
        assert f"port {port} cannot be had (Address already in use): leave --port out to take a free one" in error
    code, error = complaint(capsys, "--db", str(database), "--port", "99999")
    assert code == 2
    assert "should be less than or equal to 65535" in error


def test_it_serves_this_machine_alone_and_says_at_its_end_how_far_the_marking_is(database: Path) -> None:
    with serve_desk(str(database)) as desk:
        port = int(desk.url.rpartition(":")[2].strip("/"))
        with urllib.request.urlopen(desk.address) as answer:
            assert answer.status == 200
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(desk.url)
        # Any other address of this machine: 127.0.0.2 is one of its own on Linux.
        with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.2", port), timeout=2):
            pass
        desk.process.send_signal(signal.SIGINT)
        out, error = desk.process.communicate(timeout=30)
    assert desk.process.returncode == 0
    assert out.splitlines()[-1] == "The desk is closed. 0 of 1 essays are marked."
    assert error == ""


def test_kill_9_loses_no_acknowledged_mark(database: Path) -> None:
    acknowledged: list[str] = []
    with serve_desk(str(database)) as desk:
        port = int(desk.url.rpartition(":")[2].strip("/"))
        client = Client(Door(port, token=desk.address.rpartition("/")[2])).enter()
        first = re.findall(r'href="(/essay/[^"?]*)', client.ask("/").text)[0]
        page = client.ask(first).text
        token = re.findall(r'name="form_token" value="([^"]*)"', page)[0]

        def mark_on() -> None:
            """Change the comment again and again, as fast as the desk answers, until it is gone."""
            for number in itertools.count():
                form = {"form_token": token, "comment": f"Comment {number}.", "base.comment": str(number)}
                try:
                    answer = client.ask(first, form, Accept="application/json")
                except (OSError, http.client.HTTPException):
                    return
                assert answer.status == 200
                acknowledged.append(form["comment"])

        marker = threading.Thread(target=mark_on)
        marker.start()
        while len(acknowledged) < 60:
            time.sleep(0.01)
        desk.kill()
        marker.join(30)
    gradebook = Gradebook(database)
    kept = [row["value"] for row in gradebook.rows(sa.select(markings).order_by(markings.c.revision))]
    gradebook.close()
    assert kept[: len(acknowledged)] == acknowledged
    # One more may have been written whose answer was lost on its way.
    assert len(kept) - len(acknowledged) in {0, 1}


def test_the_command_starts_without_a_server() -> None:
    script = "import sys, coldwar_lessons.cli; print('tornado' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "False\n"
    )
