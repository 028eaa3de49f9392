"""The gradebook: hand-ins, quizzes with their scores, and marked writing, in any SQL database.

A file of SQLite serves a class; a department may give the address of a PostgreSQL database. SQLAlchemy speaks to
both, and builds every statement with bound parameters. Where many rows go in at once, the drivers' own ways are
used, which are several times faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa
from pydantic_core import from_json
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.language import gettext as _

from .roster import RosterEntry
from .tables import forecasts, metadata, quiz_results, set_aside, writings


class QuizResult(NamedTuple):
    """One quiz of a hand-in.

    Attributes
    ----------
    score
        Sum of the scores, in points.
    responses
        A JSON object, see :data:`~coldwar_lessons.grading.tables.quiz_results`.
    """

    lesson: str
    quiz: str
    at: str
    score: float
    responses: str

    def scores(self) -> dict[str, float]:
        """Item id to the score in points."""
        return {item: float(response[1]) for item, response in from_json(self.responses).items()}


class Writing(NamedTuple):
    """One text of a hand-in, for a person to mark.

    Attributes
    ----------
    digest
        Of the text: the same text handed in again is the same attempt.
    self_check
        A JSON object: what the student thinks of it.
    """

    lesson: str
    task: str
    at: str
    text: str
    digest: str
    plan: str
    self_check: str


class ForecastResult(NamedTuple):
    """One forecast of a hand-in; ``values`` is a JSON object, question id to the stated probability in per cent."""

    lesson: str
    activity: str
    at: str
    values: str


Part: TypeAlias = QuizResult | Writing | ForecastResult


class MarkedHandIn(NamedTuple):
    """Everything that marking one hand-in found; written as a whole or not at all."""

    sha256: str
    student: RosterEntry
    created: str
    version: str
    late: bool
    quizzes: Sequence[QuizResult] = ()
    writings: Sequence[Writing] = ()
    forecasts: Sequence[ForecastResult] = ()


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
            if (named := sa.make_url(url).get_backend_name()) not in {"sqlite", "postgresql"}:
                raise CourseError(_("a gradebook in {name}: there is SQLite and PostgreSQL").format(name=named))
            self.engine = sa.create_engine(url, hide_parameters=True, json_deserializer=from_json)
            prepare = _prepare_sqlite if self.engine.dialect.name == "sqlite" else _prepare_postgresql
            sa.event.listen(self.engine, "connect", prepare)
            _refuse_older(self.engine, _without_password(text))
            _create_tables(self.engine)
        except (SQLAlchemyError, ImportError) as error:
            shown = _without_password(text)
            message = _("the gradebook {name!r} cannot be opened: {fault}")
            raise CourseError(message.format(name=shown, fault=_first_line(error))) from None

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
        except (SQLAlchemyError, self.engine.dialect.loaded_dbapi.Error) as error:
            raise CourseError(_("the gradebook refuses: {fault}").format(fault=_first_line(error))) from None

    def enrol(self, entries: Iterable[RosterEntry]) -> None:
        """Take everybody on a roster into the gradebook; who is there already gets the roster's name and class.

        Raises
        ------
        CourseError
            If the database refuses.
        """
        # In one order always: two programs that enrol the same class never wait for each other in a ring.
        rows = sorted({one.key: (one.key, one.name, one.number, one.class_name) for one in entries}.values())
        renamed = "name = excluded.name, number = excluded.number, class = excluded.class"
        with self.writing() as connection:
            into = "student (key, name, number, class)"
            _insert_rows(connection, into, rows, f"ON CONFLICT (key) DO UPDATE SET {renamed}")

    def add(self, batch: Iterable[MarkedHandIn], received: str) -> frozenset[str]:
        """Add marked hand-ins of enrolled students, all or none.

        What is there already, by another program in this very moment perhaps, is not added again.

        Parameters
        ----------
        batch
            The hand-ins.
        received
            When they came in, an ISO 8601 time in UTC.

        Returns
        -------
        frozenset
            ``sha256`` of those that were new.

        Raises
        ------
        CourseError
            If the database refuses.
        """
        marked = {one.sha256: one for one in sorted(batch, key=lambda one: one.sha256)}
        if not marked:
            return frozenset()
        with self.writing() as connection:
            new = _add_hand_ins(connection, marked.values(), received)
            owned = [(number, marked[digest].student.key, marked[digest]) for digest, number in new.items()]
            quizzes = ((n, key, *of) for n, key, one in owned for of in one.quizzes)
            _insert(connection, quiz_results, quizzes, QuizResult)
            texts = ((n, key, *of) for n, key, one in owned for of in one.writings)
            _insert(connection, writings, texts, Writing)
            stated = ((n, key, *of) for n, key, one in owned for of in one.forecasts)
            _insert(connection, forecasts, stated, ForecastResult)
        return frozenset(new)

    def note_set_aside(self, reasons: Mapping[str, str], at: str) -> None:
        """Remember which files could not be marked.

        Parameters
        ----------
        reasons
            Where a file was found, to why it was set aside.
        at
            When, an ISO 8601 time in UTC.

        Raises
        ------
        CourseError
            If the database refuses.
        """
        if not reasons:
            return
        rows = {origin[:_LONGEST_ORIGIN]: reason for origin, reason in reasons.items()}
        with self.writing() as connection:
            insert = _insert_for(connection, set_aside)
            changed = {name: insert.excluded[name] for name in ("reason", "at")}
            connection.execute(
                insert.on_conflict_do_update(index_elements=["origin"], set_=changed),
                [{"origin": origin, "reason": rows[origin], "at": at} for origin in sorted(rows)],
            )

    def forget_set_aside(self, origins: Iterable[str]) -> None:
        """Forget files that were set aside once and now are marked.

        Raises
        ------
        CourseError
            If the database refuses.
        """
        names = sorted({origin[:_LONGEST_ORIGIN] for origin in origins})
        if names:
            with self.writing() as connection:
                connection.execute(sa.delete(set_aside).where(set_aside.c.origin.in_(names)))

    def rows(self, statement: sa.Select[Any]) -> list[Mapping[str, Any]]:
        """What a query finds, as plain mappings.

        Raises
        ------
        CourseError
            If the database refuses.
        """
        try:
            with self.engine.connect() as connection:
                found = connection.execute(statement)
                names = tuple(found.keys())
                return [dict(zip(names, row, strict=True)) for row in found.all()]
        except SQLAlchemyError as error:
            raise CourseError(_("the gradebook refuses: {fault}").format(fault=_first_line(error))) from None

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def _create_tables(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        # Two programs that open a new gradebook at once would both make its tables: one waits.
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        metadata.create_all(connection)


_LONGEST_ORIGIN = 1000

#: Any number, the same in every program that opens a gradebook.
_LOCK = 53_187


def _add_hand_ins(connection: sa.Connection, batch: Iterable[MarkedHandIn], received: str) -> dict[str, int]:
    """Insert what is new, and say under which id."""
    rows = [(one.sha256, one.student.key, one.created, received, one.version, one.late) for one in batch]
    into = "hand_in (sha256, student, created, received, version, late)"
    return dict(_insert_rows(connection, into, rows, "ON CONFLICT (sha256) DO NOTHING RETURNING sha256, id"))


def _insert_rows(
    connection: sa.Connection, into: str, rows: Sequence[tuple[Any, ...]], then: str
) -> list[tuple[Any, ...]]:
    """Insert rows, many with one statement; what it returns.

    SQLAlchemy would write the same statements, but takes longer for it than SQLite for storing the rows.
    """
    place = "?" if connection.dialect.name == "sqlite" else "%s"
    returned: list[tuple[Any, ...]] = []
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[start : start + _ROWS_AT_ONCE]
        places = ", ".join([f"({', '.join([place] * len(some[0]))})"] * len(some))
        found = connection.exec_driver_sql(
            f"INSERT INTO {into} VALUES {places} {then}",  # noqa: S608  # places for values, no value
            tuple(chain.from_iterable(some)),
        )
        if found.returns_rows:
            returned += found.all()
    return returned


#: Databases bound how many values a statement may have.
_ROWS_AT_ONCE = 1000


def _insert_for(connection: sa.Connection, table: sa.Table) -> Any:
    """An insert that can say what to do when the row is there; both databases have the same words for it."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[tuple[Any, ...]], part: type[Part]) -> None:
    """Insert many parts of hand-ins, each after the hand-in's id and the student's key; JSON goes in as text."""
    names = ["hand_in", "student", *part._fields]
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        from psycopg import sql  # noqa: PLC0415  # only who has PostgreSQL needs it

        copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
        )
        with cursor.copy(copy) as sink:
            for row in rows:
                sink.write_row(row)
    else:
        statement = sa.insert(table).inline().compile(connection, column_keys=names)
        # SQLAlchemy writes columns in the table's order.
        assert statement.positiontup == names
        cursor.executemany(str(statement), rows)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # A rollback journal, not a write-ahead log: it works on a school's network share, it leaves one file that a
    # teacher can copy, and what is only ever added is written once instead of twice.
    for setting in ("busy_timeout = 30000", "foreign_keys = ON", "page_size = 8192", "journal_mode = DELETE"):
        connection.execute(f"PRAGMA {setting}")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    # PostgreSQL compresses essays as it stores them: with lz4, where it has that, in half the time.
    connection.execute(
        "SELECT set_config(name, 'lz4', false) FROM pg_settings "
        "WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)"
    )
    connection.commit()


def _refuse_older(engine: sa.Engine, text: str) -> None:
    inspector = sa.inspect(engine)
    for name in inspector.get_table_names():
        if name in metadata.tables:
            there = {column["name"] for column in inspector.get_columns(name)}
            if not {column.name for column in metadata.tables[name].columns} <= there:
                message = _(
                    "the gradebook {name!r} was made by an older version, or by nbgrader, whose own has the same "
                    "name: name a new one with --db, and mark the hand-ins again"
                )
                raise CourseError(message.format(name=text))


def _without_password(address: str) -> str:
    try:
        return sa.make_url(address).render_as_string(hide_password=True) if "://" in address else address
    except SQLAlchemyError:
        return address.partition("://")[0] + "://…"


def _first_line(error: Exception) -> str:
    origin = getattr(error, "orig", None) or error
    return str(origin).strip().splitlines()[0] if str(origin).strip() else type(origin).__name__
