"""W3C's EPUBCheck, from Debian's package."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.debian import can_install, install

_JAR = Path("/usr/share/java/epubcheck.jar")


def epubcheck() -> list[str]:
    """The command, installed first when that is possible; else the test is skipped with the reason."""
    if not _JAR.is_file() and can_install():
        install("epubcheck", "default-jre-headless")
    if _JAR.is_file() and shutil.which("java"):
        return ["java", "-jar", str(_JAR)]
    if own := shutil.which("epubcheck"):
        return [own]
    pytest.skip("no EPUBCheck here: install it (Debian, Ubuntu: sudo apt install epubcheck)")
