"""A PostgreSQL for the tests, started once and thrown away; where there is none, tests on it are skipped.

``python -m tests.databases --install`` gets one, when root.
"""

from __future__ import annotations

import functools
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from tests.debian import can_install, install

MISSING = "PostgreSQL is missing: install it (Debian, Ubuntu: sudo apt install postgresql) to run the tests on it"


@functools.cache
def postgres_programs() -> Path | None:
    """Folder with PostgreSQL's own programs."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """A server of our own on a socket in a temporary folder; gives an address that lacks a database's name at its end.

    It waits for the disk only when it is to be ``durable``.

    PostgreSQL refuses to run as root: then it runs as the user ``postgres`` that its package made.
    """
    programs = postgres_programs()
    assert programs is not None
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        home = folder / "home"
        home.mkdir()
        if user:
            shutil.chown(home, user)
        data, log = home / "data", home / "log"
        owner = user or pwd.getpwuid(os.geteuid()).pw_name

        def run(*command: str) -> None:
            subprocess.run(command, check=True, cwd=home, user=user, stdout=subprocess.DEVNULL)

        run(f"{programs}/initdb", "-D", str(data), "-A", "trust", "-E", "UTF8", "--locale=C", "-U", owner)
        options = f"-c listen_addresses='' -c unix_socket_directories='{home}' {'' if durable else ' -c fsync=off'}"
        run(f"{programs}/pg_ctl", "-D", str(data), "-l", str(log), "-w", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://{owner}@/{{}}?host={home}"
        finally:
            run(f"{programs}/pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def fresh_database(server: str) -> str:
    """Make an empty database; its address."""
    name = f"grades_{uuid4().hex[:12]}"
    engine = sa.create_engine(server.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"create database {name}"))
    engine.dispose()
    return server.format(name)


def main() -> int:
    if postgres_programs() is None and "--install" in sys.argv and can_install():
        print("No PostgreSQL here: installing one for the tests of the gradebook …", flush=True)
        install("postgresql")
        postgres_programs.cache_clear()
    found = postgres_programs()
    # Not a fault: the tests that need it are skipped, and say so.
    print(f"PostgreSQL: {found}" if found else MISSING)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
