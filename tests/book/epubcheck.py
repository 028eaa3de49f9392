"""W3C's EPUBCheck, from Debian's package."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_JAR = Path("/usr/share/java/epubcheck.jar")


def epubcheck() -> list[str]:
    """The command, installed first when that is possible; else the test is skipped with the reason."""
    if not _JAR.is_file() and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-yq", "--no-install-recommends", "epubcheck", "default-jre-headless"]
        for command in (["apt-get", "update", "-q"], install):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    if _JAR.is_file() and shutil.which("java"):
        return ["java", "-jar", str(_JAR)]
    if own := shutil.which("epubcheck"):
        return [own]
    pytest.skip("no EPUBCheck here: install it (Debian, Ubuntu: sudo apt install epubcheck)")
