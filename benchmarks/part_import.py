"""What our import costs a notebook, in fresh processes, against anywidget alone."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile

from figures import Figure, against

LESSON, QUIZ = "01-a-paper-marked-secret", "first-look"
OURS = "from coldwar_lessons import Lesson"
FIRST_OURS = f"{OURS}; Lesson({LESSON!r}).quiz({QUIZ!r})._repr_mimebundle_()"
PEER = "import anywidget"
FIRST_PEER = f"{PEER}; anywidget.AnyWidget(_esm='export default {{ render() {{}} }}')._repr_mimebundle_()"
#: A kernel has this loaded before the first cell runs.
KERNEL = "import ipykernel.ipkernel, ipykernel.zmqshell"
_TIMED = """
import json, time
{before}
def peak():
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6
begun, worked = time.perf_counter(), time.process_time()
{code}
print(json.dumps([1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked), peak()]))
"""


def once(code: str, before: str = "pass") -> tuple[float, float, float]:
    """Milliseconds by the clock and of processor time, and peak memory in MB, of some code in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", _TIMED.format(before=before, code=code)],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
    time, work, peak = json.loads(done.stdout.splitlines()[-1])
    return time, work, peak


def alternate(ours: str, peer: str, rounds: int, before: str = "pass") -> list[list[tuple[float, ...]]]:
    """Columns of ours and of the peer's, measured in changing order; the first round only warms the disk's cache."""
    kept: dict[str, list[tuple[float, ...]]] = {ours: [], peer: []}
    for number in range(rounds + 1):
        for code in (ours, peer) if number % 2 else (peer, ours):
            result = once(code, before)
            if number:
                kept[code].append(result)
    return [list(zip(*kept[code], strict=True)) for code in (ours, peer)]


def run(rounds: int) -> list[Figure]:
    """Measure."""
    figures: list[Figure] = []
    for before, where in (("pass", "bare Python"), (KERNEL, "kernel loaded")):
        ours, peer = alternate(OURS, PEER, rounds, before)
        figures += _compared(f"import, {where}", ours, peer, PEER, 1.3 if before == "pass" else None)
        ours, peer = alternate(FIRST_OURS, FIRST_PEER, rounds, before)
        figures += _compared(f"first widget, {where}", ours, peer, "an empty AnyWidget", None)
    return figures


def _compared(
    label: str, ours: list[tuple[float, ...]], peer: list[tuple[float, ...]], who: str, limit: float | None
) -> list[Figure]:
    return [
        against(f"{label}: time", "ms", ours[0], peer[0], who, limit=limit),
        against(f"{label}: processor time", "ms", ours[1], peer[1], who, limit=limit),
        against(f"{label}: peak memory", "MB", ours[2], peer[2], who, limit=limit),
    ]
