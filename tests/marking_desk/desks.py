"""Desks to mark at: gradebooks with essays of a class, and the real command that serves them."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.mark import Tally, mark_hand_ins
from coldwar_lessons.grading.roster import Roster, RosterEntry
from tests.grading.essay_class import TASK, course, samples
from tests.grading.hand_ins import LESSON, RIGHT, as_bytes, hand_in, workbook

GIVEN = ["Aisha", "Ben", "Chloé", "Dmitri", "Esra", "Fergus", "Grace", "Hana", "Idris", "Jun"]
FAMILY = ["Adeyemi", "Brown", "Çelik", "Davies", "Evans"]


def essay_of(number: int) -> str:
    """What a student wrote: one of the edition's sample answers, with a sentence of the student's own."""
    paragraphs = samples()[number % 3]
    return f"{paragraphs}\nMy answer no. {number} rests on two sentences (p3.s6) and (p3.s8)."


def make_class(database: str, folder: Path, texts: list[str]) -> list[RosterEntry]:
    """Let as many students as there are texts hand them in."""
    students = [
        RosterEntry(f"{1000 + index}", f"{GIVEN[index % 10]} {FAMILY[index // 10 % 5]}", f"{1000 + index}", "12A")
        for index in range(len(texts))
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for index, (student, text) in enumerate(zip(students, texts, strict=True)):
        moment = f"2026-11-{10 + index % 10}T10:00:00Z"
        book = workbook(RIGHT, text=text, updated=moment)
        book["widgets"][f"{LESSON}/writing/{TASK}"]["state"] |= {
            "plan": "Fair as a sum. Turkey fits. Pravda does not.",
            "levels": {"phrase": index % 3, "cases": 1},
            "checks": [],
        }
        path = folder / f"{index:03}.hand-in.json"
        path.write_bytes(as_bytes(hand_in(student.name, student.number, created=moment, workbooks={LESSON: book})))
    gradebook = Gradebook(database)
    tally = Tally()
    for tally in mark_hand_ins([folder], course(), Roster(tuple(students)), gradebook):  # noqa: B007
        pass
    gradebook.close()
    assert tally.marked == len(texts), tally
    return students


@dataclass(frozen=True)
class Served:
    """A desk that is being served.

    Attributes
    ----------
    process
        The command.
    address
        What it printed.
    """

    process: subprocess.Popen[str]
    address: str

    @property
    def url(self) -> str:
        """The address without its secret, with a slash at its end."""
        return self.address.partition("open/")[0]

    def kill(self) -> None:
        """What a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def serve_desk(database: str, *options: str) -> Iterator[Served]:
    """Run ``coldwar-lessons rubric`` until the test is over."""
    command = [sys.executable, "-m", "coldwar_lessons", "rubric", "--db", database, "--no-open", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, (line, process.stderr.read() if process.stderr else "")
        yield Served(process, found[0])
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
