"""Widgets with a kernel: anywidget in JupyterLab and JupyterLite."""

from __future__ import annotations

import types
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from coldwar_lessons.markup import messages_script

from .spec import WidgetSpec, static_html

STATIC = Path(__file__).resolve().parents[1] / "static"


class CourseWidget(anywidget.AnyWidget):
    """A widget of the course in a live notebook.

    Attributes
    ----------
    state
        What the student did; synchronised both ways.
    saved
        One line that tells the student where the state is kept, or why it is not.
    unsaved
        Whether it is not.
    """

    kind: ClassVar[str]
    _esm: Any
    tree: Any = traitlets.List().tag(sync=True)
    payload = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    saved = traitlets.Unicode("").tag(sync=True)
    unsaved = traitlets.Bool(False).tag(sync=True)

    def __init_subclass__(cls, *, kind: str | None = None, **rest: Any) -> None:
        """Tie the class to the browser module of its kind; traitlets makes further subclasses without one."""
        if kind:
            cls.kind = kind
            cls._esm = STATIC / f"{kind}.js"
            cls._css = STATIC / f"{kind}.css"
        super().__init_subclass__(**rest)

    def __init__(self, spec: WidgetSpec, state: dict[str, Any] | None = None) -> None:
        self.spec = spec
        if messages := messages_script("const"):
            # The module's own constant: notebooks in other languages may be open on the same page.
            self._esm = f"{messages}{self._esm}"
        super().__init__(tree=spec.tree.to_json(), payload=dict(spec.payload), state=state or {})

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Add the HTML that pages without a kernel show to what a live notebook shows."""
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/html": static_html(self.spec), "text/plain": self.spec.summary}, metadata


class Panel(CourseWidget, kind="panel"):
    """HTML that only wants to be read."""


class Passage(CourseWidget, kind="passage"):
    """The paper's words."""


class Writing(CourseWidget, kind="writing"):
    """A short piece of writing.

    Attributes
    ----------
    text
        What the student has written.
    """

    @property
    def text(self) -> str:
        """What the student has written so far."""
        return str(self.state.get("text", ""))


@lru_cache
def widget_class(kind: str) -> type[CourseWidget]:
    """Class of the widgets of one kind, for kinds that need nothing beyond what every widget has."""
    name = kind.title().replace("-", "")
    return types.new_class(name, (CourseWidget,), {"kind": kind})
