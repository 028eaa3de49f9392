"""Results as a table, on the terminal and in README.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

README = Path(__file__).resolve().parent / "README.md"
BEGIN = "<!-- results: written by run.py, from here -->"
END = "<!-- to here -->"
HEAD = ("Figure", "Ours", "Peer", "Ratio", "Goal", "")


def table_of(parts: dict[str, Any]) -> list[tuple[str, ...]]:
    """One row a figure."""
    return [_row(figure) for part in parts.values() for figure in part["figures"]]


def _row(figure: dict[str, Any]) -> tuple[str, ...]:
    unit = f" {figure['unit']}" if figure.get("unit") else ""
    ratio, limit = figure.get("ratio"), figure.get("limit")
    peer = f"{_number(figure['peer'])}{unit} ({figure['against']})" if "peer" in figure else ""
    goal = "" if limit is None else f"≤ {_number(limit)}{'' if ratio is not None else unit}"
    if "least" in figure:
        goal = f"≥ {_number(figure['least'])}{unit}"
    met = {True: "met", False: "MISSED", None: ""}[figure.get("met")]
    return (
        figure["name"],
        f"{_number(figure['ours'])}{unit}",
        peer,
        "" if ratio is None else f"{_ratio(ratio)}{_spread(figure)}",
        goal,
        met,
    )


def _spread(figure: dict[str, Any]) -> str:
    low, high = figure.get("spread", (0, 0))
    return "" if _ratio(low) == _ratio(high) else f" ({_ratio(low)} to {_ratio(high)})"


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 0.01 or not value else f"{value:.6f}".rstrip("0")


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def print_table(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in columns."""
    widths = [max(len(row[column]) for row in (HEAD, *rows)) for column in range(len(HEAD))]
    for row in (HEAD, tuple("-" * width for width in widths), *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def write_readme(results: dict[str, Any]) -> None:
    """Write the latest results into README.md, between its two marks."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{_section(results)}\n{END}{after}", encoding="utf-8")


def _section(results: dict[str, Any]) -> str:
    facts = results["machine"]
    lines = [
        "",
        f"Machine: {facts['processor']}, {facts['memory']}, {facts['system']}.",
        "",
        f"Versions: {', '.join(f'{name} {number}' for name, number in results['versions'].items())}.",
    ]
    for name, part in results["parts"].items():
        lines += [
            "",
            f"### {name}",
            "",
            f"Measured on {part['measured']}; {_rounds(part['rounds'])}; took {part['seconds']} s.",
            "",
            f"| {' | '.join(HEAD)} |",
            f"|{' --- |' * len(HEAD)}",
            *(f"| {' | '.join(row)} |" for row in table_of({name: part})),
        ]
    return "\n".join([*lines, ""])


def _rounds(count: int) -> str:
    return f"{count} round{'s' if count != 1 else ''}"
