"""What Babel gathers of the modules of the commands: marked texts, and the docstrings that are the help of verbs.

``pyproject.toml`` names it as a method of extraction; it is no part of the package.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import IO, Any

from babel.messages.extract import extract_python


def extract(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Gather the texts of a module, in the form that Babel wants."""
    source = fileobj.read()
    yield from extract_python(BytesIO(source), keywords, comment_tags, options)
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            text = inspect.cleandoc(ast.get_docstring(node) or "")
            # What has sections is for who programs, not for who types a command.
            if text and "\n---" not in text:
                yield node.lineno, "gettext", text, []
