"""The timeline with a kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.language import gettext as _

from .live import CourseWidget
from .timeline import TimelineSpec
from .timeline_place import placed_share

if TYPE_CHECKING:
    from .figure import TimelineFigure


class Timeline(CourseWidget, kind="timeline"):
    """Events in time.

    Attributes
    ----------
    placed
        In an exercise: the gap in which each card was placed, ``before:`` or ``after:`` a dated event.
    score
        In an exercise: the share of cards that stand where their dates allow.
    """

    spec: TimelineSpec

    @property
    def placed(self) -> dict[str, str]:
        """In which gap each card was placed so far."""
        placed = self.state.get("placed", {})
        return dict(placed) if isinstance(placed, dict) else {}

    @property
    def score(self) -> float:
        """The share of cards that stand where their dates allow, from 0 to 1.

        Raises
        ------
        CourseError
            If this timeline is not an exercise.
        """
        right = self.spec.payload.get("place")
        if right is None:
            raise CourseError(_("this timeline has no score: ask for lesson.timeline(place=[…]) to place events"))
        return placed_share(right, self.placed)

    def figure(self, *, width: float = 7.0) -> TimelineFigure:
        """Draw the timeline for paper, with matplotlib.

        Parameters
        ----------
        width
            Width in inches.

        Raises
        ------
        CourseError
            If matplotlib is not installed, as in a browser without it.
        """
        from .figure import timeline_figure  # noqa: PLC0415 - matplotlib is heavy, and seldom wanted

        if self.spec.scene is None:
            raise CourseError(_("this timeline has nothing to draw"))
        return timeline_figure(self.spec.scene, width=width)
