"""Nothing that the course says itself is hard-coded: all of it can be translated."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeGuard

import pytest

from coldwar_lessons import Lesson
from coldwar_lessons.content import bundle, inventory
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import SOURCE, use_language
from coldwar_lessons.widgets.spec import WidgetSpec, static_html
from tests.hard_coded import course_in_other_letters, hard_coded_in, hard_coded_words
from tests.pseudo import LEFT_TO_RIGHT, pseudo_locale

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "coldwar_lessons"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "static" not in path.parts)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
SCOPES = (*FUNCTIONS, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
COURSES = (ROOT, ROOT / "examples" / "zimmermann-telegram")


@pytest.fixture(scope="module", params=COURSES, ids=lambda root: root.name)
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """A course in the pseudo-language, with content in another alphabet's letters."""
    locale = pseudo_locale(tmp_path_factory.mktemp("course") / "locale")
    yield course_in_other_letters(request.param, locale, LEFT_TO_RIGHT)
    use_language(SOURCE)


@pytest.fixture
def lessons(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Lesson]:
    """The lessons of that course."""
    monkeypatch.setattr("coldwar_lessons.content.load.load_course", lambda _root: course)
    # Loaded for the first time now, it would keep what stands there for good.
    monkeypatch.setattr(bundle, "load_course", lambda _root: course)
    return [Lesson(name, root=course.root, folder=tmp_path) for name in course.lessons]


def widgets_of(lesson: Lesson) -> Iterator[tuple[str, WidgetSpec]]:
    """What every cell of a lesson's notebook shows."""
    for method, given, named in inventory._calls(lesson.course.root / "notebooks" / f"{lesson.about.id}.ipynb"):
        if hasattr(Lesson, method):
            yield method, getattr(lesson, method)(*given, **named).spec


def phrases_in(payload: Any) -> Iterator[str]:
    """What of a payload the browser may show: texts of several words. A single word is an id."""
    if isinstance(payload, str):
        yield payload if " " in payload and not payload.startswith(("<", "{")) else ""
    elif isinstance(payload, Mapping):
        yield from (text for value in payload.values() for text in phrases_in(value))
    elif isinstance(payload, list | tuple):
        yield from (text for value in payload for text in phrases_in(value))


def test_no_widget_has_a_hard_coded_text(lessons: list[Lesson]) -> None:
    found = {}
    for lesson in lessons:
        shown = list(widgets_of(lesson))
        assert len(shown) > 5
        for method, spec in shown:
            told = (spec.summary, *phrases_in(spec.payload))
            words = hard_coded_in(static_html(spec)) | {word for text in told for word in hard_coded_words(text)}
            if words:
                found[f"{lesson.about.id} {method}"] = words
    assert found == {}


def test_a_text_that_is_hard_coded_is_found(lessons: list[Lesson]) -> None:
    page = static_html(lessons[0].overview().spec)
    assert hard_coded_in(page.replace("</section>", "<p>Hello there</p></section>")) == {"Hello", "there"}
    assert hard_coded_in(page.replace("<section", '<section title="Hello"')) == {"Hello"}


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("def f():\n    for _ in (): ...\n    _('x')", "line 1 hides the catalogue behind a variable"),
        ("_(f'{x}')", "the catalogue holds whole texts: f'{x}'"),
        ("_('a' + b)", "the catalogue holds whole texts: 'a' + b"),
        ("f'{_(\"a\")}'", "the catalogue's tools do not look into f-strings: _('a')"),
        ("_('a')", "a module is read before the language is known: _('a')"),
    ],
)
def test_what_the_catalogue_cannot_hold_is_found(code: str, fault: str) -> None:
    assert fault in list(faults_in(code))


def test_every_text_is_marked_so_that_the_catalogue_gets_it() -> None:
    faults = {str(path.relative_to(PACKAGE)): list(faults_in(path.read_text(encoding="utf-8"))) for path in MODULES}
    assert {path: found for path, found in faults.items() if found} == {}


def faults_in(code: str) -> Iterator[str]:
    """What is wrong with how a module asks the catalogue."""
    tree = ast.parse(code)
    for scope in (node for node in ast.walk(tree) if isinstance(node, SCOPES)):
        own = [scope, *_within(scope, SCOPES)]
        hides = any(isinstance(one, ast.Name) and one.id == "_" and isinstance(one.ctx, ast.Store) for one in own)
        if hides and any(_asks(one) for one in ast.walk(scope)):
            yield f"line {scope.lineno} hides the catalogue behind a variable"
    for node in ast.walk(tree):
        if _asks(node) and any(isinstance(one, ast.JoinedStr | ast.BinOp) for one in _texts(node)):
            yield f"the catalogue holds whole texts: {', '.join(map(ast.unparse, _texts(node)))}"
        if isinstance(node, ast.JoinedStr):
            for one in ast.walk(node):
                if _asks(one) and any(isinstance(text, ast.Constant) for text in _texts(one)):
                    yield f"the catalogue's tools do not look into f-strings: {ast.unparse(one)}"
    # What is raised is said when it is raised.
    for node in _within(tree, (*FUNCTIONS, ast.Raise)):
        if _asks(node):
            yield f"a module is read before the language is known: {ast.unparse(node)}"


def _asks(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "ngettext", "pgettext"}


def _texts(call: ast.Call) -> list[ast.expr]:
    many = {"_": 1, "ngettext": 2, "pgettext": 2}
    return call.args[: many[call.func.id]]  # type: ignore[attr-defined]


def _within(node: ast.AST, aside: tuple[type[ast.AST], ...]) -> Iterator[ast.AST]:
    """What stands in a node, but not within nodes of some kinds."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, aside):
            yield child
            yield from _within(child, aside)
