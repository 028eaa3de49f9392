"""A real JupyterHub with a real proxy, set up by ``deploy/jupyterhub``, for as long as a test runs."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_browser import node_commands
from playwright.sync_api import Browser, BrowserContext

from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy" / "jupyterhub"
TEACHER = "teacher"
STUDENTS = ("ann", "bob")
#: What a test cannot have: accounts of the system, and the right to start servers as somebody else.
_SETTINGS = """
load_subconfig("jupyterhub_config.py", path={deploy!r})
c = get_config()
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = {password!r}
c.Authenticator.allowed_users = {users!r}
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.Spawner.args = ["--allow-root", "--LabApp.expose_app_in_browser=True"]
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
"""


@dataclass(frozen=True)
class Hub:
    """A running hub."""

    address: str
    base: Path
    password: str

    def home(self, user: str) -> Path:
        return self.base / "homes" / user

    def log_in(self, browser: Browser, user: str) -> User:
        """Log in by the form, and start the user's server."""
        context = browser.new_context(viewport={"width": 1280, "height": 1000}, base_url=self.address)
        context.set_default_timeout(180_000)
        page = context.new_page()
        page.goto("/hub/login?next=/hub/spawn")
        page.get_by_label("Username").fill(user)
        page.get_by_label("Password").fill(self.password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"**/user/{user}/lab*", wait_until="commit")
        return User(user, context)


@dataclass(frozen=True)
class User:
    """Somebody who is logged in."""

    name: str
    context: BrowserContext

    def call(self, method: str, path: str, data: Any = None) -> Any:
        """Call the user's own server through the proxy, with the cookies of the login.

        Raises
        ------
        RuntimeError
            If it refuses.
        """
        place = f"/user/{self.name}/"
        tokens = [one["value"] for one in self.context.cookies() if one["name"] == "_xsrf" and one["path"] == place]
        answer = self.context.request.fetch(
            f"{place}{path}", method=method, data=data, headers={"X-XSRFToken": (tokens or [""])[0]}, timeout=180_000
        )
        if not answer.ok:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.text()[:300]}")
        return answer.json() if answer.text() else None


@contextmanager
def running_hub(base: Path) -> Iterator[Hub]:
    """Start a hub with everything it needs below ``base``, and stop it with all its servers."""
    _install_proxy()
    ports = free_ports(3)
    password = secrets.token_urlsafe()
    for folder in ("state", "exchange", "homes"):
        (base / folder).mkdir()
    (base / "exchange").chmod(0o1777)
    settings = _SETTINGS.format(
        deploy=str(DEPLOY), password=password, users={TEACHER, *STUDENTS}, homes=str(base / "homes")
    )
    (base / "settings.py").write_text(settings)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")},
        "HUB_STATE": str(base / "state"),
        "HUB_EXCHANGE": str(base / "exchange"),
        "HUB_TEACHERS": TEACHER,
        **{
            name: f"http://127.0.0.1:{port}"
            for name, port in zip(("HUB_BIND", "HUB_INTERNAL", "HUB_PROXY"), ports, strict=True)
        },
    }
    with (base / "hub.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", str(base / "settings.py")],
            cwd=base,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            address = f"http://127.0.0.1:{ports[0]}"
            _wait_until_up(f"{address}/hub/health", process, base / "hub.log")
            yield Hub(address, base, password)
        finally:
            _stop(process)


def _install_proxy() -> None:
    """Install the proxy that the lock file of the deployment names."""
    if not (DEPLOY / "node_modules" / "configurable-http-proxy").is_dir():
        _, npm = node_commands()
        subprocess.run([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=DEPLOY, check=True)


def _wait_until_up(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(480):
        if process.poll() is not None:
            break
        with suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.25)
    raise RuntimeError(f"the hub did not start: {log.read_text()[-3000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the hub to stop, with its servers and its proxy; kill what is left of its group if it does not."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
