"""What is measured: one figure a row, most of them against a peer."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One figure.

    Attributes
    ----------
    ours, peer
        Medians, in ``unit``.
    ratio
        Ours to the peer's: the median over rounds of each round's own ratio, where there were rounds.
    limit
        The most that is allowed: of ``ratio``, or of ``ours`` when there is no peer; ``None`` when it is only told.
    least
        The least that ``ours`` must reach, where more is better.
    """

    name: str
    unit: str
    ours: float
    peer: float | None = None
    against: str = ""
    ratio: float | None = None
    limit: float | None = None
    spread: tuple[float, float] | None = None
    least: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; ``None`` when there is none."""
        if self.least is not None:
            return self.ours >= self.least
        if self.limit is None:
            return None
        return (self.ours if self.ratio is None else self.ratio) <= self.limit

    def to_json(self) -> dict[str, Any]:
        """For results.json."""
        known = {key: value for key, value in asdict(self).items() if value not in (None, "")}
        return known if self.met is None else {**known, "met": self.met}


def against(
    name: str, unit: str, ours: Sequence[float], peer: Sequence[float], who: str, *, limit: float | None = None
) -> Figure:
    """Compare rounds of ours with the same rounds of a peer.

    The ratio is taken round by round, so that a machine which is slow for a while slows both sides of it.
    """
    ratios = [one / other for one, other in zip(ours, peer, strict=True)]
    low, _, high = quantiles(ratios, n=4) if len(ratios) > 1 else (ratios[0],) * 3
    return Figure(name, unit, median(ours), median(peer), who, median(ratios), limit, (low, high))


def gzipped(data: bytes) -> int:
    """Bytes on the wire of what a server compresses with gzip at its usual level."""
    return len(gzip.compress(data, 6, mtime=0))
