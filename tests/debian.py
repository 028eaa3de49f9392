"""Packages of Debian that tests need, installed where that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess


def can_install() -> bool:
    """Whether packages can be installed here: as root, with apt."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> bool:
    """Install packages, quietly; whether that went well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def apt(*arguments: str) -> bool:
        command = ["apt-get", *arguments]
        return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0

    apt("update", "-q")
    return apt("install", "-yq", "--no-install-recommends", *packages)
