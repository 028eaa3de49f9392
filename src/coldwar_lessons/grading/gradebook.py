"""The gradebook: hand-ins, responses with their scores, and marked writing, in any SQL database.

A file of SQLite serves a class; a department may give the address of a PostgreSQL database. SQLAlchemy speaks to
both, and builds every statement with bound parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from coldwar_lessons.content.faults import CourseError

from .roster import RosterEntry

metadata = sa.MetaData()

students = sa.Table(
    "student",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("number", sa.String(80), nullable=False),
    sa.Column("class", sa.String(120), nullable=False),
)
hand_ins = sa.Table(
    "hand_in",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("student", sa.ForeignKey("student.key"), nullable=False, index=True),
    sa.Column("created", sa.String(40), nullable=False),
    sa.Column("received", sa.String(40), nullable=False),
    sa.Column("version", sa.String(40), nullable=False),
    sa.Column("late", sa.Boolean, nullable=False),
)
responses = sa.Table(
    "response",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("hand_in", sa.ForeignKey("hand_in.sha256"), nullable=False, index=True),
    sa.Column("student", sa.ForeignKey("student.key"), nullable=False),
    sa.Column("lesson", sa.String(80), nullable=False),
    sa.Column("quiz", sa.String(80), nullable=False),
    sa.Column("item", sa.String(80), nullable=False),
    sa.Column("value", sa.JSON, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("points", sa.Integer, nullable=False),
    sa.Index("response_by_student", "student", "quiz", "item"),
)
writings = sa.Table(
    "writing",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("hand_in", sa.ForeignKey("hand_in.sha256"), nullable=False),
    sa.Column("student", sa.ForeignKey("student.key"), nullable=False, index=True),
    sa.Column("lesson", sa.String(80), nullable=False),
    sa.Column("task", sa.String(80), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    # Students hand in the same text again and again, with the rest of a workbook: it is one attempt.
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("plan", sa.Text, nullable=False),
    sa.Column("self_check", sa.JSON, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Index("writing_by_task", "task", "student"),
)
#: What markers gave, one row a change: nothing is overwritten, and two who change the same field cannot both be
#: the next revision. See :mod:`coldwar_lessons.grading.markings`.
markings = sa.Table(
    "marking",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("writing", sa.ForeignKey("writing.id"), nullable=False),
    sa.Column("field", sa.String(120), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("marker", sa.String(200), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("continues", sa.Boolean, nullable=False),
    sa.Column("undoes", sa.Integer, nullable=True),
    sa.UniqueConstraint("writing", "field", "revision"),
    sa.Index("marking_by_marker", "marker", "id"),
)


@dataclass(frozen=True)
class MarkedHandIn:
    """Everything that marking one hand-in found; written as a whole or not at all."""

    sha256: str
    student: RosterEntry
    created: str
    received: str
    version: str
    late: bool
    responses: Sequence[Mapping[str, Any]]
    writings: Sequence[Mapping[str, Any]]


class Gradebook:
    """One gradebook.

    Parameters
    ----------
    address
        A file name for SQLite, or any SQLAlchemy URL such as ``postgresql+psycopg://user@host/grades``.

    Raises
    ------
    CourseError
        If the database cannot be opened; one line says why.
    """

    def __init__(self, address: str | Path) -> None:
        text = str(address)
        url = text if "://" in text else f"sqlite:///{text}"
        if url.startswith("postgresql://"):
            url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        try:
            self.engine = sa.create_engine(url)
            if self.engine.dialect.name == "sqlite":
                sa.event.listen(self.engine, "connect", _prepare_sqlite)
            _refuse_older(self.engine, text)
            metadata.create_all(self.engine)
        except (SQLAlchemyError, ImportError) as error:
            raise CourseError(f"the gradebook {text!r} cannot be opened: {_first_line(error)}") from None

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction.

        Raises
        ------
        CourseError
            If the database refuses; nothing of the transaction is kept.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise CourseError(f"the gradebook refuses: {_first_line(error)}") from None

    def known(self, digests: Iterable[str]) -> set[str]:
        """Which of these hand-ins are in the gradebook already."""
        with self.engine.connect() as connection:
            return set(connection.scalars(sa.select(hand_ins.c.sha256).where(hand_ins.c.sha256.in_(list(digests)))))

    def add(self, batch: Sequence[MarkedHandIn]) -> None:
        """Add marked hand-ins, all or none.

        Raises
        ------
        CourseError
            If the database refuses.
        """
        if not batch:
            return
        with self.writing() as connection:
            keys = {one.student.key for one in batch}
            there = set(connection.scalars(sa.select(students.c.key).where(students.c.key.in_(keys))))
            fresh = {one.student.key: one.student for one in batch if one.student.key not in there}
            if fresh:
                connection.execute(
                    sa.insert(students),
                    [{"key": s.key, "name": s.name, "number": s.number, "class": s.class_name} for s in fresh.values()],
                )
            connection.execute(
                sa.insert(hand_ins),
                [
                    {
                        "sha256": one.sha256,
                        "student": one.student.key,
                        "created": one.created,
                        "received": one.received,
                        "version": one.version,
                        "late": one.late,
                    }
                    for one in batch
                ],
            )
            owned = [
                {**row, "hand_in": one.sha256, "student": one.student.key} for one in batch for row in one.responses
            ]
            if owned:
                connection.execute(sa.insert(responses), owned)
            texts = [
                {**row, "hand_in": one.sha256, "student": one.student.key} for one in batch for row in one.writings
            ]
            if texts:
                connection.execute(sa.insert(writings), texts)

    def rows(self, statement: sa.Select[Any]) -> list[Mapping[str, Any]]:
        """What a query finds, as plain mappings."""
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(statement).mappings()]

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA busy_timeout = 10000")


def _refuse_older(engine: sa.Engine, text: str) -> None:
    inspector = sa.inspect(engine)
    for name in inspector.get_table_names():
        if name in metadata.tables:
            there = {column["name"] for column in inspector.get_columns(name)}
            if not {column.name for column in metadata.tables[name].columns} <= there:
                raise CourseError(
                    f"the gradebook {text!r} was made by an older version, or by nbgrader, whose own has the same "
                    "name: name a new one with --db, and mark the hand-ins again"
                )


def _first_line(error: Exception) -> str:
    origin = getattr(error, "orig", None) or error
    return str(origin).strip().splitlines()[0] if str(origin).strip() else type(origin).__name__
