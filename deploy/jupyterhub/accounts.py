"""Make system accounts for a class: ``sudo /opt/coldwar-hub/bin/python accounts.py roster.csv > passwords.csv``.

The roster is the one that ``coldwar-lessons mark`` reads; its column ``number`` names the account. Accounts that are
there already keep their password, and only join the group.
"""

from __future__ import annotations

import argparse
import csv
import grp
import os
import pwd
import re
import secrets
import subprocess
import sys
from pathlib import Path

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.grading.roster import read_roster

#: Without letters and digits that look alike on a printed slip.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def main() -> int:
    """Make the accounts, and print the passwords of the new ones."""
    parser = argparse.ArgumentParser(description="Make system accounts for a class.")
    parser.add_argument("roster", type=Path, help="CSV with the columns number and name")
    parser.add_argument("--group", default="coldwar", help="the group that may log in to the hub")
    wanted = parser.parse_args()
    if os.geteuid() != 0:
        return complain("only root can make accounts: use sudo")
    try:
        entries = read_roster(wanted.roster).entries
    except CourseError as error:
        return complain(str(error))
    unfit = [entry.key for entry in entries if not re.fullmatch(r"[a-z][a-z0-9_-]{0,30}", entry.number)]
    if unfit:
        return complain(
            f"no account can be called {unfit[0]!r}: in column number, use small letters and digits, letter first"
        )
    if wanted.group not in {group.gr_name for group in grp.getgrall()}:
        subprocess.run(["groupadd", wanted.group], check=True)
    there = {account.pw_name for account in pwd.getpwall()}
    slips = csv.writer(sys.stdout)
    slips.writerow(["account", "name", "password"])
    for entry in entries:
        if entry.number in there:
            subprocess.run(["usermod", "--append", "--groups", wanted.group, entry.number], check=True)
            continue
        comment = re.sub(r"[:,\x00-\x1f]", " ", entry.name)
        # Nobody else may look into a student's folder.
        private = ["--create-home", "--key", "HOME_MODE=0700", "--shell", "/bin/bash"]
        subprocess.run(["useradd", *private, "--groups", wanted.group, "--comment", comment, entry.number], check=True)
        password = "".join(secrets.choice(LETTERS) for _ in range(10))
        subprocess.run(["chpasswd"], input=f"{entry.number}:{password}\n", text=True, check=True)
        slips.writerow([entry.number, entry.name, password])
    return 0


def complain(message: str) -> int:
    """One line to the terminal, and the exit code of a failure."""
    print(f"accounts.py: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
