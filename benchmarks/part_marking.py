"""Marking hand-ins against reading the same bytes with ``json.loads``, and the report on 10,000 students.

nbgrader's autograde, on the same work, is measured in ``part_nbgrader``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from figures import Figure, against

ROOT = Path(__file__).resolve().parents[1]
COUNTS = (1_000, 3_000, 10_000)
PEER = "json.loads of the same bytes"
#: Written by a process of its own, so that its memory is in nobody's figures.
_MAKE = """
import csv, json, sys
from pathlib import Path
from coldwar_lessons.content.load import load_course
from tests.grading.classroom import hand_in_of, make_class
folder, count, lessons = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
course = load_course(teaching=True)
pupils = make_class(count)
with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
    rows = csv.writer(file)
    rows.writerow(["number", "name", "class"])
    rows.writerows([one.entry.number, one.entry.name, one.entry.class_name] for one in pupils)
for one in pupils:
    text = json.dumps(hand_in_of(one, course, lessons or course.lessons), ensure_ascii=False, indent=1)
    (folder / f"{one.entry.number}.json").write_text(text, encoding="utf-8")
"""
_PEAK = """
def peak():
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6
"""
#: Marks in steps, and after each step parses the same files, so that a machine that is slow for a while slows both.
_MARK = """
import json, sys, time
from pathlib import Path
from coldwar_lessons.content.load import load_course
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.mark import mark_hand_ins, spare_collector
from coldwar_lessons.grading.roster import read_roster
folder, address, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
paths = sorted(folder.glob("*.json"))[:count]
roster, gradebook, course = read_roster(folder / "roster.csv"), Gradebook(address), load_course()
clock = work = loads = loads_work = size = seen = 0
marking = mark_hand_ins(paths, course, roster, gradebook)
with spare_collector():
    while True:
        begun, worked = time.perf_counter(), time.process_time()
        tally = next(marking, None)
        clock += time.perf_counter() - begun
        work += time.process_time() - worked
        if tally is None:
            break
        found = tally.marked
        texts = [path.read_bytes() for path in paths[seen:tally.found]]
        seen = tally.found
        size += sum(map(len, texts))
        begun, worked = time.perf_counter(), time.process_time()
        for text in texts:
            json.loads(text)
        loads += time.perf_counter() - begun
        loads_work += time.process_time() - worked
        del texts
gradebook.close()
assert found == count, found
print(json.dumps([clock, work, loads, loads_work, size]))
"""
#: Marks alone, for its memory.
_MEMORY = (
    _PEAK
    + """
import json, sys
from pathlib import Path
from coldwar_lessons.content.load import load_course
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.mark import mark_hand_ins, spare_collector
from coldwar_lessons.grading.roster import read_roster
folder, address, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
paths = sorted(folder.glob("*.json"))[:count]
gradebook = Gradebook(address)
with spare_collector():
    for tally in mark_hand_ins(paths, load_course(), read_roster(folder / "roster.csv"), gradebook):
        pass
gradebook.close()
assert tally.marked == count, tally
print(json.dumps(peak()))
"""
)
_REPORT = (
    _PEAK
    + """
import json, sys, time
from pathlib import Path
begun, worked = time.perf_counter(), time.process_time()
from coldwar_lessons.cli import main
arguments = sys.argv[1:]
assert main(["report", *arguments]) == 0
print(json.dumps([time.perf_counter() - begun, time.process_time() - worked, peak()]))
"""
)


@dataclass(frozen=True)
class Marked:
    """One run: seconds by the clock and of processor time, of marking and of ``json.loads``; and the bytes."""

    clock: float
    work: float
    loads: float
    loads_work: float
    size: float


def run(rounds: int) -> list[Figure]:
    """Measure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _python(_MAKE, folder, COUNTS[-1])
        figures = list(_course(folder, rounds))
        figures += _memory(folder)
        figures += _reports(folder)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _python(_MAKE, folder, COUNTS[-1], "03-gestures")
        runs = [_mark(folder, folder / f"{number}.db", COUNTS[-1]) for number in range(rounds)]
        figures += _figures("10,000 hand-ins of one lesson, SQLite", COUNTS[-1], runs, limit=4)
    return figures


def _course(folder: Path, rounds: int) -> Iterator[Figure]:
    count = COUNTS[-1]
    runs = []
    for number in range(rounds):
        database = folder / f"{number}.db"
        runs.append(_mark(folder, database, count))
        if number < rounds - 1:
            database.unlink()
        else:
            database.rename(folder / "kept.db")
    yield from _figures("10,000 hand-ins of the course, SQLite", count, runs, limit=4)
    yield Figure("a hand-in of the course", "kB", runs[0].size / count / 1000)
    with _postgres() as fresh:
        if fresh is not None:
            runs = [_mark(folder, fresh(), count) for _ in range(rounds)]
            yield from _figures("10,000 hand-ins of the course, PostgreSQL", count, runs, limit=None)


def _figures(label: str, count: int, runs: Sequence[Marked], limit: float | None) -> list[Figure]:
    return [
        against(f"{label}: time", "s", [one.clock for one in runs], [one.loads for one in runs], PEER, limit=limit),
        against(
            f"{label}: processor time",
            "s",
            [one.work for one in runs],
            [one.loads_work for one in runs],
            PEER,
            limit=limit,
        ),
        Figure(f"{label}: hand-ins a second", "", median(count / one.clock for one in runs)),
    ]


def _memory(folder: Path) -> list[Figure]:
    """Peak memory as the count grows; the smallest count is the peer of the others."""
    peaks = []
    for count in COUNTS:
        database = folder / f"memory-{count}.db"
        peaks.append(json.loads(_python(_MEMORY, folder, database, count)))
        database.unlink()
    first = f"{COUNTS[0]:,} hand-ins"
    return [
        against(f"marking {count:,} hand-ins: peak memory", "MB", [here], [peaks[0]], first, limit=1.2)
        for count, here in zip(COUNTS[1:], peaks[1:], strict=True)
    ]


def _reports(folder: Path) -> Iterator[Figure]:
    database, out = folder / "kept.db", folder / "report.html"
    for label, more in (
        ("all lessons", ()),
        ("one lesson", ("--lesson", "3")),
        ("one lesson, a page for each student", ("--lesson", "3", "--students")),
    ):
        seconds, work, memory = json.loads(_python(_REPORT, "--db", database, "--out", out, *more).splitlines()[-1])
        yield Figure(f"report on 10,000 students, {label}", "s", seconds, limit=10)
        yield Figure(f"report on 10,000 students, {label}: processor time", "s", work)
        yield Figure(f"report on 10,000 students, {label}: page", "MB", out.stat().st_size / 1e6)
        yield Figure(f"report on 10,000 students, {label}: peak memory", "MB", memory)


def _mark(folder: Path, address: Path | str, count: int) -> Marked:
    return Marked(*json.loads(_python(_MARK, folder, address, count)))


@contextmanager
def _postgres() -> Iterator[Callable[[], str] | None]:
    """A PostgreSQL that waits for the disk, as a school's does; ``None`` where there is none."""
    sys.path.append(str(ROOT))
    from tests.databases import fresh_database, postgres_programs, postgres_server  # noqa: PLC0415

    if postgres_programs() is None:
        print("  PostgreSQL is missing: not measured on it")
        yield None
        return
    with postgres_server(durable=True) as address:
        yield lambda: fresh_database(address)


def _python(code: str, *arguments: object) -> str:
    """Run some code in a process of its own, in the project's folder; what it printed."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"part_marking: {done.stderr.strip() or done.stdout}")
    return done.stdout
